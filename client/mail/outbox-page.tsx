import { useEffect } from 'preact/hooks'
import type { MailGroup } from '../../server/contract/mail.ts'
import { Button } from '../ui/button.tsx'
import { Loaded } from '../ui/resource.tsx'
import { lists, lookAgain, opened, openedId, readAgain, state } from './data.ts'
import { MailEntry } from './mail-entry.tsx'
import { OpenedMail } from './opened-mail.tsx'
import { ServerState } from './server-state.tsx'

const lookEveryMs = 5_000

/** Mails of the product: what needs a person first, then what waits, then what has left. */
export function OutboxPage() {
  const id = openedId()
  useEffect(() => {
    void readAgain()
    const timer = setInterval(() => document.visibilityState === 'visible' && void lookAgain(), lookEveryMs)
    return () => clearInterval(timer)
  }, [])
  useEffect(() => {
    if (id === null) opened.forget()
    else void opened.ask(id)
  }, [id])
  const hasServer = state.answer.value?.server !== null
  return (
    <div class="page">
      <h1>Postausgang</h1>
      <p>
        Mails, die der Ausbauatlas schreibt: Bitten um Stellungnahme, Erinnerungen, Antworten. Jede wird einmal verschickt; wo das
        ungewiss ist, entscheiden Sie.
      </p>
      <Loaded from={state}>{(answer) => <ServerState state={answer} />}</Loaded>
      {id !== null && <OpenedMail id={id} />}
      <Group group="decision" title={hasServer ? 'Zu entscheiden' : 'Zu verschicken und zu entscheiden'}>
        {hasServer
          ? 'Nichts zu entscheiden. Hier erscheint, was ein Mailserver abgelehnt hat und wovon niemand weiß, ob es ankam.'
          : 'Keine Mail zu verschicken. Sobald zum Beispiel ein Fachamt um Stellungnahme gebeten wird, steht die Mail hier zum Kopieren.'}
      </Group>
      {hasServer && (
        <Group group="waiting" title="Wartet">
          Keine Mail wartet.
        </Group>
      )}
      <Group group="done" title="Verschickt">
        Noch keine Mail verschickt.
      </Group>
    </div>
  )
}

/** The mails of a group; `children` says what it means that there is none. */
function Group({ group, title, children }: { group: MailGroup; title: string; children: string }) {
  const list = lists[group]
  const count = state.answer.value?.counts[group]
  return (
    <section>
      <h2>
        {title}
        {count ? ` (${count})` : ''}
      </h2>
      <Loaded from={list}>
        {({ mails, next }) => (
          <>
            {mails.length === 0 ? (
              <p class="empty">{children}</p>
            ) : (
              <ul class="mails" aria-label={title}>
                {mails.map((mail) => (
                  <MailEntry key={mail.id} mail={mail} />
                ))}
              </ul>
            )}
            {next !== null && (
              <Button look="secondary" onClick={() => void list.ask({ known: mails })}>
                Weitere Mails
              </Button>
            )}
          </>
        )}
      </Loaded>
    </section>
  )
}
