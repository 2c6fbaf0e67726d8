import { useState } from 'preact/hooks'
import { parseImpreciseDate } from '../../server/contract/date-input.ts'
import { formatImpreciseDate } from '../../server/contract/dates.ts'
import type { DeliveryDetail, DeliveryKind, DeliveryTable, MappableField, Mapping } from '../../server/contract/deliveries.ts'
import type { Problem } from '../../server/contract/endpoint.ts'

/** The mapping as typed. */
export interface TypedMapping {
  table: string
  kind: DeliveryKind | ''
  senderName: string
  trueOn: string
  /** '': the one that follows from sender and Stand. */
  citation: string
  url: string
  crs: string
  columns: Readonly<Record<string, string>>
  values: Readonly<Record<string, Readonly<Record<string, string>>>>
  defaults: Readonly<Record<string, string>>
  isComplete: boolean
}

export interface MappingForm {
  typed: TypedMapping
  table: DeliveryTable | undefined
  fields: readonly MappableField[]
  set: (changes: Partial<TypedMapping>) => void
  errorAt: (name: string) => string | undefined
  /** Shows what is wrong with these inputs; true when nothing is. */
  check: (names: readonly string[]) => boolean
  refuse: (problem: Problem) => void
  /** What is sent; only after `check`. */
  mapping: () => Mapping
  forget: () => void
}

const prefix = 'ausbauatlas.lieferung.'

function keptMapping(id: number): Partial<TypedMapping> {
  try {
    return JSON.parse(sessionStorage.getItem(prefix + id) ?? '{}') as Partial<TypedMapping>
  } catch {
    return {}
  }
}

function startOf({ delivery, tables, guess, mapping }: DeliveryDetail): TypedMapping {
  const known = mapping ?? guess?.mapping ?? {}
  return {
    table: known.table ?? tables[0]?.name ?? '',
    kind: known.kind ?? '',
    senderName: known.senderName ?? delivery.senderName ?? '',
    trueOn: formatImpreciseDate(known.trueOn ?? delivery.receivedAt.slice(0, 10), 'de'),
    citation: known.source?.citation ?? '',
    url: known.source?.url ?? '',
    crs: known.crs ? String(known.crs) : '',
    columns: known.columns ?? {},
    values: known.values ?? {},
    defaults: known.defaults ?? {},
    isComplete: known.isComplete ?? false,
  }
}

/** The source as it follows from sender and Stand, unless somebody writes another one. */
export function citationOf({ citation, senderName, trueOn }: TypedMapping): string {
  return citation.trim() || (senderName.trim() ? `Lieferung von ${senderName.trim()}, Stand ${trueOn.trim()}` : '')
}

function errorsOf(typed: TypedMapping, table: DeliveryTable | undefined, fields: readonly MappableField[]) {
  const missing = (field: MappableField) => field.isRequired && !typed.columns[field.name] && !typed.defaults[field.name]
  const errors: Record<string, string | false | undefined> = {
    kind: typed.kind === '' && 'Bitte wählen Sie, was in der Datei steht.',
    senderName: typed.senderName.trim().length < 2 && 'Bitte nennen Sie den Absender.',
    trueOn: !parseImpreciseDate(typed.trueOn) && 'Bitte einen Tag oder Zeitraum angeben, zum Beispiel 28.03.2022 oder März 2022.',
    citation: citationOf(typed).length < 3 && 'Bitte nennen Sie die Quelle (3 bis 300 Zeichen).',
    crs: table?.needsCrs && typed.crs === '' && 'Bitte wählen Sie das Koordinatensystem.',
  }
  for (const field of fields) {
    if (missing(field)) errors[`columns.${field.name}`] = `Bitte sagen Sie, in welcher Spalte „${field.label}“ steht.`
  }
  return Object.fromEntries(Object.entries(errors).filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
}

/** The inputs of "Was ist es?" and "Spalten" of one delivery; they survive a reload until they are sent. */
export function useMapping(detail: DeliveryDetail): MappingForm {
  const { id } = detail.delivery
  const [typed, setTyped] = useState<TypedMapping>(() => ({ ...startOf(detail), ...keptMapping(id) }))
  const [shown, setShown] = useState<ReadonlySet<string>>(new Set())
  const [refused, setRefused] = useState<Readonly<Record<string, string>>>({})
  const table = detail.tables.find(({ name }) => name === typed.table)
  const fields = typed.kind ? (detail.fields[typed.kind] ?? []) : []
  const errors = errorsOf(typed, table, fields)
  return {
    typed,
    table,
    fields,
    set: (changes) => {
      const next = { ...typed, ...changes }
      sessionStorage.setItem(prefix + id, JSON.stringify(next))
      setRefused({})
      setTyped(next)
    },
    errorAt: (name) => refused[name] ?? (shown.has(name) ? errors[name] : undefined),
    check: (names) => {
      setShown(new Set([...shown, ...names]))
      return names.every((name) => errors[name] === undefined)
    },
    refuse: ({ errors: said }) => setRefused(Object.fromEntries((said ?? []).map(({ field, detail: text }) => [field, text]))),
    mapping: () => ({
      ...typed,
      kind: typed.kind as DeliveryKind,
      senderName: typed.senderName.trim(),
      trueOn: parseImpreciseDate(typed.trueOn) ?? '',
      source: { citation: citationOf(typed), url: typed.url.trim() || null },
      crs: typed.crs === '' ? null : Number(typed.crs),
      columns: { ...typed.columns },
      values: Object.fromEntries(Object.entries(typed.values).map(([field, words]) => [field, { ...words }])),
      defaults: { ...typed.defaults },
    }),
    forget: () => sessionStorage.removeItem(prefix + id),
  }
}

export const whatInputs = ['kind', 'senderName', 'trueOn', 'citation', 'crs'] as const
