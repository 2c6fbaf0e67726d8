import { useState } from 'preact/hooks'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { RadioGroup, TextField } from '../ui/field.tsx'

const usual = ['Kein Funkloch, sondern eine vorübergehende Störung', 'Offensichtlich unrichtig', 'Missbrauch des Formulars']
const other = 'Anderer Grund'

interface RejectProps {
  /** How many reports are rejected; 0: the dialog is closed. */
  count: number
  onClose: () => void
  onReject: (reason: string) => Promise<void>
}

/** A rejection has a reason: the usual ones to choose from, or one's own words. It stays internal. */
export function RejectDialog({ count, onClose, onReject }: RejectProps) {
  const [choice, choose] = useState(usual[0] ?? other)
  const [words, setWords] = useState('')
  const [error, setError] = useState<string | undefined>(undefined)
  const reject = (event: Event) => {
    event.preventDefault()
    const reason = choice === other ? words.trim() : choice
    setError(reason.length < 3 ? 'Bitte nennen Sie den Grund (mindestens 3 Zeichen).' : undefined)
    if (reason.length >= 3) void onReject(reason)
  }
  return (
    <Dialog
      open={count > 0}
      title={count === 1 ? 'Meldung ablehnen?' : `${count} Meldungen ablehnen?`}
      onClose={onClose}
      footer={
        <>
          <Button look="secondary" onClick={onClose}>
            Abbrechen
          </Button>
          <Button look="primary" type="submit" form="reject-reports">
            Ablehnen
          </Button>
        </>
      }
    >
      <form id="reject-reports" onSubmit={reject} noValidate>
        <RadioGroup
          legend="Grund (bleibt intern)"
          name="reason"
          value={choice}
          options={[...usual, other].map((value) => ({ value, label: value }))}
          onChoose={choose}
        />
        {choice === other && (
          <TextField
            label="Ihr Grund"
            maxLength={300}
            error={error}
            value={words}
            onInput={(event) => setWords(event.currentTarget.value)}
          />
        )}
      </form>
    </Dialog>
  )
}
