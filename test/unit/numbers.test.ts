import { describe, expect, test } from 'vitest'
import { formatKm, formatMoney, formatNumber, formatPercent, parseGermanNumber } from '../../server/contract/numbers.ts'

const blank = '\u00a0'

describe('reading German numbers', () => {
  test.each([
    ['1.376', 1376],
    ['1376', 1376],
    ['1 376', 1376],
    ['1\u2009376', 1376],
    ['1\u00a0376', 1376],
    ['1\u202f376\u202f000', 1376000],
    ['12.345.678', 12345678],
    ['82,5', 82.5],
    ['1.376,50', 1376.5],
    ['1376,5', 1376.5],
    ['1,376', 1.376],
    ['0,05', 0.05],
    ['12 %', 12],
    ['12%', 12],
    ['82,5\u00a0%', 82.5],
    [' 49 ', 49],
    ['-3', -3],
    ['−3,5', -3.5],
    ['-0', 0],
    ['007', 7],
  ])('%j is %d', (text, value) => expect(parseGermanNumber(text)).toEqual({ ok: true, value }))

  test.each(['1.37', '82.5', '1.3', '1376.50', '1234.567', '0.376', '01.376'])('%j is refused as ambiguous', (text) => {
    expect(parseGermanNumber(text)).toEqual({ ok: false, reason: expect.stringContaining(`„${text}“ ist nicht eindeutig`) })
  })

  test.each([
    ...[
      'abc',
      '1.376,',
      ',5',
      '1,3,7',
      '1,376.50',
      '13 76',
      '1.376 000',
      '1..376',
      "1'376",
      '49 km',
      '1e5',
      'Infinity',
      'NaN',
      '0x10',
      '--3',
    ],
  ])('%j is no number', (text) => {
    expect(parseGermanNumber(text)).toEqual({ ok: false, reason: expect.stringContaining('ist keine Zahl') })
  })

  test.each(['', '  ', '%', ' % '])('%j asks for a number', (text) => {
    expect(parseGermanNumber(text)).toEqual({ ok: false, reason: 'Bitte geben Sie eine Zahl ein.' })
  })

  test('a number beyond exact counting is refused', () => {
    expect(parseGermanNumber('9.007.199.254.740.993')).toEqual({ ok: false, reason: 'Die Zahl ist zu groß.' })
    expect(parseGermanNumber('9'.repeat(400))).toEqual({ ok: false, reason: 'Die Zahl ist zu groß.' })
  })

  test('whatever is written in German can be read again', () => {
    for (let step = -2500; step <= 2500; step++) {
      for (const value of [step / 1000, step / 8, step * 997, step * 123_457]) {
        expect(parseGermanNumber(formatNumber(value, 'de'))).toEqual({ ok: true, value: value + 0 })
      }
    }
  })
})

describe('writing numbers', () => {
  test('groups thousands and keeps what is behind the comma', () => {
    expect(formatNumber(1376, 'de')).toBe('1.376')
    expect(formatNumber(1376.5, 'en')).toBe('1,376.5')
    expect(formatNumber(-0.0001, 'de')).toBe('0')
  })

  test.each([
    [49_000, '49', 'km'],
    [3_240, '3,2', 'km'],
    [1_376_000, '1.376', 'km'],
    [1_000, '1', 'km'],
    [999.6, '1', 'km'],
    [999.4, '999', 'm'],
    [300, '300', 'm'],
    [0, '0', 'm'],
  ])('%d metres are %s %s', (metres, number, unit) => expect(formatKm(metres, 'de')).toBe(number + blank + unit))

  test('lengths have an English form', () => expect(formatKm(3_240, 'en')).toBe(`3.2${blank}km`))

  test.each([
    [82.5, '82,5'],
    [66.666, '66,7'],
    [0, '0'],
    [99.96, '99,9'],
    [100, '100'],
  ])('%d percent read %s', (percent, number) => expect(formatPercent(percent, 'de')).toBe(`${number}${blank}%`))

  test('English percentages have no blank', () => expect(formatPercent(82.5, 'en')).toBe('82.5%'))

  test.each([
    [7_500_000, `7,5${blank}Mio.${blank}€`, `€7.5${blank}million`],
    [446_000, `446.000${blank}€`, '€446,000'],
    [87_296, `87.296${blank}€`, '€87,296'],
    [1_234_567, `1.234.567${blank}€`, '€1,234,567'],
    [87_296.5, `87.296,50${blank}€`, '€87,296.50'],
    [0, `0${blank}€`, '€0'],
  ])('%d euro', (euro, german, english) => {
    expect(formatMoney(euro)).toBe(german)
    expect(formatMoney(euro, 'en')).toBe(english)
  })
})
