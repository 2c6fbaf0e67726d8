import type { DeliveryKind, MappableField } from '../contract/deliveries.ts'
import type { FactKind, Field } from '../contract/facts/fact.ts'
import { type ConnectionState, connectionStates } from '../contract/objects/codes.ts'
import { type ObjectKindName, objectKinds } from '../contract/objects/index.ts'
import { shapefileNames } from '../formats/index.ts'
import { plain } from './words.ts'

/** How a value of a file is read. `place`: part of an address. `step`: date of a state. */
export type Reading = 'text' | 'number' | 'boolean' | 'date' | 'code' | 'reference' | 'place' | 'step'

/** A field a column can fill. */
export interface DeliveryField {
  name: string
  label: string
  hint: string | null
  reading: Reading
  codes: Readonly<Record<string, string>> | null
  /** Headers that mean it, in `plain` spelling. */
  headers: readonly string[]
  isRequired: boolean
  mayDefault: boolean
}

/** Further headers operators use, beside label and name of the field. */
const headers: Readonly<Record<string, readonly string[]>> = {
  externalId: [
    'id',
    'lfdnr',
    'laufendenummer',
    'objektid',
    'anschlussid',
    'kennung',
    'auftragsnummer',
    'referenz',
    'uuid',
    'fid',
    'objectid',
  ],
  street: ['strasse', 'str', 'strassenname', 'street', 'adressestrasse'],
  houseNumber: ['hausnr', 'hausnummer', 'hnr', 'hsnr', 'housenumber', 'nummer', 'nr'],
  suffix: ['zusatz', 'hausnummernzusatz', 'adz', 'hausnrzusatz', 'hnrzusatz', 'suffix'],
  address: ['adresse', 'anschrift', 'address', 'standort'],
  kind: ['art', 'objektart', 'anschlussart', 'kundentyp', 'gebaeudeart', 'typ', 'nutzung'],
  units: ['we', 'einheiten', 'anzahlwe', 'wohneinheiten', 'anzahl', 'ge', 'units', 'anzahleinheiten'],
  state: ['status', 'zustand', 'anschlussstatus', 'baustatus', 'ausbaustatus', 'state'],
  stateOn: ['datum', 'statusdatum', 'anschlussam', 'fertigam', 'datumstatus', 'seit', 'anschlussdatum', 'fertigstellung'],
  name: ['bezeichnung', 'firma', 'einrichtung'],
  note: ['bemerkung', 'bemerkungen', 'hinweis', 'kommentar', 'notiz'],
  operator: ['betreiber', 'netzbetreiber', 'eigentuemer', 'anbieter'],
  programmeId: ['programm', 'projekt', 'foerderprogramm'],
  fundingClass: ['foerderung', 'foerderart', 'foerderklasse'],
  laidOn: ['verlegtam', 'baudatum', 'fertigam', 'datum'],
  ductType: ['rohrart', 'lrart', 'rohrtyp', 'leerrohrtyp', 'typ'],
  count: ['anzahl', 'stueck'],
  fibreCount: ['fasern', 'faserzahl', 'faseranzahl', 'anzahlfa', 'anzahlfasern'],
  surface: ['oberflaeche', 'trassenb', 'belag'],
  layingMethod: ['verlegeart', 'bauweise', 'verfahren'],
  coLaying: ['mitverlegung', 'mitverleg'],
  condition: ['neumitgenutzt', 'zustand', 'neubau'],
  structureType: ['art', 'typ', 'bauwerksart'],
  designation: ['bezeichner', 'name', 'bezeichnung'],
  addressId: ['addressid', 'adressid', 'oid'],
  key: ['schluessel', 'key'],
}

/** Words operators use for our codes, in `plain` spelling. */
export const codeWords: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  kind: {
    household: ['haushalt', 'privat', 'wohngebaeude', 'wohnung', 'efh', 'mfh', 'hh', 'we', 'privatkunde', 'wohnhaus'],
    business: ['gewerbe', 'unternehmen', 'firma', 'ge', 'geschaeftskunde', 'betrieb', 'gewerblich'],
    educational_institution: ['schule', 'bildung', 'kita', 'bildungseinrichtungen', 'grundschule', 'gymnasium'],
    hospital: ['klinik', 'klinikum', 'krankenhaeuser'],
    public_building: ['verwaltung', 'rathaus', 'oeffentlich', 'behoerde'],
    mobile_site: ['mobilfunk', 'mast', 'antenne'],
  },
  state: {
    not_served: ['unversorgt', 'keinanschluss', 'offen'],
    eligible: ['foerderfaehig', 'berechtigt', 'geplant'],
    owner_contacted: ['angeschrieben', 'kontaktiert', 'eigentuemerkontaktiert'],
    no_response: ['keineantwort', 'keinerueckmeldung'],
    consent_given: ['zustimmung', 'geeliegtvor', 'geevorhanden', 'zugestimmt', 'vertrag', 'gee'],
    consent_refused: ['abgelehnt', 'verweigert', 'keinezustimmung', 'ablehnung'],
    passed: ['hp', 'homespassed', 'passed', 'versorgbar', 'ftthvorgrundstueck', 'fttbvorgrundstueck', 'trasseliegt'],
    passed_plus: ['hpplus', 'homespassedplus'],
    prepared: ['homesprepared', 'hausstich', 'hauseinfuehrung', 'vorbereitet'],
    connected: ['hc', 'homesconnected', 'hafertig', 'angeschl', 'fertig', 'hausanschlussfertig', 'gebaut', 'anschlussfertig'],
    bookable: ['bestellbar', 'buchbar', 'vermarktbar'],
    activated: ['ha', 'homesactivated', 'aktiv', 'inbetrieb', 'aktiviert', 'online', 'kundelive'],
    not_possible: ['unmoeglich', 'nichtmoeglich', 'nichtrealisierbar', 'entfaellt'],
  },
  status: {
    planned: ['plan', 'planung', 'inplanung'],
    under_construction: ['bau', 'imbau', 'inarbeit', 'begonnen'],
    laid: ['fertig', 'gebaut', 'verlegt', 'bestand', 'inbetrieb'],
  },
  condition: { new: ['neu', 'neubau', 'n'], reused: ['bestand', 'mitnutzung', 'mitgenutzt', 'vorhanden'] },
  structureType: {
    pop: ['pop', 'hvt', 'gfhvt', 'hauptverteiler'],
    distribution_cabinet: ['nvt', 'gfnvt', 'kvz', 'verteiler', 'netzverteiler', 'schrank'],
    cable_chamber: ['schacht', 'kabelschacht', 'muffenschacht'],
    other: ['sonstiges', 'sonstige'],
  },
  surface: {
    sealed: ['asphalt', 'pflaster', 'beton', 'befestigt'],
    unsealed: ['gruen', 'acker', 'wiese', 'unbefestigt', 'banket'],
  },
}

/** Fields that are made of others, or are no matter of a file. */
const left = ['geom', 'steps', 'districtId', 'addressId', 'key', 'sectionId']

const required: Readonly<Record<DeliveryKind, readonly string[]>> = {
  premises: ['kind', 'state'],
  route: ['status'],
  duct: ['status', 'ductType', 'condition'],
  cable: ['status', 'fibreCount'],
  structure: ['status', 'structureType'],
  street: ['streetKey', 'streetName'],
}

const readings: Partial<Record<Field['input'], Reading>> = {
  number: 'number',
  boolean: 'boolean',
  impreciseDate: 'date',
  code: 'code',
  reference: 'reference',
}

function declared(name: ObjectKindName): DeliveryField[] {
  const kind = objectKinds[name] as unknown as FactKind
  return Object.entries(kind.fields)
    .filter(([field]) => !left.includes(field))
    .map(([field, { label, hint, input, codes }]) => {
      const reading = readings[input] ?? 'text'
      return make(name, field, label.de, {
        hint: hint?.de ?? null,
        reading,
        codes: codes ? Object.fromEntries(Object.entries(codes).map(([code, text]) => [code, text.de])) : null,
        mayDefault: ['code', 'reference'].includes(reading) || field === 'operator',
      })
    })
}

function make(kind: DeliveryKind, name: string, label: string, more: Partial<DeliveryField>): DeliveryField {
  return {
    ...{ name, label, hint: null, reading: 'text', codes: null, mayDefault: false },
    headers: [plain(label), plain(name), ...(headers[name] ?? [])],
    isRequired: required[kind].includes(name),
    ...more,
  }
}

const ofPlace: readonly [name: string, label: string][] = [
  ['street', 'Straße'],
  ['houseNumber', 'Hausnummer'],
  ['suffix', 'Hausnummernzusatz'],
  ['address', 'Adresse in einer Spalte'],
  ['addressId', 'Amtliche Adresskennung'],
]

function fieldsOfPremises(): DeliveryField[] {
  const states = Object.entries(connectionStates.labels) as [ConnectionState, { de: string }][]
  return [
    make('premises', 'key', 'Kennung im Ausbauatlas', {}),
    ...ofPlace.map(([name, label]) => make('premises', name, label, { reading: 'place' })),
    ...declared('premises'),
    make('premises', 'stateOn', 'Datum des Zustands', { reading: 'step' }),
    ...states.map(([state, { de }]) =>
      make('premises', `step_${state}`, `Datum: ${de}`, {
        reading: 'step',
        headers: [plain(`step_${state}`), plain(`Datum ${de}`)],
      }),
    ),
  ]
}

function fieldsOf(name: ObjectKindName): DeliveryField[] {
  if (name === 'premises') return fieldsOfPremises()
  return [make(name, 'key', 'Kennung im Ausbauatlas', {}), ...declared(name)]
}

/** With the names our own shapefiles have: cut, and counted where two begin alike. */
function withShortNames(fields: readonly DeliveryField[]): DeliveryField[] {
  const short = shapefileNames(fields)
  return fields.map((field) => ({ ...field, headers: [...field.headers, plain(short.get(field.name) ?? '')] }))
}

const fieldsOfStreets: readonly DeliveryField[] = [
  make('street', 'streetKey', 'Straßenschlüssel', { headers: ['strassenschluessel', 'streetkey'] }),
  make('street', 'streetName', 'Name der Straße', { headers: ['bezeichnung', 'strassenname', 'strasse', 'name'] }),
]

/** The fields of each kind, in the order in which people are asked for them. */
export const deliveryFields = {
  ...Object.fromEntries((Object.keys(objectKinds) as ObjectKindName[]).map((name) => [name, withShortNames(fieldsOf(name))])),
  street: fieldsOfStreets,
} as unknown as Readonly<Record<DeliveryKind, readonly DeliveryField[]>>

/** The same as the client is told them; names of programmes come from the database. */
export function mappableFields(programmes: Readonly<Record<string, string>>): Record<string, MappableField[]> {
  const told = ({ name, label, hint, isRequired, codes, mayDefault }: DeliveryField): MappableField => ({
    ...{ name, label, hint, isRequired, mayDefault },
    codes: name === 'programmeId' ? { ...programmes } : codes && { ...codes },
  })
  return Object.fromEntries(Object.entries(deliveryFields).map(([kind, fields]) => [kind, fields.map(told)]))
}

/** Our code for a word of a file; undefined: the word means nothing to us. */
export function codeOf(field: DeliveryField, word: string): string | undefined {
  const wanted = plain(word)
  if (wanted === '') return undefined
  const codes = Object.entries(field.codes ?? {})
  const named = codes.find(([code, label]) => plain(code) === wanted || plain(label) === wanted)
  if (named) return named[0]
  return Object.entries(codeWords[field.name] ?? {}).find(([, words]) => words.includes(wanted))?.[0]
}
