import type {
  DataDrivenPropertyValueSpecification,
  ExpressionSpecification,
  FilterSpecification,
  LayerSpecification,
} from '@maplibre/maplibre-gl-style-spec'
import type { Map as MapLibre } from 'maplibre-gl'
import type { Theme } from '../../../server/contract/layers/layer.ts'
import { ground, mapFont } from '../../../server/contract/layers/phase-look.ts'
import { type NetworkStatus, networkStatuses } from '../../../server/contract/objects/codes.ts'
import {
  getObjectTile,
  type LineKind,
  lineKinds,
  type NetworkKind,
  type ObjectFilterInput,
} from '../../../server/contract/objects.ts'
import { addressOf } from '../../api.ts'
import type { Overlay } from '../../map/style.ts'
import { drawNetworkImage } from './images.ts'
import { hasHeart, heartShares, lineShapes, networkInks, statusDashes } from './looks.ts'

export interface ObjectMap {
  theme: Theme
  /** Makes the address of the tiles change with the content. */
  revision: number
  /** Kinds to draw, whatever their order. */
  kinds: readonly NetworkKind[]
  filter?: ObjectFilterInput
  asOf?: string | null
  knownAt?: string | null
  /** Ids drawn with a strong outline. */
  selected?: readonly string[]
}

const source = 'objects'

/** The network over the map: trench, ducts, cables, structures, from bottom to top. For `StaffMap` as `overlay`. */
export function objectOverlay(shown: ObjectMap): Overlay {
  const { theme, kinds } = shown
  const lines = lineKinds.filter((kind) => kinds.includes(kind))
  return {
    sources: { [source]: { type: 'vector', tiles: [tileAddress(shown)], maxzoom: 18 } },
    layers: [
      ...selectionLayers(shown),
      ...lines.flatMap((kind) => lineLayers(kind, theme)),
      ...lines.map((kind) => lineWords(kind, theme)),
      ...(kinds.includes('structure') ? [structureLayer(theme)] : []),
    ],
    drawImage: drawNetworkImage,
  }
}

/** Address of the tiles with the places MapLibre fills in; whoever looks is signed in by the same cookie. */
function tileAddress({ revision, kinds, filter, asOf, knownAt }: ObjectMap): string {
  const query = { ...filter, kinds: kinds.join(','), revision, asOf, knownAt }
  const path = getObjectTile.path.replace(':z/:x/:y', '{z}/{x}/{y}')
  return location.origin + addressOf(path, {}, query)
}

const zoomed = (width: number): ExpressionSpecification => [
  'interpolate',
  ['linear'],
  ['zoom'],
  11,
  width * 0.4,
  14,
  width * 0.7,
  16,
  width,
  19,
  width * 2,
]

function lineLayers(kind: LineKind, theme: Theme): LayerSpecification[] {
  const { width, offset } = lineShapes[kind]
  return networkStatuses.keys.flatMap((status) => {
    const from = { type: 'line' as const, source, 'source-layer': kind, filter: isStatus(status) }
    const dashes = statusDashes[status]
    const beside = offset === 0 ? {} : { 'line-offset': zoomed(offset) }
    const line: LayerSpecification = {
      ...from,
      id: `objects-${kind}-${status}`,
      layout: { 'line-cap': dashes ? 'butt' : 'round', 'line-join': 'round' },
      paint: {
        'line-color': networkInks[kind][theme],
        'line-width': zoomed(width),
        ...beside,
        ...(dashes && { 'line-dasharray': [...dashes] }),
      },
    }
    return [line, ...heart(kind, status, theme, { ...from, id: `objects-${kind}-${status}-heart` }, beside)]
  })
}

/** What is left open inside a double line. */
function heart(kind: LineKind, status: NetworkStatus, theme: Theme, from: object, beside: object): LayerSpecification[] {
  if (!hasHeart(kind, status, true)) return []
  const width = lineShapes[kind].width * heartShares[kind]
  const paint = { 'line-color': ground.halo[theme], 'line-width': zoomed(width), ...beside }
  if (hasHeart(kind, status, false)) return [{ ...from, type: 'line', paint } as LayerSpecification]
  const reused: FilterSpecification = ['==', ['get', 'condition'], 'reused']
  const { filter } = from as { filter: ExpressionSpecification }
  return [{ ...from, type: 'line', filter: ['all', filter, reused], paint } as unknown as LayerSpecification]
}

function isStatus(status: NetworkStatus): FilterSpecification {
  return ['==', ['get', 'status'], status]
}

/** What a line is, in words along it. */
function lineWords(kind: LineKind, theme: Theme): LayerSpecification {
  const words: Record<LineKind, DataDrivenPropertyValueSpecification<string>> = {
    route: 'Trasse',
    duct: ['case', ['==', ['get', 'condition'], 'reused'], 'Leerrohr, mitgenutzt', 'Leerrohr'],
    cable: ['concat', 'Kabel, ', ['to-string', ['get', 'fibre_count']], ' Fasern'],
  }
  return {
    id: `objects-${kind}-words`,
    type: 'symbol',
    source,
    'source-layer': kind,
    minzoom: 16,
    layout: {
      'symbol-placement': 'line',
      'symbol-spacing': 350,
      'text-font': [mapFont],
      'text-size': 12,
      'text-field': words[kind],
      'text-offset': [0, { route: 0, duct: -1, cable: 1 }[kind]],
    },
    paint: { 'text-color': networkInks[kind][theme], 'text-halo-color': ground.halo[theme], 'text-halo-width': 2 },
  }
}

function structureLayer(theme: Theme): LayerSpecification {
  return {
    id: 'objects-structure',
    type: 'symbol',
    source,
    'source-layer': 'structure',
    minzoom: 11,
    layout: {
      'icon-image': ['concat', 'structure:', ['get', 'structure_type'], ':', ['get', 'status'], `:${theme}`],
      'icon-size': ['interpolate', ['linear'], ['zoom'], 11, 0.5, 15, 0.9, 19, 1.2],
      'icon-allow-overlap': true,
    },
  }
}

/** A wide band under the selected lines, a ring under the selected points. */
function selectionLayers({ theme, kinds, selected = [] }: ObjectMap): LayerSpecification[] {
  if (selected.length === 0) return []
  const filter: FilterSpecification = ['in', ['get', 'id'], ['literal', [...selected]]]
  const color = theme === 'light' ? '#1b46c2' : '#ffd54f'
  return kinds.map((kind): LayerSpecification => {
    const from = { id: `objects-${kind}-selected`, source, 'source-layer': kind, filter }
    if (kind === 'structure')
      return {
        ...from,
        type: 'circle',
        paint: { 'circle-radius': 15, 'circle-color': 'transparent', 'circle-stroke-color': color, 'circle-stroke-width': 3 },
      }
    const { width, offset } = lineShapes[kind]
    return {
      ...from,
      type: 'line',
      layout: { 'line-cap': 'round' },
      paint: {
        'line-color': color,
        'line-opacity': 0.45,
        'line-width': zoomed(width + 10),
        ...(offset !== 0 && { 'line-offset': zoomed(offset) }),
      },
    }
  })
}

/** The object drawn at a point of the screen, topmost first. */
export function objectAt(map: MapLibre, point: { x: number; y: number }): { kind: NetworkKind; id: string } | null {
  const layers = map
    .getStyle()
    .layers.map(({ id }) => id)
    .filter((id) => /^objects-(structure|(route|duct|cable)-[a-z_]+)$/.test(id) && !/-(words|selected|heart)$/.test(id))
  const reach = 6
  const box: [[number, number], [number, number]] = [
    [point.x - reach, point.y - reach],
    [point.x + reach, point.y + reach],
  ]
  const [hit] = layers.length > 0 ? map.queryRenderedFeatures(box, { layers }) : []
  const id = hit?.properties.id
  return hit && typeof id === 'string' ? { kind: hit.sourceLayer as NetworkKind, id } : null
}
