import semiBold from '@fontsource/fira-sans/files/fira-sans-latin-600-normal.woff2?url'
import type {
  ExpressionSpecification,
  FilterSpecification,
  LayerSpecification,
  SourceSpecification,
  StyleSpecification,
} from '@maplibre/maplibre-gl-style-spec'
import { layers } from '../../server/contract/layers/index.ts'
import type { Layer, Theme, Topic } from '../../server/contract/layers/layer.ts'
import { ground, mapFont } from '../../server/contract/layers/phase-look.ts'
import type { Language } from '../../server/contract/text.ts'

export interface MapLabel {
  id: string
  name: string
  /** The phase in words; empty where nothing is known for the whole. */
  word: string
  point: readonly [number, number]
}

/** What a page of the workbench draws over the public content. */
export interface Overlay {
  sources: Readonly<Record<string, SourceSpecification>>
  layers: readonly LayerSpecification[]
  /** Signs its layers ask for by name; null: none of its own. */
  drawImage?: (name: string) => ImageData | null
}

/** Everything the map shows, as a value; a change of it is a change of the style. */
export interface MapState {
  /** What the map is about; left out: the fibre rollout. */
  topic?: Topic
  theme: Theme
  language: Language
  /** Revision and clocks make the address of every tile: another content is another address, so no cache can serve an old one. */
  revision: number
  asOf: string
  knownAt: string | null
  /** Ids of layers that are switched off; `basemap` is the configured background. */
  hidden: readonly string[]
  /** Only sections of this programme; null: all. */
  programme: string | null
  /** By id of a layer: only features with these values of its properties. */
  only?: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** District with the strong outline. */
  selected: string | null
  labels: readonly MapLabel[]
  /** A place that was searched for: longitude, latitude. */
  place: readonly [number, number] | null
  overlay?: Overlay | undefined
}

export type DrawnLayer = Layer & { style: NonNullable<Layer['style']> }

/** Layers with a style that a map about this draws, bottom to top. */
export function drawnLayers(topic: Topic = 'fibre'): readonly DrawnLayer[] {
  return layers.filter((layer): layer is DrawnLayer => layer.style !== undefined && (layer.topic ?? topic) === topic)
}

/** Address of the tiles of a layer, with the places MapLibre fills in. */
export function tilesOf(layer: Layer, { revision, asOf, knownAt }: MapState): string {
  const query = new URLSearchParams({ revision: String(revision), asOf, ...(knownAt && { knownAt }) })
  return `${location.origin}/tiles/${layer.id}/{z}/{x}/{y}.mvt?${query}`
}

/** The whole style of a state; `basemap` lies underneath, where there is one. */
export function buildStyle(state: MapState, basemap: StyleSpecification | null): StyleSpecification {
  const shown = basemap && !state.hidden.includes('basemap') ? basemap : null
  const drawn = drawnLayers(state.topic)
  const vector = drawn.map((layer): [string, SourceSpecification] => [
    layer.id,
    { type: 'vector', tiles: [tilesOf(layer, state)], promoteId: 'id', maxzoom: 16 },
  ])
  const parts = drawn
    .filter((layer) => !state.hidden.includes(layer.id))
    .flatMap((layer) => partsOf(layer, state, shown !== null))
  return {
    version: 8,
    ...(shown?.glyphs && { glyphs: shown.glyphs }),
    ...(shown?.sprite && { sprite: shown.sprite }),
    'font-faces': { [mapFont]: new URL(semiBold, location.href).href },
    sources: { ...shown?.sources, ...Object.fromEntries(vector), ...ownSources(state), ...state.overlay?.sources },
    layers: [
      { id: 'ground', type: 'background', paint: { 'background-color': ground.outside[state.theme] } },
      ...(shown ? [...shown.layers, ...shade(state.theme)] : []),
      ...parts.filter((part) => !isSign(part)),
      ...selectionLayers(state),
      ...parts.filter(isSign),
      ...(state.overlay?.layers ?? []),
      ...labelLayers(state),
    ],
  }
}

/** Signs and names lie above the outline of the selection, areas and lines below. */
function isSign(part: LayerSpecification): boolean {
  return part.type === 'symbol' || part.type === 'circle'
}

/** What the drawing library has put on the map (its sources and layers are called `td-…`) stays on top of every next style. */
export function withDrawing(previous: StyleSpecification | undefined, next: StyleSpecification): StyleSpecification {
  const drawn = Object.entries(previous?.sources ?? {}).filter(([id]) => id.startsWith('td-'))
  const layers = (previous?.layers ?? []).filter(({ id }) => id.startsWith('td-'))
  return { ...next, sources: { ...next.sources, ...Object.fromEntries(drawn) }, layers: [...next.layers, ...layers] }
}

/** A basemap made for light pages lies under a dark veil. */
function shade(theme: Theme): LayerSpecification[] {
  if (theme === 'light') return []
  return [
    { id: 'basemap-shade', type: 'background', paint: { 'background-color': ground.outside.dark, 'background-opacity': 0.78 } },
  ]
}

function partsOf(layer: DrawnLayer, state: MapState, hasBasemap: boolean): LayerSpecification[] {
  const parts = layer
    .style(state.theme, state.language)
    .map((part) => (hasBasemap && part.id === 'districts-land' ? clear(part) : part))
  const ofProgramme = state.programme !== null && 'programmeId' in layer.properties ? { programmeId: state.programme } : {}
  const wanted = Object.entries({ ...state.only?.[layer.id], ...ofProgramme })
  if (wanted.length === 0) return parts
  const only = wanted.map(([property, value]): ExpressionSpecification => ['==', ['get', property], value])
  return parts.map(
    (part) =>
      ({ ...part, filter: ['all', ...('filter' in part && part.filter ? [part.filter] : []), ...only] }) as LayerSpecification,
  )
}

/** The land stays, so that a click on it still finds the district, but lets the basemap be seen. */
function clear(part: LayerSpecification): LayerSpecification {
  return { ...part, paint: { ...part.paint, 'fill-opacity': 0 } } as LayerSpecification
}

function ownSources({ labels, place }: MapState): Record<string, SourceSpecification> {
  const features = labels.map(({ id, name, word, point }) => pointFeature(point, { id, name, word }))
  return {
    labels: { type: 'geojson', data: { type: 'FeatureCollection', features } },
    place: { type: 'geojson', data: { type: 'FeatureCollection', features: place ? [pointFeature(place, {})] : [] } },
  }
}

function pointFeature(point: readonly [number, number], properties: Record<string, string>) {
  return { type: 'Feature' as const, properties, geometry: { type: 'Point' as const, coordinates: [...point] } }
}

/** The strong outline of the district that is selected. */
function selectionLayers({ theme, selected }: MapState): LayerSpecification[] {
  const from = { source: 'districts', 'source-layer': 'districts', type: 'line' as const }
  const filter: FilterSpecification = ['==', ['get', 'id'], selected ?? '']
  return [
    { ...from, id: 'selection-halo', filter, paint: { 'line-color': ground.halo[theme], 'line-width': 9 } },
    { ...from, id: 'selection', filter, paint: { 'line-color': ground.text[theme], 'line-width': 4.5 } },
  ]
}

/** Names with the phase in words, and the place looked for. */
function labelLayers({ theme }: MapState): LayerSpecification[] {
  const text = { 'text-color': ground.text[theme], 'text-halo-color': ground.halo[theme], 'text-halo-width': 2 }
  const size: ExpressionSpecification = ['interpolate', ['linear'], ['zoom'], 10.5, 11, 13, 15]
  const label = { 'text-font': [mapFont], 'text-max-width': 8, 'text-line-height': 1.15, 'text-padding': 1, 'text-size': size }
  const from = { source: 'labels', type: 'symbol' as const, paint: text }
  return [
    // Where name and phase do not fit, the name alone may: the layer above is placed first.
    { ...from, id: 'labels-name', layout: { ...label, 'text-field': ['get', 'name'] } },
    {
      ...from,
      id: 'labels-full',
      layout: {
        ...label,
        // It may step aside a little, but never so far that the name alone would fit beside it.
        'text-variable-anchor': ['center', 'top', 'bottom', 'left', 'right'],
        'text-radial-offset': 0.4,
        'text-field': ['format', ['get', 'name'], {}, '\n', {}, ['get', 'word'], { 'font-scale': 0.82 }],
      },
    },
    {
      id: 'place',
      type: 'circle',
      source: 'place',
      paint: {
        'circle-radius': 9,
        'circle-color': ground.text[theme],
        'circle-stroke-color': ground.halo[theme],
        'circle-stroke-width': 4,
      },
    },
  ]
}
