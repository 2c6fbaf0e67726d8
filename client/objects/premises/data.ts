import { effect, signal } from '@preact/signals'
import { countObjects, listObjects, listOperators, type ObjectRow, type ObjectTotals } from '../../../server/contract/objects.ts'
import { resource } from '../../ui/resource.tsx'
import { user } from '../../workbench/data.ts'
import { ask } from '../../workbench/staff.ts'
import { asked, type PremisesFilter } from './filter.ts'
import { noSelection, readSelection, type Selection, writeSelection } from './selection.ts'

/** Rows as far as they have been asked for. */
export interface Loaded {
  objects: readonly ObjectRow[]
  next: string | null
  totals: ObjectTotals
  /** What the person has seen: changes name it, so that nothing of others is overwritten. */
  revision: number
}

interface Question {
  filter: PremisesFilter
  sort: string
  /** What is there already; the next page is added to it. */
  known?: Loaded
  /** Rows wanted at once; 200, unless more had been loaded before. */
  limit?: number
}

const pageSize = 200
const mostAtOnce = 1000
const params = { kind: 'premises' as const }

export const list = resource(async ({ filter, sort, known, limit = pageSize }: Question, signal): Promise<Loaded> => {
  const size = Math.min(Math.max(limit, pageSize), mostAtOnce)
  const after = known?.next
  const query = { ...asked(filter), sort: sort as 'address', limit: size, ...(after && { after }) }
  const { objects, next, totals, revision } = await ask(listObjects, { params, query, signal })
  if (!known) return { objects, next, totals: totals ?? { count: 0, units: 0, lengthM: null, bounds: null }, revision }
  return { ...known, objects: [...known.objects, ...objects], next }
})

export const counts = resource((filter: PremisesFilter, signal) => ask(countObjects, { params, query: asked(filter), signal }))

export const operators = resource(async () => (await ask(listOperators, { params })).operators)

const selectionKey = 'ausbauatlas.auswahl.anschluesse'

/** What is chosen; it survives a reload, as what is typed does. */
export const selection = signal<Selection>(readSelection(sessionStorage.getItem(selectionKey)))

effect(() => {
  if (selection.value === noSelection) sessionStorage.removeItem(selectionKey)
  else sessionStorage.setItem(selectionKey, writeSelection(selection.value))
})

/** Whether the signed-in account may change premises. */
export function mayChange(): boolean {
  return user.value?.roles.includes('gigabitCoordinator') ?? false
}

/** A click on the map that the panel waits for: longitude and latitude; null: clicks open and choose. */
export const awaitedPoint = signal<((point: readonly [number, number]) => void) | null>(null)
