import { formatNumber } from '../../../server/contract/numbers.ts'
import { conditions, networkStatuses, structureTypes } from '../../../server/contract/objects/codes.ts'
import { type NetworkKind, networkKinds, type ObjectRow } from '../../../server/contract/objects.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Disclosure } from '../../ui/disclosure.tsx'
import { type Option, SelectField, TextField } from '../../ui/field.tsx'
import { Loaded } from '../../ui/resource.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { currentFacts, nameOf, overview } from '../../workbench/data.ts'
import { addressWith, go } from '../../workbench/place.ts'
import { factName } from '../../workbench/words.ts'
import { ExportLinks } from '../export-links.tsx'
import { type NetworkList as Answer, mayChange, network } from './data.ts'
import { merging } from './drawing.ts'
import { toggleMerging } from './network-map.tsx'
import { type FilterPart, filterNames, partsOf, type Shown } from './query.ts'
import { NetworkSign } from './sign.tsx'
import { detailOf, kindWords, metres, statusWord, titleOf } from './words.ts'

/** Kinds, filters and the table: everything the map shows, in words. */
export function NetworkList({ shown, onMore }: { shown: Shown; onMore: () => void }) {
  const { kind } = shown
  return (
    <>
      <nav class="kind-tabs" aria-label="Art">
        <ul>
          {networkKinds.map((one) => (
            <li key={one}>
              <a
                href={addressWith({ art: one, objekt: null, bestand: null, bauwerk: null, sortierung: null })}
                aria-current={one === kind ? 'page' : undefined}
              >
                <NetworkSign kind={one} />
                {kindWords[one].many}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {mayChange() && (
        <p>
          <ButtonLink look="secondary" small icon="add" href={addressWith({ objekt: 'neu' })}>
            {kindWords[kind].new}
          </ButtonLink>
        </p>
      )}
      <Filters shown={shown} />
      <ExportLinks kind={kind} filter={shown.filter} />
      <Loaded from={network} skeleton={<Skeleton lines={[90, 90, 90, 90]} />}>
        {(answer) => <Rows answer={answer} shown={shown} onMore={onMore} />}
      </Loaded>
    </>
  )
}

const labels: Record<FilterPart, string> = {
  q: 'Suche (Kennung, Betreiber, Bezeichnung)',
  districtId: 'Stadtteil',
  status: 'Status',
  programmeId: 'Programm',
  sectionId: 'Bauabschnitt',
  condition: 'neu oder mitgenutzt',
  structureType: 'Art des Bauwerks',
}

function Filters({ shown: { kind, filter } }: { shown: Shown }) {
  const parts = partsOf(kind)
  const set = (part: FilterPart, value: string) => go(addressWith({ [filterNames[part]]: value || null }), { replace: true })
  const active = parts.filter((part) => part !== 'q' && filter[part])
  return (
    <>
      <TextField
        label={labels.q}
        optional="silent"
        value={filter.q ?? ''}
        onChange={(event) => set('q', event.currentTarget.value.trim())}
      />
      <Disclosure summary={active.length > 0 ? `Filter (${active.length})` : 'Filter'} open={active.length > 0}>
        <div class="form-grid">
          {parts
            .filter((part) => part !== 'q')
            .map((part) => (
              <SelectField
                key={part}
                label={labels[part]}
                optional="silent"
                value={filter[part] ?? ''}
                options={[{ value: '', label: 'alle' }, ...optionsOf(part)]}
                onChange={(event) => set(part, event.currentTarget.value)}
              />
            ))}
        </div>
        {active.length > 0 && (
          <p>
            <Button
              look="tertiary"
              small
              onClick={() => go(addressWith(Object.fromEntries(active.map((part) => [filterNames[part], null]))))}
            >
              Filter zurücksetzen
            </Button>
          </p>
        )}
      </Disclosure>
    </>
  )
}

function optionsOf(part: FilterPart): Option[] {
  const coded = { status: networkStatuses, condition: conditions, structureType: structureTypes }[part as 'status']
  if (coded) return Object.entries(coded.labels).map(([value, { de }]) => ({ value, label: de }))
  if (part === 'districtId') {
    const districts = overview.answer.value?.districts ?? []
    return [
      ...districts.map(({ id, name }) => ({ value: id, label: name })),
      { value: 'outside', label: 'außerhalb der Stadtteile' },
    ]
  }
  const kind = part === 'programmeId' ? 'programme' : 'section'
  return currentFacts(kind).map(({ id, content }) => ({ value: id, label: factName(kind, content, nameOf) }))
}

function Rows({ answer, shown, onMore }: { answer: Answer; shown: Shown; onMore: () => void }) {
  const { kind, sort, descending, opened } = shown
  const { rows, next, totals } = answer
  const isMerging = merging.value !== null
  return (
    <>
      <DataTable
        caption={
          <>
            {amount(kind, totals.count)}
            {totals.lengthM !== null && `, zusammen ${metres(totals.lengthM)}`}
          </>
        }
        columns={isMerging ? [mergeColumn, ...columnsOf(kind)] : columnsOf(kind)}
        rows={rows}
        rowKey={({ id }) => id}
        isSelected={({ id }) => id === opened}
        sorting={undefined}
        empty={`Es sind keine ${kindWords[kind].many} erfasst, die zum Filter passen.`}
      />
      <p class="network-sort">
        <SelectField
          label="Reihenfolge"
          value={`${descending ? '-' : ''}${sort}`}
          options={orders}
          onChange={(event) => go(addressWith({ sortierung: event.currentTarget.value }), { replace: true })}
        />
      </p>
      {next && (
        <Button look="secondary" onClick={onMore} disabled={network.loading.value}>
          {`Weitere laden (${formatNumber(rows.length, 'de')} von ${formatNumber(totals.count, 'de')})`}
        </Button>
      )}
    </>
  )
}

const orders: readonly Option[] = [
  { value: 'name', label: 'nach Kennung' },
  { value: 'state', label: 'nach Status' },
  { value: '-length', label: 'längste zuerst' },
  { value: 'length', label: 'kürzeste zuerst' },
  { value: '-trueOn', label: 'neuester Stand zuerst' },
  { value: 'operator', label: 'nach Betreiber' },
]

function amount(kind: NetworkKind, count: number): string {
  return `${formatNumber(count, 'de')} ${count === 1 ? kindWords[kind].one : kindWords[kind].many}`
}

const mergeColumn: Column<ObjectRow> = {
  key: 'merge',
  label: 'Wahl',
  cell: ({ id, content }) => (
    <input
      type="checkbox"
      class="kern-form-check__checkbox"
      aria-label={`${titleOf(content)} mit zusammenfügen`}
      checked={merging.value?.includes(id)}
      onChange={() => toggleMerging(id)}
    />
  ),
}

function columnsOf(kind: NetworkKind): Column<ObjectRow>[] {
  const districts = ({ districtIds }: ObjectRow) =>
    districtIds.length > 0 ? districtIds.map((id) => nameOf('district', id)).join(', ') : 'außerhalb'
  return [
    {
      key: 'name',
      label: kindWords[kind].one,
      heading: true,
      cell: (row) => (
        <a href={addressWith({ objekt: row.id })}>
          {titleOf(row.content)}
          <span class="network-detail">{detailOf(kind, row.content)}</span>
        </a>
      ),
    },
    {
      key: 'state',
      label: 'Status',
      cell: ({ status, content }) => (
        <span class="network-status">
          <NetworkSign
            kind={kind}
            status={status}
            type={String(content.structureType)}
            isReused={content.condition === 'reused'}
          />
          {statusWord(status)}
        </span>
      ),
    },
    ...(kind === 'structure'
      ? []
      : [{ key: 'length', label: 'Länge', numeric: true, cell: ({ lengthM }: ObjectRow) => metres(lengthM ?? 0) }]),
    { key: 'district', label: 'Stadtteil', cell: districts },
  ]
}
