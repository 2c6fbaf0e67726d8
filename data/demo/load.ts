import type { Knex } from 'knex'
import { today } from '../../server/contract/dates.ts'
import type { ObjectKindName } from '../../server/contract/objects/index.ts'
import { change } from '../../server/database/change.ts'
import { type ObjectContent, recordObjects } from '../../server/database/objects.ts'
import { publishedChange } from '../../server/database/published.ts'
import { describeCity, inventCity } from './invent.ts'
import { inventMobile } from './mobile.ts'
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
    return written + (await loadMobile(trx))
  })
}

/** Invented cases of the mobile desk, recorded today. */
async function loadMobile(trx: Knex.Transaction): Promise<number> {
  const publication = {
    actorName: 'Beispieldaten',
    reason: 'Beispieldaten: Standortanfragen',
    knownAt: null,
    assumed: false,
    origin: 'demo' as const,
  }
  const { result } = await publishedChange(trx, publication, async (inner) => {
    const [source] = await inner('sources')
      .insert({ citation: `${citation}, Mobilfunk` })
      .returning('id')
    let written = 0
    for (const [kind, contents] of await inventMobile(inner, today()))
      written += await recordObjects(inner as Knex.Transaction, kind, contents, {
        trueOn: today(),
        sourceId: source.id,
        srid: 25832,
      })
    return written
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
  await change(database, details, (trx) => trx.raw('select remove_demo()'))
  return true
}
