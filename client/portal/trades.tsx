import { trades } from '../../server/contract/codes.ts'
import { latest } from '../../server/contract/dates.ts'
import { formatPercent } from '../../server/contract/numbers.ts'
import type { StageView } from '../../server/contract/portal.ts'
import { type Column, DataTable } from '../ui/data-table.tsx'
import { Disclosure } from '../ui/disclosure.tsx'
import { language, say } from '../ui/language.ts'
import { Source } from '../ui/source.tsx'
import { Gantt, type GanttRow } from './gantt.tsx'
import { type Bar, barOf } from './periods.ts'
import { dateText, periodText } from './sentences.ts'

const words = {
  title: { de: 'Zeitlicher Ablauf der Gewerke', en: 'Timeline of the trades' },
  asTable: { de: 'Termine als Tabelle', en: 'Dates as a table' },
  trade: { de: 'Gewerk', en: 'Trade' },
  planned: { de: 'Geplant', en: 'Planned' },
  actual: { de: 'Tatsächlich', en: 'Actual' },
  state: { de: 'Bemerkung', en: 'Remark' },
  source: { de: 'Stand und Quelle', en: 'As of and source' },
  onHold: { de: 'unterbrochen', en: 'on hold' },
  cancelled: { de: 'eingestellt', en: 'cancelled' },
  restored: { de: 'Oberfläche wiederhergestellt', en: 'surface restored' },
  notRestored: { de: 'Oberfläche noch nicht wiederhergestellt', en: 'surface not yet restored' },
  noDates: { de: 'ohne Termin', en: 'no date' },
  before: { de: 'Was angekündigt und gemeldet wurde', en: 'What was announced and reported' },
  beforeHint: { de: 'Alle veröffentlichten Angaben, die neueste zuerst.', en: 'All published statements, the newest first.' },
}

function wordsOf(stage: StageView): string {
  const planned = periodText(stage.plannedStart, stage.plannedEnd, language.value)
  const actual = periodText(stage.actualStart, stage.actualEnd, language.value, stage.actualEnd === null)
  const parts = [actual, planned && `${say(words.planned).toLowerCase()} ${planned}`].filter(Boolean)
  return parts.join(', ') || say(words.noDates)
}

/** Plans that were announced once and differ from the one in force. */
function ghostsOf(stage: StageView): Bar[] {
  const inForce = `${stage.plannedStart} ${stage.plannedEnd}`
  const others = new Map(stage.revisions.map((revision) => [`${revision.plannedStart} ${revision.plannedEnd}`, revision]))
  others.delete(inForce)
  return [...others.values()].map((revision) => barOf(revision.plannedStart, revision.plannedEnd)).filter((bar) => bar !== null)
}

function rowOf(stage: StageView, asOf: string): GanttRow {
  const isRunning = stage.actualStart !== null && stage.actualEnd === null && !stage.cancelled
  return {
    id: stage.id,
    name: say(trades.labels[stage.trade]),
    text: wordsOf(stage),
    planned: barOf(stage.plannedStart, stage.plannedEnd),
    actual: barOf(stage.actualStart, stage.actualEnd, isRunning ? { reported: latest(stage.provenance.trueOn), asOf } : null),
    ghosts: ghostsOf(stage),
  }
}

/** The trades of a section: picture, table of equal content, and how the dates moved. */
export function Trades({ stages, asOf, name }: { stages: readonly StageView[]; asOf: string; name: string }) {
  return (
    <>
      <Gantt rows={stages.map((stage) => rowOf(stage, asOf))} asOf={asOf} title={`${say(words.title)}: ${name}`} />
      <Disclosure summary={say(words.asTable)}>
        <DataTable caption={`${say(words.title)}: ${name}`} columns={columns()} rows={stages} rowKey={(stage) => stage.id} />
      </Disclosure>
      <Revisions stages={stages} />
    </>
  )
}

function columns(): Column<StageView>[] {
  const period = (start: string | null, end: string | null, isRunning: boolean) =>
    periodText(start, end, language.value, isRunning) ?? '–'
  return [
    { key: 'trade', label: say(words.trade), heading: true, cell: (stage) => say(trades.labels[stage.trade]) },
    { key: 'planned', label: say(words.planned), cell: (stage) => period(stage.plannedStart, stage.plannedEnd, false) },
    {
      key: 'actual',
      label: say(words.actual),
      cell: (stage) => period(stage.actualStart, stage.actualEnd, stage.actualEnd === null),
    },
    { key: 'state', label: say(words.state), cell: remarks },
    {
      key: 'source',
      label: say(words.source),
      cell: (stage) => <Source of={stage.provenance} about={say(trades.labels[stage.trade])} />,
    },
  ]
}

function remarks(stage: StageView): string {
  const { surfaceRestored } = stage
  return [
    stage.percent !== null && formatPercent(stage.percent, language.value),
    stage.onHold && say(words.onHold),
    stage.cancelled && say(words.cancelled),
    surfaceRestored !== null && say(surfaceRestored ? words.restored : words.notRestored),
    stage.note,
  ]
    .filter(Boolean)
    .join('; ')
}

/** Every statement in its own words, so that nobody has to guess how an announcement moved. */
function Revisions({ stages }: { stages: readonly StageView[] }) {
  const moved = stages.filter((stage) => stage.revisions.length > 1)
  if (moved.length === 0) return null
  return (
    <Disclosure summary={say(words.before)}>
      <p class="muted">{say(words.beforeHint)}</p>
      {moved.map((stage) => (
        <section key={stage.id}>
          <p class="small-heading">{say(trades.labels[stage.trade])}</p>
          <ol class="statements" reversed>
            {stage.revisions.map((revision) => (
              <li key={`${revision.provenance.knownFrom} ${revision.provenance.citation}`}>
                {say(words.planned)}:{' '}
                {periodText(revision.plannedStart, revision.plannedEnd, language.value) ?? dateText(null, language.value)}
                {'; '}
                {say(words.actual).toLowerCase()}:{' '}
                {periodText(revision.actualStart, revision.actualEnd, language.value, revision.actualEnd === null) ??
                  dateText(null, language.value)}
                <Source of={revision.provenance} about={say(trades.labels[stage.trade])} />
              </li>
            ))}
          </ol>
        </section>
      ))}
    </Disclosure>
  )
}
