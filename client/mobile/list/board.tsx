import type { IsoDate } from '../../../server/contract/dates.ts'
import type { RequestSummary } from '../../../server/contract/mobile.ts'
import { Light } from '../../ui/deadline-light.tsx'
import { addressWith } from '../../workbench/place.ts'
import type { CaseDeadline } from '../deadlines.ts'
import { dayWords, districtWords, statusWord, titleOf, waitingWords } from '../words.ts'
import { type Stage, stages } from './order.ts'

export interface ListProps {
  /** In the order of attention. */
  requests: readonly RequestSummary[]
  today: IsoDate
  deadlineOf: (request: RequestSummary) => CaseDeadline | null
}

/** One column per stage; what needs attention first stands on top. */
export function Board(props: ListProps) {
  const columns = stages.map((stage) => ({
    stage,
    requests: props.requests.filter(({ status }) => stage.statuses.includes(status)),
  }))
  return (
    <section
      class="site-board"
      aria-label="Tafel der Standortanfragen"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard (WCAG 2.1.1)
      tabIndex={0}
    >
      {columns.map(({ stage, requests }) => (
        <Column key={stage.name} stage={stage} {...props} requests={requests} />
      ))}
    </section>
  )
}

function Column({ stage, requests, ...rest }: ListProps & { stage: Stage }) {
  return (
    <section class={`site-board__column${requests.length === 0 ? ' site-board__column--empty' : ''}`}>
      <h2 class="site-board__name">
        {stage.name} <span class="muted">{requests.length}</span>
      </h2>
      <ul>
        {requests.map((request) => (
          <li key={request.id}>
            <Card request={request} isSeveral={stage.statuses.length > 1} {...rest} />
          </li>
        ))}
      </ul>
    </section>
  )
}

interface CardProps extends Omit<ListProps, 'requests'> {
  request: RequestSummary
  /** The column holds several statuses: the card says its own. */
  isSeveral: boolean
}

function Card({ request, today, deadlineOf, isSeveral }: CardProps) {
  const { content, status, waiting, candidates, agreed } = request
  const deadline = deadlineOf(request)
  const where = agreed ?? districtWords(request)
  return (
    <a class="site-card" href={addressWith({ anfrage: request.id })}>
      <span class="site-card__title">{titleOf(content)}</span>
      {where && <span>{where}</span>}
      {isSeveral && <span class="muted">{statusWord(status)}</span>}
      {waiting && <span>{waitingWords(waiting, today)}</span>}
      {deadline && waiting && (
        <Light light={deadline.light}>
          {deadline.name}
          {deadline.dueOn && ` bis ${dayWords(deadline.dueOn)}`}
        </Light>
      )}
      <span class="muted">
        eingegangen {dayWords(content.receivedOn)}
        {candidates > 0 && `, ${candidates === 1 ? '1 Kandidat' : `${candidates} Kandidaten`}`}
      </span>
    </a>
  )
}
