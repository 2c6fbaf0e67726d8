import './mobile.css'
import { useLayoutEffect } from 'preact/hooks'
import { formatDay, formatImpreciseDate } from '../../../server/contract/dates.ts'
import type { Mobile } from '../../../server/contract/portal-mobile.ts'
import { coverageSentence, editionOf, figuresOf, noteOf, spotSentence } from '../../../server/contract/portal-mobile-words.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { language, say } from '../../ui/language.ts'
import { Notice } from '../../ui/notice.tsx'
import { Loaded } from '../../ui/resource.tsx'
import { Actions, dataAddress } from '../actions.tsx'
import { Footer } from '../footer.tsx'
import { PageHeading } from '../heading.tsx'
import { mapTask } from '../map-task.ts'
import { MissingPage } from '../text-page.tsx'
import { pageAddress, view } from '../view.ts'
import { CoverageTable, MeasuredTable } from './coverage-tables.tsx'
import { isEmpty, mobile, mobileTask, where } from './mobile-data.ts'
import { networkAgencyMonitoring, words } from './mobile-words.ts'
import { DeadZones, Sites } from './places.tsx'

/** The mobile networks of the city or of a district: the answer in words first. */
export function MobilePage() {
  useLayoutEffect(() => {
    mapTask.value = mobileTask
    return () => {
      mapTask.value = null
    }
  }, [])
  const { id, name } = where.value
  const known = mobile.answer.value?.districts
  if (id !== null && known && !known.some((district) => district.id === id)) return <MissingPage />
  return (
    <article class="page">
      {id !== null && (
        <p class="back">
          <a href={pageAddress({ kind: 'mobile', id: null })}>← {say(words.whole)}</a>
        </p>
      )}
      <PageHeading>{say(words.title)(name)}</PageHeading>
      <Loaded from={mobile}>{(answer) => <Content answer={answer} />}</Loaded>
      <Footer />
    </article>
  )
}

function Content({ answer }: { answer: Mobile }) {
  const { id } = where.value
  const csv = { f: 'csv', dialect: 'excel', ...(id !== null && { districtId: id }) }
  return (
    <>
      {isEmpty.value ? <Empty /> : <Coverage answer={answer} />}
      <p>
        <ButtonLink look="primary" icon="add" href={pageAddress({ kind: 'dead_zone' })}>
          {say(words.report)}
        </ButtonLink>
      </p>
      <DeadZones answer={answer} />
      <Sites answer={answer} />
      <Actions
        downloads={[
          ...(isEmpty.value ? [] : [{ label: say(words.csvCoverage), href: dataAddress('mobile_coverage_districts', csv) }]),
          { label: say(words.csvDeadZones), href: dataAddress('mobile_dead_zones', csv) },
          { label: say(words.csvSites), href: dataAddress('mobile_sites', csv) },
        ]}
      />
      <Districts answer={answer} />
    </>
  )
}

/** The state the product is shipped in: said plainly, with where else to look. */
function Empty() {
  return (
    <Notice kind="info" title={say(words.emptyTitle)}>
      <p>
        {say(words.empty)}{' '}
        <a href={networkAgencyMonitoring} rel="noreferrer">
          {say(words.monitoring)}
        </a>
      </p>
    </Notice>
  )
}

function Coverage({ answer }: { answer: Mobile }) {
  const { technology, method } = view.value
  const spots = spotSentence(answer, where.value.id, language.value)
  return (
    <>
      <p class="answer">{coverageSentence(answer, where.value, technology, language.value)}</p>
      {spots && <p>{spots}</p>}
      <Note answer={answer} />
      <CoverageTable answer={answer} />
      {(method === 'measured' || answer.measured.length > 0) && <MeasuredTable answer={answer} />}
    </>
  )
}

/** Outdoors, model, date, source: never folded away. */
function Note({ answer }: { answer: Mobile }) {
  const { technology, method, network } = view.value
  const figures = figuresOf(answer, where.value.id, technology)
  const figure =
    network === null
      ? (answer.coverage.find(({ dataset }) => dataset === 'operator_count') ?? figures[0])
      : figures.find(({ operator }) => operator === network)
  const edition =
    method === 'measured' ? answer.editions.find(({ dataset }) => dataset === 'drive_test') : editionOf(answer, figure)
  return (
    <section class="mobile-note" aria-label={say(words.note)}>
      <p>{method === 'measured' ? say(words.measuredNote) : noteOf(edition, language.value)}</p>
      {edition && (
        <p class="muted">
          {edition.title}, {{ de: 'Stand', en: 'as of' }[language.value]} {formatImpreciseDate(edition.trueOn, language.value)}.{' '}
          {{ de: 'Quelle', en: 'Source' }[language.value]}: {edition.source}. {edition.attribution}
          {' · '}
          {formatDay(edition.knownFrom.slice(0, 10), language.value)}
        </p>
      )}
    </section>
  )
}

function Districts({ answer }: { answer: Mobile }) {
  if (where.value.id !== null) return null
  return (
    <nav class="section" aria-label={say(words.districts)}>
      <h2>{say(words.districts)}</h2>
      <ul class="links">
        {answer.districts.map(({ id, name }) => (
          <li key={id}>
            <a href={pageAddress({ kind: 'mobile', id })}>{name}</a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
