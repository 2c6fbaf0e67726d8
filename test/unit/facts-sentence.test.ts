import { expect, test } from 'vitest'
import { kindNames } from '../../server/facts/content.ts'
import { describeChange, describeSource } from '../../server/facts/sentence.ts'
import type { World } from '../../server/facts/world.ts'

const section = { programmeId: 'breitband', districtId: 'opladen', part: null, name: null, buildPhase: 1, note: null }
const world = {
  districts: new Map([
    ['opladen', 'Opladen'],
    ['manfort', 'Manfort'],
  ]),
  facts: {
    ...Object.fromEntries(kindNames.map((name) => [name, new Map()])),
    programme: new Map([
      ['breitband', { name: 'Breitband' }],
      ['telekom', { name: 'Telekom' }],
    ]),
    section: new Map([
      ['breitband:opladen', section],
      ['breitband:manfort', { ...section, districtId: 'manfort' }],
    ]),
  },
} as unknown as World

const stage = {
  sectionId: 'breitband:opladen',
  trade: 'civil_works',
  plannedStart: null,
  plannedEnd: null,
  actualStart: '2021-04',
  actualEnd: '2022-03-15',
  percent: null,
  onHold: false,
  cancelled: false,
  surfaceRestored: null,
  note: null,
}

test('a change of a date reads as the coordinator would say it', () => {
  const sentence = describeChange('stage', stage, { ...stage, actualEnd: '2022-03-28' }, world)
  expect(`${sentence} ${describeSource('EVL-Mail vom 20.11.2026', '2026-11-20')}`).toBe(
    'Opladen, Tiefbau: Ende tatsächlich 15.03.2022 → 28.03.2022. Quelle: EVL-Mail vom 20.11.2026, Stand 20.11.2026.',
  )
})

test('several changes are listed, dates in their precision, words instead of codes', () => {
  const after = {
    ...stage,
    actualStart: '2021-spring',
    actualEnd: null,
    plannedEnd: 'by 2022-Q4',
    percent: 82.5,
    onHold: true,
    surfaceRestored: false,
  }
  expect(describeChange('stage', stage, after, world)).toBe(
    'Opladen, Tiefbau: Ende geplant bis 4. Quartal 2022 (bisher keine Angabe), Beginn tatsächlich April 2021 → Frühjahr 2021,' +
      ' Ende tatsächlich entfernt (bisher 15.03.2022), Fortschritt 82,5\u00a0% (bisher keine Angabe), Unterbrochen nein → ja,' +
      ' Oberfläche wiederhergestellt nicht bekannt → nein.',
  )
})

test('nothing changed, newly recorded and withdrawn have words of their own', () => {
  expect(describeChange('stage', stage, stage, world)).toBe('Opladen, Tiefbau: bestätigt, ohne Änderung.')
  expect(describeChange('stage', null, stage, world)).toBe(
    'Opladen, Tiefbau: neu – Beginn tatsächlich April 2021, Ende tatsächlich 15.03.2022.',
  )
  expect(describeChange('stage', stage, null, world)).toBe('Opladen, Tiefbau: zurückgezogen.')
})

test('numbers carry the unit of what they count', () => {
  const target = {
    programmeId: 'breitband',
    quantity: 'new_duct',
    scope: null,
    value: 72_000,
    approximate: false,
    districtIds: ['opladen', 'manfort'],
    note: null,
    noteEn: null,
  }
  expect(describeChange('target', target, { ...target, value: 49_000, districtIds: null }, world)).toBe(
    'Ziel Breitband, Leerrohr neu: Wert 72.000\u00a0m → 49.000\u00a0m, gilt für entfernt (bisher Opladen, Manfort).',
  )
  const figure = {
    programmeId: null,
    districtId: null,
    quantity: 'dwellings',
    state: null,
    fundingClass: null,
    value: 84_018,
    approximate: false,
    note: null,
    noteEn: null,
  }
  expect(describeChange('figure', null, figure, world)).toBe('Kennzahl Wohnungen: neu – Wert 84.018.')
  const hospital = {
    ...figure,
    programmeId: 'breitband',
    districtId: 'opladen',
    quantity: 'hospital',
    state: 'connected',
    value: 1,
  }
  expect(describeChange('figure', null, hospital, world)).toBe(
    'Kennzahl Breitband, Opladen, Krankenhaus, angeschlossen: neu – Wert 1\u00a0Anschluss.',
  )
})

test('texts are quoted briefly, areas are only said to have changed', () => {
  const note = 'Die Arbeiten ruhen, bis die Genehmigung für die Querung der Bahnstrecke vorliegt.'
  expect(describeChange('stage', stage, { ...stage, note }, world)).toContain(
    'Hinweis (öffentlich) „Die Arbeiten ruhen, bis die Genehmigung für die Querung der …“',
  )
  const before = { ...section, geom: null }
  expect(describeChange('section', before, { ...section, geom: { type: 'Point', coordinates: [7, 51] } }, world)).toBe(
    'Bauabschnitt Opladen: Fläche geändert.',
  )
  expect(describeChange('section', { ...section, geom: {} }, before, world)).toBe('Bauabschnitt Opladen: Fläche entfernt.')
})

test('a change deep inside a long text is still said', () => {
  const long = 'x'.repeat(80)
  expect(describeChange('stage', { ...stage, note: `${long}a` }, { ...stage, note: `${long}b` }, world)).toBe(
    'Opladen, Tiefbau: Hinweis (öffentlich) geändert.',
  )
})

test('sections of the same name are told apart by their programme', () => {
  const both = {
    ...world,
    facts: {
      ...world.facts,
      section: new Map([...world.facts.section, ['telekom:opladen', { ...section, programmeId: 'telekom' }]]),
    },
  } as World
  expect(describeChange('stage', stage, null, both)).toBe('Opladen (Breitband), Tiefbau: zurückgezogen.')
  expect(describeChange('stage', { ...stage, sectionId: 'telekom:opladen' }, null, both)).toBe(
    'Opladen (Telekom), Tiefbau: zurückgezogen.',
  )
})

test('pages, milestones and funding go by their title', () => {
  const milestone = {
    programmeId: 'breitband',
    slug: 'zuschlag',
    title: 'Zuschlag',
    titleEn: null,
    planned: null,
    actual: '2019-04',
    note: null,
    noteEn: null,
    position: 1,
  }
  expect(describeChange('milestone', null, milestone, world)).toBe(
    'Meilenstein Breitband, Zuschlag: neu – tatsächlich April 2019.',
  )
  const page = { slug: 'impressum', language: 'de', title: 'Impressum', body: 'Stadt' }
  expect(describeChange('page', page, { ...page, body: 'Land' }, world)).toBe(
    'Textseite Impressum, Deutsch: Text „Stadt“ → „Land“.',
  )
})
