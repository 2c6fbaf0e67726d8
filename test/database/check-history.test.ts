import { expect, inject, test } from 'vitest'
import { change } from '../../server/database/change.ts'
import { withClient } from '../../server/database/connect.ts'
import { faultsInHistory } from '../support/check-history.ts'
import { testDatabase } from '../support/database.ts'

const { address, database } = await testDatabase()

/** As a superuser with triggers off: what a broken disk or a bug would do. */
function damage(statement: string): Promise<unknown> {
  return withClient({ ...inject('superuser'), database: address.database as string }, async (client) => {
    await client.query('set session_replication_role = replica')
    return client.query(statement)
  })
}

test('the published facts have no faults', async () => {
  expect(await faultsInHistory(database, [])).toEqual([])
})

test('an acknowledged change that is not there is a fault', async () => {
  const lost = { factId: 'breitband:opladen:planning', note: 'Probe x', revision: 9_999, draftId: 1, at: 0 }
  expect(await faultsInHistory(database, [lost])).toEqual([
    'revision 9999 of breitband:opladen:planning was acknowledged and is lost',
  ])
})

test('a change without statements is a fault', async () => {
  const { revision } = await change(database, { actor: 'test', actorName: 'Test', reason: 'Leer' }, async () => undefined)
  expect(await faultsInHistory(database, [])).toEqual([`change ${revision} has no statements`])
})

test('a statement that ends before the next one begins is a fault', async () => {
  const { version } = await database('milestones').where({ known_to: 'infinity' }).first('version')
  await damage(`update milestones set known_to = known_from + interval '1 second' where version = ${version}`)
  expect(await faultsInHistory(database, [])).toContain(`statement ${version} of milestones does not end where the next begins`)
})
