import { describe, expect, test } from 'vitest'
import { formatMeasure, type MeasureUnit, parseMeasure } from '../../client/workbench/form/measure.ts'
import { readForm, type Typed, typedForm } from '../../client/workbench/form/values.ts'
import { type FactKindName, factKinds } from '../../server/contract/facts/index.ts'
import { mobileRuleExamples } from '../support/mobile-rule-examples.ts'

describe('Measures as clerks write them', () => {
  test.each<[string, MeasureUnit, number]>([
    ['49 km', 'm', 49_000],
    ['49km', 'm', 49_000],
    ['0,3 km', 'm', 300],
    ['300 m', 'm', 300],
    ['3.234 m', 'm', 3234],
    ['6,25 km²', 'm2', 6_250_000],
    ['625 ha', 'm2', 6_250_000],
    ['7,5 Mio. €', 'EUR', 7_500_000],
    ['446.000 €', 'EUR', 446_000],
    ['87.296,50', 'EUR', 87_296.5],
    ['82,5', '%', 82.5],
    ['82,5 %', '%', 82.5],
    ['1.376', 'connections', 1376],
    ['0', 'connections', 0],
  ])('%s (%s) is %d', (text, unit, value) => {
    expect(parseMeasure(text, unit)).toEqual({ ok: true, value })
  })

  test.each<[string, MeasureUnit, RegExp]>([
    ['49', 'm', /Einheit dazuschreiben.*49 km/],
    ['49 Meilen', 'm', /„Meilen“ ist hier keine Einheit/],
    ['6,25', 'm2', /Einheit dazuschreiben/],
    ['1.37', 'connections', /nicht eindeutig/],
    ['viele', 'connections', /„viele“ ist keine Zahl/],
    ['12 km', 'connections', /keine Einheit/],
    ['', 'connections', /Zahl ein/],
  ])('%s (%s) is refused with a reason', (text, unit, reason) => {
    const result = parseMeasure(text, unit)
    expect(result).toMatchObject({ ok: false, reason: expect.stringMatching(reason) })
  })

  test.each<[number, MeasureUnit]>([
    [49_000, 'm'],
    [3234, 'm'],
    [300, 'm'],
    [1000.5, 'm'],
    [0, 'm'],
    [6_250_000, 'm2'],
    [6_250_123, 'm2'],
    [7_500_000, 'EUR'],
    [87_296.5, 'EUR'],
    [33.33, '%'],
    [99.99, '%'],
    [1376, 'connections'],
  ])('%d %s is shown in a way that reads back as the same value', (value, unit) => {
    expect(parseMeasure(formatMeasure(value, unit), unit)).toEqual({ ok: true, value })
  })
})

const manfort: Record<string, unknown> = {
  sectionId: 'breitband:manfort',
  trade: 'civil_works',
  plannedStart: null,
  plannedEnd: '2022-end',
  actualStart: '2022-03',
  actualEnd: null,
  percent: 82.5,
  onHold: false,
  cancelled: false,
  surfaceRestored: null,
  note: null,
}

/** A content of every kind as the product holds it. */
const contents: Record<FactKindName, Record<string, unknown>> = {
  programme: {
    slug: 'breitband',
    name: 'Breitband',
    nameEn: null,
    kind: 'funded',
    summary: 'Weiße Flecken',
    summaryEn: null,
    passiveOperator: 'EVL',
    activeOperator: 'NetCologne',
    position: 10,
  },
  section: {
    programmeId: 'breitband',
    districtId: 'opladen',
    part: null,
    name: null,
    buildPhase: 2,
    note: null,
    geom: { type: 'Point', coordinates: [7, 51] },
  },
  stage: manfort,
  target: {
    programmeId: 'breitband',
    quantity: 'new_duct',
    scope: null,
    value: 49_000,
    approximate: true,
    districtIds: ['opladen', 'hitdorf'],
    note: null,
    noteEn: null,
  },
  figure: {
    programmeId: null,
    districtId: 'rheindorf',
    quantity: 'area',
    state: null,
    fundingClass: null,
    value: 6_250_000,
    approximate: false,
    note: null,
    noteEn: null,
  },
  milestone: {
    programmeId: 'breitband',
    slug: 'award',
    title: 'Zuschlag',
    titleEn: null,
    planned: null,
    actual: '2019-04',
    note: null,
    noteEn: null,
    position: 1,
  },
  funding: {
    programmeId: 'breitband',
    slug: 'grant',
    giver: 'Bund und Land',
    role: 'grant',
    amountEur: 7_500_000,
    approximate: true,
    partOf: null,
    note: null,
    noteEn: null,
    position: 1,
  },
  district_boundary: { districtId: 'manfort', official: true, attribution: 'Stadt', geom: { type: 'Polygon', coordinates: [] } },
  page: { slug: 'impressum', language: 'de', title: 'Impressum', body: '# Text' },
  ...mobileRuleExamples,
  funding_frame: {
    ...mobileRuleExamples.funding_frame,
    ...{ grantedEur: 180_000.5, firstMonth: '2025-01', noticeOn: '2024-12-20' },
  },
}

describe('Forms derived from the kinds of fact', () => {
  test.each(Object.keys(factKinds) as FactKindName[])(
    'what is known of a %s fills the form and is read from it unchanged',
    (kind) => {
      expect(readForm(kind, typedForm(kind, contents[kind]))).toEqual({ content: contents[kind], errors: {}, understood: {} })
    },
  )

  const typed = (changes: Typed) => readForm('stage', { ...typedForm('stage', manfort), ...changes })

  test('German dates are understood, and what they mean is said', () => {
    const { content, understood, errors } = typed({ actualEnd: '28.3.22', plannedEnd: 'q4 2022' })
    expect(content).toMatchObject({ actualEnd: '2022-03-28', plannedEnd: '2022-Q4' })
    expect(understood).toEqual({ actualEnd: '28.03.2022', plannedEnd: '4. Quartal 2022' })
    expect(errors).toEqual({})
  })

  test('an unreadable date is an error at its field, with examples', () => {
    expect(typed({ actualEnd: 'bald' }).errors).toEqual({ actualEnd: expect.stringContaining('31.12.2022') })
  })

  test('a percentage beyond 100 is an error at its field', () => {
    expect(Object.keys(typed({ percent: '120' }).errors)).toEqual(['percent'])
  })

  test('a required field left empty asks to be filled in', () => {
    expect(readForm('figure', { ...typedForm('figure', contents.figure), value: '' }).errors).toEqual({
      value: 'Bitte ausfüllen.',
    })
  })

  test('not known is neither yes nor no', () => {
    expect(typed({ surfaceRestored: 'no' }).content.surfaceRestored).toBe(false)
    expect(typed({ surfaceRestored: '' }).content.surfaceRestored).toBeNull()
  })
})

describe('Forms of the mobile desk', () => {
  const read = (typed: Typed) => readForm('site_request', typed)

  test('numbers of one unit are typed bare or with it, lists of numbers with commas, codes are ticked', () => {
    const { content, errors } = read({
      minAntennaHeightM: '30,5',
      radiusM: '300 m',
      bandsMhz: '700, 1.800; 3600',
      operators: ['1und1'],
    })
    expect(content).toMatchObject({ minAntennaHeightM: 30.5, radiusM: 300, bandsMhz: [700, 1800, 3600], operators: ['1und1'] })
    expect(errors).not.toHaveProperty('operators')
    expect(typedForm('site_request', content)).toMatchObject({
      minAntennaHeightM: '30,5',
      radiusM: '300',
      bandsMhz: '700, 1800, 3600',
    })
  })

  test('what is missing or no number is said at its field', () => {
    const { errors } = read({ minAntennaHeightM: 'hoch', bandsMhz: '700, viel', operators: [] })
    expect(errors.minAntennaHeightM).toMatch(/„hoch“ ist keine Zahl/)
    expect(errors.bandsMhz).toMatch(/„viel“ ist keine Zahl/)
    expect(errors.operators).toBe('Bitte ausfüllen.')
    expect(read({ minAntennaHeightM: '900' }).errors.minAntennaHeightM).toBe('Höchstens 300.')
    expect(errors.receivedOn).toBe('Bitte ausfüllen.')
  })
})
