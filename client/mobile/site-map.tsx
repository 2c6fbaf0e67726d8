import { signal } from '@preact/signals'
import { useEffect, useMemo, useState } from 'preact/hooks'
import type { CityMap } from '../map/map.ts'
import { theme } from '../ui/theme.ts'
import type { Position } from '../workbench/map/geometry.ts'
import { StaffMap } from '../workbench/map/staff-map.tsx'
import { boxOfDrawn, type Drawn, drawnAt, siteOverlay } from './map-overlay.ts'

/** A click on the map that a form waits for; null: clicks open what lies there. */
export const awaitedClick = signal<{ prompt: string; take: (position: Position) => void } | null>(null)

/** Something is being drawn: clicks belong to the drawing. */
export const isDrawing = signal(false)

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
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only keeps Esc inside the drawing.
    <div class="site-map" onKeyDown={(event) => event.key === 'Escape' && isDrawing.peek() && event.stopPropagation()}>
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
      if (isDrawing.peek()) return
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

/** Looks at what matters, closer than at a whole city; not while something is drawn. */
function useLook(map: CityMap | null, box: readonly [number, number, number, number] | null): void {
  useEffect(() => {
    if (!map || !box || isDrawing.peek()) return
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches
    map.map.fitBounds([...box], { padding: 60, maxZoom: 16, duration: calm ? 0 : 600 })
  }, [map, box?.join()])
}
