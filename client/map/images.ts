import { phases } from '../../server/contract/codes.ts'
import type { Theme } from '../../server/contract/layers/layer.ts'
import { patterns } from '../../server/contract/layers/patterns.ts'
import { ground, phaseLooks } from '../../server/contract/layers/phase-look.ts'

/** Images are drawn twice as fine as they are shown, for screens of high density. */
export const pixelRatio = 2

/** The image a style asks for by name: `pattern:<phase>:<theme>` or `point:<phase>:<theme>`. null: none of ours. */
export function drawImage(name: string): ImageData | null {
  const [kind, phase, theme] = name.split(':')
  const known = phases.keys.find((key) => key === phase)
  if (!known || (theme !== 'light' && theme !== 'dark')) return null
  if (kind === 'pattern') return drawPattern(known, theme)
  return kind === 'point' ? drawPoint(known, theme) : null
}

/** A drawing ground of `size` px on either side, sharp on fine screens. */
export function canvas(size: number): CanvasRenderingContext2D {
  const element = document.createElement('canvas')
  element.width = size * pixelRatio
  element.height = size * pixelRatio
  const context = element.getContext('2d') as CanvasRenderingContext2D
  context.scale(pixelRatio, pixelRatio)
  return context
}

export function finished(context: CanvasRenderingContext2D): ImageData {
  return context.getImageData(0, 0, context.canvas.width, context.canvas.height)
}

/** The pattern alone: the colour lies in a layer below. */
function drawPattern(phase: keyof typeof phaseLooks, theme: Theme): ImageData | null {
  const look = phaseLooks[phase]
  if (!look.pattern) return null
  const context = canvas(patterns[look.pattern].size)
  strokePattern(context, phase, theme)
  return finished(context)
}

function strokePattern(context: CanvasRenderingContext2D, phase: keyof typeof phaseLooks, theme: Theme): void {
  const { pattern: name, ink } = phaseLooks[phase]
  if (!name) return
  const { path, width } = patterns[name]
  context.strokeStyle = ink[theme]
  context.lineWidth = width
  context.lineCap = 'round'
  context.stroke(new Path2D(path))
}

/** A disc with colour and pattern of the phase, where the extent of a section is not known. */
function drawPoint(phase: keyof typeof phaseLooks, theme: Theme): ImageData {
  const size = 30
  const context = canvas(size)
  const disc = new Path2D()
  disc.arc(size / 2, size / 2, size / 2 - 4, 0, 2 * Math.PI)
  context.fillStyle = phaseLooks[phase].color[theme]
  context.fill(disc)
  context.save()
  context.clip(disc)
  for (const [x, y] of tiles(phase, size)) {
    context.save()
    context.translate(x, y)
    strokePattern(context, phase, theme)
    context.restore()
  }
  context.restore()
  context.strokeStyle = ground.halo[theme]
  context.lineWidth = 6
  context.stroke(disc)
  context.strokeStyle = ground.text[theme]
  context.lineWidth = 2.5
  context.stroke(disc)
  return finished(context)
}

function tiles(phase: keyof typeof phaseLooks, size: number): [number, number][] {
  const { pattern } = phaseLooks[phase]
  if (!pattern) return []
  const step = patterns[pattern].size
  const starts = Array.from({ length: Math.ceil(size / step) }, (_, index) => index * step)
  return starts.flatMap((x) => starts.map((y): [number, number] => [x, y]))
}
