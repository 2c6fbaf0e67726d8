import { useEffect, useRef } from 'preact/hooks'
import { formatMoment } from '../../server/contract/dates.ts'
import { type MailDetail, mailActs, mailStatuses, markMailCopied } from '../../server/contract/mail.ts'
import { getAttachment } from '../../server/contract/mobile.ts'
import { addressOf } from '../api.ts'
import { Button, ButtonLink } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { explain } from '../ui/notice.tsx'
import { Loaded } from '../ui/resource.tsx'
import { toast } from '../ui/toast.tsx'
import { go } from '../workbench/place.ts'
import { ask } from '../workbench/staff.ts'
import { busy, decide, openAddress, opened } from './data.ts'

/** A mail with its text, to be read or copied, and what became of it. */
export function OpenedMail({ id }: { id: number }) {
  const heading = useRef<HTMLHeadingElement>(null)
  const isThere = opened.answer.value?.id === id
  useEffect(() => {
    if (isThere) heading.current?.focus()
  }, [id, isThere])
  const close = () => {
    go(openAddress(null))
    document.getElementById(`mail-${id}`)?.focus()
  }
  return (
    <section class="opened-mail" aria-label="Geöffnete Mail">
      <div class="opened-mail__head">
        <h2 ref={heading} tabIndex={-1}>
          {opened.answer.value?.subject ?? 'Mail'}
        </h2>
        <Button look="tertiary" icon="close" iconOnly onClick={close}>
          Mail schließen
        </Button>
      </div>
      <Loaded from={opened}>{(mail) => <Content mail={mail} />}</Loaded>
    </section>
  )
}

function Content({ mail }: { mail: MailDetail }) {
  const { to, subject, status, text, isCopyable, attachments } = mail
  return (
    <>
      <p class="muted">{mailStatuses.labels[status].de}</p>
      <dl class="opened-mail__parts">
        <Part label="Empfänger" text={to} isCopyable={isCopyable} />
        <Part label="Betreff" text={subject} isCopyable={isCopyable} />
        <Part label="Text" text={text} isCopyable={isCopyable} />
        {attachments.length > 0 && (
          <>
            <dt>Anlagen</dt>
            <dd>
              <ul>
                {attachments.map(({ id, name }) => (
                  <li key={id}>
                    <a href={addressOf(getAttachment.path, { id }, {})} download>
                      {name}
                    </a>
                  </li>
                ))}
              </ul>
            </dd>
          </>
        )}
      </dl>
      {isCopyable && <SendByHand mail={mail} />}
      <Events mail={mail} />
    </>
  )
}

function Part({ label, text, isCopyable }: { label: string; text: string; isCopyable: boolean }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>
        <p class="opened-mail__text">{text}</p>
        {isCopyable && <CopyButton text={text}>{`${label} kopieren`}</CopyButton>}
      </dd>
    </>
  )
}

function SendByHand({ mail: { id, to, subject, text } }: { mail: MailDetail }) {
  const parts = new URLSearchParams({ subject, body: text })
  const mark = () =>
    decide(id, () => ask(markMailCopied, { params: { id } }), 'Vermerkt: Die Mail ist von Hand verschickt.').catch((error) =>
      toast(explain(error), 'danger'),
    )
  return (
    <div class="fact-row__actions">
      <ButtonLink look="secondary" icon="mail" href={`mailto:${to}?${parts.toString().replaceAll('+', '%20')}`}>
        Im Mailprogramm öffnen
      </ButtonLink>
      <Button look="primary" icon="check" disabled={busy.value.has(id)} onClick={() => void mark()}>
        Als verschickt vermerken
      </Button>
    </div>
  )
}

function Events({ mail: { events, queuedAt } }: { mail: MailDetail }) {
  return (
    <>
      <h3>Verlauf</h3>
      <ol class="opened-mail__events">
        {events.map(({ id, at, act, actorName, detail }) => (
          <li key={id}>
            {formatMoment(at, 'de')}: {mailActs.labels[act].de}
            {actorName !== 'Ausbauatlas' && ` von ${actorName}`}
            {detail && <span class="muted"> ({detail})</span>}
          </li>
        ))}
        <li>{formatMoment(queuedAt, 'de')}: Geschrieben</li>
      </ol>
    </>
  )
}
