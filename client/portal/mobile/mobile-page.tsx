import './mobile.css'
import { useLayoutEffect } from 'preact/hooks'
import { dayOf, formatDay, formatImpreciseDate } from '../../../server/contract/dates.ts'
import type { Mobile } from '../../../server/contract/portal-mobile.ts'
import { coverageSentence, measuredSentence, noteOf, spotSentence } from '../../../server/contract/portal-mobile-words.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { language, say } from '../../ui/language.ts'
import { Notice } from '../../ui/notice.tsx'
import { Loaded } from '../../ui/resource.tsx'
import { Actions, dataAddress } from '../actions.tsx'
import { Footer } from '../footer.tsx'
import { PageHeading } from '../heading.tsx'
import { mapTask } from '../map-task.ts'
import { MissingPage } from '../text-page.tsx'
import { texts } from '../texts.ts'
import { pageAddress, view } from '../view.ts'
import { CoverageTable, MeasuredTable } from './coverage-tables.tsx'
import { isEmpty, measuredNetwork, mobile, mobileTask, shownEdition, where } from './mobile-data.ts'
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

/** Predicted or measured, never both in one breath. */
function Coverage({ answer }: { answer: Mobile }) {
  if (view.value.method === 'measured') return <Measured answer={answer} />
  const spots = spotSentence(answer, where.value.id, language.value)
  return (
    <>
      <p class="answer">{coverageSentence(answer, where.value, view.value.technology, language.value)}</p>
      {spots && <p>{spots}</p>}
      <Note>{noteOf(shownEdition.value, language.value)}</Note>
      <CoverageTable answer={answer} />
    </>
  )
}

function Measured({ answer }: { answer: Mobile }) {
  const shown = { operator: measuredNetwork.value, technology: view.value.technology }
  return (
    <>
      <p class="answer">{measuredSentence(answer, where.value, shown, language.value)}</p>
      <Note>{say(words.measuredNote)}</Note>
      <MeasuredTable answer={answer} />
    </>
  )
}

/** Outdoors or on streets, model or measurement, date, source: never folded away. */
function Note({ children }: { children: string }) {
  const edition = shownEdition.value
  return (
    <section class="mobile-note" aria-label={say(words.note)}>
      <p>{children}</p>
      {edition && (
        <p class="muted">
          {edition.title}, {say(texts.asOf)} {formatImpreciseDate(edition.trueOn, language.value)}. {say(texts.source)}:{' '}
          {edition.source} ({edition.attribution}). {say(texts.knownSince)}{' '}
          {formatDay(dayOf(new Date(edition.knownFrom)), language.value)}.
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
