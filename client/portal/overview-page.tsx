import { phases } from '../../server/contract/codes.ts'
import { formatImpreciseDate } from '../../server/contract/dates.ts'
import type { SectionSummary } from '../../server/contract/portal.ts'
import { language, say } from '../ui/language.ts'
import { PhaseSwatch } from '../ui/phase.tsx'
import { Loaded } from '../ui/resource.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { SourceDetails } from '../ui/source.tsx'
import { Actions, dataAddress } from './actions.tsx'
import { type Overview, overview, settings } from './data.ts'
import { type DistrictState, districtStates } from './districts.ts'
import { Footer } from './footer.tsx'
import { PageHeading } from './heading.tsx'
import { summarySentence } from './sentences.ts'
import { isNarrow } from './sheet.tsx'
import { texts } from './texts.ts'
import { districtAddress, programmeAddress, topicAddress, view } from './view.ts'

const words = {
  planned: { de: 'angekündigt', en: 'announced' },
  csv: { de: 'CSV', en: 'CSV' },
  mobile: { de: 'Mobilfunk: Versorgung und Funklöcher', en: 'Mobile: coverage and dead zones' },
  list: { de: 'Stadtteile mit Ausbaustand', en: 'Districts with their phase' },
}

export function cityTitle(): string {
  return say(texts.title).replace('{city}', settings.answer.value?.cityName ?? '…')
}

/** The first page: what is going on in the city, in a sentence and as a list. */
export function OverviewPage() {
  return (
    <article class="page">
      <PageHeading>{cityTitle()}</PageHeading>
      <Loaded from={overview} skeleton={<OverviewSkeleton />}>
        {(answer) => <OverviewContent answer={answer} />}
      </Loaded>
      {!isTableBelow() && <Footer />}
    </article>
  )
}

function OverviewSkeleton() {
  return (
    <>
      <Skeleton lines={[100, 80, 50]} />
      <Skeleton heading lines={Array.from({ length: 13 }, () => 100)} />
    </>
  )
}

function OverviewContent({ answer }: { answer: Overview }) {
  const states = districtStates(answer, view.value.programme)
  return (
    <>
      {!isTableBelow() && (
        <>
          <Summary answer={answer} states={states} />
          <DistrictList states={states} />
        </>
      )}
      <Actions downloads={[{ label: say(words.csv), href: dataAddress('build_sections', { f: 'csv', dialect: 'excel' }) }]} />
      <nav class="section" aria-label={say(texts.programmes)}>
        <h2>{say(texts.programmes)}</h2>
        <ul class="links">
          {answer.programmes.map((programme) => (
            <li key={programme.id}>
              <a href={programmeAddress(programme.id)}>{(language.value === 'en' && programme.nameEn) || programme.name}</a>
            </li>
          ))}
        </ul>
      </nav>
      <p>
        <a href={topicAddress('mobile')}>{say(words.mobile)}</a>
      </p>
    </>
  )
}

/** On narrow screens the table follows right below and says the same as the list. */
function isTableBelow(): boolean {
  return isNarrow.value && view.value.display === 'table'
}

function DistrictList({ states }: { states: readonly DistrictState[] }) {
  return (
    <section class="section">
      <h2>{say(words.list)}</h2>
      <ul class="districts">
        {states.map((state) => (
          <DistrictItem key={state.id} state={state} />
        ))}
      </ul>
    </section>
  )
}

/** The whole in words: the same sentence above list, table and print. */
export function Summary({ answer, states }: { answer: Overview; states: readonly DistrictState[] }) {
  const { lastPublished } = answer
  return (
    <>
      <p class="answer">{summarySentence(states, language.value)}</p>
      {lastPublished ? (
        <p class="answer__source">
          {say(texts.lastPublished)}: {formatImpreciseDate(lastPublished.trueOn, language.value)}.{' '}
          <SourceDetails of={lastPublished} />
        </p>
      ) : (
        <p class="muted">{say(texts.noneYet)}</p>
      )}
    </>
  )
}

function DistrictItem({ state }: { state: DistrictState }) {
  const whole = state.sections.find((section) => section.wholeDistrict && section.phase === state.phase)
  const parts = state.sections.filter((section) => !section.wholeDistrict)
  return (
    <li>
      <a class="district" href={districtAddress(state.id)}>
        {state.phase && <PhaseSwatch phase={state.phase} />}
        <span class="district__name">{state.name}</span>
        <span class="district__phase">
          {state.phase && say(phases.labels[state.phase])}
          {whole && <Planned section={whole} />}
        </span>
        {parts.map((part) => (
          <span key={part.id} class="district__part">
            {part.name}: {say(phases.labels[part.phase])}
          </span>
        ))}
      </a>
    </li>
  )
}

function Planned({ section }: { section: SectionSummary }) {
  const date = section.plannedEnd ?? section.plannedStart
  return date ? <span class="muted">{` · ${say(words.planned)}: ${formatImpreciseDate(date, language.value)}`}</span> : null
}
