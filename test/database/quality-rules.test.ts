import { expect, it } from 'vitest'
import { type Finding, type QualityRuleId, qualityRules } from '../../server/contract/quality.ts'
import { change } from '../../server/database/change.ts'
import type { ObjectContent } from '../../server/database/objects.ts'
import { findOrCreateSource } from '../../server/database/sources.ts'
import { body, read } from '../support/facts.ts'
import { household, objectsApp, trench } from '../support/objects.ts'

/** Each rule with a case it must find and what puts that right: the finding goes, and the rule had something to check. */
interface Case {
  /** Id of what is found. */
  subject: string
  sentence: RegExp
  /** Where the workbench shows it. */
  page: string
  fail: () => Promise<unknown>
  mend: () => Promise<unknown>
}

const { database, coordinator, record } = await objectsApp()
const programmeId = 'breitband'

const places = new Map<string, [number, number]>(
  (
    await database.raw<{ rows: { id: string; x: number; y: number }[] }>(
      'select id, st_x(g) as x, st_y(g) as y from districts, st_transform(label_point, 4326) g',
    )
  ).rows.map(({ id, x, y }) => [id, [x, y]]),
)
const middleOf = (district: string) => places.get(district) as [number, number]
const pointIn = (district: string) => ({ type: 'Point', coordinates: middleOf(district) })
const boxIn = (district: string, east = 0) => {
  const [x, y] = middleOf(district)
  const [west, right, south, north] = [x + east, x + east + 0.001, y, y + 0.001]
  return [
    [west, south],
    [right, south],
    [right, north],
    [west, north],
    [west, south],
  ]
}
const lineIn = (district: string) => boxIn(district).slice(0, 2)

/** Says something straight in a table, also what the forms would refuse: rules look at what is there, however it came. */
const say = (table: string, row: Record<string, unknown>, trueOn = '2022-03-28') =>
  change(database, { actor: 'test', actorName: 'Test', reason: 'Für die Regel' }, async (trx) => {
    const { ring, ...columns } = row as { ring?: number[][] }
    const geom = ring && {
      geom: trx.raw('geometry_from_geojson(?, 4326)', [JSON.stringify({ type: 'Polygon', coordinates: [ring] })]),
    }
    await trx(table).insert({ ...columns, ...geom, true_on: trueOn, source_id: await findOrCreateSource(trx, 'Regeltest', null) })
  })

const premises = (...rows: ObjectContent[]) => record('premises', rows)
const home = (key: string, districtId: string, more: object = {}) => household(key, { programmeId, districtId, ...more })
const figure = (district: string | null, quantity: string, state: string, value: number) =>
  say('figures', {
    ...{ id: [programmeId, district ?? 'city', quantity, state].join(':'), programme_id: programmeId, district_id: district },
    ...{ quantity, state, value },
  })
const stage = (district: string, trade: string, more: object, trueOn?: string) =>
  say('stages', { id: `breitband:${district}:${trade}`, section_id: `breitband:${district}`, trade, ...more }, trueOn)
const section = (id: string, district: string, ring: number[][]) =>
  say('build_sections', { id, programme_id: id.split(':')[0], district_id: district, part: 'teil', name: id, ring })
const today = new Date().toISOString().slice(0, 10)

const cases: Record<QualityRuleId, Case> = {
  'reported-counted': {
    subject: 'breitband:manfort:household:connected',
    sentence: /Manfort: Privathaushalte angeschlossen – gemeldet 5, gezählt 2 \(−3\)\.$/,
    page: '/arbeitsplatz/zahlen?programm=breitband&art=household',
    fail: async () => {
      await premises(home('rc1', 'manfort', { state: 'connected' }), home('rc2', 'manfort', { state: 'connected' }))
      await figure('manfort', 'household', 'connected', 5)
    },
    mend: () => figure('manfort', 'household', 'connected', 2),
  },
  'reported-measured': {
    subject: 'breitband:city:trench:laid',
    sentence: /: Trasse – gemeldet 5 km, gemessen 0,1 km\.$/,
    page: '/arbeitsplatz/zahlen?programm=breitband',
    fail: async () => {
      await record('route', [trench('rm', lineIn('opladen'), { programmeId })])
      await figure(null, 'trench', 'laid', 5000)
    },
    mend: () => figure(null, 'trench', 'laid', 70),
  },
  'figure-nesting': {
    subject: 'breitband:hitdorf:business',
    sentence: /Hitdorf: .+ – versorgbar 5, angeschlossen 7\.$/,
    page: '/arbeitsplatz/zahlen?programm=breitband&art=business',
    fail: async () => {
      await figure('hitdorf', 'business', 'passed', 5)
      await figure('hitdorf', 'business', 'connected', 7)
    },
    mend: () => figure('hitdorf', 'business', 'connected', 4),
  },
  'target-exceeded': {
    subject: 'breitband:hospital',
    sentence: /: Krankenhaus – Ziel 1, gezählt 2\.$/,
    page: '/arbeitsplatz/zahlen?programm=breitband&art=hospital',
    fail: () => premises(...['te1', 'te2'].map((key) => home(key, 'wiesdorf', { kind: 'hospital', addressId: key }))),
    mend: () => premises(home('te2', 'wiesdorf', { kind: 'hospital', state: 'not_possible', addressId: 'te2' })),
  },
  'step-back': {
    subject: 'p:sb',
    sentence: /^Privathaushalt: vorher „angeschlossen“, jetzt „Glasfaser liegt vor dem Grundstück“\.$/,
    page: '/arbeitsplatz/anschluesse?objekt=p%3Asb',
    fail: async () => {
      await record('premises', [home('sb', 'rheindorf', { state: 'connected' })], '2022-01-31')
      await premises(home('sb', 'rheindorf', { state: 'passed' }))
    },
    mend: () => premises(home('sb', 'rheindorf', { state: 'passed', note: 'Kabel wieder entfernt' })),
  },
  'duplicate-premises': {
    subject: 'p:dp2',
    sentence: /^Privathaushalt: dieselbe Adresse wie p:dp1\.$/,
    page: '/arbeitsplatz/anschluesse?objekt=p%3Adp2',
    fail: () => premises(...['dp1', 'dp2'].map((key) => home(key, 'rheindorf', { addressId: 'doppelt' }))),
    mend: () => premises(home('dp2', 'rheindorf', { addressId: 'nebenan' })),
  },
  'several-operators': {
    subject: 'p:so1',
    sentence: /^Gewerbebetrieb: genannt von EVL, Telekom\.$/,
    page: '/arbeitsplatz/anschluesse?objekt=p%3Aso1',
    fail: () =>
      premises(
        home('so1', 'rheindorf', { kind: 'business', addressId: 'beide', name: 'Bäcker', operator: 'EVL' }),
        home('so2', 'rheindorf', { kind: 'business', addressId: 'beide', name: 'Arzt', operator: 'Telekom' }),
      ),
    mend: () => premises(home('so2', 'rheindorf', { kind: 'business', addressId: 'beide', name: 'Arzt', operator: 'EVL' })),
  },
  'premises-elsewhere': {
    subject: 'p:pe',
    sentence: /^Privathaushalt: [\d.]+ m außerhalb von Opladen\.$/,
    page: '/arbeitsplatz/anschluesse?objekt=p%3Ape',
    fail: () => premises(home('pe', 'opladen', { geom: pointIn('hitdorf') })),
    mend: () => premises(home('pe', 'opladen', { geom: pointIn('opladen') })),
  },
  'premises-incomplete': {
    subject: 'p:pi',
    sentence: /^Privathaushalt ohne Programm und Adresse\.$/,
    page: '/arbeitsplatz/anschluesse?objekt=p%3Api',
    fail: () => premises(home('pi', 'opladen', { programmeId: null })),
    mend: () => premises(home('pi', 'opladen', { addressId: 'bekannt' })),
  },
  'nothing-to-count': {
    subject: 'breitband:quettingen',
    sentence: /^Quettingen: kein Anschlussobjekt erfasst\.$/,
    page: '/arbeitsplatz?programm=breitband&abschnitt=breitband%3Aquettingen',
    fail: () => premises(home('nc', 'opladen')),
    mend: () => premises(home('nc2', 'quettingen')),
  },
  'connected-without-network': {
    subject: 'p:cn',
    sentence: /^Privathaushalt angeschlossen, im Umkreis von 150 m ist nichts verlegt\.$/,
    page: '/arbeitsplatz/anschluesse?objekt=p%3Acn',
    fail: () => premises(home('cn', 'schlebusch', { state: 'connected', geom: pointIn('schlebusch') })),
    mend: () => record('route', [trench('cn', lineIn('schlebusch'))]),
  },
  'network-outside-city': {
    subject: 'r:no',
    sentence: /^Trasse: [\d.]+ m von der Stadt entfernt\.$/,
    page: '/arbeitsplatz/netz?objekt=r%3Ano',
    fail: () =>
      record('route', [
        trench('no', [
          [6.7, 50.8],
          [6.71, 50.8],
        ]),
      ]),
    mend: () => record('route', [trench('no', lineIn('manfort'))]),
  },
  'section-outside-district': {
    subject: 'breitband:opladen:teil',
    sentence: /: 100 % der Fläche außerhalb von Opladen\.$/,
    page: '/arbeitsplatz?programm=breitband&abschnitt=breitband%3Aopladen%3Ateil',
    fail: () => section('breitband:opladen:teil', 'opladen', boxIn('manfort')),
    mend: () => section('breitband:opladen:teil', 'opladen', boxIn('opladen')),
  },
  'sections-overlap': {
    subject: 'breitband:hitdorf:teil',
    sentence: /^breitband:hitdorf:teil: 100 % der Fläche nennt auch zweit:hitdorf:teil\.$/,
    page: '/arbeitsplatz?programm=breitband&abschnitt=breitband%3Ahitdorf%3Ateil',
    fail: async () => {
      await say('programmes', { id: 'zweit', slug: 'zweit', name: 'Zweites Programm', kind: 'market_driven' })
      await section('breitband:hitdorf:teil', 'hitdorf', boxIn('hitdorf'))
      await section('zweit:hitdorf:teil', 'hitdorf', boxIn('hitdorf'))
    },
    mend: () => section('zweit:hitdorf:teil', 'hitdorf', boxIn('hitdorf', 0.002)),
  },
  'stage-dates': {
    subject: 'breitband:opladen:splicing_measurement',
    sentence: /^Opladen, .+: Beginn Mai 2022, Ende März 2022\.$/,
    page: '/arbeitsplatz?programm=breitband&abschnitt=breitband%3Aopladen',
    fail: () => stage('opladen', 'splicing_measurement', { actual_start: '2022-05', actual_end: '2022-03' }),
    mend: () => stage('opladen', 'splicing_measurement', { actual_start: '2022-05', actual_end: '2022-06' }),
  },
  'activation-early': {
    subject: 'breitband:manfort:activation',
    sentence: /^Manfort: Inbetriebnahme gemeldet, Ende des Tiefbaus nicht\.$/,
    page: '/arbeitsplatz?programm=breitband&abschnitt=breitband%3Amanfort',
    fail: () => stage('manfort', 'activation', { actual_start: '2022-03' }),
    mend: () => stage('manfort', 'civil_works', { actual_start: '2021-09', actual_end: '2022-03' }),
  },
  overdue: {
    subject: 'breitband:wiesdorf:civil_works',
    sentence: /^Wiesdorf, Tiefbau: angekündigt für Ende 2022, nichts weiter gemeldet\.$/,
    page: '/arbeitsplatz?programm=breitband&abschnitt=breitband%3Awiesdorf',
    fail: async () => {},
    mend: () => stage('wiesdorf', 'civil_works', { actual_start: '2022-03', actual_end: '2022-12' }, '2023-01-31'),
  },
  stale: {
    subject: 'breitband:schlebusch',
    sentence: /^Schlebusch: letzter Stand 28\.03\.2022\.$/,
    page: '/arbeitsplatz?programm=breitband&abschnitt=breitband%3Aschlebusch',
    fail: async () => {},
    mend: () => stage('schlebusch', 'civil_works', { actual_start: '2022-03', planned_end: '2090' }, today),
  },
}

const rules = Object.entries(cases) as [QualityRuleId, Case][]
const run = async () => body(await coordinator.send('POST', '/api/quality/runs'))
const findings = async (rule: QualityRuleId) =>
  (await read<{ findings: Finding[] }>(coordinator, `/api/quality/findings?limit=500&rule=${rule}`)).findings

it('each find their case with words and a way there, and let go of it when it is put right', async () => {
  expect(Object.keys(cases).toSorted()).toEqual(Object.keys(qualityRules).toSorted())
  for (const [, { fail }] of rules) await fail()
  await run()
  for (const [rule, { subject, sentence, page }] of rules) {
    const found = await findings(rule)
    const own = found.find((finding) => finding.subject.id === subject)
    expect.soft(own, `${rule}: ${JSON.stringify(found)}`).toBeDefined()
    expect.soft(own?.sentence, rule).toMatch(sentence)
    expect.soft(own?.href, rule).toBe(page)
    expect.soft(own?.severity, rule).toBe(qualityRules[rule].severity)
  }
  for (const [, { mend }] of rules) await mend()
  await run()
  const states = await read<{ rules: { id: string; checked: number }[] }>(coordinator, '/api/quality/rules')
  for (const [rule, { subject }] of rules) {
    expect(
      (await findings(rule)).filter((finding) => finding.subject.id === subject),
      rule,
    ).toEqual([])
    expect.soft(states.rules.find(({ id }) => id === rule)?.checked, rule).toBeGreaterThan(0)
  }
})

it('run by themselves once a change has settled', async () => {
  await premises(home('selbst1', 'opladen', { addressId: 'selbst' }), home('selbst2', 'opladen', { addressId: 'selbst' }))
  await expect
    .poll(async () => (await findings('duplicate-premises')).map(({ subject }) => subject.id), { timeout: 20_000, interval: 500 })
    .toContain('p:selbst2')
})
