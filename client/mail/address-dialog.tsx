import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useState } from 'preact/hooks'
import { ApiError } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { TextField } from '../ui/field.tsx'
import { explain } from '../ui/notice.tsx'

interface AddressDialogProps {
  open: boolean
  title: string
  hint?: string
  address: string
  onInput: (address: string) => void
  /** Rejects with what the server has against the address. */
  onSend: (address: string) => Promise<void>
  onClose: () => void
  children: ComponentChildren
}

/** Asks for one address and sends something there. */
export function AddressDialog({ open, title, hint, address, onInput, onSend, onClose, children }: AddressDialogProps) {
  const [error, setError] = useState<string | undefined>()
  const [isSending, setSending] = useState(false)
  useLayoutEffect(() => setError(undefined), [open])
  const send = async () => {
    setSending(true)
    try {
      await onSend(address.trim())
      onClose()
    } catch (failure) {
      setError((failure instanceof ApiError ? failure.field('to') : undefined) ?? explain(failure))
    }
    setSending(false)
  }
  return (
    <Dialog
      open={open}
      title={title}
      onClose={onClose}
      footer={
        <>
          <Button look="secondary" onClick={onClose}>
            Abbrechen
          </Button>
          <Button look="primary" icon="mail" disabled={isSending} onClick={() => void send()}>
            Senden
          </Button>
        </>
      }
    >
      {children}
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void send()
        }}
        noValidate
      >
        <TextField
          label="Mailadresse"
          type="email"
          autocomplete="email"
          value={address}
          hint={hint}
          error={error}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
      </form>
    </Dialog>
  )
}
