import * as z from 'zod/mini'
import { factKind, Geometry, Line, Slug } from './fact.ts'

/** Boundary of a district: generalised until the city replaces it by its own file. */
export const districtBoundary = factKind({
  kind: 'district_boundary',
  table: 'district_boundaries',
  label: { de: 'Stadtteilgrenze', en: 'District boundary' },
  roles: ['admin'],
  identity: z.object({ districtId: Slug }),
  values: z.object({
    official: z.boolean(),
    attribution: Line,
    geom: Geometry,
  }),
  fields: {
    districtId: {
      label: { de: 'Stadtteil', en: 'District' },
      input: 'reference',
      refersTo: 'district',
    },
    official: { label: { de: 'amtlich', en: 'official' }, input: 'boolean' },
    attribution: {
      label: { de: 'Quellenvermerk', en: 'Attribution' },
      input: 'text',
    },
    geom: { label: { de: 'Grenze', en: 'Boundary' }, input: 'geometry' },
  },
  idOf: ({ districtId }) => `boundary:${districtId}`,
})
