import { useMemo } from 'preact/hooks'
import type { DeadZoneReport } from '../../server/contract/dead-zones.ts'
import { cornersOf } from '../../server/contract/inspire-grid.ts'
import { mobileLooks } from '../../server/contract/layers/mobile-look.ts'
import type { Box } from '../map/map.ts'
import type { Overlay } from '../map/style.ts'
import { theme } from '../ui/theme.ts'
import { StaffMap } from '../workbench/map/staff-map.tsx'

const hidden = ['build_sections']
const look = mobileLooks['mobile-reported']

/** Where the reports shown lie: chosen ones filled, all outlined. */
export function DeadZonesMap(props: { reports: readonly DeadZoneReport[]; chosen: ReadonlySet<number>; shown: string | null }) {
  const { reports, chosen, shown } = props
  const overlay = useMemo(() => overlayOf(reports, chosen, shown), [reports, chosen, shown, theme.value])
  const box = useMemo(() => (shown ? boxOf(shown) : null), [shown])
  return (
    <StaffMap
      label="Karte der gemeldeten Funklöcher"
      programme={null}
      selected={null}
      box={box}
      overlay={overlay}
      hidden={hidden}
    />
  )
}

function boxOf(cell: string): Box {
  const [[west, south], , [east, north]] = cornersOf(cell)
  // Wide enough to recognise the streets around it.
  const margin = 0.004
  return [west - margin, south - margin, east + margin, north + margin]
}

function overlayOf(reports: readonly DeadZoneReport[], chosen: ReadonlySet<number>, shown: string | null): Overlay {
  const features = reports.map(({ id, cell }) => {
    const ring = cornersOf(cell).map(([longitude, latitude]) => [longitude, latitude])
    const properties = { isChosen: chosen.has(id), isShown: cell === shown }
    return {
      type: 'Feature' as const,
      properties,
      geometry: { type: 'Polygon' as const, coordinates: [[...ring, ...ring.slice(0, 1)]] },
    }
  })
  const color = look.color[theme.value]
  return {
    sources: { reported: { type: 'geojson', data: { type: 'FeatureCollection', features } } },
    layers: [
      {
        id: 'reported-fill',
        type: 'fill',
        source: 'reported',
        paint: { 'fill-color': color, 'fill-opacity': ['case', ['get', 'isChosen'], 0.7, 0.15] },
      },
      {
        id: 'reported-outline',
        type: 'line',
        source: 'reported',
        paint: { 'line-color': color, 'line-width': ['case', ['get', 'isShown'], 5, 2] },
      },
      {
        id: 'reported-point',
        type: 'symbol',
        source: 'reported',
        maxzoom: 14.5,
        layout: {
          'icon-image': `point:mobile-reported:${theme.value}`,
          'icon-size': ['case', ['get', 'isChosen'], 0.9, 0.6],
          'icon-allow-overlap': true,
        },
      },
    ],
  }
}
