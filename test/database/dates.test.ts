import { expect, test } from 'vitest'
import { earliest, latest, precisionOf } from '../../server/contract/dates.ts'
import { testDatabase } from '../support/database.ts'
import { impreciseDates, notImpreciseDates } from '../support/imprecise-dates.ts'

const { database } = await testDatabase()

test('PostgreSQL reads every imprecise date as the product does', async () => {
  const values = impreciseDates()
  const { rows } = await database.raw(
    `select value, imprecise_precision(value) as precision, imprecise_earliest(value) as earliest,
            imprecise_latest(value) as latest
     from unnest(:values::imprecise_date[]) with ordinality as given (value, position)
     order by position`,
    { values },
  )
  const expected = values.map((value) => ({
    value,
    precision: precisionOf(value),
    earliest: earliest(value),
    latest: latest(value),
  }))
  expect(rows).toEqual(expected)
})

test.each(notImpreciseDates)('the domain refuses %j', async (text) => {
  await expect(database.raw('select :text::imprecise_date', { text })).rejects.toMatchObject({
    code: '23514',
    constraint: 'imprecise_date_form',
  })
})

test('no date has no days and no precision', async () => {
  const { rows } = await database.raw(
    `select imprecise_precision(value) as precision, imprecise_first_day(value) as first_day,
            imprecise_earliest(value) as earliest, imprecise_latest(value) as latest
     from (select null::imprecise_date as value) as given`,
  )
  expect(rows).toEqual([{ precision: null, first_day: null, earliest: null, latest: null }])
})

test('the planner sees through the functions, so that thousands of dates stay cheap', async () => {
  const { rows } = await database.raw(
    `explain (verbose, costs off) select imprecise_latest(value), imprecise_earliest(value), imprecise_precision(value)
     from unnest(:values::imprecise_date[]) as given (value)`,
    { values: ['2022-Q4'] },
  )
  const plan = rows.map((row: Record<string, string>) => row['QUERY PLAN']).join('\n')
  expect(plan).toContain('make_date')
  expect(plan).not.toMatch(/imprecise_\w+\(/)
})
