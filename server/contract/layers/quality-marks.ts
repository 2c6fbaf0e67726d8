import { qualityMarks } from '../codes.ts'
import { districtReference } from './common.ts'
import { layer, type Property } from './layer.ts'

const count = (de: string, en: string, explained: string, explainedEn: string): Property => ({
  type: 'integer',
  label: { de, en },
  description: { de: explained, en: explainedEn },
})

/** Whether what is said about a district fits together, by the rules of contract/quality.ts that compare public statements. */
export const qualityMarksLayer = layer({
  id: 'quality_marks',
  title: { de: 'Datenqualität', en: 'Data quality' },
  description: {
    de: 'Ergebnis der Prüfregeln je Stadtteil: passen die veröffentlichten Angaben zusammen, sind sie aktuell?',
    en: 'Result of the consistency rules per district: do published statements fit together, are they current?',
  },
  access: 'public',
  source: 'layer_quality_marks',
  geometry: null,
  properties: {
    ...districtReference,
    mark: {
      type: 'string',
      label: { de: 'Qualität', en: 'Quality' },
      description: { de: 'Das schwerste, was die Regeln gefunden haben', en: 'The gravest thing the rules have found' },
      codes: qualityMarks.labels,
    },
    errors: count(
      'Widersprüche',
      'Contradictions',
      'Angaben, die nicht zugleich stimmen können',
      'Statements that cannot both be right',
    ),
    warnings: count(
      'Zweifel',
      'Doubts',
      'Angaben, die unwahrscheinlich oder überholt sind',
      'Statements that are unlikely or outdated',
    ),
    notices: count('Hinweise', 'Notices', 'Was fehlt oder der Erklärung bedarf', 'What is missing or needs explaining'),
    checkedOn: {
      type: 'date',
      label: { de: 'Geprüft am', en: 'Checked on' },
      description: { de: 'Tag der letzten Prüfung', en: 'Day of the last check' },
    },
  },
})
