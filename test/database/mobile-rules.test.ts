import { expect, test } from 'vitest'
import type { Change } from '../../server/contract/facts.ts'
import { chooseRule, type Validity } from '../../server/contract/validity.ts'
import { findFederalState } from '../../server/database/federal-state.ts'
import { body, factsApp, read, refused, staff } from '../support/facts.ts'

const { app, database, coordinator: gigabit } = await factsApp()
const mobile = await staff(app, 'mobileCoordinator')
const admin = await staff(app, 'admin')
const viewer = await staff(app, 'viewer')

const answer2020 = 'deadline:answer:2020'
const answer2027 = {
  ...{
    slug: 'answer',
    period: '2027',
    name: 'Antwort, ob die Stadt mitwirkt',
    amount: 20,
    unit: 'working_days',
    rollsForward: false,
  },
  ...{ warningDays: 5, validFrom: '2027-01-01', validUntil: null, legalNote: 'Erfundene Vereinbarung für den Test' },
}

test('the shipped rules are there, with their sources, and the city’s holidays are those of its Land', async () => {
  expect((await viewer.facts('department')).map(({ id, content }) => `${id} ${content.email}`)).toEqual([
    'fb-02 null',
    'fb-61 null',
    'fb-63 null',
  ])
  const [rule] = (await viewer.facts('deadline_rule')).filter(({ id }) => id === answer2020)
  expect(rule?.content).toMatchObject({ amount: 30, unit: 'days', rollsForward: true, validFrom: null })
  expect(rule?.source.citation).toContain('Mobilfunkvereinbarung')
  expect(await findFederalState(database)).toBe('NW')
})

test('the mobile coordinator and an admin write rules, others only read them', async () => {
  const content = { email: 'fb63@stadt.example' }
  await refused(await gigabit.put('department', 'fb-63', { content }), 403)
  await refused(await viewer.put('department', 'fb-63', { content }), 403)
  const draft = await mobile.draft('department', 'fb-63', { content })
  expect(draft.sentence).toContain('Fachbereich Bauaufsicht: E-Mail „fb63@stadt.example“ (bisher keine Angabe).')
  expect(draft.warnings.map(({ rule }) => rule)).toEqual(['silence-unheard'])
  const revision = await admin.publish(draft)
  expect((await mobile.fact('department', 'fb-63'))?.content.email).toBe('fb63@stadt.example')
  await body(await mobile.send('POST', `/api/changes/${revision}/undo`))
  expect((await mobile.fact('department', 'fb-63'))?.content.email).toBeNull()
})

test('a new period of a rule and the end of the old one are published together; alone it overlaps', async () => {
  const problem = await refused(await mobile.put('deadline_rule', 'deadline:answer:2027', { content: answer2027 }), 422)
  expect(problem.errors).toEqual([{ field: 'validFrom', detail: expect.stringContaining('Beginn nicht bekannt') }])
  const old = await mobile.draft('deadline_rule', answer2020, { content: { validUntil: '2026-12-31' } })
  expect(old.warnings.map(({ rule }) => rule)).toEqual(['validity-gap'])
  const next = await mobile.draft('deadline_rule', 'deadline:answer:2027', { content: answer2027 })
  expect(next.sentence).toContain('Fristregel Antwort, ob die Stadt mitwirkt, „2027“: neu – Dauer 20, Einheit Arbeitstage')
  await mobile.publish(old, next)
  const { rows } = await database.raw(
    `select period, amount, valid_from, valid_until from deadline_rules_at(current_date, now()) where slug = 'answer' order by period`,
  )
  expect(rows).toEqual([
    { period: '2020', amount: 30, valid_from: null, valid_until: '2026-12-31' },
    { period: '2027', amount: 20, valid_from: '2027-01-01', valid_until: null },
  ])
  const { changes } = await read<{ changes: Change[] }>(mobile, '/api/changes?limit=1')
  expect(changes[0]?.sentences.join(' ')).toContain('Gilt bis (letzter Tag) 31.12.2026')
})

test('SQL chooses the same spot rule for a day as the product does elsewhere, however vague the dates', async () => {
  const own = { label: 'Für den Test', fewestOperators: 0, mostOperators: 0, legalNote: 'Für den Test' }
  const say = async (period: string, validFrom: string | null, validUntil: string | null) => {
    const content = { ...own, slug: 'white', period, validFrom, validUntil }
    return mobile.draft('spot_rule', `spot:white:${period}`, { content, trueOn: '2026-11-21' })
  }
  await mobile.publish(
    await say('2025', null, '2023-06'),
    await say('vague', '2023-06', 'by 2024-03-10'),
    await say('season', '2024-spring', '2025-05-05'),
    await say('day', '2025-05-07', null),
    await say('doubtful', '2025-08-01', 'by 2025-12-01'),
  )
  const rules = (await mobile.facts('spot_rule')).map(({ content }) => content as Record<string, unknown> & Validity)
  const { rows } = await database.raw<{ rows: { day: string; spot: string; valid_from: string | null; most: number }[] }>(
    `select cast(d as date)::text as day, r.spot, r.valid_from, r.most
     from generate_series('2020-01-01'::timestamp, '2027-01-01', '5 days') d, mobile_spot_rules_at(d::date, now()) r`,
  )
  const told = rows.map(({ day, spot, valid_from, most }) => `${day} ${spot} ${valid_from} ${most}`)
  const days = [...new Set(rows.map(({ day }) => day))]
  const wanted = days.flatMap((day) =>
    ['grey', 'white'].flatMap((spot) => {
      const { rule } = chooseRule(
        rules.filter(({ slug }) => slug === spot),
        day,
      )
      return rule ? [`${day} ${spot} ${rule.validFrom} ${rule.mostOperators}`] : []
    }),
  )
  expect(days).toHaveLength(512)
  expect(new Set(wanted.map((one) => one.slice(11))).size).toBe(6)
  expect(told.toSorted()).toEqual(wanted.toSorted())
})

test('what was known before stays readable: a corrected rule is found as it was', async () => {
  const before = new Date().toISOString()
  await mobile.record('building_law_rule', 'building-law:nrw-present-inside', {
    content: { maxHeightM: 25 },
    trueOn: '2026-11-21',
  })
  const { rows } = await database.raw(
    `select (select max_height_m from building_law_rules_at(current_date, :before) where id = :id)::float8 as formerly,
       (select max_height_m from building_law_rules_at(current_date, now()) where id = :id)::float8 as today`,
    { id: 'building-law:nrw-present-inside', before },
  )
  expect(rows).toEqual([{ formerly: 20, today: 25 }])
})

test('a department that text modules speak to cannot be withdrawn, a template without known placeholders not saved', async () => {
  await mobile.record('text_module', 'text:no-concerns', { content: { departmentSlug: 'fb-61' }, trueOn: '2026-11-21' })
  const problem = await refused(await mobile.put('department', 'fb-61', { retracted: true }), 422)
  expect(problem.errors?.[0]?.detail).toContain('Keine Bedenken')
  const template = await refused(
    await mobile.put('letter_template', 'letter:reply', { content: { subject: '{{kennung}}' } }),
    422,
  )
  expect(template.errors).toEqual([{ field: 'subject', detail: 'Diese Platzhalter gibt es nicht: {{kennung}}.' }])
})

test('no public function reads the departments', async () => {
  const { rows } = await database.raw(
    `select proname from pg_proc where prosrc ~ 'departments' and proname <> 'departments_at' order by 1`,
  )
  expect(rows.map(({ proname }: { proname: string }) => proname).filter((name: string) => name.startsWith('layer_'))).toEqual([])
})
