import * as z from 'zod/mini'
import { spotKinds } from '../mobile/codes.ts'
import { factKind, Line, Slug } from './fact.ts'
import { periodField, validityFields, validityValues } from './validity.ts'

const operatorCount = z.int().check(z.minimum(0), z.maximum(10))

/** How many operators with 4G or 5G make a place a white or a grey spot, from when to when. */
export const spotRule = factKind({
  kind: 'spot_rule',
  table: 'spot_rules',
  label: { de: 'Regel für Flecken', en: 'Spot rule' },
  roles: ['mobileCoordinator', 'admin'],
  isInternal: true,
  identity: z.object({ slug: spotKinds.schema, period: Slug }),
  values: z.object({ label: Line, fewestOperators: operatorCount, mostOperators: operatorCount, ...validityValues }),
  fields: {
    slug: { label: { de: 'Art', en: 'Kind' }, input: 'code', codes: spotKinds.labels },
    period: periodField,
    label: {
      label: { de: 'Erklärung für die Karte', en: 'Explanation for the map' },
      input: 'text',
      hint: { de: 'z. B. Kein Betreiber bietet 4G oder 5G', en: 'e.g. no operator offers 4G or 5G' },
    },
    fewestOperators: { label: { de: 'Betreiber mindestens', en: 'Operators at least' }, input: 'number' },
    mostOperators: { label: { de: 'Betreiber höchstens', en: 'Operators at most' }, input: 'number' },
    ...validityFields,
  },
  idOf: ({ slug, period }) => `spot:${slug}:${period}`,
})
