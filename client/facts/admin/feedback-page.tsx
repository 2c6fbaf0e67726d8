import { useEffect, useState } from 'preact/hooks'
import type * as z from 'zod/mini'
import { formatMoment } from '../../../server/contract/dates.ts'
import { deleteFeedback, type Feedback, handleFeedback, listFeedback } from '../../../server/contract/portal.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { explain } from '../../ui/notice.tsx'
import { Loaded, resource } from '../../ui/resource.tsx'
import { announce, toast } from '../../ui/toast.tsx'
import { ask } from '../../workbench/staff.ts'

type Message = z.infer<typeof Feedback>

const messages = resource(async () => (await ask(listFeedback)).feedback)

const topics: Readonly<Record<string, string>> = { accessibility: 'Barriere', content: 'Inhalt', other: 'Sonstiges' }

/** What the public has written: open messages first. */
export function FeedbackPage() {
  useEffect(() => void messages.ask(null), [])
  const [doomed, setDoomed] = useState<Message | null>(null)
  return (
    <div class="page">
      <h1>Rückmeldungen</h1>
      <p>Nachrichten aus dem Formular der öffentlichen Seiten. Löschen entfernt sie samt Kontaktangabe endgültig.</p>
      <Loaded from={messages}>
        {(all) =>
          all.length === 0 ? (
            <p class="empty">Noch keine Rückmeldung. Sie kommen aus dem Formular „Kontakt“ und von der Seite Barrierefreiheit.</p>
          ) : (
            <ul class="feedback-list">
              {all
                .toSorted((a, b) => Number(a.handledAt !== null) - Number(b.handledAt !== null))
                .map((message) => (
                  <Entry key={message.id} message={message} onDelete={() => setDoomed(message)} />
                ))}
            </ul>
          )
        }
      </Loaded>
      <DeleteDialog message={doomed} onClose={() => setDoomed(null)} />
    </div>
  )
}

function Entry({ message, onDelete }: { message: Message; onDelete: () => void }) {
  const { id, receivedAt, topic, message: text, page, contact, handledAt, handledBy } = message
  const handle = async () => {
    try {
      await ask(handleFeedback, { params: { id } })
      announce('Als erledigt vermerkt')
      await messages.again()
    } catch (error) {
      toast(explain(error), 'danger')
    }
  }
  return (
    <li class="feedback">
      <h2>
        {topics[topic] ?? topic}, {formatMoment(receivedAt, 'de')}
      </h2>
      <p class="feedback__text">{text}</p>
      {page && (
        <p>
          Seite: <FeedbackPageLink page={page} />
        </p>
      )}
      {contact && <p>Kontakt: {contact}</p>}
      {handledAt && (
        <p class="mark">
          Erledigt am {formatMoment(handledAt, 'de')}
          {handledBy && ` von ${handledBy}`}
        </p>
      )}
      <div class="fact-row__actions">
        {!handledAt && (
          <Button look="secondary" small icon="check" onClick={() => void handle()}>
            Erledigt
          </Button>
        )}
        <Button look="tertiary" small icon="remove" onClick={onDelete}>
          Löschen
        </Button>
      </div>
    </li>
  )
}

/** Only a path of this site becomes a link: anybody may have written anything there. */
function FeedbackPageLink({ page }: { page: string }) {
  return /^\/(?!\/)/.test(page) ? <a href={page}>{page}</a> : <span>{page}</span>
}

function DeleteDialog({ message, onClose }: { message: Message | null; onClose: () => void }) {
  const remove = async () => {
    try {
      if (message) await ask(deleteFeedback, { params: { id: message.id } })
      toast('Die Rückmeldung ist gelöscht.')
      await messages.again()
    } catch (error) {
      toast(explain(error), 'danger')
    }
    onClose()
  }
  return (
    <Dialog
      open={message !== null}
      title="Rückmeldung löschen?"
      onClose={onClose}
      footer={
        <>
          <Button look="secondary" onClick={onClose}>
            Behalten
          </Button>
          <Button look="primary" icon="remove" onClick={() => void remove()}>
            Endgültig löschen
          </Button>
        </>
      }
    >
      <p>Die Nachricht und die Kontaktangabe werden entfernt und lassen sich nicht wiederherstellen.</p>
    </Dialog>
  )
}
