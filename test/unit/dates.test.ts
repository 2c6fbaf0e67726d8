import { describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { parseImpreciseDate } from '../../server/contract/date-input.ts'
import * as dates from '../../server/contract/dates.ts'
import { impreciseDates, notImpreciseDates } from '../support/imprecise-dates.ts'

const { certainlyBefore, compareImprecise, earliest, formatImpreciseDate, hasPassed, latest, precisionOf } = dates

describe('the stored form', () => {
  test.each([
    ['2022-03-28', 'day', '2022-03-28', '2022-03-28'],
    ['2022-03', 'month', '2022-03-01', '2022-03-31'],
    ['2024-02', 'month', '2024-02-01', '2024-02-29'],
    ['2022-12', 'month', '2022-12-01', '2022-12-31'],
    ['2022-Q1', 'quarter', '2022-01-01', '2022-03-31'],
    ['2022-Q4', 'quarter', '2022-10-01', '2022-12-31'],
    ['2022-H1', 'half_year', '2022-01-01', '2022-06-30'],
    ['2022-H2', 'half_year', '2022-07-01', '2022-12-31'],
    ['2023-spring', 'season', '2023-03-01', '2023-05-31'],
    ['2023-summer', 'season', '2023-06-01', '2023-08-31'],
    ['2023-autumn', 'season', '2023-09-01', '2023-11-30'],
    ['2020-winter', 'season', '2020-12-01', '2021-02-28'],
    ['2023-winter', 'season', '2023-12-01', '2024-02-29'],
    ['2022-start', 'third', '2022-01-01', '2022-04-30'],
    ['2022-mid', 'third', '2022-05-01', '2022-08-31'],
    ['2022-end', 'third', '2022-09-01', '2022-12-31'],
    ['2022', 'year', '2022-01-01', '2022-12-31'],
    ['by 2022-03-28', 'day', null, '2022-03-28'],
    ['by 2022-Q4', 'quarter', null, '2022-12-31'],
  ])('%s has the precision %s and lies between %s and %s', (value, precision, first, last) => {
    expect(precisionOf(value)).toBe(precision)
    expect(earliest(value)).toBe(first)
    expect(latest(value)).toBe(last)
    expect(dates.isUpperBound(value)).toBe(first === null)
  })

  test('every value is valid and begins before it ends', () => {
    for (const value of impreciseDates()) {
      expect(dates.ImpreciseDate.safeParse(value).success, value).toBe(true)
      const first = earliest(value)
      if (first) expect(first <= latest(value), value).toBe(true)
    }
  })

  test.each(notImpreciseDates)('refuses %j', (text) => {
    expect(dates.ImpreciseDate.safeParse(text).success).toBe(false)
    expect(dates.IsoDate.safeParse(text).success).toBe(false)
  })

  test('a day is one that exists, and nothing but a day', () => {
    for (const value of impreciseDates()) {
      const isDay = /^\d{4}-\d\d-\d\d$/.test(value)
      expect(dates.IsoDate.safeParse(value).success, value).toBe(isDay)
    }
  })

  test('has a JSON schema, also where it may be null', () => {
    const schema = z.toJSONSchema(z.object({ end: z.nullable(dates.ImpreciseDate), asOf: dates.IsoDate }))
    expect(schema.properties).toMatchObject({
      end: { anyOf: [{ type: 'string', pattern: expect.stringContaining('by ') }, { type: 'null' }] },
      asOf: { type: 'string', format: 'date' },
    })
  })

  test('text that is no imprecise date is an error, not a wrong day', () => {
    expect(() => latest('morgen')).toThrow(RangeError)
  })
})

describe('rules', () => {
  test('a date counts as passed from its last day on', () => {
    expect(hasPassed('2022-end', '2022-12-30')).toBe(false)
    expect(hasPassed('2022-end', '2022-12-31')).toBe(true)
    expect(hasPassed('by 2022-03-28', '2022-03-27')).toBe(false)
    expect(hasPassed('by 2022-03-28', '2022-03-28')).toBe(true)
  })

  test('an end is certainly before a start only when no reading lets them meet', () => {
    expect(certainlyBefore('2022-03-28', '2022-03-29')).toBe(true)
    expect(certainlyBefore('2022-03-28', '2022-03-28')).toBe(false)
    expect(certainlyBefore('2022-03-28', '2022-03')).toBe(false)
    expect(certainlyBefore('2022', '2023-spring')).toBe(true)
    expect(certainlyBefore('2022-winter', '2023-01-15')).toBe(false)
    expect(certainlyBefore('by 2021', '2022')).toBe(true)
    expect(certainlyBefore('2021', 'by 2022')).toBe(false)
  })

  test('sorts by the last day, then by the first', () => {
    const sorted = [
      '2021',
      'by 2022',
      '2022',
      '2022-H2',
      '2022-end',
      '2022-Q4',
      '2022-12',
      '2022-12-31',
      '2023-01-01',
      '2022-winter',
    ]
    expect([...sorted].reverse().sort(compareImprecise)).toEqual(sorted)
    expect(compareImprecise('2022', '2022')).toBe(0)
  })
})

describe('formatting', () => {
  test.each([
    ['2022-03-28', '28.03.2022', '28 March 2022'],
    ['2022-03-08', '08.03.2022', '8 March 2022'],
    ['2022-03', 'März 2022', 'March 2022'],
    ['2022-Q4', '4. Quartal 2022', 'Q4 2022'],
    ['2022-H2', '2. Halbjahr 2022', 'second half of 2022'],
    ['2023-spring', 'Frühjahr 2023', 'spring 2023'],
    ['2020-winter', 'Winter 2020/21', 'winter 2020/21'],
    ['2099-winter', 'Winter 2099/00', 'winter 2099/00'],
    ['2022-start', 'Anfang 2022', 'start of 2022'],
    ['2022-mid', 'Mitte 2022', 'middle of 2022'],
    ['2022-end', 'Ende 2022', 'end of 2022'],
    ['2022', '2022', '2022'],
    ['by 2022-03-28', 'bis 28.03.2022', 'by 28 March 2022'],
    ['by 2022-end', 'bis Ende 2022', 'by end of 2022'],
  ])('%s reads "%s" and "%s"', (value, german, english) => {
    expect(formatImpreciseDate(value, 'de')).toBe(german)
    expect(formatImpreciseDate(value, 'en')).toBe(english)
  })

  test('the calendar day is the one in Germany', () => {
    expect(dates.dayOf(new Date('2022-03-27T22:30:00Z'))).toBe('2022-03-28')
    expect(dates.dayOf(new Date('2022-12-31T22:59:00Z'))).toBe('2022-12-31')
    expect(dates.dayOf(new Date('2022-12-31T23:00:00Z'))).toBe('2023-01-01')
    expect(dates.dayOf(new Date('2022-03-27T22:30:00Z'), 'UTC')).toBe('2022-03-27')
    expect(dates.IsoDate.safeParse(dates.today()).success).toBe(true)
  })

  test('a moment is told in German time', () => {
    expect(dates.formatMoment('2022-03-27T22:05:00Z', 'de')).toBe('28.03.2022, 00:05 Uhr')
    expect(dates.formatMoment('2022-01-01T12:00:00.123Z', 'en')).toBe('1 January 2022, 13:00')
  })
})

describe('reading', () => {
  const typed: Record<string, string[]> = {
    '2022-03-28': ['28.03.2022', '28.3.22', '28. 3. 2022', '2022-03-28', '28. März 2022', '28.maerz 22', ' am 28.3.2022 '],
    '2022-03': [
      '03/2022',
      '3.2022',
      '3/2022',
      '03.2022',
      '2022-03',
      'März 2022',
      'MÄRZ 2022',
      'Ma\u0308rz 2022',
      'maerz 2022',
      'Mrz 22',
      'Mrz. 2022',
      'im März  2022',
    ],
    '2022-Q4': [
      'Q4 2022',
      'q4 22',
      'Q4/2022',
      'Q 4 2022',
      '2022-Q4',
      '2022-q4',
      '4. Quartal 2022',
      '4.Quartal 2022',
      'IV. Quartal 2022',
      'im 4.\u00a0Quartal\u00a02022',
    ],
    '2022-H2': ['2. Halbjahr 2022', '2.halbjahr 22', 'H2 2022', '2022-H2'],
    '2023-spring': ['Frühjahr 2023', 'Frühling 2023', 'FRUEHJAHR 2023', 'im Frühjahr 23', '2023-spring'],
    '2023-summer': ['Sommer 2023', 'sommer 23'],
    '2023-autumn': ['Herbst 2023'],
    '2020-winter': [
      'Winter 2020',
      'Winter 2020/21',
      'Winter 2020/2021',
      'Winter 2020 / 21',
      'Winter 20/21',
      'winter 2020–21',
      '2020-winter',
    ],
    '1999-winter': ['Winter 1999/00', 'Winter 99/00'],
    '2022-start': ['Anfang 2022'],
    '2022-mid': ['mitte 22', 'Mitte 2022'],
    '2022-end': ['Ende 2022', ' ENDE   2022 '],
    '2022': ['2022', 'im Jahr 2022', 'im Jahre 2022'],
    'by 2022-03-28': [
      'bis 28.03.2022',
      'bis zum 28.3.22',
      'Spätestens 28.3.2022',
      'spaetestens am 28.3.2022',
      'bis spätestens 28.3.2022',
      'by 2022-03-28',
    ],
    'by 2022-end': ['bis Ende 2022', 'spätestens Ende 2022'],
    'by 2022': ['bis 2022', 'by 2022'],
    '2024-02-29': ['29.2.2024', '29. Feb. 24'],
    '1998-05-01': ['1.5.98', '1. Mai 1998'],
  }
  const cases = Object.entries(typed).flatMap(([value, texts]) => texts.map((text): [string, string] => [text, value]))

  test.each(cases)('%j is %s', (text, value) => expect(parseImpreciseDate(text)).toBe(value))

  test.each([
    ...[
      '',
      ' ',
      'bis',
      'bald',
      'null',
      'by null',
      '22',
      'März',
      '28.03.',
      '31.02.2022',
      '29.02.2022',
      '29. Feb 2022',
      '31.4.2022',
      '0.1.2022',
    ],
    ...[
      '1.13.2022',
      '13/2022',
      '0/2022',
      '3.22',
      '03/22',
      '28/03/2022',
      'Q5 2022',
      '5. Quartal 2022',
      '3. Halbjahr 2022',
      'Winter 2020/22',
    ],
    ...[
      'Winter 2020/20',
      '28. Sommer 2022',
      '28. Ende 2022',
      '31. Feb 2022',
      'Ende März 2022',
      'nicht vor 2023',
      '2022 oder 2023',
      '1.1.1822',
      '20222',
    ],
    ...['constructor 2022', '2022-03-28T00:00:00Z'],
  ])('%j is not understood', (text) => expect(parseImpreciseDate(text)).toBeNull())

  test('whatever is written can be read again, in both languages', () => {
    for (const value of impreciseDates()) {
      expect(parseImpreciseDate(value)).toBe(value)
      expect(parseImpreciseDate(formatImpreciseDate(value, 'de'))).toBe(value)
      expect(parseImpreciseDate(formatImpreciseDate(value, 'en'))).toBe(value)
    }
  })
})
