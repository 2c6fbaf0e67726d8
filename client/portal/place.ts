import { computed, effect, signal } from '@preact/signals'
import { addressOf } from '../api.ts'
import { view } from './view.ts'

export interface Place {
  id: string
  name: string
  point: readonly [number, number]
}

/** The place the address names (`ort=rathaus`); null while it is not known, or no such place. */
export const place = signal<Place | null>(null)

const placeId = computed(() => view.value.place)

/** Looks up the place of the address in the open data, where every place has its page. */
export function keepPlace(): void {
  effect(() => {
    const id = placeId.value
    if (id === null) place.value = null
    else if (place.peek()?.id !== id) find(id)
  })
}

async function find(id: string): Promise<void> {
  place.value = null
  const response = await fetch(addressOf('/ogc/collections/places/items/:id', { id }, { f: 'json' })).catch(() => null)
  if (!response?.ok) return
  const { geometry, properties } = await response.json()
  if (placeId.peek() === id) place.value = { id, name: properties.name, point: geometry.coordinates }
}
