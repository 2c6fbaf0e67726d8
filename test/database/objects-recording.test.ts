import { describe, expect, it } from 'vitest'
import { change } from '../../server/database/change.ts'
import { recordObjects } from '../../server/database/objects.ts'
import { testDatabase } from '../support/database.ts'

const { database } = await testDatabase()
const actor = { actor: 'test', actorName: 'Test', reason: 'Lieferung' }

async function source(citation: string): Promise<number> {
  const [row] = await database('sources').insert({ citation }).returning('id')
  return row.id
}

const household = (key: string, more: object = {}) => ({
  key,
  districtId: 'opladen',
  kind: 'household',
  units: 1,
  state: 'eligible',
  steps: {},
  ...more,
})

async function statesAt(asOf: string, id: string): Promise<string | null> {
  const { rows } = await database.raw('select state from premises_at(?, clock_timestamp()) where id = ?', [asOf, id])
  return rows[0]?.state ?? null
}

describe('objects in bulk', () => {
  it('are recorded, corrected, read as of a day, withdrawn and undone', async () => {
    const first = await source('Erste Lieferung')
    const second = await source('Zweite Lieferung')
    await change(database, actor, (trx) =>
      recordObjects(trx, 'premises', [household('a'), household('b')], { trueOn: '2021-06-01', sourceId: first }),
    )
    const connected = household('a', { state: 'connected', steps: { passed: '2021-10', connected: '2022-01-15' } })
    const { revision } = await change(database, actor, (trx) =>
      recordObjects(trx, 'premises', [connected], { trueOn: '2022-03-28', sourceId: second }),
    )
    expect(await statesAt('2021-05-31', 'p:a')).toBeNull()
    expect(await statesAt('2021-06-01', 'p:a')).toBe('eligible')
    expect(await statesAt('2021-11-01', 'p:a')).toBe('passed')
    expect(await statesAt('2022-01-14', 'p:a')).toBe('passed')
    expect(await statesAt('2022-01-15', 'p:a')).toBe('connected')
    expect(await statesAt('2022-03-28', 'p:a')).toBe('connected')

    const { rows: changes } = await database.raw('select * from object_changes(?)', [[revision]])
    expect(changes).toEqual([{ change_id: revision, kind: 'premises', written: 1, withdrawn: 0, moved_on: false }])
    await change(database, actor, (trx) => trx.raw('select undo_objects(?)', [revision]))
    expect(await statesAt('2022-03-28', 'p:a')).toBe('eligible')

    await change(database, actor, (trx) => trx.raw('select withdraw_objects(?, ?)', ['premises', ['p:b']]))
    expect(await statesAt('2022-03-28', 'p:b')).toBeNull()
  })

  it('keeps lines in metres and reads the network as of a day', async () => {
    const sourceId = await source('Plan')
    const line = {
      type: 'LineString',
      coordinates: [
        [7.0, 51.03],
        [7.01, 51.035],
      ],
    }
    const route = {
      key: 'r1',
      status: 'laid',
      plannedOn: '2021-03',
      startedOn: '2021-09',
      laidOn: '2021-12-01',
      coLaying: false,
      geom: line,
    }
    await change(database, actor, (trx) => recordObjects(trx, 'route', [route], { trueOn: '2022-03-28', sourceId }))
    const at = async (asOf: string) =>
      (
        await database.raw(
          'select network_status(status, holds_from, planned_on, started_on, laid_on, :asOf::date) as status, st_length(geom) as m from routes_at(:asOf, clock_timestamp())',
          { asOf },
        )
      ).rows[0]
    expect(await at('2021-09-01')).toBeUndefined()
    expect((await at('2021-10-01')).status).toBe('under_construction')
    expect((await at('2021-12-01')).status).toBe('laid')
    expect((await at('2022-04-01')).m).toBeCloseTo(896, -1)
  })
})
