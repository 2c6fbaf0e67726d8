import { useEffect } from 'preact/hooks'
import type * as z from 'zod/mini'
import { quantities } from '../../../server/contract/codes.ts'
import { getLengths, type LengthRow } from '../../../server/contract/counts.ts'
import { networkStatuses } from '../../../server/contract/objects/codes.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Disclosure } from '../../ui/disclosure.tsx'
import { Loaded, resource } from '../../ui/resource.tsx'
import { nameOf } from '../../workbench/data.ts'
import { ask } from '../../workbench/staff.ts'
import { metres } from './words.ts'

type Answer = z.output<(typeof getLengths)['response']>

const lengths = resource<null, Answer>(async (_question, signal) => ask(getLengths, { query: {}, signal }))

/** The four quantities apart: trench, new duct, reused infrastructure, cable. They are never added to each other. */
export function Lengths({ revision }: { revision: number }) {
  useEffect(() => {
    void lengths.ask(null)
  }, [revision])
  return (
    <Disclosure summary="Längen nach Stadtteil und Status">
      <p>
        Trasse, neues Leerrohr, mitgenutzte Infrastruktur und Kabel sind vier verschiedene Größen und werden nie zusammengezählt.
      </p>
      <Loaded from={lengths}>
        {({ measured, targets }) => (
          <>
            {[...new Set(measured.map(({ quantity }) => quantity))].map((quantity) => (
              <Quantity
                key={quantity}
                quantity={quantity}
                rows={measured.filter((row) => row.quantity === quantity)}
                targets={targets.filter((row) => row.quantity === quantity)}
              />
            ))}
          </>
        )}
      </Loaded>
    </Disclosure>
  )
}

/** Metres of a district by status. */
interface Line {
  districtId: string | null
  byStatus: Readonly<Record<string, number>>
}

function linesOf(rows: readonly LengthRow[]): Line[] {
  const byDistrict = Map.groupBy(rows, ({ districtId }) => districtId)
  return [...byDistrict].map(([districtId, own]) => ({
    districtId,
    byStatus: Object.fromEntries(networkStatuses.keys.map((status) => [status, sum(own.filter((row) => row.status === status))])),
  }))
}

function sum(rows: readonly LengthRow[]): number {
  return rows.reduce((total, { lengthM }) => total + lengthM, 0)
}

const columns: readonly Column<Line>[] = [
  {
    key: 'district',
    label: 'Stadtteil',
    heading: true,
    cell: ({ districtId }) => (districtId === null ? 'außerhalb' : nameOf('district', districtId)),
  },
  ...networkStatuses.keys.map((status) => ({
    key: status,
    label: networkStatuses.labels[status].de,
    numeric: true,
    cell: ({ byStatus }: Line) => metres(byStatus[status] ?? 0),
  })),
]

interface QuantityProps {
  quantity: LengthRow['quantity']
  rows: readonly LengthRow[]
  targets: Answer['targets']
}

function Quantity({ quantity, rows, targets }: QuantityProps) {
  const laid = sum(rows.filter(({ status }) => status === 'laid'))
  const target = targets.map(({ value }) => metres(value)).join(', ')
  return (
    <DataTable
      caption={`${quantities.labels[quantity].de}: ${metres(laid)} verlegt${target && `, Ziel ${target}`}`}
      columns={columns}
      rows={linesOf(rows)}
      rowKey={({ districtId }) => districtId ?? 'outside'}
    />
  )
}
