import type { Map as MapLibre } from 'maplibre-gl'
import { TerraDraw, TerraDrawCircleMode, TerraDrawSelectMode } from 'terra-draw'
import { TerraDrawMapLibreGLAdapter } from 'terra-draw-maplibre-gl-adapter'
import { type Drawing, startDrawing } from '../workbench/map/draw.ts'
import type { Position } from '../workbench/map/geometry.ts'
import { type Circle, circleOf, ringOf } from './circle.ts'

const coordinatePrecision = 7

/** What is being drawn: a circle, or the corners of an area. */
export type Sketch =
  | { shape: 'circle'; start: Circle | null; onChange: (circle: Circle) => void }
  | { shape: 'polygon'; start: readonly (readonly Position[])[] | null; onChange: (rings: Position[][]) => void }

/** Starts drawing on the map; what is drawn can be moved and changed until it is stopped. */
export function startSketch(map: MapLibre, sketch: Sketch): Drawing {
  if (sketch.shape === 'circle') return startCircle(map, sketch.start, sketch.onChange)
  return startDrawing(map, sketch.start, (rings) => rings && sketch.onChange(rings))
}

/** A click for the middle, a second one for the edge; then it is moved as a whole, or made larger at its edge. */
function startCircle(map: MapLibre, start: Circle | null, onChange: (circle: Circle) => void): Drawing {
  const draw = new TerraDraw({
    adapter: new TerraDrawMapLibreGLAdapter({ map, coordinatePrecision }),
    modes: [
      new TerraDrawCircleMode({ startingRadiusKilometers: 0.01 }),
      new TerraDrawSelectMode({
        flags: { circle: { feature: { draggable: true, coordinates: { resizable: 'center-fixed' } } } },
      }),
    ],
  })
  const edit = (id: string | number) => {
    draw.setMode('select')
    draw.selectFeature(id)
  }
  draw.start()
  draw.setMode('circle')
  if (start) {
    const [result] = draw.addFeatures([
      {
        type: 'Feature',
        properties: { mode: 'circle', radiusKilometers: start.radiusM / 1000 },
        geometry: { type: 'Polygon', coordinates: [ringOf(start)] },
      },
    ])
    if (result?.valid && result.id !== undefined) edit(result.id)
  }
  draw.on('finish', (id, { action }) => {
    const drawn = draw.getSnapshot().find(({ properties }) => properties.mode === 'circle')
    if (drawn?.geometry.type === 'Polygon') onChange(circleOf((drawn.geometry.coordinates[0] ?? []) as Position[]))
    if (action === 'draw') edit(id)
  })
  return {
    clear: () => {
      draw.clear()
      draw.setMode('circle')
    },
    stop: () => draw.stop(),
  }
}
