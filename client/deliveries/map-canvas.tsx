import { useEffect, useId, useRef, useState } from 'preact/hooks'
import type { Box, CityMap } from '../map/map.ts'
import type { MapState } from '../map/style.ts'
import { Failure } from '../ui/notice.tsx'
import { theme } from '../ui/theme.ts'
import { type Overview, overview, settings } from '../workbench/data.ts'
import { type DifferenceData, differenceLayers, showDifference } from './difference-layers.ts'

interface MapCanvasProps {
  /** What the map is for, read out with it. */
  label: string
  data: DifferenceData
  /** Where to look; null: the whole city. */
  box: Box | null
  onSelect?: (row: number) => void
}

const padding = { top: 32, right: 32, bottom: 32, left: 32 }

/** The city with rows of a delivery on it. It comes after the rest of the page, which works without it. */
export function MapCanvas({ label, data, box, onSelect }: MapCanvasProps) {
  const [given, shown] = [settings.answer.value, overview.answer.value]
  const container = useRef<HTMLDivElement>(null)
  const credit = useId()
  const [map, setMap] = useState<CityMap | null>(null)
  const [credits, setCredits] = useState<readonly string[]>([])
  const [error, setError] = useState<unknown>(null)
  const select = useRef(onSelect)
  select.current = onSelect
  const isReady = given !== null && shown !== null
  const target = { box: box ?? given?.bbox ?? [6.9, 51, 7.1, 51.1] }

  useEffect(() => {
    if (!isReady) return
    let made: CityMap | null = null
    let isGone = false
    const make = async () => {
      const { createMap } = await import('../map/map.ts')
      if (isGone || !container.current) return
      made = createMap(container.current, {
        state: stateOf(),
        target,
        padding,
        basemapUrl: given.basemapStyleUrl,
        label,
        describedBy: credit,
        onSelect: () => undefined,
        onMove: () => undefined,
        onCredits: setCredits,
        onTrouble: () => undefined,
      })
      listen(made, (row) => select.current?.(row))
      setMap(made)
    }
    make().catch(setError)
    return () => {
      isGone = true
      made?.remove()
      setMap(null)
    }
  }, [isReady])
  useEffect(() => map?.update(stateOf()), [map, theme.value])
  useEffect(() => whenStyled(map, () => map && showDifference(map.map, data, theme.value)), [map, data, theme.value])
  useEffect(() => map?.look(target, padding, true), [map, target.box.join()])

  return (
    <div class="staff-map delivery-map">
      <div ref={container} class="staff-map__canvas" data-map />
      {error !== null && <Failure error={error} />}
      <p class="staff-map__credits" id={credit}>
        {credits.length > 0 ? `Karte: ${credits.join(', ')}` : 'Dieselben Angaben stehen in der Liste.'}
      </p>
    </div>
  )
}

/** Calls back once the style can take sources; returns how to give up. */
function whenStyled(city: CityMap | null, then: () => void): () => void {
  if (!city) return () => undefined
  if (city.map.isStyleLoaded()) then()
  else city.map.once('idle', then)
  return () => void city.map.off('idle', then)
}

function listen({ map }: CityMap, onRow: (row: number) => void): void {
  map.on('click', ({ point }) => {
    const layers = differenceLayers.filter((id) => map.getLayer(id))
    const [hit] = layers.length > 0 ? map.queryRenderedFeatures([point.x, point.y], { layers: [...layers] }) : []
    const row = Number(hit?.properties.row)
    if (Number.isInteger(row)) onRow(row)
  })
}

/** Districts alone: what is delivered must speak. */
function stateOf(): MapState {
  const { clocks, districts } = overview.answer.peek() as Overview
  return {
    theme: theme.peek(),
    language: 'de',
    revision: clocks.revision,
    asOf: clocks.asOf,
    knownAt: null,
    hidden: ['build_sections'],
    programme: null,
    selected: null,
    labels: districts.map(({ id, name, labelPoint }) => ({ id, name, word: '', point: labelPoint })),
    place: null,
  }
}
