import type * as z from 'zod/mini'
import { codes } from '../codes.ts'

/** Operators of public mobile networks in Germany (parties of the Mobilfunkvereinbarung). */
export const mobileOperators = codes({
  telekom: { de: 'Telekom', en: 'Telekom' },
  vodafone: { de: 'Vodafone', en: 'Vodafone' },
  telefonica: { de: 'Telefónica (O₂)', en: 'Telefónica (O₂)' },
  '1und1': { de: '1&1', en: '1&1' },
})
export type MobileOperator = z.infer<typeof mobileOperators.schema>

/** As the Bundesnetzagentur tells them apart: 5G of all variants, and 5G standalone separately. */
export const mobileTechnologies = codes({
  '2g': { de: '2G', en: '2G' },
  '4g': { de: '4G', en: '4G' },
  '5g': { de: '5G', en: '5G' },
  '5g_sa': { de: '5G Standalone', en: '5G standalone' },
})
export type MobileTechnology = z.infer<typeof mobileTechnologies.schema>

export const caseTypes = codes({
  new_macro: { de: 'Neuer Maststandort', en: 'New macro site' },
  extension: { de: 'Erweiterung', en: 'Extension' },
  sharing: { de: 'Mitnutzung', en: 'Sharing' },
  small_cells: { de: 'Kleinzellen', en: 'Small cells' },
  temporary: { de: 'Vorübergehender Standort', en: 'Temporary site' },
  relocation: { de: 'Verlegung', en: 'Relocation' },
  decommissioning: { de: 'Abbau', en: 'Decommissioning' },
})

export const receivedVia = codes({
  letter: { de: 'Brief', en: 'Letter' },
  mail: { de: 'E-Mail', en: 'E-mail' },
  portal: { de: 'Portal des Betreibers', en: 'Operator portal' },
  phone: { de: 'Telefon', en: 'Phone' },
  meeting: { de: 'Gespräch', en: 'Meeting' },
})

export const purposes = codes({
  gap: { de: 'Versorgungslücke', en: 'Coverage gap' },
  capacity: { de: 'Mehr Kapazität', en: 'Capacity' },
  coverage_obligation: { de: 'Versorgungsauflage', en: 'Coverage obligation' },
  replacement: { de: 'Ersatz eines Standorts', en: 'Replacement' },
  other: { de: 'Anderer Zweck', en: 'Other' },
})

export const backhauls = codes({
  fibre: { de: 'Glasfaser', en: 'Fibre' },
  radio_link: { de: 'Richtfunk', en: 'Radio link' },
  either: { de: 'beides möglich', en: 'either' },
})

/** Steps of a case, each with its day; the status follows from them (SQL: site_request_status). In the usual order. */
export const siteSteps = codes({
  answered: { de: 'Mitwirkung erklärt', en: 'Participation declared' },
  reply_sent: { de: 'Antwortschreiben versandt', en: 'Reply sent' },
  site_agreed: { de: 'Standort abgestimmt', en: 'Site agreed' },
  lease_signed: { de: 'Mietvertrag geschlossen', en: 'Lease signed' },
  permit_applied: { de: 'Bauantrag gestellt', en: 'Building permit applied for' },
  permit_granted: { de: 'Baugenehmigung erteilt', en: 'Building permit granted' },
  permit_exempt: { de: 'Verfahrensfrei festgestellt', en: 'Exempt from permit' },
  site_certificate_applied: { de: 'Standortbescheinigung beantragt', en: 'Site certificate applied for' },
  site_certificate_issued: { de: 'Standortbescheinigung erteilt', en: 'Site certificate issued' },
  power_ready: { de: 'Strom angeschlossen', en: 'Power ready' },
  fibre_ready: { de: 'Glasfaser angeschlossen', en: 'Fibre ready' },
  construction_started: { de: 'Bau begonnen', en: 'Construction started' },
  construction_finished: { de: 'Bau beendet', en: 'Construction finished' },
  commissioning_notified: { de: 'Inbetriebnahme angezeigt', en: 'Commissioning notified' },
  in_operation: { de: 'In Betrieb', en: 'In operation' },
  rejected: { de: 'Abgelehnt', en: 'Rejected' },
  withdrawn: { de: 'Vom Betreiber zurückgezogen', en: 'Withdrawn by the operator' },
  decommissioned: { de: 'Abgebaut', en: 'Decommissioned' },
})
export type SiteStep = z.infer<typeof siteSteps.schema>

export const siteStatuses = codes({
  need_reported: { de: 'Bedarf gemeldet', en: 'Need reported' },
  search_area_received: { de: 'Suchkreis liegt vor', en: 'Search area received' },
  candidates_under_review: { de: 'Kandidaten in Prüfung', en: 'Candidates under review' },
  participation_open: { de: 'Beteiligung läuft', en: 'Participation open' },
  building_law_check: { de: 'Baurecht zu klären', en: 'Building law to be settled' },
  permit_procedure: { de: 'Genehmigung läuft', en: 'Permit procedure' },
  site_certificate_pending: { de: 'Standortbescheinigung fehlt', en: 'Site certificate pending' },
  ready_to_build: { de: 'Baureif', en: 'Ready to build' },
  under_construction: { de: 'Im Bau', en: 'Under construction' },
  commissioning_notified: { de: 'Inbetriebnahme angezeigt', en: 'Commissioning notified' },
  in_operation: { de: 'In Betrieb', en: 'In operation' },
  rejected: { de: 'Abgelehnt', en: 'Rejected' },
  withdrawn: { de: 'Zurückgezogen', en: 'Withdrawn' },
  decommissioned: { de: 'Abgebaut', en: 'Decommissioned' },
})
export type SiteStatus = z.infer<typeof siteStatuses.schema>

/** What the public is told of a released site. */
export const publicSiteStatuses = codes({
  agreed: { de: 'Standort abgestimmt', en: 'Site agreed' },
  under_construction: { de: 'Im Bau', en: 'Under construction' },
  in_operation: { de: 'In Betrieb', en: 'In operation' },
})

/** Whom a case waits for. */
export const waitedFor = codes({
  city: { de: 'Koordination', en: 'Coordination' },
  departments: { de: 'Fachbereiche', en: 'Departments' },
  building_control: { de: 'Bauaufsicht', en: 'Building control' },
  operator: { de: 'Betreiber', en: 'Operator' },
  network_agency: { de: 'Bundesnetzagentur', en: 'Federal Network Agency' },
  network: { de: 'Strom oder Glasfaser', en: 'Power or fibre' },
})
export type WaitedFor = z.infer<typeof waitedFor.schema>

export const ownerTypes = codes({
  city: { de: 'Stadt', en: 'City' },
  municipal_company: { de: 'Städtische Gesellschaft', en: 'Municipal company' },
  private: { de: 'Privat', en: 'Private' },
  church: { de: 'Kirche', en: 'Church' },
  rail: { de: 'Bahn', en: 'Rail' },
  public_body: { de: 'Andere öffentliche Stelle', en: 'Other public body' },
  unknown: { de: 'Nicht bekannt', en: 'Unknown' },
})

export const builtAreas = codes({
  inside: { de: 'Innenbereich', en: 'Inside the built-up area' },
  outside: { de: 'Außenbereich', en: 'Outside the built-up area' },
})

export const mastKinds = codes({
  free_standing: { de: 'frei stehend', en: 'free-standing' },
  on_building: { de: 'auf einem Gebäude', en: 'on a building' },
})

/** A building-law rule may speak of both. */
export const ruledMastKinds = codes({ ...mastKinds.labels, any: { de: 'jede Aufstellung', en: 'any installation' } })

export const mastTypes = codes({
  lattice: { de: 'Gittermast', en: 'Lattice mast' },
  monopole: { de: 'Schleuderbeton- oder Rohrmast', en: 'Monopole' },
  roof: { de: 'Dachstandort', en: 'Roof site' },
  small_cell: { de: 'Kleinzelle', en: 'Small cell' },
  existing: { de: 'Vorhandener Mast', en: 'Existing mast' },
})

export const decisions = codes({
  open: { de: 'offen', en: 'open' },
  preferred: { de: 'bevorzugt', en: 'preferred' },
  agreed: { de: 'abgestimmt', en: 'agreed' },
  rejected: { de: 'verworfen', en: 'rejected' },
})

export const permitFindings = codes({
  permit_exempt: { de: 'verfahrensfrei', en: 'exempt from permit' },
  permit_required: { de: 'genehmigungspflichtig', en: 'permit required' },
})
export type PermitFinding = z.infer<typeof permitFindings.schema>

export const municipalSiteKinds = codes({
  roof: { de: 'Dach', en: 'Roof' },
  plot: { de: 'Grundstück', en: 'Plot' },
  mast: { de: 'Mast', en: 'Mast' },
  facade: { de: 'Fassade', en: 'Façade' },
  street_furniture: { de: 'Stadtmobiliar', en: 'Street furniture' },
})

export const municipalOwners = codes({
  city: { de: 'Stadt', en: 'City' },
  municipal_company: { de: 'Städtische Gesellschaft', en: 'Municipal company' },
})

export const staticsFindings = codes({
  unknown: { de: 'nicht geprüft', en: 'not checked' },
  suitable: { de: 'geeignet', en: 'suitable' },
  conditional: { de: 'bedingt geeignet', en: 'conditionally suitable' },
  unsuitable: { de: 'nicht geeignet', en: 'unsuitable' },
})

export const availabilities = codes({
  in_preparation: { de: 'in Vorbereitung', en: 'in preparation' },
  offered: { de: 'angeboten', en: 'offered' },
  reserved: { de: 'reserviert', en: 'reserved' },
  in_use: { de: 'in Nutzung', en: 'in use' },
  not_available: { de: 'nicht verfügbar', en: 'not available' },
})

/** What a department can say about a site. */
export const opinions = codes({
  agreed: { de: 'einverstanden', en: 'agreed' },
  agreed_with_conditions: { de: 'einverstanden mit Auflagen', en: 'agreed with conditions' },
  concerns: { de: 'Bedenken', en: 'concerns' },
  not_responsible: { de: 'nicht zuständig', en: 'not responsible' },
})
export type Opinion = z.infer<typeof opinions.schema>

/** What it means when a department has not answered by its deadline. */
export const silences = codes({
  counts_as_agreed: { de: 'gilt als einverstanden', en: 'counts as agreed' },
  counts_as_not_responsible: { de: 'gilt als nicht zuständig', en: 'counts as not responsible' },
  stays_open: { de: 'bleibt offen', en: 'stays open' },
})
export type Silence = z.infer<typeof silences.schema>

/** White: no operator; grey: some, but not all. How many make a spot grey is a dated rule. */
export const spotKinds = codes({
  white: { de: 'Weißer Fleck', en: 'White spot' },
  grey: { de: 'Grauer Fleck', en: 'Grey spot' },
})
export type SpotKind = z.infer<typeof spotKinds.schema>
