import type { Map as MapLibre } from 'maplibre-gl'
import {
  TerraDraw,
  TerraDrawLineStringMode,
  TerraDrawModeUndoRedo,
  TerraDrawPointMode,
  TerraDrawSelectMode,
  TerraDrawSessionUndoRedo,
} from 'terra-draw'
import { TerraDrawMapLibreGLAdapter } from 'terra-draw-maplibre-gl-adapter'
import { nearestOf, type Position, type Snappable } from './snapping.ts'

/** Nine decimals are a tenth of a millimetre: what is snapped to is met exactly. */
const coordinatePrecision = 9
const snapPixels = 14

export interface Drawing {
  undo: () => void
  redo: () => void
  /** Starts over with an empty map. */
  clear: () => void
  stop: () => void
}

export interface DrawingOptions {
  shape: 'line' | 'point'
  /** What is edited; null: something new is drawn. */
  start: readonly Position[] | null
  /** Lines and points of the network to snap to. */
  network: () => readonly Snappable[]
  /** Told the corners at every change, also while drawing; [] when there is nothing. */
  onChange: (positions: Position[], isFinished: boolean) => void
}

/** Lets people draw a line or a point, or move its corners, snapping to the network. */
export function startDrawing(map: MapLibre, { shape, start, network, onChange }: DrawingOptions): Drawing {
  const mode = shape === 'line' ? 'linestring' : 'point'
  const toCustom = ({ lng, lat }: { lng: number; lat: number }) => {
    const pixel = ([longitude, latitude]: Position) => map.project([longitude, latitude])
    const hit = nearestOf([lng, lat], network(), pixel, snapPixels)
    return hit && (hit.map((degrees) => Number(degrees.toFixed(coordinatePrecision))) as Position)
  }
  const draw = new TerraDraw({
    adapter: new TerraDrawMapLibreGLAdapter({ map, coordinatePrecision }),
    modes: [
      new TerraDrawLineStringMode({ snapping: { toCustom, toCoordinate: true }, showCoordinatePoints: true }),
      new TerraDrawPointMode({ snapping: { toCustom } } as never),
      new TerraDrawSelectMode({
        flags: {
          linestring: {
            feature: { coordinates: { midpoints: true, draggable: true, deletable: true, snappable: { toCustom } } },
          },
          point: { feature: { draggable: true } },
        },
      }),
    ],
    undoRedo: {
      modeLevel: new TerraDrawModeUndoRedo(),
      sessionLevel: new TerraDrawSessionUndoRedo(),
    },
  })
  const drawnFeature = () =>
    draw.getSnapshot().find(({ geometry, properties }) => properties.mode === mode && geometry.type !== 'Polygon')
  const positions = (): Position[] => {
    const drawn = drawnFeature()
    if (!drawn) return []
    const { geometry } = drawn
    return (geometry.type === 'Point' ? [geometry.coordinates] : geometry.coordinates) as Position[]
  }
  let isFinished = start !== null
  const edit = (id: string | number) => {
    isFinished = true
    draw.setMode('select')
    draw.selectFeature(id)
  }
  draw.start()
  draw.setMode(mode)
  if (start) {
    const rounded = start.map((position) => position.map((degrees) => Number(degrees.toFixed(coordinatePrecision))) as Position)
    const geometry =
      shape === 'line'
        ? { type: 'LineString' as const, coordinates: rounded }
        : { type: 'Point' as const, coordinates: rounded[0] as Position }
    const [result] = draw.addFeatures([{ type: 'Feature', properties: { mode }, geometry }])
    if (result?.valid && result.id !== undefined) edit(result.id)
  }
  // Undoing lets go of what is edited, and so does a click beside it: its corners are to stay within reach.
  const hold = (isCertain = false) => {
    const drawn = drawnFeature()
    if (!isFinished || !draw.enabled || (drawn?.properties.selected === true && !isCertain)) return
    if (drawn?.id !== undefined) edit(drawn.id)
    else {
      isFinished = false
      draw.setMode(mode)
    }
  }
  draw.on('change', () => {
    onChange(positions(), isFinished)
    setTimeout(hold)
  })
  draw.on('deselect', () => setTimeout(hold))
  // What is undone comes back marked as chosen without being so.
  const travel = (step: () => void) => {
    step()
    setTimeout(() => hold(true))
  }
  draw.on('finish', (id, { action }) => {
    if (action === 'draw') edit(id)
    onChange(positions(), true)
  })
  return {
    undo: () => travel(() => draw.undo()),
    redo: () => travel(() => draw.redo()),
    clear: () => {
      draw.clear()
      isFinished = false
      draw.setMode(mode)
      onChange([], false)
    },
    stop: () => draw.stop(),
  }
}
