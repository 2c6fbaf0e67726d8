import { describe, expect, it, test } from 'vitest'
import { readContent } from '../../data/leverkusen/content.ts'
import { type MastPlace, ruleForMast } from '../../server/contract/facts/building-law-rule.ts'
import type { FactKindName } from '../../server/contract/facts/index.ts'
import {
  fillPlaceholders,
  isPlaceholder,
  type Placeholder,
  placeholders,
  placeholdersIn,
} from '../../server/contract/letter-placeholders.ts'
import { chooseRule, holdsOn, type Validity, validityWords } from '../../server/contract/validity.ts'
import { type ContentOf, kindNames } from '../../server/facts/content.ts'
import { judge } from '../../server/facts/rules/index.ts'
import { type World, worldAfter } from '../../server/facts/world.ts'
import { suggestPermit } from '../../server/mobile/building-law.ts'

const kinds = ['department', 'deadline_rule', 'building_law_rule', 'spot_rule', 'text_module', 'letter_template'] as const
const shipped = readContent().statements.filter(({ kind }) => (kinds as readonly string[]).includes(kind))

function shippedOf<K extends FactKindName>(kind: K): ContentOf<K>[] {
  return shipped.filter((one) => one.kind === kind).map(({ content }) => content as ContentOf<K>)
}

const empty: World = {
  districts: new Map(),
  facts: Object.fromEntries(kindNames.map((name) => [name, new Map()])) as unknown as World['facts'],
}

test('nothing that is shipped is impossible by its own rules; what warns is what only the city knows', () => {
  const world = worldAfter(empty, shipped)
  const said = shipped.map(({ kind, id, content, trueOn }) => ({
    kind,
    ...judge(kind, { id, content, trueOn, before: null, today: '2026-11-22', world, area: null }),
  }))
  expect(said.flatMap(({ refusals }) => refusals)).toEqual([])
  expect(new Set(said.flatMap(({ kind, warnings }) => warnings.map(({ rule }) => `${kind} ${rule}`)))).toEqual(
    new Set(['department department-without-email', 'department silence-unheard']),
  )
  expect(new Set(said.map(({ kind }) => kind))).toEqual(new Set(kinds))
})

describe('the rule for a day', () => {
  const law = (day: string, site: MastPlace) => {
    const choice = ruleForMast(shippedOf('building_law_rule'), site, day)
    return [choice.rule?.slug ?? null, choice.rule?.maxHeightM, choice.doubt] as const
  }
  const inside: MastPlace = { area: 'inside', mastKind: 'on_building' }
  const field: MastPlace = { area: 'outside', mastKind: 'free_standing' }

  it('is certain before and on the day of the change of June 2021', () => {
    expect(law('2020-01-01', inside)).toEqual(['nrw-before-2021-06-inside', 10, null])
    expect(law('2021-06-01', field)).toEqual(['nrw-before-2021-06-outside', 10, null])
    expect(law('2021-06-02', field)).toEqual(['nrw-2021-06-outside', 20, expect.any(String)])
  })

  it('names the doubt where the beginning of the present text is not known, and is certain since it was read', () => {
    const [slug, height, doubt] = law('2023-05-01', inside)
    expect([slug, height]).toEqual(['nrw-2021-06-inside', 15])
    expect(doubt).toBe(
      'Am 01.05.2023 kann statt der Regel „ab 02.06.2021, längstens bis 20.11.2026“ auch die Regel „spätestens seit 21.11.2026“ gegolten haben: Der Wechsel ist nicht auf den Tag bekannt.',
    )
    expect(law('2026-11-21', inside)).toEqual(['nrw-present-inside', 20, null])
    expect(law('2026-11-21', field)).toEqual(['nrw-present-outside', null, null])
  })

  it('is no rule where none is recorded', () => {
    expect(law('2022-01-01', { area: 'outside', mastKind: 'on_building' })).toEqual([
      'nrw-present-outside',
      null,
      expect.stringContaining('nicht sicher'),
    ])
    expect(chooseRule([], '2022-01-01')).toEqual({ rule: null, others: [], doubt: 'Für den 01.01.2022 ist keine Regel erfasst.' })
  })

  it('follows the meaning of grey as it moved', () => {
    const grey = shippedOf('spot_rule').filter(({ slug }) => slug === 'grey')
    expect(chooseRule(grey, '2021-01-01').rule?.mostOperators).toBe(1)
    expect(chooseRule(grey, '2021-01-01').doubt).toContain('November 2022')
    expect(chooseRule(grey, '2022-12-01')).toMatchObject({ rule: { mostOperators: 2 }, doubt: null })
  })

  test.each<[string, Validity, string, 'yes' | 'maybe' | 'no', string]>([
    ['the first day', { validFrom: '2021-06-02', validUntil: null }, '2021-06-02', 'yes', 'ab 02.06.2021'],
    ['the day before', { validFrom: '2021-06-02', validUntil: null }, '2021-06-01', 'no', 'ab 02.06.2021'],
    ['within a month of beginning', { validFrom: '2021-06', validUntil: null }, '2021-06-15', 'maybe', 'ab Juni 2021'],
    ['the last day', { validFrom: null, validUntil: '2021-06-01' }, '2021-06-01', 'yes', 'Beginn nicht bekannt, bis 01.06.2021'],
    ['the day after', { validFrom: null, validUntil: '2021-06-01' }, '2021-06-02', 'no', 'Beginn nicht bekannt, bis 01.06.2021'],
    [
      'within a month of ending',
      { validFrom: null, validUntil: '2021-06' },
      '2021-06-15',
      'maybe',
      'Beginn nicht bekannt, bis Juni 2021',
    ],
    [
      'an end not known',
      { validFrom: '2021', validUntil: 'by 2022-11' },
      '2022-11-30',
      'maybe',
      'ab 2021, längstens bis November 2022',
    ],
    [
      'after an end not known',
      { validFrom: '2021', validUntil: 'by 2022-11' },
      '2022-12-01',
      'no',
      'ab 2021, längstens bis November 2022',
    ],
  ])('%s: %j', (_, validity, day, holds, words) => {
    expect(holdsOn(validity, day)).toBe(holds)
    expect(validityWords(validity)).toBe(words)
  })
})

describe('placeholders of a letter', () => {
  const values = Object.fromEntries(Object.keys(placeholders).map((name) => [name, `<${name}>`])) as Record<Placeholder, string>

  it('are all filled in the shipped reply, words literally and blocks as they are', () => {
    const [letter] = shippedOf('letter_template')
    const names = placeholdersIn(`${letter?.subject} ${letter?.body}`)
    expect(names.filter((name) => !isPlaceholder(name))).toEqual([])
    const filled = fillPlaceholders(letter?.body ?? '', values)
    expect(filled).not.toContain('{{')
    expect(filled).toContain('\n<statements>\n')
    expect(filled).toContain('\\<caseType\\>')
  })

  it('take nothing for Markdown that people wrote, nor for another placeholder', () => {
    const said = { ...values, operator: '**Tele*kom** [x](http://y)\n# {{statements}}' }
    expect(fillPlaceholders('An {{ operator }}!', said)).toBe('An \\*\\*Tele\\*kom\\*\\* \\[x\\](http://y) \\# {{statements}}!')
    expect(fillPlaceholders('{{operator}}', said, { isPlain: true })).toBe(said.operator)
    expect(fillPlaceholders('{{constructor}}', values)).toBe('{{constructor}}')
  })
})

describe('what the building law suggests', () => {
  const rules = shipped.flatMap(({ kind, id, content }) =>
    kind === 'building_law_rule' ? [{ id, ...(content as ContentOf<'building_law_rule'>) }] : [],
  )
  const mast = {
    builtArea: 'inside',
    mastKind: 'on_building',
    mastHeightM: 18,
    heritage: null,
    nature: null,
    developmentPlan: null,
  } as const

  it('rests on the rule of the day, and says where another could hold that would say otherwise', () => {
    expect(suggestPermit(rules, mast, '2026-11-21')).toMatchObject({
      finding: 'permit_exempt',
      ruleId: 'building-law:nrw-present-inside',
    })
    expect(suggestPermit(rules, { ...mast, mastHeightM: 20.5 }, '2026-11-21').finding).toBe('permit_required')
    const { finding, reasons } = suggestPermit(rules, mast, '2023-05-01')
    expect(finding).toBe('permit_required')
    expect(reasons.join(' ')).toMatch(/spätestens seit 21\.11\.2026.*fiele der Vorschlag anders aus/)
    expect(suggestPermit(rules, { ...mast, mastHeightM: 12 }, '2023-05-01').reasons.join(' ')).not.toContain('anders')
  })

  it('is none where something is missing, or no rule is recorded', () => {
    expect(suggestPermit(rules, { ...mast, mastHeightM: null }, '2026-11-21')).toMatchObject({
      finding: null,
      reasons: ['Für einen Vorschlag fehlt: Höhe.'],
    })
    expect(suggestPermit([], mast, '2026-11-21')).toMatchObject({
      finding: null,
      reasons: ['Für den 21.11.2026 ist keine Regel erfasst.'],
    })
  })
})
