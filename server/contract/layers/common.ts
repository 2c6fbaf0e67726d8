import type { Property } from './layer.ts'

/** Properties that every statement carries: source, reference date and known time. */
export const provenance = {
  source: { type: 'string', label: { de: 'Quelle', en: 'Source' } },
  trueOn: {
    type: 'impreciseDate',
    label: { de: 'Stand', en: 'As of' },
    description: {
      de: 'Tag, für den die Angabe gilt',
      en: 'Day the statement holds for',
    },
  },
  knownFrom: {
    type: 'timestamp',
    label: { de: 'Bekannt seit', en: 'Known since' },
  },
} as const satisfies Record<string, Property>

export const programmeReference = {
  programmeId: {
    type: 'string',
    label: { de: 'Programm (Kennung)', en: 'Programme (id)' },
  },
  programme: { type: 'string', label: { de: 'Programm', en: 'Programme' } },
} as const satisfies Record<string, Property>

export const districtReference = {
  districtId: {
    type: 'string',
    label: { de: 'Stadtteil (Kennung)', en: 'District (id)' },
  },
  district: { type: 'string', label: { de: 'Stadtteil', en: 'District' } },
} as const satisfies Record<string, Property>

export const note = {
  type: 'string',
  label: { de: 'Hinweis', en: 'Note' },
} as const satisfies Property
export const approximate = {
  type: 'boolean',
  label: { de: 'ungefähr', en: 'approximate' },
} as const satisfies Property
