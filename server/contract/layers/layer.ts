import type { LayerSpecification } from '@maplibre/maplibre-gl-style-spec'
import type { Access } from '../endpoint.ts'
import type { Language, Text } from '../text.ts'
import type { PatternName } from './patterns.ts'

export type PropertyType = 'string' | 'integer' | 'number' | 'boolean' | 'date' | 'impreciseDate' | 'timestamp' | 'strings'

/** A declared property: what is not declared here never leaves the server. */
export interface Property {
  type: PropertyType
  label: Text
  /** What it means, for those who use the data. */
  description: Text
  /** Words for coded values. */
  codes?: Readonly<Record<string, Text>>
  /** Unit of a number, e.g. `m`, `EUR`, `%`. */
  unit?: string
}

export type Theme = 'light' | 'dark'

/** What a map is about. */
export type Topic = 'fibre' | 'mobile'

export interface LegendEntry {
  label: Text
  /** Fill colour per theme as hex (MapLibre refuses oklch). */
  color: Record<Theme, string>
  /** Colour of the pattern and of writing on the fill, as hex. */
  ink: Record<Theme, string>
  /** Pattern drawn over the colour; `null` for a plain fill. */
  pattern: PatternName | null
}

/**
 * A collection of features: on the map when it has a style, and always as OGC collection, CSV and (with geometry) vector tile.
 * `source` is an SQL function `(as_of date, known_at timestamptz)` that returns `id text`, `geom` (EPSG:25832),
 * `geom_3857` (both only with geometry) and one snake_case column per property.
 */
export interface Layer {
  id: string
  /** What the map must be about for the layer to be drawn; left out: it belongs to every map. */
  topic?: Topic
  title: Text
  description: Text
  access: Access
  source: string
  geometry: 'Point' | 'LineString' | 'Polygon' | 'Geometry' | null
  properties: Readonly<Record<string, Property>>
  /** Style layers bottom to top, drawn from the vector source named like the layer; words on the map in the language given. */
  style?: (theme: Theme, language: Language) => LayerSpecification[]
  legend?: readonly LegendEntry[]
}

export function layer<const L extends Layer>(declaration: L): L {
  return declaration
}

/** Column of a property: the API speaks camelCase, the database snake_case. */
export function columnOf(property: string): string {
  return property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
