import { computed } from '@preact/signals'
import { fundingRoles, programmeKinds, type Quantity } from '../../server/contract/codes.ts'
import { formatMoney } from '../../server/contract/numbers.ts'
import { type Column, DataTable } from '../ui/data-table.tsx'
import { Disclosure } from '../ui/disclosure.tsx'
import { language, say } from '../ui/language.ts'
import { PhaseBadge } from '../ui/phase.tsx'
import { Loaded } from '../ui/resource.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { Actions, dataAddress } from './actions.tsx'
import { NoFigures, TargetBar } from './amounts.tsx'
import { overview, type Programme, programme } from './data.ts'
import { Gantt, type GanttRow } from './gantt.tsx'
import { PageHeading } from './heading.tsx'
import { barOf } from './periods.ts'
import { dateText, enumerate } from './sentences.ts'
import { Source, SourceDetails } from './source.tsx'
import { texts } from './texts.ts'
import { districtAddress, homeAddress, page } from './view.ts'

const words = {
  passive: { de: 'Passives Netz (Bau und Eigentum)', en: 'Passive network (construction and ownership)' },
  active: { de: 'Aktives Netz (Betrieb)', en: 'Active network (operation)' },
  targets: { de: 'Ziele', en: 'Targets' },
  connections: { de: 'Anschlüsse', en: 'Connections' },
  lengths: { de: 'Längen', en: 'Lengths' },
  lengthsHint: {
    de: 'Kabel, neues Leerrohr, mitgenutzte Infrastruktur und Trasse sind vier verschiedene Größen und werden nie addiert.',
    en: 'Cable, new duct, reused infrastructure and trench are four different quantities and are never added.',
  },
  parts: { de: 'Für einzelne Stadtteile angegeben', en: 'Stated for single districts' },
  jointly: { de: 'gemeinsam für', en: 'jointly for' },
  money: { de: 'Mittel', en: 'Funding' },
  partOf: { de: 'davon', en: 'of which' },
  milestones: { de: 'Meilensteine', en: 'Milestones' },
  milestone: { de: 'Meilenstein', en: 'Milestone' },
  planned: { de: 'Geplant', en: 'Planned' },
  actual: { de: 'Tatsächlich', en: 'Actual' },
  remark: { de: 'Bemerkung', en: 'Remark' },
  source: { de: 'Stand und Quelle', en: 'As of and source' },
  sections: { de: 'Bauabschnitte', en: 'Build sections' },
  section: { de: 'Bauabschnitt', en: 'Build section' },
  phase: { de: 'Ausbaustand', en: 'Phase' },
  buildPhase: { de: 'Bauphase', en: 'Build phase' },
  asTable: { de: 'Meilensteine als Tabelle', en: 'Milestones as a table' },
  csvTargets: { de: 'Ziele (CSV)', en: 'Targets (CSV)' },
  csvMilestones: { de: 'Meilensteine (CSV)', en: 'Milestones (CSV)' },
  noSections: { de: 'Zu diesem Programm sind keine Bauabschnitte veröffentlicht.', en: 'No build sections have been published.' },
}

const connections: readonly Quantity[] = ['household', 'business', 'educational_institution', 'hospital']
const lengths: readonly Quantity[] = ['fibre_cable', 'new_duct', 'reused_infrastructure', 'trench']

/** The page of a programme: who builds, what for, with which money, planned when and done when. */
export function ProgrammePage() {
  return (
    <article class="page">
      <p class="back">
        <a href={homeAddress.value}>← {say(texts.backToAll)}</a>
      </p>
      <PageHeading>{name.value ?? '…'}</PageHeading>
      <Loaded from={programme} skeleton={<Skeleton lines={[60, 100, 100, 80, 100, 90]} />}>
        {(answer) => <ProgrammeContent answer={answer} />}
      </Loaded>
    </article>
  )
}

/** The name is known from the overview before the programme has answered. */
const name = computed(() => {
  const shown = page.value
  const known = [programme.answer.value?.programme, ...(overview.answer.value?.programmes ?? [])]
  const one = shown.kind === 'programme' ? known.find((candidate) => candidate?.id === shown.id) : undefined
  return (language.value === 'en' && one?.nameEn) || one?.name
})

function ProgrammeContent({ answer }: { answer: Programme }) {
  const one = answer.programme
  const summary = (language.value === 'en' && one.summaryEn) || one.summary
  return (
    <>
      <p class="muted">{say(programmeKinds.labels[one.kind])}</p>
      {summary && <p class="answer">{summary}</p>}
      <dl class="facts">
        <dt>{say(words.passive)}</dt>
        <dd>{one.passiveOperator ?? say(texts.notPublished)}</dd>
        <dt>{say(words.active)}</dt>
        <dd>{one.activeOperator ?? say(texts.notPublished)}</dd>
      </dl>
      <p class="answer__source">
        <SourceDetails of={one.provenance} />
      </p>
      <Actions
        downloads={[
          { label: say(words.csvTargets), href: dataAddress('targets', { programmeId: one.id, f: 'csv', dialect: 'excel' }) },
          {
            label: say(words.csvMilestones),
            href: dataAddress('milestones', { programmeId: one.id, f: 'csv', dialect: 'excel' }),
          },
        ]}
      />
      <Targets answer={answer} title={say(words.connections)} kinds={connections} />
      <Targets answer={answer} title={say(words.lengths)} kinds={lengths} hint={say(words.lengthsHint)} />
      <Money funding={answer.funding} />
      <Milestones answer={answer} />
      <Sections answer={answer} />
    </>
  )
}

/** Targets of the whole programme as bars of one scale per unit; those of some districts stand apart, since they are part of them. */
function Targets({
  answer,
  title,
  kinds,
  hint,
}: {
  answer: Programme
  title: string
  kinds: readonly Quantity[]
  hint?: string
}) {
  const targets = kinds.flatMap((kind) => answer.targets.filter((target) => target.quantity === kind))
  const whole = targets.filter((target) => target.districtIds === null)
  const parts = targets.filter((target) => target.districtIds !== null)
  const scale = Math.max(...whole.map((target) => target.value), 1)
  const figuresOf = (quantity: Quantity) =>
    answer.figures.filter((figure) => figure.quantity === quantity && figure.districtId === null)
  const isUnreported = whole.every((target) => figuresOf(target.quantity).length === 0)
  return (
    <section class="section">
      <h2>{title}</h2>
      {targets.length === 0 && <p>{say(texts.notPublished)}</p>}
      {targets.length > 0 && hint && <p class="muted">{hint}</p>}
      {targets.length > 0 && isUnreported && <NoFigures />}
      {whole.map((target) => (
        <TargetBar key={target.id} target={target} figures={figuresOf(target.quantity)} scale={scale} isSilent={isUnreported} />
      ))}
      {parts.length > 0 && (
        <Disclosure summary={say(words.parts)}>
          {parts.map((target) => (
            <TargetBar
              key={target.id}
              target={target}
              figures={[]}
              scale={scale}
              isSilent
              note={<Jointly ids={target.districtIds ?? []} />}
            />
          ))}
        </Disclosure>
      )}
    </section>
  )
}

function Jointly({ ids }: { ids: readonly string[] }) {
  const names = ids.flatMap((id) => overview.answer.value?.districts.find((district) => district.id === id)?.name ?? [])
  return (
    <p>
      {say(words.jointly)} {enumerate(names, language.value)}
    </p>
  )
}

function Money({ funding }: { funding: Programme['funding'] }) {
  const wholes = funding.filter((one) => one.partOf === null)
  const shares = (id: string) => funding.filter((one) => one.partOf === id)
  return (
    <section class="section">
      <h2>{say(words.money)}</h2>
      {funding.length === 0 && <p>{say(texts.notPublished)}</p>}
      <ul class="money">
        {wholes.map((one) => (
          <li key={one.id}>
            <Amount one={one} />
            {shares(one.id).length > 0 && (
              <ul class="money">
                {shares(one.id).map((share) => (
                  <li key={share.id}>
                    {say(words.partOf)} <Amount one={share} />
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Amount({ one }: { one: Programme['funding'][number] }) {
  const remark = (language.value === 'en' && one.noteEn) || one.note
  return (
    <>
      <strong>
        {one.approximate && `${say(texts.about)} `}
        {formatMoney(one.amountEur, language.value)}
      </strong>{' '}
      {say(fundingRoles.labels[one.role])}, {one.giver}
      {remark && <span class="muted">. {remark}</span>} <Source of={one.provenance} about={one.giver} />
    </>
  )
}

type MilestoneView = Programme['milestones'][number]

function titleOf(milestone: MilestoneView): string {
  return (language.value === 'en' && milestone.titleEn) || milestone.title
}

function Milestones({ answer }: { answer: Programme }) {
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

function Sections({ answer }: { answer: Programme }) {
  const columns: Column<Programme['sections'][number]>[] = [
    {
      key: 'name',
      label: say(words.section),
      heading: true,
      cell: (section) => <a href={districtAddress(section.districtId)}>{section.name}</a>,
    },
    { key: 'phase', label: say(words.phase), cell: (section) => <PhaseBadge phase={section.phase} /> },
    { key: 'buildPhase', label: say(words.buildPhase), cell: (section) => section.buildPhase ?? '–' },
  ]
  return (
    <section class="section">
      <h2>{say(words.sections)}</h2>
      {answer.sections.length === 0 ? (
        <p>{say(words.noSections)}</p>
      ) : (
        <DataTable caption={say(words.sections)} columns={columns} rows={answer.sections} rowKey={(section) => section.id} />
      )}
    </section>
  )
}
