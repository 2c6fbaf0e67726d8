import { useEffect } from 'preact/hooks'
import { type AddressDifference, exportAddressDifferences } from '../../server/contract/addresses.ts'
import { formatNumber } from '../../server/contract/numbers.ts'
import { Button, ButtonLink } from '../ui/button.tsx'
import { type Column, DataTable } from '../ui/data-table.tsx'
import { Loaded } from '../ui/resource.tsx'
import { differences, type Register } from './data.ts'

const columns: readonly Column<AddressDifference>[] = [
  { key: 'label', label: 'Adresse oder Straße', cell: (row) => row.label, heading: true },
  { key: 'streetKey', label: 'Schlüssel', cell: (row) => row.streetKey },
  { key: 'byKey', label: 'Stadtteil laut Schlüssel', cell: (row) => row.districtName ?? 'keiner' },
  {
    key: 'byBoundary',
    label: 'Stadtteil laut Grenzen',
    cell: (row) => row.polygonDistrictName ?? (row.point ? 'außerhalb' : 'ohne Punkt'),
  },
  {
    key: 'distance',
    label: 'Abstand in m',
    cell: (row) => (row.distanceM === null ? 'unbekannt' : formatNumber(row.distanceM, 'de', 1)),
    numeric: true,
  },
  { key: 'map', label: 'Karte', cell: (row) => (row.point ? <MapLink of={row} point={row.point} /> : null) },
]

/** Where street key and boundaries disagree: nothing is hidden, the key counts. */
export function Differences({ register }: { register: Register }) {
  const count = register.differences
  const latest = register.imports.find(({ status }) => status === 'done')?.id
  useEffect(() => void differences.ask({ known: [], after: null }), [count, latest])
  return (
    <section>
      <h2>Abweichungen von den Stadtteilgrenzen</h2>
      <p>
        Der Straßenschlüssel nennt den Stadtteil und gilt. Hier steht, wo der Punkt nach den geltenden Grenzen in einem anderen
        liegt oder der Schlüssel keinen nennt. Der Abstand ist der zur Grenze des Stadtteils, den der Schlüssel nennt: Bei
        vereinfachten Grenzen sind bis etwa 100 m zu erwarten.
      </p>
      {count > 0 && (
        <p>
          <ButtonLink href={exportAddressDifferences.path} icon="download" small download>
            Liste als CSV
          </ButtonLink>
        </p>
      )}
      <Loaded from={differences}>
        {({ all, next }) => (
          <>
            <DataTable
              caption={`Abweichungen, die größten zuerst (${formatNumber(all.length, 'de', 0)} von ${formatNumber(count, 'de', 0)})`}
              columns={columns}
              rows={all}
              rowKey={(row) => `${row.kind} ${row.id}`}
              empty="Keine: Schlüssel und Grenzen sagen überall dasselbe."
            />
            {next !== null && (
              <Button onClick={() => void differences.ask({ known: all, after: next })}>Weitere Abweichungen</Button>
            )}
          </>
        )}
      </Loaded>
    </section>
  )
}

function MapLink({ of, point: [longitude, latitude] }: { of: AddressDifference; point: readonly [number, number] }) {
  const place = of.kind === 'address' ? `adresse:${of.id}` : `strasse:${of.id}`
  const page = of.districtId ? `/stadtteil/${of.districtId}` : '/'
  return (
    <a href={`${page}?karte=16/${latitude}/${longitude}&ort=${place}`} target="_blank" rel="noreferrer">
      Auf der Karte<span class="kern-sr-only">: {of.label} (neues Fenster)</span>
    </a>
  )
}
