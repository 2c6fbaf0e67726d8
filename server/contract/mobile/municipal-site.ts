import * as z from 'zod/mini'
import { IsoDate } from '../dates.ts'
import { factKind, Line, PointGeometry, Slug } from '../facts/fact.ts'
import { availabilities, municipalOwners, municipalSiteKinds, staticsFindings } from './codes.ts'
import { Measure, noteValue, parcelFields, parcelValues } from './fields.ts'

/** A roof or plot of the city that is offered to operators. Internal until released. */
export const municipalSite = factKind({
  kind: 'municipal_site',
  table: 'municipal_sites',
  label: { de: 'Städtischer Standort', en: 'Municipal site' },
  roles: ['mobileCoordinator'],
  identity: z.object({ key: Slug }),
  values: z.object({
    name: Line,
    kind: municipalSiteKinds.schema,
    owner: municipalOwners.schema,
    ownerName: z.nullable(Line),
    ...parcelValues,
    heightM: z.nullable(Measure(300)),
    areaM2: z.nullable(Measure(100_000)),
    hasPower: z.nullable(z.boolean()),
    hasFibre: z.nullable(z.boolean()),
    access: noteValue,
    statics: staticsFindings.schema,
    heritage: z.nullable(z.boolean()),
    availability: availabilities.schema,
    availableFrom: z.nullable(IsoDate),
    contact: z.nullable(Line),
    note: noteValue,
    publicNote: noteValue,
    releasedOn: z.nullable(IsoDate),
    geom: PointGeometry,
  }),
  fields: {
    key: { label: { de: 'Kennung', en: 'Key' }, input: 'hidden' },
    name: { label: { de: 'Bezeichnung', en: 'Name' }, input: 'text' },
    kind: { label: { de: 'Art', en: 'Kind' }, input: 'code', codes: municipalSiteKinds.labels },
    owner: { label: { de: 'Eigentum', en: 'Owner' }, input: 'code', codes: municipalOwners.labels },
    ownerName: { label: { de: 'Gesellschaft oder Amt', en: 'Company or office' }, input: 'text' },
    ...parcelFields,
    heightM: {
      label: { de: 'Höhe', en: 'Height' },
      input: 'number',
      unit: 'm',
      hint: { de: 'bei Dächern die des Gebäudes', en: 'for roofs that of the building' },
    },
    areaM2: { label: { de: 'Nutzbare Fläche', en: 'Usable area' }, input: 'number', unit: 'm²' },
    hasPower: { label: { de: 'Strom vorhanden', en: 'Power' }, input: 'unknownBoolean' },
    hasFibre: { label: { de: 'Glasfaser vorhanden', en: 'Fibre' }, input: 'unknownBoolean' },
    access: { label: { de: 'Zugang und Zufahrt', en: 'Access' }, input: 'longText' },
    statics: { label: { de: 'Statik', en: 'Statics' }, input: 'code', codes: staticsFindings.labels },
    heritage: { label: { de: 'Denkmalschutz berührt', en: 'Heritage affected' }, input: 'unknownBoolean' },
    availability: { label: { de: 'Verfügbarkeit', en: 'Availability' }, input: 'code', codes: availabilities.labels },
    availableFrom: { label: { de: 'Verfügbar ab', en: 'Available from' }, input: 'day' },
    contact: { label: { de: 'Ansprechperson (intern)', en: 'Contact (internal)' }, input: 'text' },
    note: { label: { de: 'Bemerkung (intern)', en: 'Note (internal)' }, input: 'longText' },
    publicNote: { label: { de: 'Öffentlicher Hinweis', en: 'Public note' }, input: 'longText' },
    releasedOn: { label: { de: 'Öffentlich ab', en: 'Public from' }, input: 'day' },
    geom: { label: { de: 'Lage', en: 'Location' }, input: 'geometry' },
  },
  idOf: ({ key }) => `m:${key}`,
})
export type MunicipalSite = z.infer<typeof municipalSite.values>
