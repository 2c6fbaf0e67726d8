import { programmeKinds } from '../codes.ts'
import { provenance } from './common.ts'
import { layer } from './layer.ts'

export const programmesLayer = layer({
  id: 'programmes',
  title: { de: 'Ausbauprogramme', en: 'Rollout programmes' },
  description: {
    de: 'Programme mit Betreibern des passiven und des aktiven Netzes.',
    en: 'Programmes with the operators of the passive and the active network.',
  },
  access: 'public',
  source: 'layer_programmes',
  geometry: null,
  properties: {
    name: { type: 'string', label: { de: 'Name', en: 'Name' } },
    nameEn: {
      type: 'string',
      label: { de: 'Name (englisch)', en: 'Name (English)' },
    },
    kind: {
      type: 'string',
      label: { de: 'Art', en: 'Kind' },
      codes: programmeKinds.labels,
    },
    summary: {
      type: 'string',
      label: { de: 'Kurzbeschreibung', en: 'Summary' },
    },
    summaryEn: {
      type: 'string',
      label: { de: 'Kurzbeschreibung (englisch)', en: 'Summary (English)' },
    },
    passiveOperator: {
      type: 'string',
      label: { de: 'Passives Netz', en: 'Passive network' },
    },
    activeOperator: {
      type: 'string',
      label: { de: 'Aktives Netz', en: 'Active network' },
    },
    ...provenance,
  },
})
