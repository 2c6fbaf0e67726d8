import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { connectionStates, premisesKinds } from '../../../server/contract/objects/codes.ts'
import type { CityMap } from '../../map/map.ts'
import { Button } from '../../ui/button.tsx'
import { theme } from '../../ui/theme.ts'
import { StaffMap } from '../../workbench/map/staff-map.tsx'
import { type Bounds, boundsText, followBoxes, shownBounds } from './box-select.ts'
import { awaitedPoint } from './data.ts'
import { cellLayer, type PremisesLook, premisesOverlay, signLayer } from './map-style.ts'
import { KindBadge, StateBadge } from './sign.tsx'

const closeUp = 17
const room = 40
/** The build sections would drown the signs. */
const hidden = ['build_sections']

interface PremisesMapProps {
  look: Omit<PremisesLook, 'theme'>
  /** Where what fits the filter lies; null: nowhere, or not known yet. */
  bounds: Bounds | null
  /** Place of the opened object; null: none. */
  point: readonly [number, number] | null
  /** Somebody pressed a sign; with Ctrl or Shift it joins what is chosen. */
  onPress: (id: string, joins: boolean) => void
  /** Somebody drew a box or took what is shown. */
  onBox: (bounds: string) => void
}

/** Premises on the map: the same as in the table, chosen here or there. */
export function PremisesMap(props: PremisesMapProps) {
  const { look, bounds, point } = props
  const latest = useRef(props)
  latest.current = props
  const [map, setMap] = useState<CityMap | null>(null)
  const [isArmed, setArmed] = useState(false)
  const armed = useRef(false)
  armed.current = isArmed
  const overlay = useMemo(() => premisesOverlay({ ...look, theme: theme.value }), [theme.value, JSON.stringify(look)])
  useEffect(() => {
    if (!map) return
    const stopPresses = followPresses(map, latest)
    const stopBoxes = followBoxes(
      map.map,
      () => armed.current,
      (drawn) => {
        setArmed(false)
        latest.current.onBox(boundsText(drawn))
      },
    )
    return () => {
      stopPresses()
      stopBoxes()
    }
  }, [map])
  useEffect(() => {
    if (!map || !bounds) return
    // After the map itself has turned to the whole city.
    const timer = setTimeout(() => lookAt(map, bounds))
    return () => clearTimeout(timer)
  }, [map, bounds?.join()])
  useEffect(() => {
    if (map && point && !map.map.getBounds().contains([point[0], point[1]]))
      map.map.jumpTo({ center: [point[0], point[1]], zoom: Math.max(map.map.getZoom(), closeUp) })
  }, [map, point?.join()])
  return (
    <section class={`premises-map${isArmed ? ' premises-map--armed' : ''}`} aria-label="Karte der Anschlussobjekte">
      <div class="premises-map__tools">
        <Button
          look={isArmed ? 'primary' : 'secondary'}
          small
          aria-pressed={isArmed}
          title="Rahmen auf der Karte ziehen (auch mit gedrückter Umschalttaste)"
          onClick={() => setArmed(!isArmed)}
        >
          Rahmen ziehen
        </Button>
        <Button look="secondary" small disabled={!map} onClick={() => map && props.onBox(boundsText(shownBounds(map.map)))}>
          Kartenausschnitt wählen
        </Button>
        <Legend />
      </div>
      {awaitedPoint.value && (
        <p class="premises-map__prompt" role="status">
          Klicken Sie die Stelle an, an der das Objekt liegt.
        </p>
      )}
      <StaffMap
        label="Karte der Anschlussobjekte. Auswählen geht auch in der Tabelle."
        programme={null}
        selected={null}
        box={null}
        overlay={overlay}
        hidden={hidden}
        onMap={setMap}
      />
    </section>
  )
}

function lookAt({ map }: CityMap, [west, south, east, north]: Bounds): void {
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches
  map.fitBounds([west, south, east, north], { padding: room, maxZoom: closeUp, duration: calm ? 0 : 600 })
}

/** A sign opens its object; a circle that stands for several is looked at more closely. */
function followPresses({ map }: CityMap, latest: { current: PremisesMapProps }): () => void {
  const hitAt = (point: { x: number; y: number }) => {
    const layers = [signLayer, cellLayer].filter((id) => map.getLayer(id))
    return layers.length > 0 ? map.queryRenderedFeatures([point.x, point.y], { layers })[0] : undefined
  }
  const click = map.on('click', ({ point, lngLat, originalEvent }) => {
    const awaited = awaitedPoint.peek()
    if (awaited) {
      awaited([lngLat.lng, lngLat.lat])
      return
    }
    const hit = hitAt(point)
    if (!hit) return
    if (hit.layer.id === cellLayer) map.easeTo({ center: lngLat, zoom: map.getZoom() + 2 })
    else {
      const { ctrlKey, metaKey, shiftKey } = originalEvent
      latest.current.onPress(String(hit.properties.id ?? hit.id), ctrlKey || metaKey || shiftKey)
    }
  })
  const move = map.on('mousemove', ({ point }) => {
    map.getCanvas().style.cursor = awaitedPoint.peek() ? 'crosshair' : hitAt(point) ? 'pointer' : ''
  })
  return () => {
    click.unsubscribe()
    move.unsubscribe()
  }
}

/** What shapes, colours and marks mean. */
function Legend() {
  return (
    <details class="premises-legend">
      <summary>Legende</summary>
      <div>
        <ul>
          {premisesKinds.keys.map((kind) => (
            <li key={kind}>
              <KindBadge kind={kind} />
            </li>
          ))}
        </ul>
        <ul>
          {connectionStates.keys.map((state) => (
            <li key={state}>
              <StateBadge state={state} />
            </li>
          ))}
        </ul>
        <p class="muted">
          Aus der Ferne steht ein Kreis für mehrere Objekte: seine Fläche für die Einheiten, die innere für die angeschlossenen.
        </p>
      </div>
    </details>
  )
}
