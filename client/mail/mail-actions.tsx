import { useState } from 'preact/hooks'
import { confirmMailArrived, type Mail, sendMailAgain } from '../../server/contract/mail.ts'
import { Button, ButtonLink } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { explain } from '../ui/notice.tsx'
import { toast } from '../ui/toast.tsx'
import { ask } from '../workbench/staff.ts'
import { busy, decide, openAddress, state } from './data.ts'
import { RecipientDialog } from './recipient-dialog.tsx'

/** What a person can decide about a mail that has not simply left. */
export function MailActions({ mail }: { mail: Mail }) {
  const [asked, setAsked] = useState<'recipient' | 'twice' | null>(null)
  const { id, status } = mail
  const isBusy = busy.value.has(id)
  const hasServer = state.answer.value?.server !== null
  const close = () => setAsked(null)
  const act = async (request: Parameters<typeof decide>[1], done: string) => {
    close()
    await decide(id, request, done).catch((error) => toast(explain(error), 'danger'))
  }
  const sendAgain = () => act(() => ask(sendMailAgain, { params: { id }, body: {} }), 'Die Mail wird gesendet.')
  const isTriable = hasServer && (status === 'failed' || status === 'waiting')
  const isToCopy = !hasServer && (status === 'failed' || status === 'waiting')
  if (!isTriable && !isToCopy && status !== 'uncertain') return null
  return (
    <div class="fact-row__actions">
      {status === 'uncertain' && (
        <>
          <Button
            small
            icon="check"
            disabled={isBusy}
            onClick={() => void act(() => ask(confirmMailArrived, { params: { id } }), 'Vermerkt: Die Mail ist angekommen.')}
          >
            Ist angekommen
          </Button>
          <Button small icon="renew" disabled={isBusy} onClick={() => setAsked('twice')}>
            Noch einmal senden
          </Button>
        </>
      )}
      {isToCopy && (
        <ButtonLink small icon="copy" href={openAddress(id)}>
          Öffnen und kopieren
        </ButtonLink>
      )}
      {status === 'failed' && (
        <Button small icon="edit" disabled={isBusy} onClick={() => setAsked('recipient')}>
          Adresse berichtigen
        </Button>
      )}
      {isTriable && (
        <Button look="tertiary" small icon="renew" disabled={isBusy} onClick={() => void sendAgain()}>
          {status === 'waiting' ? 'Jetzt versuchen' : 'Noch einmal senden'}
        </Button>
      )}
      <RecipientDialog mail={asked === 'recipient' ? mail : null} onClose={close} />
      <SendTwiceDialog mail={asked === 'twice' ? mail : null} onClose={close} onSend={() => void sendAgain()} />
    </div>
  )
}

function SendTwiceDialog({ mail, onClose, onSend }: { mail: Mail | null; onClose: () => void; onSend: () => void }) {
  return (
    <Dialog
      open={mail !== null}
      title="Noch einmal senden?"
      onClose={onClose}
      footer={
        <>
          <Button look="secondary" onClick={onClose}>
            Abbrechen
          </Button>
          <Button look="primary" icon="mail" onClick={onSend}>
            Noch einmal senden
          </Button>
        </>
      }
    >
      <p>
        Vielleicht hat {mail?.to} die Mail schon: Dann kommt sie ein zweites Mal an. Fragen Sie im Zweifel nach, und wählen Sie
        „Ist angekommen“, wenn sie da ist.
      </p>
    </Dialog>
  )
}
