import { caseTypes, waitedFor } from '../../../server/contract/mobile/codes.ts'
import type { RequestSummary } from '../../../server/contract/mobile.ts'
import { type Column, DataTable, type Sorting } from '../../ui/data-table.tsx'
import { Light } from '../../ui/deadline-light.tsx'
import { addressWith, go, place } from '../../workbench/place.ts'
import { urgencyOf } from '../deadlines.ts'
import { dayWords, districtWords, operatorWords, sinceWords, statusWord, titleOf } from '../words.ts'
import type { ListProps } from './board.tsx'
import { stages } from './order.ts'

/** The columns, also of the file for spreadsheets. */
export function columnsOf({ today, deadlineOf }: Omit<ListProps, 'requests'>): readonly Column<RequestSummary>[] {
  return [
    {
      key: 'fall',
      label: 'Anfrage',
      heading: true,
      sortBy: ({ content }) => titleOf(content),
      cell: ({ id, content }) => <a href={addressWith({ anfrage: id })}>{titleOf(content)}</a>,
    },
    {
      key: 'status',
      label: 'Status',
      sortBy: ({ status }) => stages.flatMap(({ statuses }) => statuses).indexOf(status),
      cell: ({ status }) => statusWord(status),
    },
    {
      key: 'wartet',
      label: 'Wartet auf',
      sortBy: ({ waiting }) => (waiting ? waitedFor.labels[waiting.for].de : null),
      cell: ({ waiting }) => (waiting ? waitedFor.labels[waiting.for].de : '–'),
    },
    {
      key: 'seit',
      label: 'Seit',
      sortBy: ({ waiting }) => waiting?.since ?? null,
      cell: ({ waiting }) => (waiting ? sinceWords(waiting.since, today) : '–'),
    },
    {
      key: 'frist',
      label: 'Frist',
      sortBy: (request) => (request.waiting ? urgencyOf(deadlineOf(request)) : null),
      cell: (request) => {
        const deadline = request.waiting ? deadlineOf(request) : null
        return deadline ? <Light light={deadline.light}>{`${deadline.name} ${dayWords(deadline.dueOn)}`}</Light> : '–'
      },
    },
    { key: 'art', label: 'Art', sortBy: (row) => caseWord(row), cell: (row) => caseWord(row) },
    { key: 'ort', label: 'Stadtteil', sortBy: (row) => districtWords(row) || null, cell: (row) => districtWords(row) || '–' },
    {
      key: 'eingang',
      label: 'Eingegangen',
      sortBy: ({ content }) => content.receivedOn,
      cell: ({ content }) => dayWords(content.receivedOn),
    },
    {
      key: 'standort',
      label: 'Standort',
      sortBy: ({ agreed, candidates }) => agreed ?? (candidates > 0 ? `${candidates}` : null),
      cell: ({ agreed, candidates }) => agreed ?? (candidates > 0 ? `${candidates} in Prüfung` : '–'),
    },
  ]
}

function caseWord({ content }: RequestSummary): string {
  return caseTypes.labels[content.caseType].de
}

/** The list as a table; without a wish in the order of attention. */
export function RequestTable(props: ListProps) {
  return (
    <DataTable
      caption={`${props.requests.length} Standortanfragen${sortingNow() ? '' : ', was Aufmerksamkeit braucht zuerst'}`}
      columns={columnsOf(props)}
      rows={props.requests}
      rowKey={({ id }) => id}
      sorting={sortingNow()}
      onSort={({ key, descending }) => go(addressWith({ sortierung: `${descending ? '-' : ''}${key}` }), { replace: true })}
      empty="Keine Standortanfrage passt zum Filter."
    />
  )
}

function sortingNow(): Sorting | undefined {
  const wish = place.value.query.get('sortierung')
  return wish ? { key: wish.replace(/^-/, ''), descending: wish.startsWith('-') } : undefined
}

/** One line of the file: plain words and ISO days, the same whatever is shown. */
export function csvRow(request: RequestSummary, { deadlineOf }: Omit<ListProps, 'requests'>): readonly string[] {
  const { content, status, statusSince, waiting, candidates, agreed } = request
  const deadline = waiting ? deadlineOf(request) : null
  return [
    request.id,
    content.caseNumber ?? '',
    operatorWords(content.operators),
    content.operatorSiteCode ?? '',
    caseWord(request),
    content.receivedOn,
    statusWord(status),
    statusSince,
    waiting ? waitedFor.labels[waiting.for].de : '',
    waiting?.since ?? '',
    waiting?.what ?? '',
    deadline?.name ?? '',
    deadline?.dueOn ?? '',
    districtWords(request),
    String(candidates),
    agreed ?? '',
  ]
}

export const csvHeader = [
  'Kennung',
  'Aktenzeichen',
  'Betreiber',
  'Standortkennung',
  'Art',
  'Eingegangen',
  'Status',
  'Status seit',
  'Wartet auf',
  'Wartet seit',
  'Wofür',
  'Frist',
  'Frist endet',
  'Stadtteile',
  'Kandidaten',
  'Abgestimmter Standort',
]
