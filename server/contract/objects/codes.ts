import type * as z from 'zod/mini'
import { codes } from '../codes.ts'

/** What is connected. The first four are the kinds of the targets and count connections. */
export const premisesKinds = codes({
  household: { de: 'Privathaushalt', en: 'Household' },
  business: { de: 'Gewerbebetrieb', en: 'Business' },
  educational_institution: { de: 'Bildungseinrichtung', en: 'Educational institution' },
  hospital: { de: 'Krankenhaus', en: 'Hospital' },
  public_building: { de: 'Öffentliches Gebäude', en: 'Public building' },
  mobile_site: { de: 'Mobilfunkstandort', en: 'Mobile site' },
})
export type PremisesKind = z.infer<typeof premisesKinds.schema>

export const schoolTypes = codes({
  primary: { de: 'Grundschule', en: 'Primary school' },
  secondary: { de: 'Weiterführende Schule', en: 'Secondary school' },
  vocational: { de: 'Berufskolleg', en: 'Vocational school' },
  adult_education: { de: 'Erwachsenenbildung', en: 'Adult education' },
  day_care: { de: 'Kindertagesstätte', en: 'Day-care centre' },
})

/**
 * Connection state of premises. The owner's consent (contacted … refused) and the works (passed … activated) are two strands;
 * `premises_rank` in SQL gives the order that counts. Terms: docs of BNetzA, BREKO and Telekom differ (contract/metrics).
 */
export const connectionStates = codes({
  not_served: { de: 'nicht versorgt', en: 'not served' },
  eligible: { de: 'förderfähig', en: 'eligible' },
  owner_contacted: { de: 'Eigentümer angeschrieben', en: 'owner contacted' },
  no_response: { de: 'keine Antwort', en: 'no response' },
  consent_given: { de: 'Zustimmung erteilt', en: 'consent given' },
  consent_refused: { de: 'Zustimmung verweigert', en: 'consent refused' },
  passed: { de: 'Glasfaser liegt vor dem Grundstück', en: 'passed' },
  passed_plus: { de: 'Glasfaser liegt auf dem Grundstück', en: 'passed plus' },
  prepared: { de: 'Hauseinführung fertig', en: 'prepared' },
  connected: { de: 'angeschlossen', en: 'connected' },
  bookable: { de: 'buchbar', en: 'bookable' },
  activated: { de: 'in Betrieb', en: 'activated' },
  not_possible: { de: 'nicht möglich', en: 'not possible' },
})
export type ConnectionState = z.infer<typeof connectionStates.schema>

export const networkStatuses = codes({
  planned: { de: 'geplant', en: 'planned' },
  under_construction: { de: 'im Bau', en: 'under construction' },
  laid: { de: 'verlegt', en: 'laid' },
})
export type NetworkStatus = z.infer<typeof networkStatuses.schema>

/** Verlegearten; federal brochure and DIN 18220. */
export const layingMethods = codes({
  open_trench: { de: 'Offener Graben', en: 'Open trench' },
  reduced_depth: { de: 'Offener Graben, mindertief', en: 'Open trench, reduced depth' },
  trenching: { de: 'Fräsen (Trenching)', en: 'Trenching' },
  horizontal_drilling: { de: 'Spülbohrung', en: 'Horizontal directional drilling' },
  press_boring: { de: 'Erdrakete', en: 'Press boring' },
  ploughing: { de: 'Pflügen', en: 'Ploughing' },
  sewer: { de: 'im Abwasserkanal', en: 'In sewers' },
  overhead: { de: 'oberirdisch', en: 'Overhead' },
})

/** Oberfläche; GIS-NB `trassenb` 11 and 12. */
export const surfaces = codes({
  sealed: { de: 'befestigt', en: 'Sealed' },
  unsealed: { de: 'unbefestigt', en: 'Unsealed' },
})

export const conditions = codes({
  new: { de: 'neu', en: 'new' },
  reused: { de: 'mitgenutzt', en: 'reused' },
})

/** GIS-NB `art`: 12 PoP, 14 distribution cabinet, 31 cable chamber. */
export const structureTypes = codes({
  pop: { de: 'Hauptverteiler (PoP)', en: 'Point of presence' },
  distribution_cabinet: { de: 'Netzverteiler', en: 'Distribution cabinet' },
  cable_chamber: { de: 'Schacht', en: 'Cable chamber' },
  other: { de: 'Sonstiges', en: 'Other' },
})
