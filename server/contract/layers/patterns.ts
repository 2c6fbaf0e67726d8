export type PatternName = 'hatch' | 'stripes' | 'dots' | 'cross' | 'lines'

export interface Pattern {
  /** Edge of the square that repeats, in pixels. */
  size: number
  /** SVG path within the square, stroked in the ink of the phase; drawn alike by map, legend, badge and print. */
  path: string
  width: number
}

export const patterns: Readonly<Record<PatternName, Pattern>> = {
  hatch: { size: 12, path: 'M-3 3L3 -3M0 12L12 0M9 15L15 9', width: 1.25 },
  stripes: { size: 14, path: 'M-4 10L4 18M-4 -4L18 18M10 -4L18 4', width: 2 },
  dots: { size: 12, path: 'M3 3h0.01M9 9h0.01', width: 3.5 },
  cross: { size: 14, path: 'M-2 -2L16 16M-2 16L16 -2', width: 1.5 },
  lines: { size: 10, path: 'M0 5H10', width: 2 },
}
