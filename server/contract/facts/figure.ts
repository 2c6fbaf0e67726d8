import * as z from 'zod/mini'
import { figureStates, fundingClasses, quantities } from '../codes.ts'
import { FactId, factKind, Paragraph, Slug } from './fact.ts'

/** A reported figure: of a district or the whole city, in a programme or of the area as such; lengths in m, areas in m². */
export const figure = factKind({
  kind: 'figure',
  table: 'figures',
  label: { de: 'Kennzahl', en: 'Figure' },
  roles: ['gigabitCoordinator'],
  identity: z.object({
    programmeId: z.nullable(FactId),
    districtId: z.nullable(Slug),
    quantity: quantities.schema,
    state: z.nullable(figureStates.schema),
    fundingClass: z.nullable(fundingClasses.schema),
  }),
  values: z.object({
    value: z.number().check(z.minimum(0), z.maximum(1e12)),
    approximate: z.boolean(),
    note: z.nullable(Paragraph),
    noteEn: z.nullable(Paragraph),
  }),
  fields: {
    programmeId: {
      label: { de: 'Programm', en: 'Programme' },
      input: 'reference',
      refersTo: 'programme',
    },
    districtId: {
      label: { de: 'Stadtteil', en: 'District' },
      input: 'reference',
      refersTo: 'district',
      hint: { de: 'leer: die ganze Stadt', en: 'empty: the whole city' },
    },
    quantity: {
      label: { de: 'Größe', en: 'Quantity' },
      input: 'code',
      codes: quantities.labels,
    },
    state: {
      label: { de: 'Zustand', en: 'State' },
      input: 'code',
      codes: figureStates.labels,
    },
    fundingClass: {
      label: { de: 'Förderklasse', en: 'Funding class' },
      input: 'code',
      codes: fundingClasses.labels,
    },
    value: { label: { de: 'Wert', en: 'Value' }, input: 'number' },
    approximate: {
      label: { de: 'ungefähr („rund“)', en: 'approximate' },
      input: 'boolean',
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
  idOf: ({ programmeId, districtId, quantity, state, fundingClass }) =>
    [programmeId ?? 'area', districtId ?? 'city', quantity, state, fundingClass].filter((piece) => piece !== null).join(':'),
})
