import * as z from 'zod/mini'
import { quantities } from '../codes.ts'
import { FactId, factKind, Paragraph, Slug } from './fact.ts'

/** Target of a programme for one quantity (lengths in m), for all of it or for some districts together. */
export const target = factKind({
  kind: 'target',
  table: 'targets',
  label: { de: 'Ziel', en: 'Target' },
  roles: ['gigabitCoordinator'],
  identity: z.object({
    programmeId: FactId,
    quantity: quantities.schema,
    scope: z.nullable(Slug),
  }),
  values: z.object({
    value: z.number().check(z.minimum(0), z.maximum(1e9)),
    approximate: z.boolean(),
    districtIds: z.nullable(z.array(Slug).check(z.minLength(1))),
    note: z.nullable(Paragraph),
    noteEn: z.nullable(Paragraph),
  }),
  fields: {
    programmeId: {
      label: { de: 'Programm', en: 'Programme' },
      input: 'reference',
      refersTo: 'programme',
    },
    quantity: {
      label: { de: 'Größe', en: 'Quantity' },
      input: 'code',
      codes: quantities.labels,
    },
    scope: {
      label: {
        de: 'Kennung des Teilziels',
        en: 'Identifier of the partial target',
      },
      input: 'text',
      hint: {
        de: 'leer: das ganze Programm',
        en: 'empty: the whole programme',
      },
    },
    value: { label: { de: 'Wert', en: 'Value' }, input: 'number' },
    approximate: {
      label: { de: 'ungefähr („rund“)', en: 'approximate' },
      input: 'boolean',
    },
    districtIds: {
      label: { de: 'gilt für', en: 'holds for' },
      input: 'references',
      refersTo: 'district',
      hint: {
        de: 'leer: das ganze Programm',
        en: 'empty: the whole programme',
      },
    },
    note: {
      label: { de: 'Hinweis (öffentlich)', en: 'Note (public)' },
      input: 'longText',
    },
    noteEn: {
      label: { de: 'Hinweis (englisch)', en: 'Note (English)' },
      input: 'longText',
    },
  },
  idOf: ({ programmeId, quantity, scope }) => [programmeId, quantity, scope].filter((piece) => piece !== null).join(':'),
})
