import { connectionStates } from '../contract/objects/codes.ts'
import type { ObjectKindName } from '../contract/objects/index.ts'
import type { Field } from '../formats/index.ts'
import { kindOf } from './kinds.ts'

/** A column of an export, and where its value is in a row of `findExportRows`. */
export interface ExportField extends Field {
  /** Dates may be imprecise: they are texts in words or ISO. */
  isDate?: boolean
  /** Refers to a programme: its name where words are wanted. */
  isProgramme?: boolean
}

const text = (name: string, de: string, en: string): ExportField => ({ name, label: { de, en }, type: 'text' })

const ofPlace: readonly ExportField[] = [
  text('addressId', 'Amtliche Adresskennung', 'Official address id'),
  text('street', 'Straße', 'Street'),
  { ...text('houseNumber', 'Hausnummer', 'House number'), type: 'integer' },
  text('suffix', 'Hausnummernzusatz', 'Suffix'),
  text('districtId', 'Stadtteil (Kennung)', 'District (id)'),
]

const provenance: readonly ExportField[] = [
  { ...text('trueOn', 'Stand der Angabe', 'Stated as of'), isDate: true },
  text('source', 'Quelle', 'Source'),
]

const types: Partial<Record<string, Field['type']>> = { number: 'integer', boolean: 'boolean' }

/** Fields made of others, or written in their own columns. */
const apart = ['key', 'geom', 'steps', 'addressId', 'districtId']

/** The columns of an export of this kind: names and labels are those the inbox knows. */
export function exportFields(kind: ObjectKindName): ExportField[] {
  const declared = Object.entries(kindOf(kind).fields)
    .filter(([name]) => !apart.includes(name))
    .map(
      ([name, { label, input, codes }]): ExportField => ({
        name,
        label,
        type: types[input] ?? 'text',
        ...(codes && { codes }),
        isDate: input === 'impreciseDate',
        isProgramme: name === 'programmeId',
      }),
    )
  const steps = connectionStates.keys.map(
    (state): ExportField => ({
      ...text(`step_${state}`, `Datum: ${connectionStates.labels[state].de}`, `Date: ${connectionStates.labels[state].en}`),
      isDate: true,
    }),
  )
  const key = text('key', 'Kennung im Ausbauatlas', 'Key in Ausbauatlas')
  return kind === 'premises' ? [key, ...ofPlace, ...declared, ...steps, ...provenance] : [key, ...declared, ...provenance]
}
