import { signal } from '@preact/signals'
import { useEffect, useMemo, useState } from 'preact/hooks'
import type { CityMap } from '../map/map.ts'
import { theme } from '../ui/theme.ts'
import type { Drawing } from '../workbench/map/draw.ts'
import type { Position } from '../workbench/map/geometry.ts'
import { StaffMap } from '../workbench/map/staff-map.tsx'
import type { Sketch } from './map-drawing.ts'
import { boxOfDrawn, type Drawn, drawnAt, siteOverlay } from './map-overlay.ts'

/** A click on the map that a form waits for; null: clicks open what lies there. */
export const awaitedClick = signal<{ prompt: string; take: (position: Position) => void } | null>(null)

/** What is being drawn, then clicks belong to the drawing; null: nothing. */
export const sketch = signal<Sketch | null>(null)

/** The drawing on the map, for the buttons of the form. */
export const drawing = signal<Drawing | null>(null)

/** Whoever leaves a form gives the map back. */
export function freeMap(): void {
  awaitedClick.value = null
  sketch.value = null
}

const hidden = ['build_sections']

interface SiteMapProps {
  label: string
  drawn: readonly Drawn[]
  /** What to look at; left out: all that is drawn. */
  focus?: readonly Drawn[]
  onOpen?: (id: string) => void
  onMap?: (map: CityMap | null) => void
}

/** The public map with search areas, candidates and sites on it. */
export function SiteMap({ label, drawn, focus = drawn, onOpen, onMap }: SiteMapProps) {
  const [map, setMap] = useState<CityMap | null>(null)
  const key = JSON.stringify(drawn)
  const overlay = useMemo(() => siteOverlay(drawn, theme.value), [key, theme.value])
  const box = useMemo(() => boxOfDrawn(focus), [JSON.stringify(focus)])
  useClicks(map, onOpen)
  useLook(map, box)
  useSketch(map)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only keeps Esc inside the drawing.
    <div class="site-map" onKeyDown={(event) => event.key === 'Escape' && sketch.peek() && event.stopPropagation()}>
      {awaitedClick.value && (
        <p class="site-map__prompt" role="status">
          {awaitedClick.value.prompt}
        </p>
      )}
      <StaffMap
        label={label}
        programme={null}
        selected={null}
        box={null}
        overlay={overlay}
        hidden={hidden}
        onMap={(made) => {
          setMap(made)
          onMap?.(made)
        }}
      />
    </div>
  )
}

function useClicks(map: CityMap | null, onOpen: ((id: string) => void) | undefined): void {
  useEffect(() => {
    if (!map) return
    const click = ({ point, lngLat }: { point: { x: number; y: number }; lngLat: { lng: number; lat: number } }) => {
      if (sketch.peek()) return
      const waiting = awaitedClick.peek()
      if (waiting) {
        waiting.take([Number(lngLat.lng.toFixed(7)), Number(lngLat.lat.toFixed(7))])
        return
      }
      const id = drawnAt(map.map, point)
      if (id) onOpen?.(id)
    }
    map.map.on('click', click)
    return () => void map.map.off('click', click)
  }, [map, onOpen])
}

/** The drawing library comes only when somebody draws. */
function useSketch(map: CityMap | null): void {
  const asked = sketch.value
  useEffect(() => {
    if (!map || !asked) return
    let isGone = false
    const begin = async () => {
      const { startSketch } = await import('./map-drawing.ts')
      if (!isGone) drawing.value = startSketch(map.map, asked)
    }
    if (map.map.loaded()) void begin()
    else map.map.once('idle', () => void begin())
    return () => {
      isGone = true
      drawing.peek()?.stop()
      drawing.value = null
    }
  }, [map, asked])
}

/** Looks at what matters, closer than at a whole city; not while something is drawn. */
function useLook(map: CityMap | null, box: readonly [number, number, number, number] | null): void {
  useEffect(() => {
    if (!map || !box || sketch.peek()) return
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches
    map.map.fitBounds([...box], { padding: 60, maxZoom: 16, duration: calm ? 0 : 600 })
  }, [map, box?.join()])
}
