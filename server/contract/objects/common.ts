import * as z from 'zod/mini'
import { ImpreciseDate } from '../dates.ts'
import { FactId, type Field, Line, Paragraph, Slug } from '../facts/fact.ts'
import { networkStatuses } from './codes.ts'

/** Ids of objects: a letter for the kind and the key, e.g. `r:evl-4711`. */
export function key(letter: string): (identity: { key: string }) => string {
  return (identity) => `${letter}:${identity.key}`
}

export const Identity = z.object({ key: Slug })

export const identityFields: Record<'key' | 'externalId', Field> = {
  key: { label: { de: 'Kennung', en: 'Key' }, input: 'hidden' },
  externalId: {
    label: { de: 'Kennung beim Absender', en: 'Id at the source' },
    input: 'text',
    hint: { de: 'wie in dessen Dateien', en: 'as in its files' },
  },
}

/** What every part of the network has. */
export const networkValues = {
  externalId: z.nullable(Line),
  programmeId: z.nullable(FactId),
  sectionId: z.nullable(FactId),
  operator: z.nullable(Line),
  status: networkStatuses.schema,
  plannedOn: z.nullable(ImpreciseDate),
  startedOn: z.nullable(ImpreciseDate),
  laidOn: z.nullable(ImpreciseDate),
  note: z.nullable(Paragraph),
}

export const networkFields = {
  programmeId: { label: { de: 'Programm', en: 'Programme' }, input: 'reference', refersTo: 'programme' },
  sectionId: { label: { de: 'Bauabschnitt', en: 'Build section' }, input: 'reference', refersTo: 'section' },
  operator: { label: { de: 'Betreiber', en: 'Operator' }, input: 'text' },
  status: { label: { de: 'Status', en: 'Status' }, input: 'code', codes: networkStatuses.labels },
  plannedOn: { label: { de: 'geplant für', en: 'planned for' }, input: 'impreciseDate' },
  startedOn: { label: { de: 'begonnen', en: 'started' }, input: 'impreciseDate' },
  laidOn: { label: { de: 'verlegt', en: 'laid' }, input: 'impreciseDate' },
  note: { label: { de: 'Bemerkung (intern)', en: 'Note (internal)' }, input: 'longText' },
} as const satisfies Record<string, Field>
