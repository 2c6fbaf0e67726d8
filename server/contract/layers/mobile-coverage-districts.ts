import { coverageDatasets, mobileSpots } from '../coverage-codes.ts'
import { districtReference } from './common.ts'
import { layer, type Property } from './layer.ts'
import { coverageProvenance, mobileOperator, mobileTechnology, modelNote, spotRule } from './mobile-common.ts'

const share = (de: string, en: string, explained: string, explainedEn: string): Property => ({
  type: 'number',
  label: { de, en },
  description: { de: explained, en: explainedEn },
  unit: '%',
})

/** The table of equal rank: covered area of each district by operator and technology, and its white and grey spots. */
export const mobileCoverageDistrictsLayer = layer({
  id: 'mobile_coverage_districts',
  topic: 'mobile',
  title: { de: 'Mobilfunkversorgung je Stadtteil', en: 'Mobile coverage by district' },
  description: {
    de: `${modelNote.de} Flächen aus den Zellen des Rasters, an den Grenzen der Stadtteile geschnitten. © Bundesnetzagentur, soweit Urheber.`,
    en: `${modelNote.en} Areas summed over the cells of the grid, cut at the boundaries of the districts. © Bundesnetzagentur where it is the author.`,
  },
  access: 'public',
  source: 'layer_mobile_coverage_districts',
  geometry: null,
  properties: {
    ...districtReference,
    dataset: {
      type: 'string',
      label: { de: 'Datensatz', en: 'Data set' },
      description: { de: 'Wer die Versorgung berechnet hat', en: 'Who predicted the coverage' },
      codes: coverageDatasets.labels,
    },
    operator: mobileOperator,
    technology: mobileTechnology,
    spot: {
      type: 'string',
      label: { de: 'Fleck', en: 'Spot' },
      description: {
        de: 'Leer: die Fläche ist versorgt; sonst weißer oder grauer Fleck',
        en: 'Empty: the area is covered; otherwise a white or grey spot',
      },
      codes: mobileSpots.labels,
    },
    areaM2: {
      type: 'number',
      label: { de: 'Fläche', en: 'Area' },
      description: { de: 'Versorgte Fläche, oder die des Flecks', en: 'Area covered, or that of the spot' },
      unit: 'm²',
    },
    share: share('Anteil', 'Share', 'Anteil an der Fläche des Stadtteils', 'Share of the area of the district'),
    spokenShare: share(
      'Anteil mit Angabe',
      'Share spoken of',
      'Anteil des Stadtteils, für den der Datensatz etwas sagt',
      'Share of the district the data set says something of',
    ),
    dwellings: {
      type: 'integer',
      label: { de: 'Wohnungen', en: 'Dwellings' },
      description: {
        de: 'Wohnungen auf dieser Fläche, wenn der Datensatz sie nennt; leer: nicht bekannt',
        en: 'Dwellings in this area where the data set names them; empty: not known',
      },
    },
    ...spotRule,
    ...coverageProvenance,
  },
})
