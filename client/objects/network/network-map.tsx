import { useEffect, useMemo, useState } from 'preact/hooks'
import { networkStatuses, structureTypes } from '../../../server/contract/objects/codes.ts'
import { networkKinds } from '../../../server/contract/objects.ts'
import type { Box, CityMap } from '../../map/map.ts'
import { Checkbox } from '../../ui/field.tsx'
import { theme } from '../../ui/theme.ts'
import { overview } from '../../workbench/data.ts'
import { StaffMap } from '../../workbench/map/staff-map.tsx'
import { addressWith, go } from '../../workbench/place.ts'
import { findSnappable } from './data.ts'
import { awaitedClick, drawing, merging, sketch } from './drawing.ts'
import { objectAt, objectOverlay } from './map-style.ts'
import type { NetworkFilter } from './query.ts'
import { NetworkSign } from './sign.tsx'
import { kindWords, statusWord } from './words.ts'

const hidden = ['build_sections']

interface NetworkMapProps {
  /** The same as that of the table. */
  filter: NetworkFilter
  selected: string | null
  /** Where to look: the opened object, else what fits the filter; null: the city. */
  box: Box | null
}

/** Trench, ducts, cables and structures; a click opens what lies there, or is what the panel waits for. */
export function NetworkMap({ filter, selected, box }: NetworkMapProps) {
  const [map, setMap] = useState<CityMap | null>(null)
  const [shown, setShown] = useState<ReadonlySet<string>>(new Set(networkKinds))
  const revision = overview.answer.value?.clocks.revision ?? 0
  const chosen = [...(selected ? [selected] : []), ...(merging.value ?? [])]
  const overlay = useMemo(
    () =>
      objectOverlay({
        theme: theme.value,
        revision,
        kinds: networkKinds.filter((kind) => shown.has(kind)),
        filter,
        selected: chosen,
      }),
    [theme.value, revision, shown, JSON.stringify(filter), chosen.join()],
  )
  useClicks(map)
  useDrawing(map)
  useLook(map, box)
  const toggle = (kind: string) =>
    setShown(new Set(shown.has(kind) ? [...shown].filter((one) => one !== kind) : [...shown, kind]))
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only keeps Esc inside the drawing.
    <div class="network-map" onKeyDown={(event) => event.key === 'Escape' && sketch.peek() && event.stopPropagation()}>
      {awaitedClick.value && (
        <p class="network-map__prompt" role="status">
          {awaitedClick.value.prompt}
        </p>
      )}
      <StaffMap
        label="Karte des Netzes. Auswählen geht auch in der Tabelle."
        programme={null}
        selected={null}
        box={null}
        overlay={overlay}
        hidden={hidden}
        onMap={setMap}
      />
      <fieldset class="network-map__kinds">
        <legend class="kern-sr-only">Auf der Karte gezeigt</legend>
        {networkKinds.map((kind) => (
          <Checkbox
            key={kind}
            label={
              <>
                <NetworkSign kind={kind} />
                {kindWords[kind].many}
              </>
            }
            checked={shown.has(kind)}
            onChange={() => toggle(kind)}
          />
        ))}
        <Key />
      </fieldset>
    </div>
  )
}

/** What dashes and letters mean. */
function Key() {
  return (
    <details class="network-map__key">
      <summary>Legende</summary>
      <ul>
        {networkStatuses.keys.map((status) => (
          <li key={status}>
            <NetworkSign kind="cable" status={status} /> <NetworkSign kind="structure" status={status} />
            {statusWord(status)}
          </li>
        ))}
        <li>
          <NetworkSign kind="duct" isReused /> Leerrohr, mitgenutzt
        </li>
        {structureTypes.keys.map((type) => (
          <li key={type}>
            <NetworkSign kind="structure" type={type} /> {structureTypes.labels[type].de}
          </li>
        ))}
      </ul>
    </details>
  )
}

function useClicks(map: CityMap | null): void {
  useEffect(() => {
    if (!map) return
    const click = ({ point, lngLat }: { point: { x: number; y: number }; lngLat: { lng: number; lat: number } }) => {
      if (sketch.peek()) return
      const waiting = awaitedClick.peek()
      if (waiting) {
        waiting.take([lngLat.lng, lngLat.lat])
        return
      }
      const hit = objectAt(map.map, point)
      if (!hit) return
      if (merging.peek()) toggleMerging(hit.id)
      else go(addressWith({ art: hit.kind, objekt: hit.id }))
    }
    map.map.on('click', click)
    return () => void map.map.off('click', click)
  }, [map])
}

export function toggleMerging(id: string): void {
  const ids = merging.peek() ?? []
  merging.value = ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id]
}

/** The drawing library comes only when somebody draws. */
function useDrawing(map: CityMap | null): void {
  const asked = sketch.value
  useEffect(() => {
    if (!map || !asked) return
    let stop: () => void = () => undefined
    let isGone = false
    let snappable: Awaited<ReturnType<typeof findSnappable>> = []
    const load = async () => {
      if (map.map.getZoom() < 13) return
      const bounds = map.map.getBounds()
      const box = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()] as const
      snappable = await findSnappable(box, asked.id).catch(() => [])
    }
    const begin = async () => {
      const { startDrawing } = await import('./draw.ts')
      if (isGone) return
      const begun = startDrawing(map.map, { ...asked, network: () => snappable })
      drawing.value = begun
      stop = begun.stop
    }
    void load()
    map.map.on('moveend', load)
    if (map.map.loaded()) void begin()
    else map.map.once('idle', () => void begin())
    return () => {
      isGone = true
      drawing.value = null
      map.map.off('moveend', load)
      stop()
    }
  }, [map, asked])
}

/** Looks at the opened object, closer than at a whole city. */
function useLook(map: CityMap | null, box: Box | null): void {
  useEffect(() => {
    if (!map || !box || sketch.peek()) return
    const [west, south, east, north] = box
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches
    map.map.fitBounds([west, south, east, north], { padding: 60, maxZoom: 17, duration: calm ? 0 : 600 })
  }, [map, box?.join()])
}
