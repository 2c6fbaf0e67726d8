import * as z from 'zod/mini'
import { ImpreciseDate, IsoDate } from './dates.ts'
import { layers } from './layers/index.ts'
import type { Layer, Property } from './layers/layer.ts'

/** Layers that leave the server for everybody. */
export const publicLayers: readonly Layer[] = layers.filter((layer) => layer.access === 'public')

export function findPublicLayer(id: string): Layer | undefined {
  return publicLayers.find((layer) => layer.id === id)
}

function documented(property: Property) {
  const { label, description, unit, codes } = property
  const words = codes ? Object.entries(codes).map(([code, text]) => `${code}: ${text.de}`) : []
  const sentences = [description.de, unit && `Einheit: ${unit}`, words.join(', ')].filter(Boolean)
  return z.meta({ title: label.de, description: sentences.join('. ') })
}

function codeList({ codes }: Property): z.ZodMiniType<string> {
  return codes ? z.enum(Object.keys(codes) as [string, ...string[]]) : z.string()
}

const value: Record<Property['type'], (property: Property) => z.ZodMiniType> = {
  string: codeList,
  integer: () => z.int(),
  number: () => z.number(),
  boolean: () => z.boolean(),
  date: () => IsoDate,
  impreciseDate: () => ImpreciseDate,
  timestamp: () => z.iso.datetime(),
  strings: () => z.array(z.string()),
}

/** What the properties of a layer's features look like; every value may be unknown (null). */
export function propertiesOf(layer: Layer) {
  const shape = Object.entries(layer.properties).map(([name, property]) => [
    name,
    z.optional(z.nullable(value[property.type](property)).check(documented(property))),
  ])
  return z.strictObject(Object.fromEntries(shape) as Record<string, z.ZodMiniType>)
}

const number = z.coerce.number('Erwartet wird eine Zahl.')

const filter: Record<Property['type'], (property: Property) => z.ZodMiniType> = {
  ...value,
  integer: () => number.check(z.int('Erwartet wird eine ganze Zahl.')),
  number: () => number,
  boolean: () => z.enum(['true', 'false']),
  timestamp: () => z.iso.datetime({ offset: true }),
  strings: () => z.string(),
}

/** Query parameters that select features by equality, one per property; of a list, by one of its entries. */
export function filtersOf(layer: Layer): Record<string, z.ZodMiniType> {
  const shape = Object.entries(layer.properties).map(([name, property]) => [
    name,
    z.optional(filter[property.type](property).check(documented(property))),
  ])
  return Object.fromEntries(shape)
}
