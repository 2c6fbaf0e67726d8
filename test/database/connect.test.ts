import { expect, test } from 'vitest'
import { connect, isDatabaseDown } from '../../server/database/connect.ts'
import { testDatabase } from '../support/database.ts'

const { database, tiles } = await testDatabase()

test('numbers, dates and times arrive in the forms the product works with', async () => {
  const { rows } = await database.raw(
    "select 9007199254740991::bigint as big, 1.25::numeric as amount, date '2022-03-28' as day, timestamptz '2022-03-28 12:00:00.123456+02' as moment",
  )
  expect(rows).toEqual([{ big: 9007199254740991, amount: 1.25, day: '2022-03-28', moment: '2022-03-28T10:00:00.123456Z' }])
})

test('the pool for tiles plans every query anew, the other does not', async () => {
  expect((await tiles.query('show plan_cache_mode')).rows).toEqual([{ plan_cache_mode: 'force_custom_plan' }])
  expect((await database.raw('show plan_cache_mode')).rows).toEqual([{ plan_cache_mode: 'auto' }])
})

test('the product works as a role that is no superuser', async () => {
  const { rows } = await database.raw('select rolsuper from pg_roles where rolname = current_user')
  expect(rows).toEqual([{ rolsuper: false }])
})

test('a database that cannot be reached is told from a wrong statement', async () => {
  const nowhere = connect({ host: '/nowhere', user: 'ausbauatlas', database: 'ausbauatlas' })
  const refused = connect('postgres://ausbauatlas@127.0.0.1:1/ausbauatlas')
  const errors = await Promise.all([
    nowhere.database.raw('select 1').catch((error) => error),
    nowhere.tiles.query('select 1').catch((error) => error),
    refused.database.raw('select 1').catch((error) => error),
    refused.tiles.query('select 1').catch((error) => error),
    database.raw('select * from nothing_of_this_name').catch((error) => error),
  ])
  expect(errors.map(isDatabaseDown)).toEqual([true, true, true, true, false])
  await Promise.all([nowhere.close(), refused.close()])
})
