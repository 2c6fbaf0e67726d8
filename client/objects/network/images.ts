import type { Theme } from '../../../server/contract/layers/layer.ts'
import { ground } from '../../../server/contract/layers/phase-look.ts'
import type { NetworkStatus } from '../../../server/contract/objects/codes.ts'
import { canvas, finished } from '../../map/images.ts'
import { networkInks, structureDashes, structureLetters } from './looks.ts'

/** Sign of a structure `structure:<type>:<status>:<theme>`; null: not one of these. */
export function drawNetworkImage(name: string): ImageData | null {
  const [kind, type = '', status = '', theme] = name.split(':')
  if (kind !== 'structure' || (theme !== 'light' && theme !== 'dark')) return null
  return drawStructure(structureLetters[type] ?? '?', status, theme)
}

const size = 22

/** A letter in a square; what is only planned has a dashed edge and no ground. */
function drawStructure(letter: string, status: string, theme: Theme): ImageData {
  const context = canvas(size)
  const ink = networkInks.structure[theme]
  const isLaid = status === 'laid'
  const box = new Path2D()
  box.roundRect(2.5, 2.5, size - 5, size - 5, 3)
  context.fillStyle = isLaid ? ink : ground.halo[theme]
  context.fill(box)
  context.strokeStyle = ink
  context.lineWidth = 2
  context.setLineDash([...(structureDashes[status as NetworkStatus] ?? [])])
  context.stroke(box)
  context.fillStyle = isLaid ? ground.halo[theme] : ink
  context.font = '600 12px "Fira Sans Medium", "Fira Sans", sans-serif'
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  context.fillText(letter, size / 2, size / 2 + 1)
  return finished(context)
}
