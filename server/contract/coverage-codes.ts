import type * as z from 'zod/mini'
import { codes } from './codes.ts'

/** What an edition of mobile coverage is. Datasets are never mixed, whatever they have in common. */
export const coverageDatasets = codes({
  operator_count: { de: 'Zahl der Netzbetreiber (Bundesnetzagentur)', en: 'Number of operators (Bundesnetzagentur)' },
  deficit_areas: { de: 'Gebiete mit Ausbaudefizit (Bundesnetzagentur)', en: 'Areas with a rollout deficit (Bundesnetzagentur)' },
  authority_coverage: { de: 'Versorgung je Betreiber (Bundesnetzagentur)', en: 'Coverage by operator (Bundesnetzagentur)' },
  operator_coverage: { de: 'Versorgung nach Angabe des Betreibers', en: 'Coverage as stated by the operator' },
  drive_test: { de: 'Messfahrt', en: 'Drive test' },
})
export type CoverageDataset = z.infer<typeof coverageDatasets.schema>

/** How it is known: computed by a model, measured on the way, or reported by people. */
export const coverageMethods = codes({
  predicted: { de: 'berechnet (Modell)', en: 'predicted (model)' },
  measured: { de: 'gemessen', en: 'measured' },
  reported: { de: 'gemeldet', en: 'reported' },
})
export type CoverageMethod = z.infer<typeof coverageMethods.schema>

/** Each dataset has one method (the SQL function `coverage_method` says the same). */
export const methodOfDataset: Readonly<Record<CoverageDataset, CoverageMethod>> = {
  operator_count: 'predicted',
  deficit_areas: 'predicted',
  authority_coverage: 'predicted',
  operator_coverage: 'predicted',
  drive_test: 'measured',
}

/** Datasets that say where an operator covers what. */
export const coverageByOperator = ['authority_coverage', 'operator_coverage'] as const satisfies CoverageDataset[]

/** Spots by the number of operators that offer 4G or 5G; which number is which spot says the dated rule. */
export const mobileSpots = codes({
  white: { de: 'Weißer Fleck', en: 'White spot' },
  grey: { de: 'Grauer Fleck', en: 'Grey spot' },
})
export type MobileSpot = z.infer<typeof mobileSpots.schema>

/** Level from which on a measured cell counts as usable, in dBm (RSRP). A value of this product, not of an authority; it can be asked for otherwise. */
export const usableLevelDbm = -110
/** Level from which on it is called good. */
export const goodLevelDbm = -95

/** What the median level of a measured cell means (the SQL function `signal_class` says the same). */
export const signalClasses = codes({
  good: { de: 'gut (ab −95 dBm)', en: 'good (−95 dBm or more)' },
  usable: { de: 'nutzbar (ab −110 dBm)', en: 'usable (−110 dBm or more)' },
  weak: { de: 'schwach (unter −110 dBm)', en: 'weak (below −110 dBm)' },
})
export type SignalClass = z.infer<typeof signalClasses.schema>
