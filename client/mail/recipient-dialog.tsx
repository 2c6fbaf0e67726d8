import { useLayoutEffect, useState } from 'preact/hooks'
import { type Mail, sendMailAgain } from '../../server/contract/mail.ts'
import { ask } from '../workbench/staff.ts'
import { AddressDialog } from './address-dialog.tsx'
import { decide } from './data.ts'

/** Corrects the address of a refused mail and sends it there. */
export function RecipientDialog({ mail, onClose }: { mail: Mail | null; onClose: () => void }) {
  const [given, setGiven] = useState('')
  useLayoutEffect(() => setGiven(mail?.to ?? ''), [mail?.id])
  const send = async (to: string) => {
    if (mail)
      await decide(mail.id, () => ask(sendMailAgain, { params: { id: mail.id }, body: { to } }), `Die Mail geht an ${to}.`)
  }
  return (
    <AddressDialog
      open={mail !== null}
      title="Adresse berichtigen"
      hint="Berichtigen Sie die Adresse auch dort, woher sie kam, zum Beispiel beim Fachamt: Die nächste Mail geht sonst wieder an die alte."
      address={given}
      onInput={setGiven}
      onSend={send}
      onClose={onClose}
    >
      <p>„{mail?.subject}“</p>
    </AddressDialog>
  )
}
