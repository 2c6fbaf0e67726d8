import { signal } from '@preact/signals'
import type { Drawing } from './draw.ts'
import type { Position } from './snapping.ts'

/** What is being drawn on the map of the page; null: nothing. */
export interface Sketch {
  shape: 'line' | 'point'
  /** What is edited; null: something new. */
  start: readonly Position[] | null
  /** Object that is edited: it is not snapped to. */
  id: string | null
  onChange: (positions: readonly Position[], isFinished: boolean) => void
}
export const sketch = signal<Sketch | null>(null)

/** The drawing on the map, for the buttons of the panel. */
export const drawing = signal<Drawing | null>(null)

/** A click on the map that the panel waits for; null: clicks choose objects. */
export const awaitedClick = signal<{ prompt: string; take: (position: Position) => void } | null>(null)

/** Lines to be merged, the first of them opened. */
export const merging = signal<readonly string[] | null>(null)

export function endDrawing(): void {
  sketch.value = null
  awaitedClick.value = null
  merging.value = null
}
