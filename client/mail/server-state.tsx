import { useState } from 'preact/hooks'
import { formatMoment } from '../../server/contract/dates.ts'
import { type MailState, sendTestMail } from '../../server/contract/mail.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { announce } from '../ui/toast.tsx'
import { user } from '../workbench/data.ts'
import { ask } from '../workbench/staff.ts'
import { AddressDialog } from './address-dialog.tsx'
import { readAgain } from './data.ts'

/** Whether mails leave by themselves, and what to do when they do not. */
export function ServerState({ state }: { state: MailState }) {
  const { server, heldUntil, lastSuccess, lastFailure } = state
  if (!server) return <NoServer />
  return (
    <>
      {heldUntil && (
        <Notice kind="warning" title="Der Versand ruht">
          <p>{lastFailure?.answer}</p>
          <p>
            Nichts geht verloren: Der nächste Versuch beginnt von selbst, spätestens am {formatMoment(heldUntil, 'de')}. Dauert es
            länger, hilft die IT.
          </p>
        </Notice>
      )}
      <div class="field-row mails__server">
        <p>
          Versand über {server.host} als {server.from}.{' '}
          {lastSuccess ? `Zuletzt angenommen: ${formatMoment(lastSuccess.at, 'de')}.` : 'Noch keine Mail angenommen.'}
        </p>
        <TestMail />
      </div>
    </>
  )
}

function NoServer() {
  return (
    <Notice kind="info" title="Kein Mailserver eingerichtet: Sie verschicken die Mails selbst">
      <ol>
        <li>Öffnen Sie eine Mail, und kopieren Sie Empfänger, Betreff und Text in Ihr Mailprogramm.</li>
        <li>Senden Sie sie dort ab, mit den Anlagen, wenn welche dabeistehen.</li>
        <li>Wählen Sie hier „Als verschickt vermerken“. Danach zeigt der Postausgang ihren Link nicht mehr.</li>
      </ol>
      <p>Soll der Ausbauatlas selbst senden, trägt die IT den Mailserver ein (SMTP_URL und MAIL_FROM, siehe .env.example).</p>
    </Notice>
  )
}

function TestMail() {
  const name = user.value?.username ?? ''
  const [isOpen, setOpen] = useState(false)
  const [address, setAddress] = useState(name.includes('@') ? name : '')
  const send = async (to: string) => {
    await ask(sendTestMail, { body: { to } })
    announce('Die Probemail steht im Postausgang.')
    await readAgain()
  }
  return (
    <>
      <Button small icon="mail" onClick={() => setOpen(true)}>
        Probemail senden
      </Button>
      <AddressDialog
        open={isOpen}
        title="Probemail senden"
        address={address}
        onInput={setAddress}
        onSend={send}
        onClose={() => setOpen(false)}
      >
        <p>An Ihre eigene Adresse: Kommt sie an, ist der Versand richtig eingerichtet. Was daraus wird, steht unten.</p>
      </AddressDialog>
    </>
  )
}
