import { describe, expect, test } from 'vitest'
import type { FactKindName } from '../../server/contract/facts/index.ts'
import { type Content, kindNames, kindOf, parseContent } from '../../server/facts/content.ts'
import type { AreaFindings, AreaMeasures } from '../../server/facts/geometry.ts'
import { holdsFrom } from '../../server/facts/rules/common.ts'
import { judge, sortRemarks } from '../../server/facts/rules/index.ts'
import { withdrawalRemarks } from '../../server/facts/rules/withdrawal.ts'
import { type World, worldAfter } from '../../server/facts/world.ts'
import { mobileRuleExamples } from '../support/mobile-rule-examples.ts'

const nothing: World = {
  districts: new Map([
    ['opladen', 'Opladen'],
    ['manfort', 'Manfort'],
  ]),
  facts: Object.fromEntries(kindNames.map((name) => [name, new Map()])) as unknown as World['facts'],
}

const blank: Partial<Record<FactKindName, Content>> = {
  programme: {
    slug: 'breitband',
    name: 'Breitband',
    nameEn: null,
    kind: 'funded',
    summary: null,
    summaryEn: null,
    position: 1,
    passiveOperator: null,
    activeOperator: null,
  },
  section: { programmeId: 'breitband', districtId: 'opladen', part: null, name: null, buildPhase: 1, note: null, geom: null },
  stage: {
    sectionId: 'breitband:opladen',
    trade: 'civil_works',
    plannedStart: null,
    plannedEnd: null,
    actualStart: null,
    actualEnd: null,
    percent: null,
    onHold: false,
    cancelled: false,
    surfaceRestored: null,
    note: null,
  },
  target: {
    programmeId: 'breitband',
    quantity: 'household',
    scope: null,
    value: 1376,
    approximate: false,
    districtIds: null,
    note: null,
    noteEn: null,
  },
  figure: {
    programmeId: 'breitband',
    districtId: 'opladen',
    quantity: 'household',
    state: 'connected',
    fundingClass: null,
    value: 100,
    approximate: false,
    note: null,
    noteEn: null,
  },
  milestone: {
    programmeId: 'breitband',
    slug: 'zuschlag',
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
    slug: 'bund',
    giver: 'Bund',
    role: 'grant',
    amountEur: 3_700_000,
    approximate: true,
    partOf: null,
    note: null,
    noteEn: null,
    position: 1,
  },
  district_boundary: {
    districtId: 'opladen',
    official: true,
    attribution: '© Stadt',
    geom: { type: 'Polygon', coordinates: [] },
  },
  page: { slug: 'impressum', language: 'de', title: 'Impressum', body: 'Stadt Leverkusen, Friedrich-Ebert-Platz 1' },
  ...mobileRuleExamples,
}

interface Wish {
  before?: Content
  beforeTrueOn?: string
  trueOn?: string
  area?: Partial<AreaMeasures> | AreaFindings
  /** Other facts, each what differs from the blank one of its kind. */
  beside?: [FactKindName, Content][]
}

function fact(kind: FactKindName, content: Content) {
  const whole = { ...blank[kind], ...content }
  return { kind, id: kindOf(kind).idOf(whole as never), content: whole }
}

const basis = [fact('programme', {}), fact('section', {})]

const soundArea: AreaMeasures = {
  isPoint: false,
  areaM2: 6_770_000,
  areaBeforeM2: null,
  beyondCity: 'no',
  outsideDistrict: 0,
  overlaps: [],
  containsLabel: null,
}

function area(wish: Wish['area']): AreaFindings | null {
  if (wish === undefined) return null
  if ('isReadable' in wish) return wish
  return { isReadable: true, isEmpty: false, isSwapped: false, invalid: null, measures: { ...soundArea, ...wish } }
}

/** What the rules say: fields of refusals as "!field"; where nothing is refused, warnings by their rule. */
function remarks(kind: FactKindName, content: Content, wish: Wish = {}): string[] {
  const own = fact(kind, content)
  const beside = (wish.beside ?? []).map(([other, values]) => fact(other, values))
  const { refusals, warnings } = judge(kind, {
    id: own.id,
    content: own.content,
    trueOn: wish.trueOn ?? '2026-11-20',
    before: wish.before
      ? {
          content: { ...blank[kind], ...wish.before },
          trueOn: wish.beforeTrueOn ?? '2022-03-28',
          holdsFrom: holdsFrom(wish.beforeTrueOn ?? '2022-03-28', '2026-11-01'),
        }
      : null,
    today: '2026-11-21',
    world: worldAfter(nothing, [...basis, ...beside, own]),
    area: area(wish.area),
  })
  return refusals.length > 0 ? refusals.map(({ field }) => `!${field}`) : warnings.map(({ rule }) => rule)
}

type Row = [title: string, content: Content, expected: string[], wish?: Wish]

function cases(kind: FactKindName, rows: Row[]): void {
  describe(kind, () => {
    test.each(rows)('%s', (_title, content, expected, wish) => expect(remarks(kind, content, wish)).toEqual(expected))
  })
}

const activation = { trade: 'activation', actualStart: '2022-03', actualEnd: '2022-05' }

cases('stage', [
  ['planned for the future is fine', { plannedStart: '2027-03', plannedEnd: '2027-end' }, []],
  ['begun and done is fine', { actualStart: '2021-03', actualEnd: '2022-03-28', percent: 100 }, []],
  ['an actual end before the start is impossible', { actualStart: '2022-04', actualEnd: '2022-03-31' }, ['!actualEnd']],
  ['an end in the month of the start is possible', { actualStart: '2022-03-20', actualEnd: '2022-03' }, []],
  ['an end "by" a day before the start is impossible', { actualStart: '2022-04', actualEnd: 'by 2022-03-28' }, ['!actualEnd']],
  ['a planned end before the planned start is impossible', { plannedStart: '2028', plannedEnd: '2027-end' }, ['!plannedEnd']],
  ['an actual start in the future is impossible', { actualStart: '2026-12' }, ['!actualStart']],
  [
    'an actual end tomorrow is impossible',
    { actualStart: '2026-11-01', actualEnd: '2026-11-22' },
    ['!actualEnd'],
    { trueOn: '2026-11-21' },
  ],
  ['an actual end today is possible', { actualStart: '2026-11-01', actualEnd: '2026-11-21' }, [], { trueOn: '2026-11-21' }],
  ['an actual end this month is possible', { actualStart: '2026-10-01', actualEnd: '2026-11' }, []],
  ['an actual end "by" a day to come is impossible', { actualStart: '2026-10', actualEnd: 'by 2027-01-31' }, ['!actualEnd']],
  ['a Stand in the future is impossible', {}, ['!trueOn'], { trueOn: '2026-12-01' }],
  ['a Stand "this year" is possible', {}, [], { trueOn: '2026' }],
  ['more than two decimals are not kept', { actualStart: '2022', percent: 33.333 }, ['!percent']],
  ['a section that does not exist is impossible', { sectionId: 'breitband:wiesdorf' }, ['!sectionId']],
  ['done without start warns', { actualEnd: '2022-03-28' }, ['done-without-start']],
  ['100 % without end warns', { actualStart: '2022', percent: 100 }, ['complete-without-end']],
  ['an end at 99 % warns', { actualStart: '2021', actualEnd: '2022', percent: 99 }, ['ended-incomplete']],
  ['progress without start warns', { percent: 5 }, ['progress-without-start']],
  ['on hold and done warns', { actualStart: '2021', actualEnd: '2022', onHold: true }, ['on-hold-and-done']],
  ['cancelled and done warns', { actualStart: '2021', actualEnd: '2022', cancelled: true }, ['cancelled-and-done']],
  ['cancelled and on hold warns', { cancelled: true, onHold: true }, ['cancelled-and-on-hold']],
  [
    'an end taken back warns',
    { actualStart: '2021' },
    ['end-taken-back'],
    { before: { actualStart: '2021', actualEnd: '2022' } },
  ],
  ['a start taken back warns', {}, ['start-taken-back'], { before: { actualStart: '2021' } }],
  [
    'less percent than before warns',
    { actualStart: '2021', percent: 40 },
    ['percent-fell'],
    { before: { actualStart: '2021', percent: 60 } },
  ],
  ['a planned end gone by warns', { plannedEnd: '2022-end' }, ['planned-end-passed']],
  ['a planned end gone by is fine when on hold', { plannedEnd: '2022-end', onHold: true }, []],
  ['a planned start gone by warns', { plannedStart: '2022-03', plannedEnd: '2027' }, ['planned-start-passed']],
  ['an event after the Stand warns', { actualStart: '2022-05' }, ['event-after-stand'], { trueOn: '2022-03-28' }],
  ['an older Stand than the one in force warns', {}, ['older-than-in-force'], { trueOn: '2021-09-20', before: {} }],
  ['a year far away warns', { plannedEnd: '2199' }, ['implausible-year']],
  ['activation before civil works warns', activation, ['activation-before-civil-works']],
  [
    'activation after civil works is fine',
    activation,
    [],
    { beside: [['stage', { actualStart: '2021', actualEnd: '2022-02' }]] },
  ],
  [
    'activation while civil works go on warns',
    activation,
    ['activation-before-civil-works'],
    { beside: [['stage', { actualStart: '2021' }]] },
  ],
  [
    'activation that ended before civil works warns',
    activation,
    ['activation-before-civil-works'],
    { beside: [['stage', { actualStart: '2021', actualEnd: '2022-08' }]] },
  ],
  [
    'the same from the side of civil works',
    { actualStart: '2021' },
    ['activation-before-civil-works'],
    { beside: [['stage', activation]] },
  ],
  [
    'activation before measurement warns',
    activation,
    ['activation-before-measurement'],
    {
      beside: [
        ['stage', { actualStart: '2021', actualEnd: '2022-02' }],
        ['stage', { trade: 'splicing_measurement', actualStart: '2022' }],
      ],
    },
  ],
  ['fibre before ducts warns', { trade: 'fibre_blowing', actualStart: '2021', actualEnd: '2022' }, ['fibre-before-ducts']],
  [
    'fibre after civil works implies ducts',
    { trade: 'fibre_blowing', actualStart: '2021', actualEnd: '2022' },
    [],
    {
      beside: [['stage', { actualStart: '2021', actualEnd: '2022' }]],
    },
  ],
  [
    'fibre while ducts are laid warns',
    { trade: 'fibre_blowing', actualStart: '2021', actualEnd: '2022' },
    ['fibre-before-ducts'],
    {
      beside: [
        ['stage', { trade: 'duct_laying', actualStart: '2021' }],
        ['stage', { actualStart: '2021', actualEnd: '2022' }],
      ],
    },
  ],
  [
    'measurement before fibre warns',
    { trade: 'splicing_measurement', actualStart: '2021', actualEnd: '2022' },
    ['splicing-before-fibre'],
    {
      beside: [['stage', { trade: 'fibre_blowing', actualStart: '2022' }]],
    },
  ],
  [
    'a plan in the wrong order warns',
    { plannedEnd: '2028' },
    ['planned-order'],
    { beside: [['stage', { trade: 'activation', plannedEnd: '2027' }]] },
  ],
  [
    'a restored surface over unfinished civil works warns',
    { actualStart: '2022', surfaceRestored: true },
    ['surface-before-civil-works'],
  ],
  ['a restored surface after civil works is fine', { actualStart: '2021', actualEnd: '2022', surfaceRestored: true }, []],
  [
    'cancelled while others go on warns',
    { cancelled: true },
    ['cancelled-and-active'],
    { beside: [['stage', { trade: 'duct_laying', actualStart: '2022' }]] },
  ],
])

cases('figure', [
  ['within the target is fine', { value: 1376 }, [], { beside: [['target', {}]] }],
  ['beyond the target is impossible', { value: 1377 }, ['!value'], { beside: [['target', {}]] }],
  [
    'beyond the target, but outside the grant, is fine',
    { value: 2000, fundingClass: 'market_driven' },
    [],
    { beside: [['target', {}]] },
  ],
  ['the target of another quantity does not count', { value: 2000 }, [], { beside: [['target', { quantity: 'business' }]] }],
  [
    'beyond a partial target warns',
    { value: 300 },
    ['beyond-partial-target'],
    {
      beside: [
        ['target', {}],
        ['target', { scope: 'phase-1', value: 213, districtIds: ['opladen'] }],
      ],
    },
  ],
  [
    'the partial target of others does not count',
    { value: 300 },
    [],
    { beside: [['target', { scope: 'phase-1', value: 213, districtIds: ['manfort'] }]] },
  ],
  ['a length cannot be connected', { quantity: 'trench' }, ['!state']],
  ['a length is laid', { quantity: 'trench', state: 'laid' }, []],
  ['a connection cannot be laid', { state: 'laid' }, ['!state']],
  ['a statistic has no state', { programmeId: null, quantity: 'inhabitants' }, ['!state']],
  [
    'a statistic has no funding class',
    { programmeId: null, quantity: 'area', state: null, fundingClass: 'funded', value: 1.5 },
    ['!fundingClass'],
  ],
  ['an area may have decimals', { programmeId: null, quantity: 'area', state: null, value: 6_770_000.5 }, []],
  ['half a connection is impossible', { value: 1.5 }, ['!value']],
  ['a programme that does not exist is impossible', { programmeId: 'unknown' }, ['!programmeId']],
  ['a district that does not exist is impossible', { districtId: 'atlantis' }, ['!districtId']],
  [
    'more in operation than connected warns',
    { state: 'activated', value: 101 },
    ['activated-exceeds-connected'],
    { beside: [['figure', {}]] },
  ],
  [
    'more connected than passed warns, from the side of passed',
    { state: 'passed', value: 99 },
    ['connected-exceeds-passed'],
    { beside: [['figure', {}]] },
  ],
  [
    'other districts are other figures',
    { state: 'activated', value: 101 },
    [],
    { beside: [['figure', { districtId: 'manfort' }]] },
  ],
  [
    'districts beyond the city warn',
    { value: 60 },
    ['districts-exceed-city'],
    {
      beside: [
        ['figure', { districtId: 'manfort', value: 50 }],
        ['figure', { districtId: null, value: 100 }],
      ],
    },
  ],
  [
    'districts beyond the target warn',
    { value: 800 },
    ['districts-exceed-target'],
    {
      beside: [
        ['target', {}],
        ['figure', { districtId: 'manfort', value: 700 }],
      ],
    },
  ],
  ['less than before warns', { value: 90 }, ['figure-fell'], { before: { value: 100 } }],
])

cases('target', [
  ['a whole target is fine', {}, []],
  ['half a connection is impossible', { value: 0.5 }, ['!value']],
  ['some districts without identifier are impossible', { districtIds: ['opladen'] }, ['!districtIds']],
  ['an unknown district among them is impossible', { scope: 'a', districtIds: ['opladen', 'atlantis'] }, ['!districtIds']],
  ['a partial target without districts warns', { scope: 'phase-1' }, ['part-without-districts']],
  ['a statistic as target warns', { quantity: 'inhabitants' }, ['target-of-statistic']],
  [
    'twice as much warns',
    { quantity: 'new_duct', value: 144_000 },
    ['target-changed-by-half'],
    { before: { quantity: 'new_duct', value: 72_000 } },
  ],
  [
    '49 instead of 72 km is fine',
    { quantity: 'new_duct', value: 49_000 },
    [],
    { before: { quantity: 'new_duct', value: 72_000 } },
  ],
  ['less than reported warns', { value: 99 }, ['target-below-figure'], { beside: [['figure', {}]] }],
  [
    'a part beyond the whole warns',
    { scope: 'phase-1', value: 1400, districtIds: ['opladen'] },
    ['part-exceeds-whole'],
    { beside: [['target', {}]] },
  ],
])

cases('milestone', [
  ['reached is fine', {}, []],
  ['without a date is impossible', { actual: null }, ['!planned']],
  ['reached in the future is impossible', { actual: '2027' }, ['!actual']],
  ['a planned date gone by warns', { actual: null, planned: '2023-spring' }, ['planned-date-passed']],
  ['reached and not reached any more warns', { actual: null, planned: '2027' }, ['milestone-taken-back'], { before: {} }],
  ['reached after the Stand warns', {}, ['event-after-stand'], { trueOn: '2018' }],
])

cases('funding', [
  ['a grant is fine', {}, []],
  ['a tenth of a cent is impossible', { amountEur: 1.001 }, ['!amountEur']],
  ['cents are possible', { amountEur: 87_296.57 }, []],
  ['a share of nothing is impossible', { partOf: 'breitband:unknown' }, ['!partOf']],
  ['a share of itself is impossible', { partOf: 'breitband:bund' }, ['!partOf']],
  [
    'a circle of shares is impossible',
    { partOf: 'breitband:land' },
    ['!partOf'],
    { beside: [['funding', { slug: 'land', partOf: 'breitband:bund', amountEur: 1 }]] },
  ],
  [
    'a share of another programme is impossible',
    { partOf: 'friedenstal:alles' },
    ['!partOf'],
    {
      beside: [
        ['programme', { slug: 'friedenstal', name: 'Friedenstal' }],
        ['funding', { programmeId: 'friedenstal', slug: 'alles', amountEur: 5e6 }],
      ],
    },
  ],
  [
    'shares beyond the whole warn',
    { partOf: 'breitband:alles' },
    ['shares-exceed-whole'],
    {
      beside: [
        ['funding', { slug: 'alles', amountEur: 7.5e6 }],
        ['funding', { slug: 'land', partOf: 'breitband:alles', amountEur: 4e6 }],
      ],
    },
  ],
  ['twice as much warns', { amountEur: 1000 }, ['amount-changed-by-half'], { before: { amountEur: 100 } }],
])

cases('section', [
  ['the whole district is fine', {}, []],
  ['a part is fine', { districtId: 'manfort', part: 'nord', name: 'Opladen Nord', geom: {} }, [], { area: {} }],
  [
    'beyond the city is impossible',
    { districtId: 'manfort', part: 'nord', name: 'Nord' },
    ['!geom'],
    { area: { beyondCity: 'near', outsideDistrict: 1 } },
  ],
  [
    'sticking out of the district warns',
    { districtId: 'manfort', part: 'nord', name: 'Nord' },
    ['outside-district'],
    { area: { outsideDistrict: 0.3 } },
  ],
  ['a hair outside is fine', { districtId: 'manfort', part: 'nord', name: 'Nord' }, [], { area: { outsideDistrict: 0.05 } }],
  ['a few square metres warn', { districtId: 'manfort', part: 'nord', name: 'Nord' }, ['tiny-area'], { area: { areaM2: 20 } }],
  ['a point has no area', { districtId: 'manfort', part: 'nord', name: 'Nord' }, [], { area: { isPoint: true, areaM2: 0 } }],
  ['a part without name and area warns', { districtId: 'manfort', part: 'nord' }, ['part-without-name', 'part-without-area']],
  ['whole and part side by side warn', { part: 'nord', name: 'Nord' }, ['whole-and-part'], { area: {} }],
  [
    'an unreadable geometry is impossible',
    { districtId: 'manfort', part: 'nord', name: 'N' },
    ['!geom'],
    {
      area: { isReadable: false, isEmpty: false, isSwapped: false, invalid: null, measures: null },
    },
  ],
  [
    'a geometry that crosses itself is impossible',
    { districtId: 'manfort', part: 'nord', name: 'N' },
    ['!geom'],
    {
      area: {
        isReadable: true,
        isEmpty: false,
        isSwapped: false,
        invalid: { reason: 'Self-intersection', at: null },
        measures: null,
      },
    },
  ],
])

cases('district_boundary', [
  ['a boundary of its size is fine', {}, [], { area: { containsLabel: true } }],
  ['a point is impossible', {}, ['!geom'], { area: { isPoint: true } }],
  ['far from the city is impossible', {}, ['!geom'], { area: { beyondCity: 'far' } }],
  ['a little beyond the city warns', {}, ['beyond-city'], { area: { beyondCity: 'near' } }],
  ['a tiny district warns', {}, ['implausible-area'], { area: { areaM2: 1000 } }],
  ['a changed size warns', {}, ['area-changed'], { area: { areaBeforeM2: 10_000_000 } }],
  [
    'ground of a neighbour warns',
    {},
    ['overlap'],
    {
      area: {
        overlaps: [
          { name: 'Manfort', share: 0.1 },
          { name: 'Wiesdorf', share: 0.01 },
        ],
      },
    },
  ],
  ['a label outside warns', {}, ['label-outside'], { area: { containsLabel: false } }],
  ['a simplified boundary beside an official one warns', { official: false }, ['official-stays'], { area: {}, before: {} }],
])

cases('programme', [
  ['a programme is fine', { slug: 'neu', name: 'Neu' }, []],
  ['a name twice warns', { slug: 'neu' }, ['duplicate-name']],
  ['another kind than before warns', { kind: 'market_driven' }, ['programme-kind-changed'], { before: {} }],
  ['mobile with sections warns', { kind: 'mobile' }, ['mobile-with-sections']],
])

cases('page', [
  ['an edited page is fine', {}, [], { before: {} }],
  ['half of the text gone warns', { body: 'Stadt' }, ['text-shrunk'], { before: {} }],
])

cases('department', [
  ['one that can be asked is fine', {}, []],
  ['one that is asked without an address warns', { email: null }, ['department-without-email']],
  ['one that is not asked needs none', { email: null, active: false, escalationEmail: null }, []],
  ['a short name twice warns', { slug: 'fb-63-neu' }, ['duplicate-code'], { beside: [['department', {}]] }],
  ['a deputy at the same address warns', { deputyEmail: 'FB63@stadt.example' }, ['deputy-same-email']],
  ['a deputy without an address warns', { deputyName: 'Vertretung' }, ['deputy-without-email']],
  ['silence nobody hears of warns', { escalationEmail: null }, ['silence-unheard']],
  ['silence that decides needs no escalation', { escalationEmail: null, silence: 'counts_as_agreed' }, []],
])

const ended = { period: '2015', validFrom: '2015-01-01', validUntil: '2020-06-07' }
cases('deadline_rule', [
  ['one period is fine', {}, []],
  ['the next one, the day after, is fine', {}, [], { beside: [['deadline_rule', ended]] }],
  [
    'two on the same day are impossible',
    {},
    ['!validFrom'],
    { beside: [['deadline_rule', { ...ended, validUntil: '2020-06-08' }]] },
  ],
  [
    'an older one that has not ended is impossible',
    {},
    ['!validFrom'],
    { beside: [['deadline_rule', { ...ended, validUntil: null }]] },
  ],
  [
    'another deadline does not matter',
    {},
    [],
    { beside: [['deadline_rule', { ...ended, slug: 'coordination', validUntil: null }]] },
  ],
  ['a change in an unknown day of a month is fine', {}, [], { beside: [['deadline_rule', { ...ended, validUntil: '2020-06' }]] }],
  ['an end before the beginning is impossible', { validUntil: '2020-06-07' }, ['!validUntil']],
  ['an end without a successor warns', { validUntil: '2026-12-31' }, ['validity-gap']],
  [
    'an end with a successor is fine',
    { validUntil: '2026-12-31' },
    [],
    { beside: [['deadline_rule', { period: '2027', validFrom: '2027-01-01' }]] },
  ],
  ['an unknown beginning without a word warns', { validFrom: null, legalNote: null }, ['validity-unexplained']],
  ['an unknown beginning that is explained is fine', { validFrom: 'by 2026-11-20' }, []],
  ['a day is short', { amount: 1, warningDays: 0 }, ['deadline-short']],
  ['two years are long', { amount: 105, unit: 'weeks' }, ['deadline-long']],
  ['a warning from the first day on warns', { amount: 5, unit: 'working_days' }, ['warning-always']],
  ['another name beside it warns', { name: 'Antwort der Stadt' }, ['deadline-renamed'], { beside: [['deadline_rule', ended]] }],
])

cases('building_law_rule', [
  ['a rule is fine', {}, []],
  ['another area does not matter', {}, [], { beside: [['building_law_rule', { slug: 'other', area: 'outside' }]] }],
  ['the same mast twice on a day is impossible', {}, ['!validFrom'], { beside: [['building_law_rule', { slug: 'other' }]] }],
  [
    'one for its very installation goes before one for any',
    {},
    [],
    { beside: [['building_law_rule', { slug: 'other', mastKind: 'on_building' }]] },
  ],
  [
    'two installations stand side by side',
    { mastKind: 'free_standing' },
    [],
    { beside: [['building_law_rule', { slug: 'other', mastKind: 'on_building' }]] },
  ],
  ['no limit is fine', { maxHeightM: null }, []],
  ['no height at all warns', { maxHeightM: 0 }, ['height-zero']],
  ['a very high mast without permit warns', { maxHeightM: 90 }, ['height-unusual']],
  ['no legal ground warns', { legalNote: null }, ['no-legal-note']],
])

cases('spot_rule', [
  ['a rule is fine', {}, []],
  ['at most below at least is impossible', { mostOperators: 0 }, ['!mostOperators']],
  ['white beside grey is fine', {}, [], { beside: [['spot_rule', { slug: 'white', fewestOperators: 0, mostOperators: 0 }]] }],
  [
    'white and grey at once is impossible',
    {},
    ['!fewestOperators'],
    { beside: [['spot_rule', { slug: 'white', fewestOperators: 0 }]] },
  ],
  ['white with a network warns', { slug: 'white', fewestOperators: 0, mostOperators: 1 }, ['white-with-operator']],
])

const granted = { grantedEur: 200_000, firstMonth: '2026-01' }
cases('funding_frame', [
  ['a directive without a grant is fine', {}, []],
  ['a grant is fine', { ...granted, noticeOn: '2026-11-20' }, []],
  ['a sum without a beginning is impossible', { grantedEur: 200_000 }, ['!firstMonth']],
  ['a beginning without a sum is impossible', { firstMonth: '2026-01' }, ['!grantedEur']],
  ['a notice without a sum is impossible', { noticeOn: '2026-01-01' }, ['!grantedEur']],
  ['a notice of the future is impossible', { ...granted, noticeOn: '2099-01-01' }, ['!noticeOn']],
  ['nothing is no grant', { ...granted, grantedEur: 0 }, ['!grantedEur']],
  ['nothing is no most', { mostEur: 0 }, ['!mostEur']],
  ['more than the directive allows warns', { ...granted, grantedEur: 210_000.01 }, ['grant-over-most']],
  [
    'two grants at once warn',
    granted,
    ['grants-overlap'],
    { beside: [['funding_frame', { ...granted, slug: 'other', firstMonth: '2023-02' }]] },
  ],
  [
    'one after the other is fine',
    granted,
    [],
    { beside: [['funding_frame', { ...granted, slug: 'other', firstMonth: '2023-01' }]] },
  ],
])

cases('text_module', [
  ['a text is fine', {}, []],
  ['for a department there is is fine', { departmentSlug: 'fb-63' }, [], { beside: [['department', {}]] }],
  ['for a department there is not is impossible', { departmentSlug: 'fb-99' }, ['!departmentSlug']],
  ['the same heading twice warns', { slug: 'noch-einmal' }, ['duplicate-title'], { beside: [['text_module', {}]] }],
  ['a placeholder warns', { text: 'Zu {{caseNumber}}' }, ['placeholder-in-module']],
])

cases('letter_template', [
  ['a template is fine', {}, []],
  ['an unknown placeholder is impossible', { body: '{{statements}} {{aktenzeichen}}' }, ['!body']],
  ['an unknown placeholder in the subject is impossible', { subject: '{{toString}}' }, ['!subject']],
  ['an open brace is impossible', { body: '{{statements}} {{operator}' }, ['!body']],
  ['a list in the subject is impossible', { subject: '{{statements}}' }, ['!subject']],
  ['a reply without statements warns', { body: 'Guten Tag, {{operator}}' }, ['letter-without-statements']],
  [
    'half of the text gone warns',
    {},
    ['text-shrunk'],
    { before: { body: '{{statements}} und ein langer Gruß zum Schluss an alle' } },
  ],
])

describe('withdrawing', () => {
  const withdrawn = (kind: FactKindName, id: string, isInForce = true) => {
    const world = worldAfter(nothing, [...basis, fact('stage', {})])
    return sortRemarks([...withdrawalRemarks({ kind, id, isInForce, world, names: world })]).refusals.map(({ detail }) => detail)
  }

  test('what nothing refers to can be withdrawn', () => {
    expect(withdrawn('stage', 'breitband:opladen:civil_works')).toEqual([])
  })

  test('what others refer to cannot, and they are named', () => {
    expect(withdrawn('section', 'breitband:opladen')[0]).toContain('Opladen, Tiefbau')
    expect(withdrawn('programme', 'breitband')[0]).toContain('Bauabschnitt Opladen')
  })

  test('nothing cannot be withdrawn, nor can the boundary of a district', () => {
    expect(withdrawn('stage', 'breitband:opladen:permit', false)).toHaveLength(1)
    expect(withdrawn('district_boundary', 'boundary:opladen')).toHaveLength(1)
  })
})

describe('content', () => {
  const errors = (kind: FactKindName, content: unknown, id?: string) =>
    parseContent(kind, id ?? kindOf(kind).idOf(content as never), content).errors

  test.each(kindNames.filter((name) => name !== 'district_boundary'))('a blank %s is as declared', (kind) => {
    expect(errors(kind, blank[kind])).toEqual([])
  })

  test('every wrong field is named in German', () => {
    expect(
      errors('stage', {
        ...blank.stage,
        percent: 101,
        plannedEnd: '31.12.2022',
        trade: 'digging',
        onHold: undefined,
        colour: 'red',
      }),
    ).toEqual([
      { field: 'trade', detail: 'Gewerk: Diesen Wert gibt es nicht.' },
      { field: 'plannedEnd', detail: 'Ende geplant: Keine gültige Zeitangabe.' },
      { field: 'percent', detail: 'Fortschritt: höchstens 100.' },
      { field: 'onHold', detail: 'Unterbrochen: Die Angabe fehlt.' },
      { field: 'colour', detail: '„colour“ ist hier nicht bekannt.' },
    ])
    expect(errors('stage', { ...blank.stage, percent: -1 }, 'x')[0]?.detail).toBe('Fortschritt: mindestens 0.')
  })

  test('the id must follow from the identity', () => {
    expect(errors('department', { ...blank.department, email: 'fb63' })).toEqual([
      { field: 'email', detail: 'E-Mail: Erwartet wird eine E-Mail-Adresse.' },
    ])
    expect(errors('building_law_rule', { ...blank.building_law_rule, maxHeightM: 900 })[0]?.detail).toMatch(/höchstens 200/)
    expect(errors('stage', blank.stage, 'breitband:opladen:permit')).toEqual([
      { field: 'id', detail: 'Die Kennung muss „breitband:opladen:civil_works“ lauten.' },
    ])
  })
})
