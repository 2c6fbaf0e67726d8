import type { ExpressionSpecification, LayerSpecification } from '@maplibre/maplibre-gl-style-spec'
import { type Phase, phases } from '../codes.ts'
import type { Language } from '../text.ts'
import { districtReference, note, programmeReference, provenance } from './common.ts'
import { layer, type Theme } from './layer.ts'
import { ground, mapFont, phaseLegend, phaseLooks, phaseRank } from './phase-look.ts'

const isArea: ExpressionSpecification = ['in', ['geometry-type'], ['literal', ['Polygon', 'MultiPolygon']]]
const patterned = phases.keys.filter((phase) => phaseLooks[phase].pattern !== null)

function byPhase(value: (phase: Phase) => string | number): ExpressionSpecification {
  const cases = phases.keys.flatMap((phase) => [phase, value(phase)])
  return ['match', ['get', 'phase'], ...cases, value('unknown')] as unknown as ExpressionSpecification
}

/** Image of a pattern or point symbol; the map draws it when a style first asks for it (client/map/images.ts). */
function imageName(kind: 'pattern' | 'point', phase: string, theme: Theme): string {
  return `${kind}:${phase}:${theme}`
}

/** Areas let the basemap shine through the closer one looks. */
const opacity: ExpressionSpecification = ['interpolate', ['linear'], ['zoom'], 12, 0.92, 16, 0.55]

function sectionStyle(theme: Theme, language: Language): LayerSpecification[] {
  const from = { source: 'build_sections', 'source-layer': 'build_sections' }
  return [
    {
      ...from,
      id: 'build_sections-fill',
      type: 'fill',
      filter: isArea,
      layout: { 'fill-sort-key': byPhase((phase) => phaseRank[phase]) },
      paint: { 'fill-color': byPhase((phase) => phaseLooks[phase].color[theme]), 'fill-opacity': opacity },
    },
    {
      ...from,
      id: 'build_sections-pattern',
      type: 'fill',
      filter: ['all', isArea, ['in', ['get', 'phase'], ['literal', patterned]]],
      paint: { 'fill-pattern': byPhase((phase) => imageName('pattern', phase, theme)), 'fill-opacity': opacity },
    },
    {
      ...from,
      id: 'build_sections-outline',
      type: 'line',
      filter: isArea,
      paint: { 'line-color': ground.boundary[theme], 'line-width': 1.25 },
    },
    {
      ...from,
      id: 'build_sections-point',
      type: 'symbol',
      filter: ['==', ['geometry-type'], 'Point'],
      layout: {
        'icon-image': byPhase((phase) => imageName('point', phase, theme)),
        'icon-allow-overlap': true,
        'text-field': ['concat', ['get', 'name'], '\n', byPhase((phase) => phases.labels[phase][language])],
        'text-font': [mapFont],
        'text-size': 12,
        'text-anchor': 'left',
        'text-justify': 'left',
        'text-offset': [1.4, 0],
        'text-max-width': 8,
        'text-optional': true,
      },
      paint: { 'text-color': ground.text[theme], 'text-halo-color': ground.halo[theme], 'text-halo-width': 1.75 },
    },
  ]
}

export const buildSectionsLayer = layer({
  id: 'build_sections',
  topic: 'fibre',
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
      description: { de: 'Eigener Name, sonst der des Stadtteils', en: 'Its own name, otherwise that of the district' },
    },
    ...districtReference,
    ...programmeReference,
    buildPhase: {
      type: 'integer',
      label: { de: 'Bauphase', en: 'Build phase' },
      description: {
        de: 'Bauphase des Programms, in der der Abschnitt gebaut wird; leer: keine angekündigt',
        en: 'Phase of the programme the section is built in; empty: none announced',
      },
    },
    phase: {
      type: 'string',
      label: { de: 'Ausbaustand', en: 'Phase' },
      description: {
        de: 'Ergibt sich aus den Gewerken: Der am weitesten fortgeschrittene Schritt zählt, ein geplanter nie',
        en: 'Derived from the trades: the furthest step counts, a planned one never',
      },
      codes: phases.labels,
    },
    plannedStart: {
      type: 'impreciseDate',
      label: {
        de: 'nächster Schritt ab (geplant)',
        en: 'next step from (planned)',
      },
      description: {
        de: 'Angekündigter Beginn des nächsten Schritts; leer: keiner angekündigt',
        en: 'Announced start of the next step; empty: none announced',
      },
    },
    plannedEnd: {
      type: 'impreciseDate',
      label: {
        de: 'nächster Schritt bis (geplant)',
        en: 'next step until (planned)',
      },
      description: {
        de: 'Angekündigtes Ende des nächsten Schritts; leer: keines angekündigt',
        en: 'Announced end of the next step; empty: none announced',
      },
    },
    note,
    ...provenance,
  },
  style: sectionStyle,
  legend: phaseLegend,
})
