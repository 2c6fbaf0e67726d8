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
    name: {
      type: 'string',
      label: { de: 'Name', en: 'Name' },
      description: { de: 'Name, unter dem das Programm bekannt ist', en: 'Name the programme is known by' },
    },
    nameEn: {
      type: 'string',
      label: { de: 'Name (englisch)', en: 'Name (English)' },
      description: { de: 'Englische Fassung, wenn es eine gibt', en: 'English version, where there is one' },
    },
    kind: {
      type: 'string',
      label: { de: 'Art', en: 'Kind' },
      description: { de: 'Wer den Ausbau trägt', en: 'Who carries the rollout' },
      codes: programmeKinds.labels,
    },
    summary: {
      type: 'string',
      label: { de: 'Kurzbeschreibung', en: 'Summary' },
      description: { de: 'Worum es geht, in wenigen Sätzen', en: 'What it is about, in a few sentences' },
    },
    summaryEn: {
      type: 'string',
      label: { de: 'Kurzbeschreibung (englisch)', en: 'Summary (English)' },
      description: { de: 'Englische Fassung, wenn es eine gibt', en: 'English version, where there is one' },
    },
    passiveOperator: {
      type: 'string',
      label: { de: 'Passives Netz', en: 'Passive network' },
      description: { de: 'Unternehmen, dem Leerrohre und Glasfasern gehören', en: 'Company that owns ducts and fibres' },
    },
    activeOperator: {
      type: 'string',
      label: { de: 'Aktives Netz', en: 'Active network' },
      description: {
        de: 'Unternehmen, das das Netz betreibt und Verträge anbietet',
        en: 'Company that runs the network and offers contracts',
      },
    },
    ...provenance,
  },
})
