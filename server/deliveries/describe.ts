import { formatImpreciseDate } from '../contract/dates.ts'
import type { FactKind } from '../contract/facts/fact.ts'
import { type ObjectKindName, objectKinds } from '../contract/objects/index.ts'
import type { MappedRow } from './map-row.ts'
import type { FoundPlace } from './places.ts'

/** Names of districts and programmes by id. */
export type Names = ReadonlyMap<string, string>

export interface FieldChange {
  field: string
  label: string
  before: string | null
  after: string | null
}

/** What differs between two contents of an object, in words. Geometry is compared by PostGIS: `isSamePlace`. */
export function describeChanges(
  kind: ObjectKindName,
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
  { names, isSamePlace }: { names: Names; isSamePlace: boolean | null },
): FieldChange[] {
  const { fields } = objectKinds[kind] as unknown as FactKind
  const changes = Object.entries(fields).flatMap(([field, { label, codes }]): FieldChange[] => {
    if (field === 'geom' || field === 'key' || field === 'steps' || same(before[field], after[field])) return []
    const word = (value: unknown) => wordOf(value, codes, names)
    return [{ field, label: label.de, before: word(before[field]), after: word(after[field]) }]
  })
  const moved = after.geom === 'file' && isSamePlace === false
  return [
    ...changes,
    ...stepChanges(fields.steps?.codes, before.steps, after.steps),
    ...(moved ? [{ field: 'geom', label: fields.geom?.label.de ?? 'Lage', before: 'bisherige', after: 'neue' }] : []),
  ]
}

function same(a: unknown, b: unknown): boolean {
  return (a ?? null) === (b ?? null) || JSON.stringify(a ?? null) === JSON.stringify(b ?? null)
}

function wordOf(value: unknown, codes: FactKind['fields'][string]['codes'], names: Names): string | null {
  if (value === null || value === undefined) return null
  if (typeof value === 'boolean') return value ? 'ja' : 'nein'
  const text = String(value)
  return codes?.[text]?.de ?? names.get(text) ?? text
}

type Steps = Readonly<Record<string, string>> | undefined

function stepChanges(codes: FactKind['fields'][string]['codes'], before: unknown, after: unknown): FieldChange[] {
  const [old, now] = [(before ?? {}) as NonNullable<Steps>, (after ?? {}) as NonNullable<Steps>]
  const date = (value: string | undefined) => (value === undefined ? null : formatImpreciseDate(value, 'de'))
  return [...new Set([...Object.keys(old), ...Object.keys(now)])]
    .filter((step) => old[step] !== now[step])
    .map((step) => ({
      field: `step_${step}`,
      label: `Datum: ${codes?.[step]?.de ?? step}`,
      before: date(old[step]),
      after: date(now[step]),
    }))
}

/** How a row is called in lists: "Birkhahnstraße 12, Privathaushalt". */
export function labelOf(
  kind: ObjectKindName,
  { values, place: said }: MappedRow,
  place: FoundPlace,
  content: Readonly<Record<string, unknown>> | null,
): string {
  const { label, fields } = objectKinds[kind] as unknown as FactKind
  const address =
    said && said.street !== '' ? `${said.street} ${said.houseNumber}${said.suffix ? ` ${said.suffix}` : ''}`.trim() : null
  const what = fields.kind?.codes?.[String(values.kind)]?.de ?? label.de
  const id = values.externalId ?? values.key ?? content?.key ?? null
  return [address ?? place.addressId, what, address ? null : id].filter(Boolean).join(', ') || label.de
}
