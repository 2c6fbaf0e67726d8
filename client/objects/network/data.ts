import type { ObjectKindName } from '../../../server/contract/objects/index.ts'
import { getObject, listObjects, type ObjectRow, type ObjectTotals } from '../../../server/contract/objects.ts'
import { resource } from '../../ui/resource.tsx'
import { user } from '../../workbench/data.ts'
import { ask } from '../../workbench/staff.ts'
import type { Shown } from './query.ts'
import type { Snappable } from './snapping.ts'

export interface NetworkList {
  rows: readonly ObjectRow[]
  next: string | null
  totals: ObjectTotals
  revision: number
}

interface Question extends Omit<Shown, 'opened'> {
  /** Pages to load. */
  pages: number
}

const none: ObjectTotals = { count: 0, units: null, lengthM: null, bounds: null }
const pageSize = 200

/** The rows that fit, as many pages as were asked for. */
export const network = resource(async ({ kind, filter, sort, descending, pages }: Question, signal): Promise<NetworkList> => {
  const query = { ...filter, sort: `${descending ? '-' : ''}${sort}` as 'name', limit: pageSize }
  const first = await ask(listObjects, { params: { kind }, query, signal })
  let [rows, next] = [first.objects, first.next]
  for (let page = 1; page < pages && next; page++) {
    const more = await ask(listObjects, { params: { kind }, query: { ...query, after: next }, signal })
    rows = [...rows, ...more.objects]
    next = more.next
  }
  return { rows, next, totals: first.totals ?? none, revision: first.revision }
})

/** An object with its history. */
export function askObject(kind: ObjectKindName, id: string) {
  return ask(getObject, { params: { kind, id }, query: {} })
}

export function mayChange(): boolean {
  return user.value?.roles.includes('gigabitCoordinator') ?? false
}

/** Lines and points of the network in a part of the map, for snapping: with the coordinates as they are stored. */
export async function findSnappable(
  bbox: readonly [number, number, number, number],
  except: string | null,
): Promise<Snappable[]> {
  const query = { bbox: bbox.map((degrees) => degrees.toFixed(6)).join(','), limit: 1000 }
  const kinds = ['route', 'duct', 'cable', 'structure'] as const
  const lists = await Promise.all(kinds.map((kind) => ask(listObjects, { params: { kind }, query })))
  return lists
    .flatMap(({ objects }) => objects)
    .filter(({ id }) => id !== except)
    .map(({ content }) => {
      const { type, coordinates } = content.geom as { type: string; coordinates: never }
      return type === 'Point' ? [coordinates] : coordinates
    })
}
