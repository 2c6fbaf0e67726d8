import type { LegendEntry, Theme } from '../../server/contract/layers/layer.ts'
import { mobileLooks } from '../../server/contract/layers/mobile-look.ts'
import { patterns } from '../../server/contract/layers/patterns.ts'
import { ground, phaseLooks } from '../../server/contract/layers/phase-look.ts'

/** Images are drawn twice as fine as they are shown, for screens of high density. */
export const pixelRatio = 2

type Look = Omit<LegendEntry, 'label'>

/** Looks by the name a style calls them by. */
const looks: Readonly<Record<string, Look>> = { ...phaseLooks, ...mobileLooks }

/** The image a style asks for by name: `pattern:<look>:<theme>` or `point:<look>:<theme>`. null: none of ours. */
export function drawImage(name: string): ImageData | null {
  const [kind, lookName = '', theme] = name.split(':')
  const look = looks[lookName]
  if (!look || (theme !== 'light' && theme !== 'dark')) return null
  if (kind === 'pattern') return drawPattern(look, theme)
  return kind === 'point' ? drawPoint(look, theme) : null
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
function drawPattern(look: Look, theme: Theme): ImageData | null {
  if (!look.pattern) return null
  const context = canvas(patterns[look.pattern].size)
  strokePattern(context, look, theme)
  return finished(context)
}

function strokePattern(context: CanvasRenderingContext2D, { pattern: name, ink }: Look, theme: Theme): void {
  if (!name) return
  const { path, width } = patterns[name]
  context.strokeStyle = ink[theme]
  context.lineWidth = width
  context.lineCap = 'round'
  context.stroke(new Path2D(path))
}

/** A disc with colour and pattern of the phase, where the extent of a section is not known. */
function drawPoint(look: Look, theme: Theme): ImageData {
  const size = 30
  const context = canvas(size)
  const disc = new Path2D()
  disc.arc(size / 2, size / 2, size / 2 - 4, 0, 2 * Math.PI)
  context.fillStyle = look.color[theme]
  context.fill(disc)
  context.save()
  context.clip(disc)
  for (const [x, y] of tiles(look, size)) {
    context.save()
    context.translate(x, y)
    strokePattern(context, look, theme)
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

function tiles({ pattern }: Look, size: number): [number, number][] {
  if (!pattern) return []
  const step = patterns[pattern].size
  const starts = Array.from({ length: Math.ceil(size / step) }, (_, index) => index * step)
  return starts.flatMap((x) => starts.map((y): [number, number] => [x, y]))
}
