import type { Knex } from 'knex'
import { today } from '../../server/contract/dates.ts'
import type { ObjectKindName } from '../../server/contract/objects/index.ts'
import { change } from '../../server/database/change.ts'
import { findFederalState } from '../../server/database/federal-state.ts'
import { type ObjectContent, recordObjects } from '../../server/database/objects.ts'
import { publishedChange } from '../../server/database/published.ts'
import { loadCoverage } from './coverage.ts'
import { loadDeadZones } from './dead-zones.ts'
import { describeCity, type InventedCity, inventCity } from './invent.ts'
import { loadLog } from './log.ts'
import { findMiddles, inventMobile } from './mobile.ts'
import { loadParticipation } from './participation.ts'
import { citation, deliveryDays } from './plan.ts'

const order: readonly ObjectKindName[] = ['premises', 'route', 'duct', 'cable', 'structure']

/** Adds the invented data, all or nothing, as deliveries over two years; returns how many statements. 0: they are there already. */
export async function loadDemo(database: Knex): Promise<number> {
  return database.transaction(async (trx) => {
    const { rows } = await trx.raw<{ rows: { present: boolean }[] }>('select is_demo() as present')
    if (rows[0]?.present) return 0
    const city = await inventCity(trx)
    const told = new Map<string, string>()
    let written = 0
    for (const delivery of [-1, ...deliveryDays.keys()]) {
      const said = describeCity(city, delivery)
      written += await deliver(trx, delivery, (kind) => said[kind].filter((content) => isNews(told, kind, content)))
    }
    written += await loadMobile(trx, city)
    // Whoever reads next would plan for the tables as they were: empty.
    await trx.raw('analyze premises, routes, ducts, cables, structures, facts, changes, coverage_cells, coverage_grid')
    return written
  })
}

/** The invented mobile desk, recorded today. */
async function loadMobile(trx: Knex.Transaction, city: InventedCity): Promise<number> {
  const publication = {
    actorName: 'Beispieldaten',
    reason: 'Beispieldaten: Mobilfunk',
    knownAt: null,
    assumed: false,
    origin: 'demo' as const,
  }
  const { result } = await publishedChange(trx, publication, async (inner) => {
    const [source] = await inner('sources')
      .insert({ citation: `${citation}, Mobilfunk` })
      .returning('id')
    const [middles, day, state] = [await findMiddles(inner), today(), await findFederalState(inner)]
    let written = 0
    for (const [kind, contents] of inventMobile(middles, day))
      written += await recordObjects(inner as Knex.Transaction, kind, contents, {
        trueOn: day,
        sourceId: source.id,
        srid: 25832,
      })
    written += await loadParticipation(inner, day, state)
    const stretches = city.works.map(({ stretch }) => stretch)
    written += await loadCoverage(inner, { middles, stretches, sourceId: source.id, today: day })
    written += await loadDeadZones(inner, middles, day)
    return written + (await loadLog(inner, day, state))
  })
  return result
}

function isNews(told: Map<string, string>, kind: ObjectKindName, content: ObjectContent): boolean {
  const [id, text] = [`${kind} ${content.key}`, JSON.stringify(content)]
  if (told.get(id) === text) return false
  told.set(id, text)
  return true
}

/** One delivery: said on its day, known twelve days later. */
async function deliver(
  trx: Knex.Transaction,
  delivery: number,
  news: (kind: ObjectKindName) => ObjectContent[],
): Promise<number> {
  const day = deliveryDays[delivery] ?? '2021-03-31'
  const known = new Date(Date.parse(day) + 12 * 86_400_000).toISOString().slice(0, 10)
  const reason = `Beispieldaten: Lieferung der EVL, Stand ${day.split('-').toReversed().join('.')}`
  const publication = { actorName: 'Beispieldaten', reason, knownAt: known, assumed: false, origin: 'demo' as const }
  const { result } = await publishedChange(trx, publication, async (inner) => {
    const [source] = await inner('sources')
      .insert({ citation: `${citation}, Stand ${day}` })
      .returning('id')
    let written = 0
    for (const kind of order)
      written += await recordObjects(inner as Knex.Transaction, kind, news(kind), {
        trueOn: day,
        sourceId: source.id,
        srid: 25832,
      })
    return written
  })
  return result
}

/** Takes the invented data out again; returns whether there were any. */
export async function removeDemo(database: Knex): Promise<boolean> {
  const { rows } = await database.raw<{ rows: { present: boolean }[] }>('select is_demo() as present')
  if (!rows[0]?.present) return false
  const details = { actor: 'demo', actorName: 'Beispieldaten', reason: 'Beispieldaten entfernt' }
  await change(database, details, async (trx) => {
    await trx.raw('set local statement_timeout = 0')
    await trx.raw('select remove_demo()')
  })
  return true
}
