import { computed } from '@preact/signals'
import { programmeKinds, type Quantity } from '../../server/contract/codes.ts'
import { type Column, DataTable } from '../ui/data-table.tsx'
import { Disclosure } from '../ui/disclosure.tsx'
import { language, say } from '../ui/language.ts'
import { PhaseBadge } from '../ui/phase.tsx'
import { Loaded } from '../ui/resource.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { SourceDetails } from '../ui/source.tsx'
import { Actions, dataAddress } from './actions.tsx'
import { NoFigures, TargetBar } from './amounts.tsx'
import { AnnouncedDates } from './announced.tsx'
import { Counted } from './counted.tsx'
import { overview, type Programme, programme } from './data.ts'
import { PageHeading } from './heading.tsx'
import { Milestones } from './milestones.tsx'
import { Money } from './money.tsx'
import { enumerate } from './sentences.ts'
import { texts } from './texts.ts'
import { districtAddress, homeAddress, page } from './view.ts'

const words = {
  passive: { de: 'Passives Netz (Bau und Eigentum)', en: 'Passive network (construction and ownership)' },
  active: { de: 'Aktives Netz (Betrieb)', en: 'Active network (operation)' },
  connections: { de: 'Anschlüsse', en: 'Connections' },
  lengths: { de: 'Längen', en: 'Lengths' },
  lengthsHint: {
    de: 'Kabel, neues Leerrohr, mitgenutzte Infrastruktur und Trasse sind vier verschiedene Größen und werden nie addiert.',
    en: 'Cable, new duct, reused infrastructure and trench are four different quantities and are never added.',
  },
  parts: { de: 'Für einzelne Stadtteile angegeben', en: 'Stated for single districts' },
  jointly: { de: 'gemeinsam für', en: 'jointly for' },
  sections: { de: 'Bauabschnitte', en: 'Build sections' },
  section: { de: 'Bauabschnitt', en: 'Build section' },
  phase: { de: 'Ausbaustand', en: 'Phase' },
  buildPhase: { de: 'Bauphase', en: 'Build phase' },
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
      <Counted counted={answer.counted} />
      <Money funding={answer.funding} />
      <Milestones answer={answer} />
      <AnnouncedDates of={{ programmeId: one.id }} shows={({ sectionId }) => sectionId === null} />
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
