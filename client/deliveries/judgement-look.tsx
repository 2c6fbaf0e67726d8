import type { Theme } from '../../server/contract/layers/layer.ts'
import { theme } from '../ui/theme.ts'

/** What is drawn of the difference: a sign of its own form and a colour for each, for lines a dash too. */
export const drawnJudgements = ['new', 'changed', 'removed', 'doubtful', 'refused', 'unchanged'] as const
export type DrawnJudgement = (typeof drawnJudgements)[number]

interface Look {
  color: Readonly<Record<Theme, string>>
  /** Outline of the sign in a box of 24, and the mark in it. */
  outline: string
  mark: string
  dash?: readonly number[]
}

/** Colours keep 3:1 to the ground of the map in both themes; form and mark say the same without them. */
export const judgementLooks: Readonly<Record<DrawnJudgement, Look>> = {
  new: {
    color: { light: '#00695c', dark: '#4fd1bd' },
    outline: 'M12 2a10 10 0 1 0 .01 0z',
    mark: 'M12 7v10M7 12h10',
  },
  changed: { color: { light: '#1a4f9c', dark: '#8ab8ff' }, outline: 'M12 2 23 21H1z', mark: 'M12 9v5M12 17v1', dash: [3, 1.5] },
  removed: { color: { light: '#9c1f2e', dark: '#ff9aa5' }, outline: 'M3 3h18v18H3z', mark: 'm8 8 8 8m0-8-8 8', dash: [0.5, 1.5] },
  doubtful: {
    color: { light: '#8a4b00', dark: '#ffbe69' },
    outline: 'M12 1 23 12 12 23 1 12z',
    mark: 'M9.500 9.500a2.500 2.500 0 1 1 2.500 3v1M12 16.500v1',
    dash: [2, 1],
  },
  refused: {
    color: { light: '#4a4a55', dark: '#c4c6d0' },
    outline: 'M8 2h8l6 6v8l-6 6H8l-6-6V8z',
    mark: 'M7 12h10',
    dash: [1, 1],
  },
  unchanged: { color: { light: '#6b6e7a', dark: '#9a9eac' }, outline: 'M12 7a5 5 0 1 0 .01 0z', mark: '' },
}

export const markColor: Readonly<Record<Theme, string>> = { light: '#ffffff', dark: '#101219' }

/** The sign as on the map. Decoration: the word stands beside it. */
export function JudgementSign({ judgement }: { judgement: DrawnJudgement }) {
  const { color, outline, mark } = judgementLooks[judgement]
  return (
    <svg class="judgement-sign" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
      <path d={outline} fill={color[theme.value]} />
      <path d={mark} fill="none" stroke={markColor[theme.value]} stroke-width="2.5" stroke-linecap="round" />
    </svg>
  )
}

const signSize = 22
const pixelRatio = 2

/** The sign as an image for the map, twice as fine as it is shown. */
export function drawSign(judgement: DrawnJudgement, look: Theme): ImageData {
  const element = document.createElement('canvas')
  element.width = signSize * pixelRatio
  element.height = signSize * pixelRatio
  const context = element.getContext('2d') as CanvasRenderingContext2D
  context.scale((signSize * pixelRatio) / 26, (signSize * pixelRatio) / 26)
  context.translate(1, 1)
  const { color, outline, mark } = judgementLooks[judgement]
  const shape = new Path2D(outline)
  context.fillStyle = color[look]
  context.fill(shape)
  context.strokeStyle = markColor[look]
  context.lineWidth = 1.5
  context.stroke(shape)
  context.lineWidth = 2.5
  context.lineCap = 'round'
  context.stroke(new Path2D(mark))
  return context.getImageData(0, 0, element.width, element.height)
}
