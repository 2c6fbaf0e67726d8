import { type Phase, phases } from '../../server/contract/codes.ts'
import { compareImprecise, formatImpreciseDate, latest } from '../../server/contract/dates.ts'
import { phaseRank } from '../../server/contract/layers/phase-look.ts'
import type { SectionSummary } from '../../server/contract/portal.ts'
import { Button, ButtonLink } from '../ui/button.tsx'
import { type Column, DataTable } from '../ui/data-table.tsx'
import { language, say } from '../ui/language.ts'
import { PhaseBadge } from '../ui/phase.tsx'
import { Loaded } from '../ui/resource.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { Source } from '../ui/source.tsx'
import { dataAddress } from './actions.tsx'
import { type Overview, overview } from './data.ts'
import { districtStates } from './districts.ts'
import { Summary } from './overview-page.tsx'
import { periodText } from './sentences.ts'
import { districtAddress, navigate, view } from './view.ts'

const words = {
  title: { de: 'Ausbaustand als Tabelle', en: 'Phases as a table' },
  caption: { de: 'Bauabschnitte mit Ausbaustand', en: 'Build sections with their phase' },
  district: { de: 'Stadtteil', en: 'District' },
  section: { de: 'Bauabschnitt', en: 'Build section' },
  programme: { de: 'Programm', en: 'Programme' },
  phase: { de: 'Ausbaustand', en: 'Phase' },
  buildPhase: { de: 'Bauphase', en: 'Build phase' },
  next: { de: 'Angekündigt', en: 'Announced' },
  asOf: { de: 'Stand und Quelle', en: 'As of and source' },
  filter: { de: 'Filtern', en: 'Filter' },
  whole: { de: 'ganzer Stadtteil', en: 'whole district' },
  anyPhase: { de: 'Alle Ausbaustände', en: 'All phases' },
  shown: {
    de: (count: number, all: number) => `${count} von ${all} Bauabschnitten`,
    en: (count: number, all: number) => `${count} of ${all} build sections`,
  },
  noMatch: { de: 'Kein Bauabschnitt passt zum Filter.', en: 'No build section matches the filter.' },
  reset: { de: 'Filter zurücksetzen', en: 'Reset filter' },
  csvExcel: { de: 'CSV für Excel', en: 'CSV for Excel' },
  csv: { de: 'CSV (UTF-8)', en: 'CSV (UTF-8)' },
}

interface Row extends SectionSummary {
  district: string
  programme: string
}

export function sectionRows({ sections, districts, programmes }: Overview): Row[] {
  const nameOf = (programme: Overview['programmes'][number] | undefined) =>
    (language.value === 'en' && programme?.nameEn) || programme?.name
  return sections.map((section) => ({
    ...section,
    district: districts.find((one) => one.id === section.districtId)?.name ?? section.districtId,
    programme: nameOf(programmes.find((one) => one.id === section.programmeId)) ?? section.programmeId,
  }))
}

export function sectionColumns(): Column<Row>[] {
  return [
    {
      key: 'district',
      label: say(words.district),
      heading: true,
      cell: (row) => <a href={districtAddress(row.districtId)}>{row.district}</a>,
      sortBy: (row) => row.district,
    },
    {
      key: 'section',
      label: say(words.section),
      cell: (row) => (row.wholeDistrict ? say(words.whole) : row.name),
      sortBy: (row) => (row.wholeDistrict ? '' : row.name),
    },
    {
      key: 'phase',
      label: say(words.phase),
      cell: (row) => <PhaseBadge phase={row.phase} />,
      sortBy: (row) => phaseRank[row.phase],
    },
    {
      key: 'next',
      label: say(words.next),
      cell: (row) => periodText(row.plannedStart, row.plannedEnd, language.value) ?? '–',
      sortBy: nextDay,
    },
    {
      key: 'buildPhase',
      label: say(words.buildPhase),
      cell: (row) => row.buildPhase ?? '–',
      sortBy: (row) => row.buildPhase,
      numeric: true,
    },
    { key: 'programme', label: say(words.programme), cell: (row) => row.programme, sortBy: (row) => row.programme },
    {
      key: 'asOf',
      label: say(words.asOf),
      cell: (row) => <Source of={row.provenance} about={row.name} />,
      sortBy: (row) => latest(row.provenance.trueOn),
    },
  ]
}

function nextDay(row: Row): string | null {
  const [date] = [row.plannedEnd, row.plannedStart].filter((one) => one !== null).toSorted(compareImprecise)
  return date ? latest(date) : null
}

/** Rows that hold every word typed, in any column, and are in one of the phases chosen. */
function matches(row: Row, typed: string, chosen: readonly string[]): boolean {
  const text = [
    row.district,
    row.name,
    row.programme,
    say(phases.labels[row.phase]),
    formatImpreciseDate(row.provenance.trueOn, language.value),
  ]
    .join(' ')
    .toLocaleLowerCase()
  const hasWords = typed
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
  return hasWords && (chosen.length === 0 || chosen.includes(row.phase))
}

/** The table of equal rank: the same sections as the map, sorted, filtered and passed on by its address. */
export function TableView() {
  return (
    <section class="table-view" aria-label={say(words.title)}>
      <h2>{say(words.title)}</h2>
      <Loaded from={overview} skeleton={<Skeleton lines={Array.from({ length: 14 }, () => 100)} />}>
        {(answer) => <SectionTable answer={answer} />}
      </Loaded>
    </section>
  )
}

function SectionTable({ answer }: { answer: Overview }) {
  const { programme, words: typed, phases: chosen, sorting, page } = view.value
  const all = sectionRows(answer).filter((row) => programme === null || row.programmeId === programme)
  const rows = all.filter((row) => matches(row, typed, chosen))
  const query = { ...(programme && { programmeId: programme }), f: 'csv' }
  return (
    <>
      <Summary answer={answer} states={districtStates(answer, programme)} />
      <Filter present={[...new Set(all.map((row) => row.phase))]} />
      <DataTable
        caption={`${say(words.caption)}: ${say(words.shown)(rows.length, all.length)}`}
        columns={sectionColumns()}
        rows={rows}
        rowKey={(row) => row.id}
        sorting={sorting ?? { key: 'district', descending: false }}
        onSort={(next) => navigate({ sorting: next }, { replace: true })}
        isSelected={(row) => page.kind === 'district' && row.districtId === page.id}
        empty={say(words.noMatch)}
      />
      <p class="actions">
        <ButtonLink small icon="download" href={dataAddress('build_sections', { ...query, dialect: 'excel' })} download>
          {say(words.csvExcel)}
        </ButtonLink>
        <ButtonLink small icon="download" href={dataAddress('build_sections', query)} download>
          {say(words.csv)}
        </ButtonLink>
      </p>
    </>
  )
}

function Filter({ present }: { present: readonly Phase[] }) {
  const { words: typed, phases: chosen } = view.value
  const isFiltered = typed !== '' || chosen.length > 0
  return (
    <form class="table-filter" onSubmit={(event) => event.preventDefault()}>
      <label class="table-filter__field">
        <span>{say(words.filter)}</span>
        <input
          type="search"
          class="plain-input"
          maxLength={100}
          value={typed}
          onInput={(event) => navigate({ words: event.currentTarget.value }, { replace: true })}
        />
      </label>
      <label class="table-filter__field">
        <span>{say(words.phase)}</span>
        <select
          class="plain-input"
          value={chosen[0] ?? ''}
          onChange={(event) =>
            navigate({ phases: event.currentTarget.value ? [event.currentTarget.value] : [] }, { replace: true })
          }
        >
          <option value="">{say(words.anyPhase)}</option>
          {phases.keys
            .filter((phase) => present.includes(phase) || chosen.includes(phase))
            .map((phase) => (
              <option key={phase} value={phase}>
                {say(phases.labels[phase])}
              </option>
            ))}
        </select>
      </label>
      {isFiltered && (
        <Button small look="tertiary" onClick={() => navigate({ words: '', phases: [] }, { replace: true })}>
          {say(words.reset)}
        </Button>
      )}
    </form>
  )
}
