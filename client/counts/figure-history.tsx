import { useEffect } from 'preact/hooks'
import { getFigureHistory } from '../../server/contract/counts.ts'
import { formatDay, formatMoment } from '../../server/contract/dates.ts'
import { type Measure, measures } from '../../server/contract/metrics.ts'
import { formatNumber } from '../../server/contract/numbers.ts'
import { premisesKinds } from '../../server/contract/objects/codes.ts'
import { type Column, DataTable } from '../ui/data-table.tsx'
import { SelectField } from '../ui/field.tsx'
import { Loaded, resource } from '../ui/resource.tsx'
import { overview } from '../workbench/data.ts'
import { addressWith, go, place } from '../workbench/place.ts'
import { ask } from '../workbench/staff.ts'
import type { Shown } from './data.ts'

const released = ['potential', 'passed', 'connected'] as const satisfies readonly Measure[]
type Released = (typeof released)[number]

interface Values {
  release: number
  stand: string
  at: string
  isWithdrawn: boolean
  counted: Partial<Record<Released, { value: number; isHidden: boolean }>>
}

interface Question extends Pick<Shown, 'programmeId'> {
  kind: (typeof premisesKinds.keys)[number]
  districtId: string | null
}

/** What was released of the connections of one place, a row per release, newest Stand first. */
const history = resource(async ({ districtId, ...question }: Question) => {
  const rows = new Map<number, Values>()
  for (const measure of released) {
    const { values } = await ask(getFigureHistory, { query: { ...question, ...(districtId && { districtId }), measure } })
    for (const { release, stand, at, isWithdrawn, counted: value, hidden } of values) {
      const row = rows.get(release) ?? { release, stand, at, isWithdrawn, counted: {} }
      row.counted[measure] = { value, isHidden: hidden !== null }
      rows.set(release, row)
    }
  }
  return [...rows.values()]
})

/** How the released figures of a place went on from Stand to Stand; what was withheld stands in brackets. */
export function FigureHistory({ shown }: { shown: Shown }) {
  const { programmeId, kind } = shown
  const districts = overview.answer.value?.districts ?? []
  const wished = place.value.query.get('stadtteil')
  const district = districts.find(({ id }) => id === wished) ?? null
  const revision = overview.answer.value?.clocks.revision
  useEffect(() => {
    if (programmeId) void history.ask({ programmeId, kind, districtId: district?.id ?? null })
  }, [programmeId, kind, district?.id, revision])
  const where = `${premisesKinds.labels[kind].de}, ${district?.name ?? 'ganzes Programm'}`
  return (
    <>
      <search class="field-row">
        <SelectField
          label="Verlauf für"
          optional="silent"
          value={district?.id ?? ''}
          onChange={(event) => go(addressWith({ stadtteil: event.currentTarget.value || null }), { replace: true })}
          options={[{ value: '', label: 'ganzes Programm' }, ...districts.map(({ id, name }) => ({ value: id, label: name }))]}
        />
      </search>
      <Loaded from={history}>
        {(rows) => (
          <DataTable
            caption={`Von Stand zu Stand (${where}); in Klammern: nicht genannt`}
            columns={columns}
            rows={rows}
            rowKey={({ release }) => String(release)}
            empty="Dazu ist noch nichts veröffentlicht."
          />
        )}
      </Loaded>
    </>
  )
}

const columns: readonly Column<Values>[] = [
  { key: 'stand', label: 'Stand', heading: true, cell: ({ stand }) => formatDay(stand, 'de') },
  ...released.map(
    (measure): Column<Values> => ({
      key: measure,
      label: measures.labels[measure].de,
      numeric: true,
      cell: ({ counted }) => valueText(counted[measure]),
    }),
  ),
  {
    key: 'at',
    label: 'veröffentlicht',
    cell: ({ at, isWithdrawn }) => `${formatMoment(at, 'de')}${isWithdrawn ? ', zurückgenommen' : ''}`,
  },
]

function valueText(figure: { value: number; isHidden: boolean } | undefined): string {
  if (!figure) return '–'
  const value = formatNumber(figure.value, 'de')
  return figure.isHidden ? `(${value})` : value
}
