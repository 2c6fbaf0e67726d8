import * as z from 'zod/mini'
import type { Text } from './text.ts'

/** A code list: the zod enum and its words in one value. */
export function codes<const K extends Record<string, Text>>(labels: K) {
  const keys = Object.keys(labels) as [keyof K & string, ...(keyof K & string)[]]
  return {
    schema: z.enum(keys),
    labels: labels as Readonly<Record<keyof K & string, Text>>,
    keys,
  }
}

/** Gewerke. Their order is for display only: the sequence on site is not strict (domain: crews work out of order). */
export const trades = codes({
  planning: { de: 'Feinplanung', en: 'Detailed planning' },
  permit: { de: 'Genehmigung', en: 'Permit' },
  civil_works: { de: 'Tiefbau', en: 'Civil works' },
  duct_laying: { de: 'Leerrohre', en: 'Duct laying' },
  fibre_blowing: { de: 'Glasfaser einblasen', en: 'Fibre blowing' },
  splicing_measurement: {
    de: 'Spleißen und Messen',
    en: 'Splicing and measurement',
  },
  house_connection: { de: 'Hausanschluss', en: 'House connection' },
  acceptance_documentation: {
    de: 'Abnahme und Dokumentation',
    en: 'Acceptance and documentation',
  },
  activation: { de: 'Inbetriebnahme', en: 'Activation' },
})
export type Trade = z.infer<typeof trades.schema>

/** Displayed phase, derived by the SQL function `derive_phase`; one order everywhere. */
export const phases = codes({
  unknown: { de: 'Noch kein Ausbau bekannt', en: 'No rollout known yet' },
  planning: { de: 'Planung', en: 'Planning' },
  civil_works: { de: 'Tiefbau', en: 'Civil works' },
  civil_works_done: {
    de: 'Tiefbau abgeschlossen',
    en: 'Civil works completed',
  },
  fibre_blown: { de: 'Glasfaser eingezogen', en: 'Fibre installed' },
  connecting: {
    de: 'Anschlüsse in Fertigstellung',
    en: 'Connections being completed',
  },
  usable: { de: 'Nutzbar', en: 'Usable' },
  on_hold: { de: 'Unterbrochen', en: 'On hold' },
  cancelled: { de: 'Eingestellt', en: 'Cancelled' },
})
export type Phase = z.infer<typeof phases.schema>

export const programmeKinds = codes({
  funded: { de: 'Gefördertes Programm', en: 'Funded programme' },
  special_call: { de: 'Sonderaufruf (gefördert)', en: 'Special call (funded)' },
  market_driven: {
    de: 'Eigenwirtschaftlicher Ausbau',
    en: 'Market-driven build',
  },
  mobile: { de: 'Mobilfunk', en: 'Mobile' },
})
export type ProgrammeKind = z.infer<typeof programmeKinds.schema>

/**
 * What targets and figures count. Lengths are four different quantities and are never added to each other;
 * premises kinds count connections; the rest are statistics of the area.
 */
export const quantities = codes({
  household: { de: 'Privathaushalte', en: 'Households' },
  business: { de: 'Gewerbebetriebe', en: 'Businesses' },
  educational_institution: {
    de: 'Bildungseinrichtungen',
    en: 'Educational institutions',
  },
  hospital: { de: 'Krankenhaus', en: 'Hospital' },
  fibre_cable: { de: 'Glasfaserkabel', en: 'Fibre cable' },
  new_duct: { de: 'Leerrohr neu', en: 'New duct' },
  reused_infrastructure: {
    de: 'Mitgenutzte Infrastruktur',
    en: 'Reused infrastructure',
  },
  trench: { de: 'Trasse', en: 'Trench' },
  inhabitants: { de: 'Einwohnerinnen und Einwohner', en: 'Inhabitants' },
  dwellings: { de: 'Wohnungen', en: 'Dwellings' },
  residential_buildings: { de: 'Wohngebäude', en: 'Residential buildings' },
  area: { de: 'Fläche', en: 'Area' },
})
export type Quantity = z.infer<typeof quantities.schema>

/** Units; a quantity has exactly one (`unitOf`). */
export const units = codes({
  connections: { de: 'Anschlüsse', en: 'connections' },
  m: { de: 'm', en: 'm' },
  persons: { de: 'Personen', en: 'persons' },
  count: { de: 'Anzahl', en: 'count' },
  m2: { de: 'm²', en: 'm²' },
})
export type Unit = z.infer<typeof units.schema>

const unitByQuantity: Record<Quantity, Unit> = {
  household: 'connections',
  business: 'connections',
  educational_institution: 'connections',
  hospital: 'connections',
  fibre_cable: 'm',
  new_duct: 'm',
  reused_infrastructure: 'm',
  trench: 'm',
  inhabitants: 'persons',
  dwellings: 'count',
  residential_buildings: 'count',
  area: 'm2',
}

export function unitOf(quantity: Quantity): Unit {
  return unitByQuantity[quantity]
}

/** State of counted connections (nested sets: activated ≤ connected ≤ passed); lengths use `laid`. */
export const figureStates = codes({
  passed: { de: 'versorgbar', en: 'passed' },
  connected: { de: 'angeschlossen', en: 'connected' },
  activated: { de: 'in Betrieb', en: 'activated' },
  laid: { de: 'verlegt', en: 'laid' },
})
export type FigureState = z.infer<typeof figureStates.schema>

export const fundingClasses = codes({
  funded: { de: 'gefördert', en: 'funded' },
  extended_reach: { de: 'erweiterter Vortrieb', en: 'extended reach' },
  market_driven: { de: 'eigenwirtschaftlich', en: 'market-driven' },
})
export type FundingClass = z.infer<typeof fundingClasses.schema>

export const fundingRoles = codes({
  grant: { de: 'Zuwendung', en: 'Grant' },
  own_contribution: { de: 'Eigenanteil', en: 'Own contribution' },
})

/** Public mark of a district's data: the gravest thing the consistency rules have found (contract/quality.ts). */
export const qualityMarks = codes({
  consistent: { de: 'ohne Befund', en: 'consistent' },
  incomplete: { de: 'mit Hinweisen', en: 'with notices' },
  doubtful: { de: 'mit Zweifeln', en: 'with doubts' },
  contradictory: { de: 'mit Widersprüchen', en: 'with contradictions' },
})
export type QualityMark = z.infer<typeof qualityMarks.schema>
