import { formatImpreciseDate, formatMoment } from '../contract/dates.ts'
import type { Property } from '../contract/layers/layer.ts'
import { formatNumber } from '../contract/numbers.ts'

/** A value as a German reader expects it; "–" where nothing is known. */
export function shownValue({ type, codes, unit }: Property, value: unknown): string {
  if (value === null || value === undefined) return '–'
  if (typeof value === 'number') return [formatNumber(value, 'de'), unit === 'EUR' ? '€' : unit].filter(Boolean).join('\u00a0')
  if (typeof value === 'boolean') return value ? 'ja' : 'nein'
  if (Array.isArray(value)) return value.join(', ')
  const text = String(value)
  if (type === 'timestamp') return formatMoment(text, 'de')
  if (type === 'date' || type === 'impreciseDate') return formatImpreciseDate(text, 'de')
  return codes?.[text]?.de ?? text
}

export function isNumeric({ type }: Property): boolean {
  return type === 'integer' || type === 'number'
}

const typeNames: Record<Property['type'], string> = {
  string: 'Text',
  integer: 'ganze Zahl',
  number: 'Zahl',
  boolean: 'ja oder nein',
  date: 'Tag',
  impreciseDate: 'Datum in der veröffentlichten Genauigkeit',
  timestamp: 'Zeitpunkt',
  strings: 'Liste von Texten',
}

export function typeName({ type, unit, codes }: Property): string {
  return [codes ? 'Schlüssel' : typeNames[type], unit && `in ${unit}`].filter(Boolean).join(' ')
}
