import { mobileSpots } from '../coverage-codes.ts'
import { layer } from './layer.ts'
import { coverageProvenance, modelNote, spotRule } from './mobile-common.ts'
import { areaStyle, mobileLooks } from './mobile-look.ts'

const looks = { grey: 'mobile-grey', white: 'mobile-white' } as const

/** White and grey spots, derived from the stored number of operators by the rule of the day. */
export const mobileSpotsLayer = layer({
  id: 'mobile_spots',
  topic: 'mobile',
  title: { de: 'Weiße und graue Flecken im Mobilfunk', en: 'Mobile white and grey spots' },
  description: {
    de: `${modelNote.de} Abgeleitet aus der Zahl der Betreiber mit 4G oder 5G (© Bundesnetzagentur) nach der Regel, die am Datum der Ansicht gilt.`,
    en: `${modelNote.en} Derived from the number of operators with 4G or 5G (© Bundesnetzagentur) by the rule that holds on the day of the view.`,
  },
  access: 'public',
  source: 'layer_mobile_spots',
  geometry: 'Geometry',
  properties: {
    spot: {
      type: 'string',
      label: { de: 'Fleck', en: 'Spot' },
      description: { de: 'Nach der geltenden Regel', en: 'By the rule in force' },
      codes: mobileSpots.labels,
    },
    operatorCount: {
      type: 'integer',
      label: { de: 'Zahl der Betreiber', en: 'Number of operators' },
      description: { de: 'Betreiber, die hier 4G oder 5G anbieten', en: 'Operators that offer 4G or 5G here' },
    },
    ...spotRule,
    ...coverageProvenance,
  },
  style: (theme) => areaStyle({ id: 'mobile_spots', property: 'spot', looks }, theme),
  legend: mobileSpots.keys.map((key) => ({ label: mobileSpots.labels[key], ...mobileLooks[looks[key]] })),
})
