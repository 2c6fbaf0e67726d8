import type { Theme } from '../../server/contract/layers/layer.ts'
import { ground } from '../../server/contract/layers/phase-look.ts'
import { canvas, finished } from '../map/images.ts'

/** Colour of search areas and of sites. */
export const areaInk: Readonly<Record<Theme, string>> = { light: '#8a1c6b', dark: '#f08fd3' }
export const siteInk: Readonly<Record<Theme, string>> = { light: '#12324a', dark: '#bfe3f6' }

const size = 26

/** Sign of a place, `place:<shape>:<theme>`; null: not one of these. */
export function drawPlaceSign(name: string): ImageData | null {
  const [kind, shape = '', theme] = name.split(':')
  if (kind !== 'place' || (theme !== 'light' && theme !== 'dark')) return null
  const context = canvas(size)
  const path = outlineOf(shape)
  context.lineWidth = 5
  context.strokeStyle = ground.halo[theme]
  context.stroke(path)
  context.fillStyle = isFilled(shape) ? siteInk[theme] : ground.halo[theme]
  context.fill(path)
  context.lineWidth = 2.5
  context.strokeStyle = siteInk[theme]
  context.stroke(path)
  mark(context, shape, theme)
  return finished(context)
}

function isFilled(shape: string): boolean {
  return shape === 'agreed' || shape === 'municipal-public'
}

/** Candidates are discs, sites of the city squares, other cases diamonds. */
function outlineOf(shape: string): Path2D {
  const path = new Path2D()
  const middle = size / 2
  if (shape.startsWith('municipal')) path.rect(6, 6, size - 12, size - 12)
  else if (shape === 'case') {
    path.moveTo(middle, 4)
    path.lineTo(size - 4, middle)
    path.lineTo(middle, size - 4)
    path.lineTo(4, middle)
    path.closePath()
  } else path.arc(middle, middle, middle - 5, 0, 2 * Math.PI)
  return path
}

/** Inside: a tick where it is agreed, a cross where it is rejected, a point where it is preferred. */
function mark(context: CanvasRenderingContext2D, shape: string, theme: Theme): void {
  const middle = size / 2
  context.lineWidth = 2.5
  context.strokeStyle = isFilled(shape) ? ground.halo[theme] : siteInk[theme]
  context.fillStyle = siteInk[theme]
  const lines: Readonly<Record<string, string>> = {
    agreed: 'M9 13.5l3 3 5.500-6.500',
    rejected: 'M10 10l6 6M16 10l-6 6',
  }
  const line = lines[shape]
  if (line) context.stroke(new Path2D(line))
  if (shape !== 'preferred') return
  context.beginPath()
  context.arc(middle, middle, 3.5, 0, 2 * Math.PI)
  context.fill()
}
