import { expect } from 'vitest'
import type { ExportFormat } from '../../server/contract/exports.ts'
import { contentColumns, type FactKind } from '../../server/contract/facts/fact.ts'
import { type ObjectKindName, objectKinds } from '../../server/contract/objects/index.ts'
import { testApp } from './app.ts'
import { inbox } from './inbox.ts'
import { objectsApp } from './objects.ts'
import { trickyObjects } from './tricky-objects.ts'

type Place = Awaited<ReturnType<typeof objectsApp>>

export const kinds = Object.keys(objectKinds) as ObjectKindName[]

/** A product with tricky objects of every kind, and another one that knows none of them, both with words for exports. */
export async function exportsApp() {
  const here = await objectsApp()
  const elsewhere = await objectsApp(await testApp())
  for (const kind of kinds) await here.record(kind, trickyObjects(kind), '2023-04-12', '=Quelle; „mit“ "Zeichen"')

  const download = async (path: string): Promise<Buffer> => {
    const response = await here.coordinator.get(path)
    expect(response.status).toBe(200)
    return Buffer.from(await response.arrayBuffer())
  }

  /** An export changes nothing where it comes from, and tells all of its objects where they are not known. */
  const comesBack = async (kind: ObjectKindName, format: ExportFormat): Promise<void> => {
    const bytes = await download(`/api/exports/${kind}?format=${format}`)
    const objects = trickyObjects(kind)
    const known = await deliver(here, kind, bytes)
    expect(await differencesOf(here, known.id)).toEqual([])
    expect(known.counts).toMatchObject({ unchanged: objects.length, new: 0, removed: 0 })

    const placed = objects.filter(({ geom }) => geom !== null)
    const unknown = await deliver(elsewhere, kind, bytes)
    // Premises without address and location are a doubt where they are not known.
    expect(unknown.counts).toMatchObject({ new: placed.length, doubtful: objects.length - placed.length })
    expect(await contentsOf(elsewhere, kind, unknown.id)).toEqual(placed.map((content) => toldOf(kind, content)))
  }
  return { ...here, download, comesBack }
}

/** Delivers a file with what is guessed about it. */
async function deliver(place: Place, kind: ObjectKindName, bytes: Buffer) {
  const { deliver: send, judge } = inbox(place.app, place.coordinator)
  const received = await send(`${kind}.zip`, bytes)
  expect(received.delivery.status, received.delivery.problem ?? '').toBe('mapping')
  expect(received.guess?.mapping.kind).toBe(kind)
  return judge(received, { kind, senderName: 'Eigener Export', trueOn: '2023-04-12' })
}

async function differencesOf({ database }: Place, id: number): Promise<unknown[]> {
  return database('delivery_rows')
    .select('label', 'judgement', 'changes', 'remarks')
    .where('delivery_id', id)
    .whereNot('judgement', 'unchanged')
}

/** What the rows of a delivery would record. */
async function contentsOf({ database }: Place, kind: ObjectKindName, id: number) {
  const { rows } = await database.raw<{ rows: { content: Record<string, unknown>; hasGeometry: boolean }[] }>(
    `select r.content, r.has_geometry as "hasGeometry" from delivery_rows r where r.delivery_id = ? and r.content is not null
     order by r.content ->> 'key'`,
    [id],
  )
  return rows.map(({ content, hasGeometry }) => toldOf(kind, { ...content, geom: hasGeometry || null }))
}

/** What a file tells of an object; whether its geometry is the same is what the judgement says. */
function toldOf(kind: ObjectKindName, content: Readonly<Record<string, unknown>>) {
  const keys = contentColumns(objectKinds[kind] as unknown as FactKind).map(({ key }) => key)
  const values = Object.fromEntries(keys.map((key) => [key, content[key] ?? null]))
  return { ...values, geom: content.geom ? 'drawn' : null }
}
