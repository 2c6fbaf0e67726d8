import { formatMoment } from '../../server/contract/dates.ts'
import { type Mail, mailStatuses } from '../../server/contract/mail.ts'
import { openAddress, openedId } from './data.ts'
import { MailActions } from './mail-actions.tsx'

/** A mail in a list: what, to whom, how it stands, and what can be done about it. */
export function MailEntry({ mail }: { mail: Mail }) {
  const { id, subject, to, status, answer } = mail
  return (
    <li class={`mail mail--${status}`}>
      <h3>
        <a id={`mail-${id}`} href={openAddress(id)} aria-current={openedId() === id ? 'true' : undefined}>
          {subject}
        </a>
      </h3>
      <p class="muted">
        An {to} · {timeOf(mail)}
      </p>
      {status === 'uncertain' && <p>Die Mail war übergeben, doch eine Antwort fehlt: Niemand weiß, ob sie ankam.</p>}
      {answer && status !== 'sent' && <p>{answer}</p>}
      <MailActions mail={mail} />
    </li>
  )
}

function timeOf({ status, statusSince, queuedAt, attempts, nextAttemptAt }: Mail): string {
  const label = mailStatuses.labels[status].de
  if (status === 'uncertain') return `${label} seit ${formatMoment(statusSince, 'de')}`
  if (status !== 'waiting') return `${label} am ${formatMoment(statusSince, 'de')}`
  const since = `${label} seit ${formatMoment(queuedAt, 'de')}`
  if (attempts === 0 || nextAttemptAt === null) return since
  const tries = attempts === 1 ? '1 Versuch' : `${attempts} Versuche`
  return `${since}, ${tries}, der nächste ${formatMoment(nextAttemptAt, 'de')}`
}
