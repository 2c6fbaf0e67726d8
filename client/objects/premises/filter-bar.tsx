import { useEffect, useState } from 'preact/hooks'
import { fundingClasses } from '../../../server/contract/codes.ts'
import { formatNumber } from '../../../server/contract/numbers.ts'
import type { ObjectCounts } from '../../../server/contract/objects.ts'
import { Button } from '../../ui/button.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { nameOf } from '../../workbench/data.ts'
import { addressWith, go } from '../../workbench/place.ts'
import { counts } from './data.ts'
import { type FilterPart, filterChange, noFilter, type PremisesFilter, toggled, valuesOf } from './filter.ts'
import { kindWords, stateWords } from './words.ts'

type Counted = keyof ObjectCounts['counts']

const labels: Readonly<Record<FilterPart, string>> = {
  q: 'Suche',
  districtId: 'Stadtteil',
  premisesKind: 'Art',
  state: 'Zustand',
  fundingClass: 'Förderklasse',
  programmeId: 'Programm',
  sectionId: 'Bauabschnitt',
  operator: 'Betreiber',
  lacks: 'Was fehlt',
  bbox: 'Kartenrahmen',
  changeId: 'Änderung',
}

const lackWords: Readonly<Record<string, string>> = {
  address: 'Adresse',
  location: 'Lage',
  programme: 'Programm',
  section: 'Bauabschnitt',
}

const counted: readonly Counted[] = [
  'districtId',
  'premisesKind',
  'state',
  'fundingClass',
  'programmeId',
  'sectionId',
  'operator',
]
const waitMs = 300

/** A value of the filter in words. */
export function filterWords(part: FilterPart, value: string): string {
  if (part === 'premisesKind') return kindWords(value)
  if (part === 'state') return stateWords(value)
  if (part === 'fundingClass') return fundingClasses.labels[value as keyof typeof fundingClasses.labels]?.de ?? value
  if (part === 'districtId') return nameOf('district', value)
  if (part === 'programmeId') return nameOf('programme', value)
  if (part === 'sectionId') return nameOf('section', value)
  if (part === 'lacks') return `ohne ${lackWords[value] ?? value}`
  if (part === 'bbox') return 'im Kartenrahmen'
  if (part === 'changeId') return `Änderung ${value}`
  return value
}

function change(part: FilterPart, value: string): void {
  go(addressWith(filterChange(part, value)), { replace: part === 'q' })
}

/** Search, one field per part with the number of objects behind each value (folded on phones), and what is filtered by as chips. */
export function FilterBar({ filter }: { filter: PremisesFilter }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <search class={`premises-filter${isOpen ? ' premises-filter--open' : ''}`}>
      <Button
        class="premises-filter__toggle"
        look="secondary"
        small
        icon={isOpen ? 'up' : 'down'}
        aria-expanded={isOpen}
        aria-controls="premises-filter"
        onClick={() => setOpen(!isOpen)}
      >
        Filter
      </Button>
      <div class="premises-filter__fields" id="premises-filter">
        <Search value={filter.q ?? ''} />
        {counted.map((part) => (
          <Choice key={part} part={part} filter={filter} />
        ))}
        <SelectField
          label={labels.lacks}
          optional
          value=""
          options={[{ value: '', label: 'egal' }, ...Object.entries(lackWords).map(([value, label]) => ({ value, label }))]}
          onChange={(event) => change('lacks', toggled(filter, 'lacks', event.currentTarget.value))}
        />
      </div>
      <Chips filter={filter} />
    </search>
  )
}

function Search({ value }: { value: string }) {
  const [text, setText] = useState(value)
  useEffect(() => setText(value), [value])
  useEffect(() => {
    if (text === value) return
    const timer = setTimeout(() => change('q', text.trim()), waitMs)
    return () => clearTimeout(timer)
  }, [text])
  return (
    <TextField
      label="Adresse, Name oder Kennung"
      optional
      value={text}
      onInput={(event) => setText(event.currentTarget.value)}
      onBlur={() => text !== value && change('q', text.trim())}
    />
  )
}

/** Choosing a value adds it; a chip takes it away again. */
function Choice({ part, filter }: { part: Counted; filter: PremisesFilter }) {
  const chosen = valuesOf(filter, part)
  const values = counts.answer.value?.counts[part] ?? []
  const options = values.flatMap(({ value, count }) =>
    value === null || chosen.includes(value)
      ? []
      : [{ value, label: `${filterWords(part, value)} (${formatNumber(count, 'de')})` }],
  )
  return (
    <SelectField
      label={labels[part]}
      optional
      value=""
      disabled={options.length === 0}
      options={[{ value: '', label: chosen.length > 0 ? `${chosen.length} gewählt` : 'alle' }, ...options]}
      onChange={(event) => {
        if (event.currentTarget.value) change(part, toggled(filter, part, event.currentTarget.value))
      }}
    />
  )
}

function Chips({ filter }: { filter: PremisesFilter }) {
  const chips = (Object.keys(filter) as FilterPart[]).flatMap((part) => valuesOf(filter, part).map((value) => ({ part, value })))
  if (chips.length === 0) return null
  return (
    <ul class="premises-chips" aria-label="Gefiltert nach">
      {chips.map(({ part, value }) => (
        <li key={`${part}=${value}`}>
          <Button
            look="secondary"
            small
            icon="close"
            aria-label={`Filter entfernen: ${labels[part]} ${filterWords(part, value)}`}
            onClick={() => change(part, toggled(filter, part, value))}
          >
            {filterWords(part, value)}
          </Button>
        </li>
      ))}
      <li>
        <Button look="tertiary" small onClick={() => go(addressWith(noFilter()))}>
          Alle Filter entfernen
        </Button>
      </li>
    </ul>
  )
}
