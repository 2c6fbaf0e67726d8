import { type Placeholder, placeholders } from '../../../server/contract/letter-placeholders.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Disclosure } from '../../ui/disclosure.tsx'

const columns: readonly Column<Placeholder>[] = [
  { key: 'name', label: 'Platzhalter', heading: true, cell: (name) => <code>{`{{${name}}}`}</code> },
  {
    key: 'meaning',
    label: 'Im Schreiben steht dort',
    prose: true,
    cell: (name) => `${placeholders[name].de}${'isBlock' in placeholders[name] ? ' (eigener Absatz, nicht im Betreff)' : ''}`,
  },
]

/** What may be written into a letter template, and what it becomes. */
export function PlaceholderList() {
  return (
    <Disclosure summary="Welche Platzhalter es gibt">
      <DataTable
        caption="Platzhalter für Betreff und Text"
        columns={columns}
        rows={Object.keys(placeholders) as Placeholder[]}
        rowKey={(name) => name}
      />
    </Disclosure>
  )
}
