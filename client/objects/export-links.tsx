import { type ExportFormat, exportFormats, exportObjects } from '../../server/contract/exports.ts'
import type { ObjectKindName } from '../../server/contract/objects/index.ts'
import { addressOf } from '../api.ts'
import { Disclosure } from '../ui/disclosure.tsx'

const words: Readonly<Record<ExportFormat, string>> = {
  xlsx: 'Excel (XLSX)',
  csv: 'CSV (UTF-8, Komma)',
  'csv-excel': 'CSV für Excel',
  geojson: 'GeoJSON',
  gpkg: 'GeoPackage',
  shp: 'Shapefile',
}

/** What the filter shows, as files with a README; the inbox reads them back. */
export function ExportLinks({ kind, filter }: { kind: ObjectKindName; filter: Readonly<Record<string, unknown>> }) {
  const given = Object.fromEntries(Object.entries(filter).filter(([, value]) => Boolean(value)))
  return (
    <Disclosure summary="Exportieren">
      <ul class="export-links">
        {exportFormats.map((format) => (
          <li key={format}>
            <a href={addressOf(exportObjects.path, { kind }, { ...given, format })} download>
              {words[format]}
            </a>
          </li>
        ))}
      </ul>
    </Disclosure>
  )
}
