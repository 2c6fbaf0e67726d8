import type { Map as MapLibre } from 'maplibre-gl'

/** west,south,east,north in degrees, five decimals: about a metre. */
export type Bounds = readonly [number, number, number, number]

interface Point {
  x: number
  y: number
}

const leastPixels = 6

export function boundsText(bounds: Bounds): string {
  return bounds.map((degree) => degree.toFixed(5)).join(',')
}

/** What the map shows at the moment. */
export function shownBounds(map: MapLibre): Bounds {
  const bounds = map.getBounds()
  return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()]
}

/**
 * Lets people draw a box on the map: with Shift held, or by mouse, pen and finger while `isArmed` says so. Returns how to stop.
 * MapLibre's own box zooms; here a box chooses.
 */
export function followBoxes(map: MapLibre, isArmed: () => boolean, onBox: (bounds: Bounds) => void): () => void {
  map.boxZoom.disable()
  const container = map.getCanvasContainer()
  let start: Point | null = null
  let frame: HTMLElement | null = null

  const pointOf = (event: PointerEvent): Point => {
    const { left, top } = container.getBoundingClientRect()
    return { x: event.clientX - left, y: event.clientY - top }
  }
  const down = (event: PointerEvent) => {
    if (event.button !== 0 || !(event.shiftKey || isArmed())) return
    event.preventDefault()
    event.stopPropagation()
    map.dragPan.disable()
    start = pointOf(event)
    frame = document.createElement('div')
    frame.className = 'premises-box'
    container.append(frame)
    container.setPointerCapture(event.pointerId)
  }
  const move = (event: PointerEvent) => {
    if (!start || !frame) return
    const now = pointOf(event)
    Object.assign(frame.style, {
      left: `${Math.min(start.x, now.x)}px`,
      top: `${Math.min(start.y, now.y)}px`,
      width: `${Math.abs(start.x - now.x)}px`,
      height: `${Math.abs(start.y - now.y)}px`,
    })
  }
  const up = (event: PointerEvent) => {
    if (!start) return
    const [from, to] = [start, pointOf(event)]
    stop()
    if (Math.abs(from.x - to.x) < leastPixels || Math.abs(from.y - to.y) < leastPixels) return
    const a = map.unproject([Math.min(from.x, to.x), Math.max(from.y, to.y)])
    const b = map.unproject([Math.max(from.x, to.x), Math.min(from.y, to.y)])
    onBox([a.lng, a.lat, b.lng, b.lat])
  }
  const stop = () => {
    start = null
    frame?.remove()
    frame = null
    map.dragPan.enable()
  }
  container.addEventListener('pointerdown', down, true)
  container.addEventListener('pointermove', move)
  container.addEventListener('pointerup', up)
  container.addEventListener('pointercancel', stop)
  return () => {
    stop()
    container.removeEventListener('pointerdown', down, true)
    container.removeEventListener('pointermove', move)
    container.removeEventListener('pointerup', up)
    container.removeEventListener('pointercancel', stop)
  }
}
