import type { Map as MapLibre } from 'maplibre-gl'
import {
  TerraDraw,
  TerraDrawLineStringMode,
  TerraDrawModeUndoRedo,
  TerraDrawPointMode,
  TerraDrawSelectMode,
  TerraDrawSessionUndoRedo,
  TerraDrawUndoRedoKeyboardShortcuts,
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

/** Lets people draw a line or a point, or move its corners, snapping to the network. Ctrl+Z and Ctrl+Shift+Z undo and redo. */
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
      keyboardShortcuts: new TerraDrawUndoRedoKeyboardShortcuts(),
    },
  })
  const positions = (): Position[] => {
    const drawn = draw.getSnapshot().find(({ geometry, properties }) => properties.mode === mode && geometry.type !== 'Polygon')
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
  draw.on('change', () => onChange(positions(), isFinished))
  draw.on('finish', (id, { action }) => {
    if (action === 'draw') edit(id)
    onChange(positions(), true)
  })
  return {
    undo: () => void draw.undo(),
    redo: () => void draw.redo(),
    clear: () => {
      draw.clear()
      isFinished = false
      draw.setMode(mode)
      onChange([], false)
    },
    stop: () => draw.stop(),
  }
}
