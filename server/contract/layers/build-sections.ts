import { phases } from '../codes.ts'
import { districtReference, note, programmeReference, provenance } from './common.ts'
import { layer } from './layer.ts'

export const buildSectionsLayer = layer({
  id: 'build_sections',
  title: {
    de: 'Bauabschnitte mit Ausbaustand',
    en: 'Build sections with phase',
  },
  description: {
    de: 'Bauabschnitte der Programme mit dem Ausbaustand, der sich aus den Gewerken ergibt. Ein Punkt steht, wo die Ausdehnung nicht bekannt ist.',
    en: 'Build sections of the programmes with the phase derived from the trades. A point where the extent is not known.',
  },
  access: 'public',
  source: 'layer_build_sections',
  geometry: 'Geometry',
  properties: {
    name: {
      type: 'string',
      label: { de: 'Bauabschnitt', en: 'Build section' },
    },
    ...districtReference,
    ...programmeReference,
    buildPhase: {
      type: 'integer',
      label: { de: 'Bauphase', en: 'Build phase' },
    },
    phase: {
      type: 'string',
      label: { de: 'Ausbaustand', en: 'Phase' },
      codes: phases.labels,
    },
    plannedStart: {
      type: 'impreciseDate',
      label: {
        de: 'nächster Schritt ab (geplant)',
        en: 'next step from (planned)',
      },
    },
    plannedEnd: {
      type: 'impreciseDate',
      label: {
        de: 'nächster Schritt bis (geplant)',
        en: 'next step until (planned)',
      },
    },
    note,
    ...provenance,
  },
})
