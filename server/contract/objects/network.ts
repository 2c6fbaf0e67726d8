import * as z from 'zod/mini'
import { factKind, Line, LineGeometry, PointGeometry } from '../facts/fact.ts'
import { conditions, layingMethods, structureTypes, surfaces } from './codes.ts'
import { Identity, identityFields, key, networkFields, networkValues } from './common.ts'
import { ductTypes } from './duct-types.ts'

const Count = z.int().check(z.minimum(1), z.maximum(1000))

/** Trasse: the trench. Its metres are those of the trench, whatever lies in it. */
export const route = factKind({
  kind: 'route',
  table: 'routes',
  label: { de: 'Trasse', en: 'Route' },
  roles: ['gigabitCoordinator'],
  identity: Identity,
  values: z.object({
    ...networkValues,
    layingMethod: z.nullable(layingMethods.schema),
    surface: z.nullable(surfaces.schema),
    coLaying: z.boolean(),
    geom: LineGeometry,
  }),
  fields: {
    ...identityFields,
    ...networkFields,
    layingMethod: { label: { de: 'Verlegeart', en: 'Laying method' }, input: 'code', codes: layingMethods.labels },
    surface: { label: { de: 'Oberfläche', en: 'Surface' }, input: 'code', codes: surfaces.labels },
    coLaying: { label: { de: 'Mitverlegung', en: 'Co-laying' }, input: 'boolean' },
    geom: { label: { de: 'Verlauf', en: 'Course' }, input: 'geometry' },
  },
  idOf: key('r'),
})

/** Leerrohr or Rohrverband: each is a line of its own; lines may lie on each other. */
export const duct = factKind({
  kind: 'duct',
  table: 'ducts',
  label: { de: 'Leerrohr', en: 'Duct' },
  roles: ['gigabitCoordinator'],
  identity: Identity,
  values: z.object({
    ...networkValues,
    ductType: z.int().check(z.refine((code) => code in ductTypes, 'Diese Rohrart gibt es nicht.')),
    ductTypeText: z.nullable(Line),
    condition: conditions.schema,
    count: Count,
    tubesPerBundle: z.nullable(z.int().check(z.minimum(1), z.maximum(100))),
    tubesReserved: z.nullable(z.int().check(z.minimum(0), z.maximum(1000))),
    geom: LineGeometry,
  }),
  fields: {
    ...identityFields,
    ...networkFields,
    ductType: { label: { de: 'Rohrart', en: 'Duct type' }, input: 'code', codes: ductTypes },
    ductTypeText: {
      label: { de: 'Rohrart (Text)', en: 'Duct type (text)' },
      input: 'text',
      hint: { de: 'nötig bei „Sonstiges“', en: 'needed for “other”' },
    },
    condition: { label: { de: 'neu oder mitgenutzt', en: 'new or reused' }, input: 'code', codes: conditions.labels },
    count: { label: { de: 'Anzahl auf der Linie', en: 'Count on the line' }, input: 'number' },
    tubesPerBundle: { label: { de: 'Rohre je Verband', en: 'Tubes per bundle' }, input: 'number' },
    tubesReserved: { label: { de: 'Rohre in Reserve', en: 'Tubes in reserve' }, input: 'number' },
    geom: { label: { de: 'Verlauf', en: 'Course' }, input: 'geometry' },
  },
  idOf: key('d'),
})

/** Glasfaserkabel. */
export const cable = factKind({
  kind: 'cable',
  table: 'cables',
  label: { de: 'Glasfaserkabel', en: 'Fibre cable' },
  roles: ['gigabitCoordinator'],
  identity: Identity,
  values: z.object({
    ...networkValues,
    fibreCount: z.int().check(z.minimum(1), z.maximum(10_000)),
    fibresReserved: z.nullable(z.int().check(z.minimum(0), z.maximum(10_000))),
    count: Count,
    geom: LineGeometry,
  }),
  fields: {
    ...identityFields,
    ...networkFields,
    fibreCount: { label: { de: 'Fasern', en: 'Fibres' }, input: 'number' },
    fibresReserved: { label: { de: 'Fasern in Reserve', en: 'Fibres in reserve' }, input: 'number' },
    count: { label: { de: 'Anzahl auf der Linie', en: 'Count on the line' }, input: 'number' },
    geom: { label: { de: 'Verlauf', en: 'Course' }, input: 'geometry' },
  },
  idOf: key('c'),
})

/** Bauten und Netztechnik: PoP, Netzverteiler, Schacht. */
export const structure = factKind({
  kind: 'structure',
  table: 'structures',
  label: { de: 'Bauwerk', en: 'Structure' },
  roles: ['gigabitCoordinator'],
  identity: Identity,
  values: z.object({
    ...networkValues,
    structureType: structureTypes.schema,
    structureTypeText: z.nullable(Line),
    designation: z.nullable(Line),
    condition: conditions.schema,
    collocation: z.boolean(),
    geom: PointGeometry,
  }),
  fields: {
    ...identityFields,
    ...networkFields,
    structureType: { label: { de: 'Art', en: 'Type' }, input: 'code', codes: structureTypes.labels },
    structureTypeText: {
      label: { de: 'Art (Text)', en: 'Type (text)' },
      input: 'text',
      hint: { de: 'nötig bei „Sonstiges“', en: 'needed for “other”' },
    },
    designation: { label: { de: 'Bezeichnung', en: 'Designation' }, input: 'text' },
    condition: { label: { de: 'neu oder mitgenutzt', en: 'new or reused' }, input: 'code', codes: conditions.labels },
    collocation: { label: { de: 'Kollokation', en: 'Collocation' }, input: 'boolean' },
    geom: { label: { de: 'Lage', en: 'Location' }, input: 'geometry' },
  },
  idOf: key('s'),
})
