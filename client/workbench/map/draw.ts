import type { Map as MapLibre } from 'maplibre-gl'
import {
  type GeoJSONStoreFeatures,
  TerraDraw,
  TerraDrawPolygonMode,
  TerraDrawSelectMode,
  ValidateNotSelfIntersecting,
} from 'terra-draw'
import { TerraDrawMapLibreGLAdapter } from 'terra-draw-maplibre-gl-adapter'
import type { Position } from './geometry.ts'

/** Seven decimals are about a centimetre; the library refuses more digits than it was told. */
const coordinatePrecision = 7

export interface Drawing {
  /** Starts over with an empty map. */
  clear: () => void
  stop: () => void
}

/**
 * Lets people draw one polygon, or move the corners of the given one. `onChange` is told the outer ring and the holes whenever
 * a polygon is complete, null when there is none.
 */
export function startDrawing(
  map: MapLibre,
  rings: readonly (readonly Position[])[] | null,
  onChange: (rings: Position[][] | null) => void,
): Drawing {
  const draw = new TerraDraw({
    adapter: new TerraDrawMapLibreGLAdapter({ map, coordinatePrecision }),
    modes: [
      new TerraDrawPolygonMode({ validation: onlySimple }),
      new TerraDrawSelectMode({
        flags: { polygon: { feature: { coordinates: { midpoints: true, draggable: true, deletable: true } } } },
      }),
    ],
  })
  const report = () => {
    const polygon = draw
      .getSnapshot()
      .find(({ geometry, properties }) => geometry.type === 'Polygon' && properties.mode === 'polygon')
    onChange(polygon ? (polygon.geometry.coordinates as Position[][]) : null)
  }
  const edit = (id: string | number) => {
    draw.setMode('select')
    draw.selectFeature(id)
  }
  draw.start()
  draw.setMode('polygon')
  if (rings) {
    const [result] = draw.addFeatures([
      { type: 'Feature', properties: { mode: 'polygon' }, geometry: { type: 'Polygon', coordinates: rounded(rings) } },
    ])
    if (result?.valid && result.id !== undefined) edit(result.id)
  }
  draw.on('finish', (id, { action }) => {
    report()
    if (action === 'draw') edit(id)
  })
  return {
    clear: () => {
      draw.clear()
      draw.setMode('polygon')
      onChange(null)
    },
    stop: () => draw.stop(),
  }
}

/** A finished outline must not cross itself; while it is being drawn it may. */
function onlySimple(feature: GeoJSONStoreFeatures, { updateType }: { updateType: string }): { valid: boolean } {
  return updateType === 'finish' ? ValidateNotSelfIntersecting(feature) : { valid: true }
}

function rounded(rings: readonly (readonly Position[])[]): Position[][] {
  const short = (degrees: number) => Number(degrees.toFixed(coordinatePrecision))
  return rings.map((ring) => ring.map(([longitude, latitude]): Position => [short(longitude), short(latitude)]))
}
