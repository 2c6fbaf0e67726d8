import { signalClasses } from '../coverage-codes.ts'
import { layer, type Property } from './layer.ts'
import { coverageProvenance, mobileOperator, mobileTechnology } from './mobile-common.ts'
import { areaStyle, mobileLooks } from './mobile-look.ts'

const looks = { good: 'mobile-good', usable: 'mobile-usable', weak: 'mobile-weak' } as const

const level = (de: string, en: string, explained: string, explainedEn: string, unit: string): Property => ({
  type: 'number',
  label: { de, en },
  description: { de: explained, en: explainedEn },
  unit,
})

/** Drive tests on the 100 m grid; the way that was driven is not kept. */
export const mobileMeasuredLayer = layer({
  id: 'mobile_measured',
  topic: 'mobile',
  title: { de: 'Gemessener Empfang (Messfahrten)', en: 'Measured reception (drive tests)' },
  description: {
    de: 'Gemessen auf Fahrten durch die Stadt, zusammengefasst je Zelle des Rasters von 100 m (INSPIRE), Betreiber und Technik; je Zelle die jüngste Fahrt. Nur befahrene Straßen, nicht vergleichbar mit berechneter Versorgung. Die Stufen sind solche dieser Anwendung, keine Grenzwerte der Bundesnetzagentur.',
    en: 'Measured on drives through the city, aggregated by cell of the 100 m grid (INSPIRE), operator and technology; the latest drive of each cell. Driven streets only, not comparable with predicted coverage. The classes are those of this product, not limits of the Bundesnetzagentur.',
  },
  access: 'public',
  source: 'layer_mobile_measured',
  geometry: 'Geometry',
  properties: {
    cell: {
      type: 'string',
      label: { de: 'Rasterzelle', en: 'Grid cell' },
      description: { de: 'INSPIRE-Kennung der Zelle (EPSG:3035)', en: 'INSPIRE id of the cell (EPSG:3035)' },
    },
    operator: mobileOperator,
    technology: mobileTechnology,
    signal: {
      type: 'string',
      label: { de: 'Empfang', en: 'Reception' },
      description: { de: 'Stufe des mittleren Pegels', en: 'Class of the median level' },
      codes: signalClasses.labels,
    },
    medianRsrp: level('Pegel (Median)', 'Level (median)', 'Mittlerer Pegel (RSRP)', 'Median level (RSRP)', 'dBm'),
    lowRsrp: level(
      'Pegel (10. Perzentil)',
      'Level (10th percentile)',
      'Ein Zehntel der Messungen liegt darunter',
      'A tenth of the measurements is below',
      'dBm',
    ),
    medianRsrq: level(
      'Qualität (Median)',
      'Quality (median)',
      'Mittlere Empfangsqualität (RSRQ); leer: nicht gemessen',
      'Median quality (RSRQ); empty: not measured',
      'dB',
    ),
    samples: {
      type: 'integer',
      label: { de: 'Messungen', en: 'Measurements' },
      description: { de: 'Wie oft in der Zelle gemessen wurde', en: 'How often was measured in the cell' },
    },
    firstDay: {
      type: 'date',
      label: { de: 'erster Messtag', en: 'first day' },
      description: { de: 'Tag der ersten Messung', en: 'Day of the first measurement' },
    },
    lastDay: {
      type: 'date',
      label: { de: 'letzter Messtag', en: 'last day' },
      description: { de: 'Tag der letzten Messung', en: 'Day of the last measurement' },
    },
    ...coverageProvenance,
  },
  style: (theme) => areaStyle({ id: 'mobile_measured', property: 'signal', looks }, theme),
  legend: signalClasses.keys.map((key) => ({
    label: { de: `gemessen: ${signalClasses.labels[key].de}`, en: `measured: ${signalClasses.labels[key].en}` },
    ...mobileLooks[looks[key]],
  })),
})
