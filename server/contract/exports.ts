import * as z from 'zod/mini'
import { Clocks } from './clocks.ts'
import { endpoint } from './endpoint.ts'
import { ObjectKind, objectFilters } from './objects.ts'

/** `csv-excel`: as a German spreadsheet expects it, like xlsx with words; the others hold codes and ISO dates. */
export const exportFormats = ['xlsx', 'csv', 'csv-excel', 'geojson', 'gpkg', 'shp'] as const
export type ExportFormat = (typeof exportFormats)[number]

/**
 * Objects of a kind that fit the filter, as a ZIP with a README of the fields (labels, units, codes, both clocks). Geometry in
 * EPSG:25832 (GeoJSON: WGS84). What is exported can be delivered: the inbox reads it and finds nothing changed. Internal.
 */
export const exportObjects = endpoint({
  method: 'get',
  path: '/api/exports/:kind',
  access: ['viewer', 'mobileCoordinator', 'gigabitCoordinator', 'admin'],
  summary: 'Export premises or network',
  params: z.strictObject({ kind: ObjectKind }),
  query: z.strictObject({ ...objectFilters, ...Clocks, format: z.enum(exportFormats) }),
  response: z.unknown(),
  produces: ['application/zip'],
})
