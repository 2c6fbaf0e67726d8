import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readContent } from '../../data/leverkusen/content.ts'
import { missing, type Said } from '../../data/leverkusen/missing.ts'
import { expand, type PublishedStatement } from '../../data/leverkusen/statements.ts'
import { dayOf, earliest, latest } from '../../server/contract/dates.ts'

const content = readContent()
const scratch = mkdtempSync(join(tmpdir(), 'ausbauatlas-content-'))
afterAll(() => rmSync(scratch, { recursive: true }))

/** The shipped files with one of them rewritten. */
function rewritten(file: string, rewrite: (text: string) => string): string {
  const directory = mkdtempSync(join(scratch, 'copy-'))
  cpSync('data/leverkusen', directory, { recursive: true })
  const before = readFileSync(join(directory, file), 'utf8')
  const after = rewrite(before)
  if (after === before) throw new Error(`${file} stayed as it was`)
  writeFileSync(join(directory, file), after)
  return directory
}

const duct = {
  programmeId: 'breitband',
  quantity: 'new_duct',
  statements: [
    { sources: ['first', 'second'], trueOn: '2021-04', known: '2021-05-01', assumed: true, value: 72000 },
    { sources: ['report'], trueOn: '2022-03-28', known: '2022-03-28', value: 49000, note: 'anders' },
  ],
}

test('an entry becomes one statement per source, complete and in the words of its kind', () => {
  expect(
    expand('target', [duct]).map(({ source, trueOn, assumed, content }) => [source, trueOn, assumed, content.value]),
  ).toEqual([
    ['first', '2021-04', true, 72000],
    ['second', '2021-04', true, 72000],
    ['report', '2022-03-28', false, 49000],
  ])
  expect(expand('target', [duct])[2]).toEqual({
    kind: 'target',
    id: 'breitband:new_duct',
    trueOn: '2022-03-28',
    source: 'report',
    known: '2022-03-28',
    assumed: false,
    content: {
      programmeId: 'breitband',
      quantity: 'new_duct',
      scope: null,
      value: 49000,
      approximate: false,
      districtIds: null,
      note: 'anders',
      noteEn: null,
    },
  })
})

test.each([
  ['a misspelt name', { noteEN: 'lost' }, /breitband:new_duct.*noteEN/s],
  ['a value of the wrong kind', { statements: [{ sources: ['a'], trueOn: '2021', value: '49' }] }, /breitband:new_duct.*value/],
  ['a code that is not in the list', { quantity: 'duct' }, /entry 1/],
  ['an invented precision', { statements: [{ sources: ['a'], trueOn: 'about 2021', value: 1 }] }, /Zeitangabe/],
  ['no source', { statements: [{ sources: [], trueOn: '2021', value: 1 }] }, /sources/],
  ['an assumed time that is not named', { statements: [{ sources: ['a'], trueOn: '2021', assumed: true, value: 1 }] }, /assumed/],
])('%s is refused', (_what, wrong, message) => {
  expect(() => expand('target', [{ ...duct, ...wrong }])).toThrow(message)
})

test('a file that does not fit is named with its entry', () => {
  expect(() => readContent(rewritten('targets.json', (text) => text.replace('"value": 49000', '"value": -1')))).toThrow(
    /^targets\.json: breitband:new_duct/,
  )
  expect(() => readContent(rewritten('sources.json', (text) => text.replace('"census-2022"', '"census"')))).toThrow(/census-2022/)
  expect(() => readContent(rewritten('pages/ueber.de.md', (text) => text.replace('# ', '')))).toThrow(/^pages\.json: ueber:de/)
  expect(() => readContent(rewritten('targets.json', (text) => text.replace('"rp-57426015"', '"ksta-148091"')))).toThrow(
    /said twice/,
  )
})

test('no two facts share an id, whatever their kind', () => {
  const kinds = Map.groupBy(content.statements, ({ id }) => id)
  const shared = [...kinds].filter(([, statements]) => new Set(statements.map(({ kind }) => kind)).size > 1)
  expect(shared).toEqual([])
})

/** What the product brings along as its own text or compilation: known from the day it is loaded. */
const ownKinds = ['page', 'deadline_rule', 'building_law_rule', 'spot_rule', 'text_module', 'letter_template', 'funding_frame']

test('nothing is known before it can have happened, and only a publication has a known day', () => {
  const dated = content.statements.filter(({ known }) => known !== null)
  const early = dated.filter(({ known, trueOn }) => (known ?? '') < (earliest(trueOn) ?? latest(trueOn)))
  expect(early).toEqual([])
  expect(new Set(content.statements.filter(({ known }) => known === null).map(({ kind }) => kind))).toEqual(new Set(ownKinds))
  expect(dated.filter(({ known }) => (known ?? '') > dayOf(new Date('2026-11-21T12:00:00Z')))).toEqual([])
})

test('a time is given in the precision of the source: days only where a source has one', () => {
  const days = content.statements
    .filter(({ kind, trueOn }) => !ownKinds.includes(kind) && /-\d\d-/.test(trueOn))
    .map(({ trueOn }) => trueOn)
  expect([...new Set(days)].toSorted()).toEqual([
    '2020-06-15',
    '2021-07-08',
    '2021-07-09',
    '2021-09-20',
    '2022-03-28',
    '2023-12-31',
    'by 2021-09-19',
    'by 2023-12-31',
  ])
})

test('a known day is assumed exactly where the source has no day of its own', () => {
  const assumed = (statements: PublishedStatement[]) => [...new Set(statements.map(({ source }) => source))].toSorted()
  expect(assumed(content.statements.filter((statement) => statement.known !== null && !statement.assumed))).toEqual([
    'gigabit-nrw-2118',
    'press-2020-06-15',
    'report-2022-03-28',
  ])
})

test('English stands beside German wherever a kind has room for it', () => {
  const half = content.statements.filter(({ content: said }) =>
    ['name', 'title', 'summary', 'note'].some(
      (field) => `${field}En` in said && (said[field] === null) !== (said[`${field}En`] === null),
    ),
  )
  expect(half).toEqual([])
  const languages = Map.groupBy(
    content.statements.filter(({ kind }) => kind === 'page'),
    ({ content: said }) => said.slug,
  )
  expect(
    Object.fromEntries([...languages].map(([slug, pages]) => [slug, pages.map(({ content: said }) => said.language)])),
  ).toEqual({
    barrierefreiheit: ['de', 'en'],
    'leichte-sprache': ['de'],
    datenschutz: ['de', 'en'],
    impressum: ['de', 'en'],
    ueber: ['de', 'en'],
  })
})

test('what only the city knows is left to the city: no address, number, mail or name is invented', () => {
  const texts = content.statements.filter(({ kind }) => kind === 'page').map(({ content: said }) => String(said.body))
  for (const text of texts) {
    expect(text).not.toMatch(/@|\b\d{5}\s[A-ZÄÖÜ]|\+49|\b0\d{2,5}[ /-]\d|Straße \d|(Frau|Herr) [A-ZÄÖÜ]/)
    expect(text.length).toBeGreaterThan(500)
  }
  const withPlaceholder = texts.filter((text) => /\[Die Stadt trägt hier|\[The city enters here/.test(text))
  expect(withPlaceholder).toHaveLength(7)
})

test('departments are those the report names, and nobody’s address is invented', () => {
  const departments = content.statements.filter(({ kind }) => kind === 'department').map(({ content: said }) => said)
  expect(departments.map(({ code, name }) => `${code} ${name}`)).toEqual([
    'FB 02 Konzernsteuerung',
    'FB 63 Bauaufsicht',
    'FB 61 Stadtplanung',
  ])
  const persons = departments.flatMap(({ email, deputyName, deputyEmail, escalationName, escalationEmail }) => [
    email,
    deputyName,
    deputyEmail,
    escalationName,
    escalationEmail,
  ])
  expect(new Set(persons)).toEqual(new Set([null]))
})

test('Leichte Sprache keeps its sentences short', () => {
  const page = content.statements.find(({ id }) => id === 'leichte-sprache:de')
  const plain = String(page?.content.body)
    .replace(/\]\([^)]*\)/g, ']')
    .replaceAll(/[[\]*\\]/g, '')
  const sentences = plain.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  const long = sentences.flatMap((line) => line.split(/(?<=[.?!:]) /)).filter((sentence) => sentence.split(' ').length > 12)
  expect(long).toEqual([])
})

const published = { known: '2022-03-28' } as PublishedStatement
const ownText = { known: null } as PublishedStatement
const loaded = { isEarly: true, isRecorded: false, isSame: true }
const outdated = { ...loaded, isSame: false }
const recorded = { isEarly: false, isRecorded: true, isSame: false }

test.each<[string, PublishedStatement, Said, string[]]>([
  ['a fact nobody has heard of', published, { isRecorded: false, versions: [] }, ['published']],
  ['a statement that is there', published, { isRecorded: false, versions: [loaded] }, []],
  ['a statement the files have corrected', published, { isRecorded: false, versions: [outdated] }, ['now']],
  ['a correction that is there', published, { isRecorded: false, versions: [outdated, { ...loaded, isEarly: false }] }, []],
  ['a statement the city has corrected', published, { isRecorded: true, versions: [loaded, recorded] }, []],
  [
    'a statement corrected by the files and then by the city',
    published,
    { isRecorded: true, versions: [outdated, recorded] },
    [],
  ],
  ['a publication older than what the city recorded', published, { isRecorded: true, versions: [recorded] }, ['published']],
  ['a publication the city had recorded before', published, { isRecorded: true, versions: [{ ...recorded, isEarly: true }] }, []],
  ['a text nobody has written', ownText, { isRecorded: false, versions: [] }, ['now']],
  ['a text that is there', ownText, { isRecorded: false, versions: [{ ...loaded, isEarly: null }] }, []],
  ['a text the files have changed', ownText, { isRecorded: false, versions: [{ ...outdated, isEarly: null }] }, ['now']],
  ['a text the city has replaced', ownText, { isRecorded: true, versions: [{ ...outdated, isEarly: null }] }, []],
])('%s', (_what, statement, said, since) => {
  expect(missing(statement, said)).toEqual(since)
})
