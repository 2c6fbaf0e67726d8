import { type Column, DataTable } from '../ui/data-table.tsx'
import { Disclosure } from '../ui/disclosure.tsx'
import { language, say } from '../ui/language.ts'
import { Source } from '../ui/source.tsx'
import type { Programme } from './data.ts'
import { Gantt, type GanttRow } from './gantt.tsx'
import { barOf } from './periods.ts'
import { dateText } from './sentences.ts'
import { texts } from './texts.ts'

const words = {
  milestones: { de: 'Meilensteine', en: 'Milestones' },
  milestone: { de: 'Meilenstein', en: 'Milestone' },
  planned: { de: 'Geplant', en: 'Planned' },
  remark: { de: 'Bemerkung', en: 'Remark' },
  source: { de: 'Stand und Quelle', en: 'As of and source' },
  asTable: { de: 'Meilensteine als Tabelle', en: 'Milestones as a table' },
  actual: { de: 'Tatsächlich', en: 'Actual' },
}

type MilestoneView = Programme['milestones'][number]

function titleOf(milestone: MilestoneView): string {
  return (language.value === 'en' && milestone.titleEn) || milestone.title
}

/** Milestones planned against actual: a picture and a table of equal content. */
export function Milestones({ answer }: { answer: Programme }) {
  const { milestones } = answer
  return (
    <section class="section">
      <h2>{say(words.milestones)}</h2>
      {milestones.length === 0 ? (
        <p>{say(texts.notPublished)}</p>
      ) : (
        <>
          <Gantt rows={milestones.map(milestoneRow)} asOf={answer.clocks.asOf} title={say(words.milestones)} />
          <Disclosure summary={say(words.asTable)}>
            <DataTable caption={say(words.milestones)} columns={milestoneColumns()} rows={milestones} rowKey={(one) => one.id} />
          </Disclosure>
        </>
      )}
    </section>
  )
}

function milestoneRow(milestone: MilestoneView): GanttRow {
  const before = milestone.revisions
    .map((revision) => revision.planned)
    .filter((date) => date !== null && date !== milestone.planned)
  const text = [
    milestone.actual && dateText(milestone.actual, language.value),
    milestone.planned && `${say(words.planned).toLowerCase()} ${dateText(milestone.planned, language.value)}`,
  ]
  return {
    id: milestone.id,
    name: titleOf(milestone),
    text: text.filter(Boolean).join(', '),
    planned: momentOf(milestone.planned),
    actual: momentOf(milestone.actual),
    ghosts: [...new Set(before)].map(momentOf).filter((bar) => bar !== null),
  }
}

/** A milestone lasts no longer than its date is vague. */
function momentOf(date: string | null) {
  const bar = barOf(date, date)
  return bar && { ...bar, certain: bar.possible.to - bar.possible.from <= 1 ? bar.possible : null }
}

function milestoneColumns(): Column<MilestoneView>[] {
  return [
    { key: 'title', label: say(words.milestone), heading: true, cell: titleOf },
    { key: 'planned', label: say(words.planned), cell: (one) => dateText(one.planned, language.value) },
    { key: 'actual', label: say(words.actual), cell: (one) => dateText(one.actual, language.value) },
    { key: 'remark', label: say(words.remark), cell: (one) => (language.value === 'en' && one.noteEn) || one.note || '' },
    { key: 'source', label: say(words.source), cell: (one) => <Source of={one.provenance} about={titleOf(one)} /> },
  ]
}
