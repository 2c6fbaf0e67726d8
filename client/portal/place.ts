import { computed, effect, signal } from '@preact/signals'
import { getFoundPlace } from '../../server/contract/portal.ts'
import { addressOf, call } from '../api.ts'
import { view } from './view.ts'

export interface Place {
  id: string
  name: string
  point: readonly [number, number]
  /** Build sections an address lies in. */
  sectionIds: readonly string[]
}

/** The place the address names (`ort=rathaus`); null while it is not known, or no such place. */
export const place = signal<Place | null>(null)

const placeId = computed(() => view.value.place)

/** Looks up the place of the address: streets and house numbers in the register, places in the open data, where each has its page. */
export function keepPlace(): void {
  effect(() => {
    const id = placeId.value
    if (id === null) place.value = null
    else if (place.peek()?.id !== id) find(id)
  })
}

async function find(id: string): Promise<void> {
  place.value = null
  const found = await (id.includes(':') ? findInRegister(id) : findInOpenData(id))
  if (found && placeId.peek() === id) place.value = found
}

async function findInRegister(id: string): Promise<Place | null> {
  const found = await call(getFoundPlace, { query: { id } }).catch(() => null)
  return found && { id, name: found.name, point: found.point, sectionIds: found.sectionIds }
}

async function findInOpenData(id: string): Promise<Place | null> {
  const response = await fetch(addressOf('/ogc/collections/places/items/:id', { id }, { f: 'json' })).catch(() => null)
  if (!response?.ok) return null
  const { geometry, properties } = await response.json()
  return { id, name: properties.name, point: geometry.coordinates, sectionIds: [] }
}
