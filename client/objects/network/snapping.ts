/** Longitude and latitude in degrees (WGS84). */
export type Position = [longitude: number, latitude: number]

/** A line, or a point (one position), that drawing snaps to. */
export type Snappable = readonly Position[]

interface Pixel {
  x: number
  y: number
}

/**
 * What to snap to: the nearest corner within reach, else the nearest place on a line; null: nothing is near. Corners win, so that
 * lines meet where others begin.
 */
export function nearestOf(
  pointer: Position,
  network: readonly Snappable[],
  project: (position: Position) => Pixel,
  reach: number,
): Position | undefined {
  const at = project(pointer)
  const corner = nearest(network.flat(), (position) => distance(at, project(position)), reach)
  if (corner) return corner
  const places = network.flatMap((line) =>
    line.slice(1).map((end, index) => onSegment(at, line[index] as Position, end, project)),
  )
  return nearest(places, (position) => distance(at, project(position)), reach)
}

function nearest(all: readonly Position[], distanceOf: (position: Position) => number, reach: number): Position | undefined {
  let best: Position | undefined
  let least = reach
  for (const position of all) {
    const away = distanceOf(position)
    if (away <= least) {
      best = position
      least = away
    }
  }
  return best
}

function distance(a: Pixel, b: Pixel): number {
  return Math.hypot(a.x - b.x, a.y - b.y)
}

/** The place on a segment nearest to a pixel; between two corners degrees and pixels grow alike. */
function onSegment(at: Pixel, start: Position, end: Position, project: (position: Position) => Pixel): Position {
  const [from, to] = [project(start), project(end)]
  const [dx, dy] = [to.x - from.x, to.y - from.y]
  const square = dx * dx + dy * dy
  const share = square === 0 ? 0 : Math.min(1, Math.max(0, ((at.x - from.x) * dx + (at.y - from.y) * dy) / square))
  return [start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share]
}
