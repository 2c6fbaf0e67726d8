import { useState } from 'preact/hooks'
import { formatDay, formatMoment, type IsoDate } from '../../../server/contract/dates.ts'
import { opinions, silences } from '../../../server/contract/mobile/codes.ts'
import { getAttachment } from '../../../server/contract/mobile.ts'
import { moveReview, type Review, type ReviewStatement, remindReview } from '../../../server/contract/participation.ts'
import { reviewEvents, reviewStatuses, statementSources, weekdayAndDay } from '../../../server/contract/participation-words.ts'
import { addressOf } from '../../api.ts'
import { Button } from '../../ui/button.tsx'
import { Light } from '../../ui/deadline-light.tsx'
import { Disclosure } from '../../ui/disclosure.tsx'
import { Icon } from '../../ui/icon.tsx'
import { explain } from '../../ui/notice.tsx'
import { toast } from '../../ui/toast.tsx'
import { ask } from '../../workbench/staff.ts'
import { WithdrawDialog } from '../../workbench/withdraw-dialog.tsx'
import { mayAct } from '../data.ts'
import { ExtendDialog } from './extend-dialog.tsx'
import { RecordDialog } from './record-dialog.tsx'

interface CardProps {
  review: Review
  today: IsoDate
  onChanged: () => void
}

/** A department that was asked: where it stands, what it said, and what can be done. */
export function ReviewCard({ review, today, onChanged }: CardProps) {
  const { departmentCode, departmentName, candidateName, dueOn, light, status, statements, question } = review
  const isOpen = status === 'asked' || status === 'taken_up'
  return (
    <article class="review-card" aria-label={`${departmentCode} ${departmentName}`}>
      <header class="review-card__head">
        <h4>
          {departmentCode} {departmentName}
        </h4>
        <span class={`review-card__status review-card__status--${status}`}>{statusWords(review)}</span>
      </header>
      {candidateName && <p class="review-card__muted">Zu: {candidateName}</p>}
      {isOpen && light && <Light light={light}>{dueOn ? `bis ${weekdayAndDay(dueOn)}` : 'Frist ruht mit dem Vorgang'}</Light>}
      {review.undelivered.length > 0 && (
        <p class="review-card__trouble">
          <Icon name="warning" small /> Nicht sicher angekommen bei {review.undelivered.join(', ')}.{' '}
          <a href="/arbeitsplatz/postausgang">Im Postausgang klären</a>
        </p>
      )}
      {statements[0] && <Said statement={statements[0]} />}
      {isOpen && <p class="review-card__muted">Ohne Äußerung: {silences.labels[review.silence].de}</p>}
      {mayAct() && <Actions review={review} today={today} onChanged={onChanged} />}
      <Disclosure summary="Frage und Verlauf">
        <p class="review-card__text">{question}</p>
        {statements.slice(1).map((statement) => (
          <div key={statement.id} class="review-card__earlier">
            <p>Frühere Fassung:</p>
            <Said statement={statement} />
          </div>
        ))}
        <ol class="review-card__events">
          {review.events.map((event) => (
            <li key={event.at}>
              {formatMoment(event.at, 'de')}: {reviewEvents.labels[event.kind].de}
              {event.kind === 'extended' && event.dueOn && ` bis ${formatDay(event.dueOn, 'de')}`}
              {event.note && ` (${event.note})`}, {event.by}
            </li>
          ))}
        </ol>
      </Disclosure>
    </article>
  )
}

function statusWords({ status, isClosed, askedVia }: Review): string {
  const word = reviewStatuses.labels[status].de
  if (status === 'answered' && isClosed) return `${word}, abgeschlossen`
  return status === 'asked' && askedVia === 'other' ? `${word}, nicht per Mail` : word
}

function Said({ statement }: { statement: ReviewStatement }) {
  const { opinion, conditions, remark, attachments, givenOn, givenBy, source, isLate } = statement
  const isSilent = source === 'silence'
  return (
    <div class="review-card__said">
      <p>
        <strong>{opinions.labels[opinion].de}</strong>
        {isSilent
          ? ', weil in der Frist keine Äußerung kam'
          : `, ${formatDay(givenOn, 'de')}, ${givenBy}, ${statementSources.labels[source].de}`}
        {isLate && ', verspätet'}
      </p>
      {conditions && <p class="review-card__text">{conditions}</p>}
      {remark && <p class="review-card__text">{remark}</p>}
      {attachments.length > 0 && (
        <ul class="review-card__files">
          {attachments.map(({ id, name }) => (
            <li key={id}>
              <a href={addressOf(getAttachment.path, { id }, {})} download>
                {name}
              </a>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

type Opened = 'extend' | 'record' | 'withdraw' | null

function Actions({ review, today, onChanged }: CardProps) {
  const [opened, setOpened] = useState<Opened>(null)
  const [isBusy, setBusy] = useState(false)
  const { id, status, isClosed, askedVia, departmentCode } = review
  const params = { id }
  const act = async (does: () => Promise<unknown>, done: string) => {
    // A disabled button would lose the focus.
    if (isBusy) return
    setBusy(true)
    try {
      await does()
      toast(done)
      onChanged()
    } catch (error) {
      toast(explain(error), 'danger')
    } finally {
      setBusy(false)
    }
  }
  const move = (to: 'closed' | 'reopened', done: string) =>
    void act(() => ask(moveReview, { params, body: { to, reason: null } }), done)
  const isOpen = status === 'asked' || status === 'taken_up'
  const done = () => {
    setOpened(null)
    onChanged()
  }
  return (
    <div class="review-card__actions">
      {isOpen && askedVia === 'mail' && (
        <Button
          small
          icon="mail"
          onClick={() => void act(() => ask(remindReview, { params, body: {} }), `${departmentCode} wird erinnert.`)}
        >
          Jetzt erinnern
        </Button>
      )}
      {isOpen && (
        <Button small icon="calendar" onClick={() => setOpened('extend')}>
          Frist verlängern
        </Button>
      )}
      {!isClosed && (
        <Button small icon="edit" onClick={() => setOpened('record')}>
          {status === 'answered' && review.statements[0]?.source !== 'silence'
            ? 'Berichtigung erfassen'
            : 'Stellungnahme erfassen'}
        </Button>
      )}
      {status === 'answered' && !isClosed && (
        <Button small icon="check" onClick={() => move('closed', `${departmentCode} ist abgeschlossen.`)}>
          Abschließen
        </Button>
      )}
      {isClosed && (
        <Button small icon="renew" onClick={() => move('reopened', `${departmentCode} ist wieder offen.`)}>
          Wieder öffnen
        </Button>
      )}
      {isOpen && (
        <Button small look="tertiary" icon="close" onClick={() => setOpened('withdraw')}>
          Zurückziehen
        </Button>
      )}
      {opened === 'extend' && <ExtendDialog review={review} onClose={() => setOpened(null)} onDone={done} />}
      {opened === 'record' && <RecordDialog review={review} today={today} onClose={() => setOpened(null)} onDone={done} />}
      <WithdrawDialog
        title={opened === 'withdraw' ? `Anfrage an ${departmentCode} zurückziehen?` : null}
        what="Der Fachbereich bekommt eine kurze Mail, dass nichts mehr zu tun ist. Die Anfrage bleibt im Verlauf."
        onWithdraw={async (reason) => {
          await ask(moveReview, { params, body: { to: 'withdrawn', reason } })
          onChanged()
        }}
        onClose={() => setOpened(null)}
      />
    </div>
  )
}
