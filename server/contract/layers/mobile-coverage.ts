import { coverageDatasets } from '../coverage-codes.ts'
import { mobileTechnologies } from '../mobile/codes.ts'
import { layer } from './layer.ts'
import { coverageProvenance, mobileOperator, mobileTechnology, modelNote } from './mobile-common.ts'
import { areaStyle, mobileLooks } from './mobile-look.ts'

const looks = { '2g': 'mobile-2g', '4g': 'mobile-4g', '5g': 'mobile-5g', '5g_sa': 'mobile-5g_sa' } as const

/** Where an operator covers what, as predicted. Several lie above each other: a map shows those of one operator and technology. */
export const mobileCoverageLayer = layer({
  id: 'mobile_coverage',
  topic: 'mobile',
  title: { de: 'Mobilfunkversorgung je Betreiber und Technik', en: 'Mobile coverage by operator and technology' },
  description: {
    de: `${modelNote.de} Je Datensatz die Ausgabe mit dem jüngsten Stand; Angaben der Bundesnetzagentur (© Bundesnetzagentur) und der Betreiber stehen getrennt.`,
    en: `${modelNote.en} The edition with the latest Stand of each data set; statements of the Bundesnetzagentur (© Bundesnetzagentur) and of operators stand apart.`,
  },
  access: 'public',
  source: 'layer_mobile_coverage',
  geometry: 'Geometry',
  properties: {
    dataset: {
      type: 'string',
      label: { de: 'Datensatz', en: 'Data set' },
      description: { de: 'Wer die Versorgung berechnet hat', en: 'Who predicted the coverage' },
      codes: coverageDatasets.labels,
    },
    operator: mobileOperator,
    technology: mobileTechnology,
    ...coverageProvenance,
  },
  style: (theme) => areaStyle({ id: 'mobile_coverage', property: 'technology', looks }, theme),
  legend: mobileTechnologies.keys.map((key) => ({
    label: { de: `${mobileTechnologies.labels[key].de}, berechnet`, en: `${mobileTechnologies.labels[key].en}, predicted` },
    ...mobileLooks[looks[key]],
  })),
})
