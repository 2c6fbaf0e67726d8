/** Media types the open data comes in. */
export const media = {
  json: 'application/json',
  geojson: 'application/geo+json',
  html: 'text/html; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  schema: 'application/schema+json',
  openapi: 'application/vnd.oai.openapi+json;version=3.1',
  tile: 'application/vnd.mapbox-vector-tile',
  events: 'text/event-stream',
} as const
