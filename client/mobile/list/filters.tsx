import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { mobileOperators, siteStatuses, waitedFor } from '../../../server/contract/mobile/codes.ts'
import { Button } from '../../ui/button.tsx'
import { type Option, SelectField, TextField } from '../../ui/field.tsx'
import { overview } from '../../workbench/data.ts'
import { addressWith, go } from '../../workbench/place.ts'
import { type CaseFilter, type FilterPart, filterNames } from './query.ts'

const all: Option = { value: '', label: 'alle' }
const waitMs = 250

function set(part: FilterPart, value: string): void {
  go(addressWith({ [filterNames[part]]: value || null }), { replace: true })
}

/** What all displays of the list are narrowed by; it stands in the address. */
export function Filters({ filter, children }: { filter: CaseFilter; children?: ComponentChildren }) {
  const districts = overview.answer.value?.districts ?? []
  const choice = (part: FilterPart, label: string, options: readonly Option[]) => (
    <SelectField
      label={label}
      optional="silent"
      value={filter[part] ?? ''}
      options={[all, ...options]}
      onChange={(event) => set(part, event.currentTarget.value)}
    />
  )
  return (
    <search class="field-row site-filters">
      <Search value={filter.q ?? ''} />
      {choice('operator', 'Betreiber', optionsOf(mobileOperators.labels))}
      {choice('status', 'Status', optionsOf(siteStatuses.labels))}
      {choice('waiting', 'Wartet auf', optionsOf(waitedFor.labels))}
      {choice(
        'district',
        'Stadtteil',
        districts.map(({ id, name }) => ({ value: id, label: name })),
      )}
      {Object.keys(filter).length > 0 && (
        <Button
          look="tertiary"
          small
          onClick={() => go(addressWith(Object.fromEntries(Object.values(filterNames).map((name) => [name, null]))))}
        >
          Filter zurücksetzen
        </Button>
      )}
      {children}
    </search>
  )
}

function optionsOf(labels: Readonly<Record<string, { de: string }>>): Option[] {
  return Object.entries(labels).map(([value, { de }]) => ({ value, label: de }))
}

function Search({ value }: { value: string }) {
  const [text, setText] = useState(value)
  useEffect(() => setText(value), [value])
  useEffect(() => {
    if (text.trim() === value) return
    const timer = setTimeout(() => set('q', text.trim()), waitMs)
    return () => clearTimeout(timer)
  }, [text])
  return (
    <TextField
      label="Suche"
      optional="silent"
      placeholder="Kennung, Aktenzeichen, Ort …"
      value={text}
      onInput={(event) => setText(event.currentTarget.value)}
    />
  )
}
