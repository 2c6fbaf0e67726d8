import type { Theme } from '../../server/contract/layers/layer.ts'
import { ground } from '../../server/contract/layers/phase-look.ts'
import { type PremisesKind, premisesKinds } from '../../server/contract/objects/codes.ts'
import { pixelRatio } from '../map/images.ts'
import { networkInks, premisesInks, premisesShapes, type Shape, structureLetters } from './looks.ts'

/**
 * Signs of objects: `premises:<kind>:<reached>:<theme>` and `structure:<type>:<status>:<theme>`; null: none of these.
 */
export function drawObjectImage(name: string): ImageData | null {
  const [kind, type = '', level = '', theme] = name.split(':')
  if (theme !== 'light' && theme !== 'dark') return null
  if (kind === 'premises' && premisesKinds.keys.includes(type as PremisesKind))
    return drawPremises(premisesShapes[type as PremisesKind], Number(level), theme)
  return kind === 'structure' ? drawStructure(structureLetters[type] ?? '?', level, theme) : null
}

const size = 22

function canvas(): CanvasRenderingContext2D {
  const element = document.createElement('canvas')
  element.width = size * pixelRatio
  element.height = size * pixelRatio
  const context = element.getContext('2d') as CanvasRenderingContext2D
  context.scale(pixelRatio, pixelRatio)
  return context
}

function finished(context: CanvasRenderingContext2D): ImageData {
  return context.getImageData(0, 0, context.canvas.width, context.canvas.height)
}

/** Corners of each form, in a box from 0 to 1. */
const corners: Readonly<Record<Exclude<Shape, 'circle'>, readonly (readonly [number, number])[]>> = {
  square: [
    [0.1, 0.1],
    [0.9, 0.1],
    [0.9, 0.9],
    [0.1, 0.9],
  ],
  triangle: [
    [0.5, 0],
    [1, 0.92],
    [0, 0.92],
  ],
  diamond: [
    [0.5, 0],
    [1, 0.5],
    [0.5, 1],
    [0, 0.5],
  ],
  cross: [
    [0.33, 0],
    [0.67, 0],
    [0.67, 0.33],
    [1, 0.33],
    [1, 0.67],
    [0.67, 0.67],
    [0.67, 1],
    [0.33, 1],
    [0.33, 0.67],
    [0, 0.67],
    [0, 0.33],
    [0.33, 0.33],
  ],
  star: Array.from({ length: 10 }, (_, index) => {
    const [angle, radius] = [(index * Math.PI) / 5 - Math.PI / 2, index % 2 === 0 ? 0.55 : 0.24]
    return [0.5 + Math.cos(angle) * radius, 0.5 + Math.sin(angle) * radius] as const
  }),
}

function pathOf(shape: Shape): Path2D {
  const [margin, box] = [4, size - 8]
  const path = new Path2D()
  if (shape === 'circle') {
    path.arc(size / 2, size / 2, box / 2 - 0.5, 0, 2 * Math.PI)
    return path
  }
  for (const [x, y] of corners[shape]) path.lineTo(margin + x * box, margin + y * box)
  path.closePath()
  return path
}

/** The further premises are, the fuller the form: so it is told without colour too. */
function drawPremises(shape: Shape, reached: number, theme: Theme): ImageData {
  const context = canvas()
  const path = pathOf(shape)
  const ink = (premisesInks[reached] ?? premisesInks[0])?.[theme] ?? '#000000'
  context.lineJoin = 'round'
  context.strokeStyle = ground.halo[theme]
  context.lineWidth = 5
  context.stroke(path)
  context.fillStyle = ground.halo[theme]
  context.fill(path)
  context.save()
  context.clip(path)
  context.fillStyle = ink
  const share = [0, 0.34, 0.62, 1][reached] ?? 0
  context.fillRect(0, size - 4 - (size - 8) * share, size, size)
  context.restore()
  context.strokeStyle = ink
  context.lineWidth = 2
  context.stroke(path)
  return finished(context)
}

/** A letter in a square; what is only planned has a dashed edge and no ground. */
function drawStructure(letter: string, status: string, theme: Theme): ImageData {
  const context = canvas()
  const ink = networkInks.structure[theme]
  const isLaid = status === 'laid'
  const box = new Path2D()
  box.roundRect(2.5, 2.5, size - 5, size - 5, 3)
  context.fillStyle = isLaid ? ink : ground.halo[theme]
  context.fill(box)
  context.strokeStyle = ink
  context.lineWidth = 2
  if (status === 'planned') context.setLineDash([2, 2])
  if (status === 'under_construction') context.setLineDash([5, 2])
  context.stroke(box)
  context.fillStyle = isLaid ? ground.halo[theme] : ink
  context.font = '600 12px "Fira Sans Medium", "Fira Sans", sans-serif'
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  context.fillText(letter, size / 2, size / 2 + 1)
  return finished(context)
}
