import { useState } from 'preact/hooks'
import { type MobileKindName, mobileKinds } from '../../../server/contract/mobile/index.ts'
import { withdrawRecord } from '../../../server/contract/mobile.ts'
import { Button } from '../../ui/button.tsx'
import { refresh } from '../../workbench/data.ts'
import { offerUndo } from '../../workbench/publish/publication.ts'
import { ask } from '../../workbench/staff.ts'
import { WithdrawDialog } from '../../workbench/withdraw-dialog.tsx'

interface WithdrawalProps {
  kind: MobileKindName
  id: string
  name: string
  /** "Anfrage", "Kandidat", "Standort". */
  word: string
  /** When it is right to do so, and what to do otherwise. */
  what: string
  /** Leaves the page of what is gone. */
  onDone: () => void
}

/** Takes a record back that should not have been recorded. */
export function Withdrawal({ kind, id, name, word, what, onDone }: WithdrawalProps) {
  const [isOpen, setOpen] = useState(false)
  const withdraw = async (reason: string) => {
    const { revision } = await ask(withdrawRecord, { params: { kind, id }, body: { reason } })
    offerUndo(revision, `${mobileKinds[kind].label.de} ${name} zurückgenommen.`)
    onDone()
    await refresh()
  }
  return (
    <p>
      <Button look="tertiary" small icon="remove" onClick={() => setOpen(true)}>
        {`${word} zurücknehmen …`}
      </Button>
      <WithdrawDialog
        title={isOpen ? `${word} zurücknehmen` : null}
        what={what}
        onWithdraw={withdraw}
        onClose={() => setOpen(false)}
      />
    </p>
  )
}
