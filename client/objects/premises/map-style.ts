import type {
  DataDrivenPropertyValueSpecification,
  ExpressionSpecification,
  LayerSpecification,
} from '@maplibre/maplibre-gl-style-spec'
import type { Theme } from '../../../server/contract/layers/layer.ts'
import { ground } from '../../../server/contract/layers/phase-look.ts'
import type { PremisesKind } from '../../../server/contract/objects/codes.ts'
import { connectionStates } from '../../../server/contract/objects/codes.ts'
import { getObjectTile, premisesFromZoom } from '../../../server/contract/objects.ts'
import { pixelRatio } from '../../map/images.ts'
import type { Overlay } from '../../map/style.ts'
import type { PremisesFilter } from './filter.ts'
import { kindRank, kindShapes, stateLooks } from './looks.ts'

/** What the map of premises shows. */
export interface PremisesLook {
  theme: Theme
  revision: number
  filter: PremisesFilter
  /** Chosen ones get a ring; 'all': every one that is drawn. */
  selected: readonly string[] | 'all'
  /** The opened one, with the strong ring. */
  opened: string | null
}

const source = 'premises-tiles'
const signSize = 26
/** Rings for more than these cannot be told apart anyway. */
const mostRings = 3000

/** Names of the layers that can be pressed. */
export const signLayer = 'premises-sign'
export const cellLayer = 'premises-cell'

/** Premises and their counts as sources and layers of the map; the colours are those of the table. */
export function premisesOverlay(look: PremisesLook): Overlay {
  const query = new URLSearchParams({ kinds: 'premises', ...look.filter, revision: String(look.revision) })
  const path = getObjectTile.path.replace(':z', '{z}').replace(':x', '{x}').replace(':y', '{y}')
  return {
    sources: { [source]: { type: 'vector', tiles: [`${location.origin}${path}?${query}`], maxzoom: 16, promoteId: 'id' } },
    layers: [...cells(look.theme), ...rings(look), sign(look.theme)],
    drawImage: drawPremises,
  }
}

/** Units in a cell as area of a disc; the inner disc is the share that is connected. */
function cells(theme: Theme): LayerSpecification[] {
  const from = { source, 'source-layer': 'premises_count', type: 'circle' as const, maxzoom: premisesFromZoom }
  const radius = (units: ExpressionSpecification): ExpressionSpecification => ['min', 11, ['+', 2, ['sqrt', units]]]
  const all = radius(['get', 'units'])
  const share: ExpressionSpecification = ['sqrt', ['/', ['get', 'connected'], ['max', 1, ['get', 'units']]]]
  return [
    {
      ...from,
      id: cellLayer,
      paint: {
        'circle-radius': all,
        'circle-color': stateLooks.passed.color[theme],
        'circle-stroke-color': ground.text[theme],
        'circle-stroke-width': 1,
      },
    },
    {
      ...from,
      id: 'premises-cell-connected',
      paint: { 'circle-radius': ['*', all, share], 'circle-color': stateLooks.connected.color[theme] },
    },
  ]
}

function rings({ theme, selected, opened }: PremisesLook): LayerSpecification[] {
  const from = { source, 'source-layer': 'premises', type: 'circle' as const, minzoom: premisesFromZoom }
  const among: ExpressionSpecification =
    selected === 'all' ? ['literal', true] : ['in', ['get', 'id'], ['literal', selected.slice(0, mostRings)]]
  return [
    {
      ...from,
      id: 'premises-selected',
      filter: among,
      paint: { 'circle-radius': ringSize(1.25), 'circle-color': theme === 'light' ? '#ffb400' : '#ffd34d' },
    },
    {
      ...from,
      id: 'premises-opened',
      filter: ['==', ['get', 'id'], opened ?? ''],
      paint: {
        'circle-radius': ringSize(1.35),
        'circle-color': ground.halo[theme],
        'circle-stroke-color': ground.text[theme],
        'circle-stroke-width': 3,
      },
    },
  ]
}

/** Signs grow as one comes closer. */
const scale: [number, number][] = [
  [premisesFromZoom, 0.4],
  [15, 0.75],
  [17, 1.1],
]

function ringSize(factor: number): DataDrivenPropertyValueSpecification<number> {
  const stops = scale.flatMap(([zoom, size]) => [zoom, (size * signSize * factor) / 2])
  return ['interpolate', ['linear'], ['zoom'], ...stops] as unknown as ExpressionSpecification
}

function sign(theme: Theme): LayerSpecification {
  const order = connectionStates.keys.flatMap((state, index) => [state, index])
  const kinds = Object.entries(kindRank).flatMap(([kind, rank]) => [kind, rank * connectionStates.keys.length])
  return {
    id: signLayer,
    source,
    'source-layer': 'premises',
    type: 'symbol',
    minzoom: premisesFromZoom,
    layout: {
      'icon-image': ['concat', 'premises:', ['get', 'kind'], ':', ['get', 'status'], `:${theme}`],
      'icon-size': ['interpolate', ['linear'], ['zoom'], ...scale.flat()] as unknown as ExpressionSpecification,
      'icon-allow-overlap': true,
      'icon-ignore-placement': true,
      // Institutions above households, further states above others.
      'symbol-sort-key': [
        '+',
        ['match', ['get', 'kind'], ...kinds, 0],
        ['match', ['get', 'status'], ...order, 0],
      ] as unknown as ExpressionSpecification,
    },
  }
}

/** The image `premises:<kind>:<state>:<theme>`. null: not one of these. */
function drawPremises(name: string): ImageData | null {
  const [group, kind = '', state = '', theme = ''] = name.split(':')
  const shape = kindShapes[kind as PremisesKind]
  const look = stateLooks[state as keyof typeof stateLooks]
  if (group !== 'premises' || !shape || !look || (theme !== 'light' && theme !== 'dark')) return null
  const element = document.createElement('canvas')
  element.width = signSize * pixelRatio
  element.height = signSize * pixelRatio
  const context = element.getContext('2d') as CanvasRenderingContext2D
  context.scale(pixelRatio, pixelRatio)
  context.translate(1, 1)
  context.lineJoin = 'round'
  context.lineCap = 'round'
  const path = new Path2D(shape)
  strokeWith(context, path, ground.halo[theme], 3.5)
  context.fillStyle = look.color[theme]
  context.fill(path)
  strokeWith(context, path, ground.text[theme], 1.5)
  if (look.mark) strokeWith(context, new Path2D(look.mark), look.ink[theme], 2.25)
  return context.getImageData(0, 0, element.width, element.height)
}

function strokeWith(context: CanvasRenderingContext2D, path: Path2D, color: string, width: number): void {
  context.strokeStyle = color
  context.lineWidth = width
  context.stroke(path)
}
