import { signal } from '@preact/signals'
import type { MapState } from '../map/style.ts'

/** What a page wants of the map beyond the usual: another topic, something drawn on it, points to be chosen. */
export interface MapTask {
  /** Layers the page does not show, whatever is switched on. Read again whenever a signal in it changes, like `state`. */
  withheld: () => readonly string[]
  state: () => Partial<MapState>
  /** What must stand beside the map besides the usual credits: method, Stand, author. */
  credits?: () => readonly string[]
  /** true: the point was wanted, and no district is selected by the click. */
  onPoint?: (point: readonly [number, number]) => boolean
}

/** The task of the page that is open; null: the map is about the fibre rollout. */
export const mapTask = signal<MapTask | null>(null)
