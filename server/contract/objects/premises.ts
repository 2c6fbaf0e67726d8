import * as z from 'zod/mini'
import { fundingClasses } from '../codes.ts'
import { ImpreciseDate } from '../dates.ts'
import { FactId, factKind, Line, Paragraph, PointGeometry, Slug } from '../facts/fact.ts'
import { connectionStates, premisesKinds, schoolTypes } from './codes.ts'
import { identityFields, key, networkFields } from './common.ts'

/** When states were reached. A state counts from its day on, also before the Stand of the statement that tells it. */
export const Steps = z.partialRecord(connectionStates.schema, ImpreciseDate)

/** What is or may be connected at an address. Internal: nothing about a single one ever leaves. */
export const premises = factKind({
  kind: 'premises',
  table: 'premises',
  label: { de: 'Anschlussobjekt', en: 'Premises' },
  roles: ['gigabitCoordinator'],
  identity: z.object({ key: Slug }),
  values: z.object({
    externalId: z.nullable(Line),
    addressId: z.nullable(Line),
    districtId: Slug,
    kind: premisesKinds.schema,
    schoolType: z.nullable(schoolTypes.schema),
    name: z.nullable(Line),
    units: z.int().check(z.minimum(1), z.maximum(10_000)),
    programmeId: z.nullable(FactId),
    sectionId: z.nullable(FactId),
    fundingClass: z.nullable(fundingClasses.schema),
    operator: z.nullable(Line),
    state: connectionStates.schema,
    steps: Steps,
    note: z.nullable(Paragraph),
    geom: z.nullable(PointGeometry),
  }),
  fields: {
    ...identityFields,
    addressId: { label: { de: 'Adresse', en: 'Address' }, input: 'reference', refersTo: 'address' },
    districtId: { label: { de: 'Stadtteil', en: 'District' }, input: 'reference', refersTo: 'district' },
    kind: { label: { de: 'Art', en: 'Kind' }, input: 'code', codes: premisesKinds.labels },
    schoolType: {
      label: { de: 'Art der Bildungseinrichtung', en: 'Type of institution' },
      input: 'code',
      codes: schoolTypes.labels,
    },
    name: { label: { de: 'Name', en: 'Name' }, input: 'text', hint: { de: 'nur intern', en: 'internal only' } },
    units: {
      label: { de: 'Einheiten', en: 'Units' },
      input: 'number',
      hint: {
        de: 'Wohnungen, Betriebe oder Einrichtungen: so viele Anschlüsse zählen',
        en: 'dwellings, businesses or institutions',
      },
    },
    programmeId: networkFields.programmeId,
    sectionId: networkFields.sectionId,
    fundingClass: { label: { de: 'Förderklasse', en: 'Funding class' }, input: 'code', codes: fundingClasses.labels },
    operator: networkFields.operator,
    state: { label: { de: 'Anschlusszustand', en: 'Connection state' }, input: 'code', codes: connectionStates.labels },
    steps: { label: { de: 'Daten der Schritte', en: 'Dates of the steps' }, input: 'steps', codes: connectionStates.labels },
    note: networkFields.note,
    geom: {
      label: { de: 'Lage', en: 'Location' },
      input: 'geometry',
      hint: { de: 'leer: die Lage der Adresse', en: 'empty: that of the address' },
    },
  },
  idOf: key('p'),
})
