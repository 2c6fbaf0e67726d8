import type { Property } from './layer.ts'

/** Properties that every statement carries: source, reference date and known time. */
export const provenance = {
  source: {
    type: 'string',
    label: { de: 'Quelle', en: 'Source' },
    description: {
      de: 'Wer es gesagt hat: Bericht, Presseartikel, Mitteilung',
      en: 'Who said it: report, press article, message',
    },
  },
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
    description: {
      de: 'Zeitpunkt, zu dem die Angabe veröffentlicht oder erfasst wurde',
      en: 'Moment the statement was published or recorded',
    },
  },
} as const satisfies Record<string, Property>

export const programmeReference = {
  programmeId: {
    type: 'string',
    label: { de: 'Programm (Kennung)', en: 'Programme (id)' },
    description: {
      de: 'Bleibt gleich, auch wenn das Programm umbenannt wird',
      en: 'Stays the same when the programme is renamed',
    },
  },
  programme: {
    type: 'string',
    label: { de: 'Programm', en: 'Programme' },
    description: { de: 'Ausbauprogramm, zu dem die Angabe gehört', en: 'Rollout programme the statement belongs to' },
  },
} as const satisfies Record<string, Property>

export const districtReference = {
  districtId: {
    type: 'string',
    label: { de: 'Stadtteil (Kennung)', en: 'District (id)' },
    description: {
      de: 'Letzter Teil der Adresse /stadtteil/…; bleibt gleich',
      en: 'Last part of the address /stadtteil/…; stays the same',
    },
  },
  district: {
    type: 'string',
    label: { de: 'Stadtteil', en: 'District' },
    description: { de: 'Stadtteil, für den die Angabe gilt', en: 'District the statement holds for' },
  },
} as const satisfies Record<string, Property>

export const note = {
  type: 'string',
  label: { de: 'Hinweis', en: 'Note' },
  description: { de: 'Erläuterung zur Angabe', en: 'Explanation of the statement' },
} as const satisfies Property
export const approximate = {
  type: 'boolean',
  label: { de: 'ungefähr', en: 'approximate' },
  description: { de: 'Die Quelle nennt nur einen ungefähren Wert', en: 'The source gives an approximate value only' },
} as const satisfies Property
