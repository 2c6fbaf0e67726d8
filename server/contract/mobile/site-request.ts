import * as z from 'zod/mini'
import { IsoDate } from '../dates.ts'
import { factKind, Line, PointGeometry, Slug } from '../facts/fact.ts'
import { backhauls, caseTypes, mobileOperators, mobileTechnologies, purposes, receivedVia, siteSteps } from './codes.ts'
import { AttachmentIds, Email, Measure, noteValue, Pause, StepRecord } from './fields.ts'

const Position = z.array(z.number()).check(z.minLength(2), z.maxLength(3))
const Ring = z.array(Position).check(z.minLength(4), z.maxLength(2000))

/** A polygon, or the centre of a circle (then `radiusM` says how far). */
export const SearchArea = z.union([
  PointGeometry,
  z.object({ type: z.literal('Polygon'), coordinates: z.array(Ring).check(z.minLength(1), z.maxLength(20)) }),
])

/** A case: what an operator or tower company wants, received by the city. Search area and contact are internal. */
export const siteRequest = factKind({
  kind: 'site_request',
  table: 'site_requests',
  label: { de: 'Standortanfrage', en: 'Site request' },
  roles: ['mobileCoordinator'],
  identity: z.object({ key: Slug }),
  values: z.object({
    caseNumber: z.nullable(Line),
    caseType: caseTypes.schema,
    operators: z.array(mobileOperators.schema).check(z.minLength(1), z.maxLength(mobileOperators.keys.length)),
    towerCompany: z.nullable(Line),
    operatorSiteCode: z.nullable(Line),
    receivedOn: IsoDate,
    receivedVia: receivedVia.schema,
    contactName: z.nullable(Line),
    contactEmail: z.nullable(Email),
    purpose: purposes.schema,
    purposeNote: noteValue,
    technologies: z.array(mobileTechnologies.schema).check(z.maxLength(mobileTechnologies.keys.length)),
    bandsMhz: z.array(z.int().check(z.minimum(400), z.maximum(100_000))).check(z.maxLength(20)),
    minAntennaHeightM: z.nullable(Measure(300)),
    backhaul: z.nullable(backhauls.schema),
    attachmentIds: AttachmentIds,
    steps: z.partialRecord(siteSteps.schema, StepRecord),
    pauses: z.array(Pause).check(z.maxLength(50)),
    note: noteValue,
    radiusM: z.nullable(z.number().check(z.positive(), z.maximum(5000))),
    geom: z.nullable(SearchArea),
  }),
  fields: {
    key: { label: { de: 'Kennung', en: 'Key' }, input: 'hidden' },
    caseNumber: { label: { de: 'Aktenzeichen', en: 'Case number' }, input: 'text' },
    caseType: { label: { de: 'Art des Vorgangs', en: 'Type of case' }, input: 'code', codes: caseTypes.labels },
    operators: { label: { de: 'Betreiber', en: 'Operators' }, input: 'codes', codes: mobileOperators.labels },
    towerCompany: { label: { de: 'Funkturmgesellschaft', en: 'Tower company' }, input: 'text' },
    operatorSiteCode: { label: { de: 'Standortkennung des Betreibers', en: 'Site code of the operator' }, input: 'text' },
    receivedOn: { label: { de: 'Eingegangen am', en: 'Received on' }, input: 'day' },
    receivedVia: { label: { de: 'Eingegangen per', en: 'Received by' }, input: 'code', codes: receivedVia.labels },
    contactName: { label: { de: 'Ansprechperson des Betreibers', en: 'Contact at the operator' }, input: 'text' },
    contactEmail: { label: { de: 'E-Mail der Ansprechperson', en: 'E-mail of the contact' }, input: 'text' },
    purpose: { label: { de: 'Zweck', en: 'Purpose' }, input: 'code', codes: purposes.labels },
    purposeNote: { label: { de: 'Zweck, näher', en: 'Purpose in detail' }, input: 'longText' },
    technologies: { label: { de: 'Technik', en: 'Technologies' }, input: 'codes', codes: mobileTechnologies.labels },
    bandsMhz: {
      label: { de: 'Frequenzbänder', en: 'Frequency bands' },
      input: 'numbers',
      unit: 'MHz',
      hint: { de: 'z. B. 700, 800, 1800, 3600', en: 'e.g. 700, 800, 1800, 3600' },
    },
    minAntennaHeightM: {
      label: { de: 'Mindesthöhe der Antennen', en: 'Minimum antenna height' },
      input: 'number',
      unit: 'm',
      hint: { de: 'über Grund', en: 'above ground' },
    },
    backhaul: { label: { de: 'Anbindung', en: 'Backhaul' }, input: 'code', codes: backhauls.labels },
    attachmentIds: { label: { de: 'Anlagen', en: 'Attachments' }, input: 'hidden' },
    steps: { label: { de: 'Schritte', en: 'Steps' }, input: 'steps', codes: siteSteps.labels },
    pauses: { label: { de: 'Fristen angehalten', en: 'Deadlines paused' }, input: 'hidden' },
    note: { label: { de: 'Bemerkung (intern)', en: 'Note (internal)' }, input: 'longText' },
    radiusM: { label: { de: 'Radius des Suchkreises', en: 'Radius of the search circle' }, input: 'number', unit: 'm' },
    geom: { label: { de: 'Suchkreis', en: 'Search area' }, input: 'geometry' },
  },
  idOf: ({ key }) => `q:${key}`,
})
export type SiteRequest = z.infer<typeof siteRequest.values>
