import { useState } from 'preact/hooks'
import { extendReview, type Review } from '../../../server/contract/participation.ts'
import { weekdayAndDay } from '../../../server/contract/participation-words.ts'
import { ApiError } from '../../api.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field, TextField } from '../../ui/field.tsx'
import { explain } from '../../ui/notice.tsx'
import { toast } from '../../ui/toast.tsx'
import { ask } from '../../workbench/staff.ts'

/** A later due day for a department, with the reason; it is told by mail. */
export function ExtendDialog({ review, onClose, onDone }: { review: Review; onClose: () => void; onDone: () => void }) {
  const [dueOn, setDueOn] = useState(review.dueOn ?? '')
  const [reason, setReason] = useState('')
  const [error, setError] = useState<unknown>(null)
  const problem = (field: string) => (error instanceof ApiError ? error.field(field) : undefined)
  const extend = async (event: Event) => {
    event.preventDefault()
    try {
      await ask(extendReview, { params: { id: review.id }, body: { dueOn, reason } })
      toast(`${review.departmentCode} hat nun Zeit bis ${weekdayAndDay(dueOn)}.`)
      onDone()
    } catch (failure) {
      setError(failure)
    }
  }
  return (
    <Dialog
      open
      title={`Frist von ${review.departmentCode} verlängern`}
      onClose={onClose}
      footer={
        <>
          <Button look="secondary" onClick={onClose}>
            Abbrechen
          </Button>
          <Button look="primary" icon="check" type="submit" form="extend-review">
            Verlängern
          </Button>
        </>
      }
    >
      <form id="extend-review" class="ask-form" noValidate onSubmit={(event) => void extend(event)}>
        <DayInput label="Neue Frist" value={dueOn} error={problem('dueOn')} onDay={setDueOn} />
        <TextField
          label="Grund"
          hint="Er steht in der Mail an den Fachbereich."
          value={reason}
          error={problem('reason')}
          onInput={({ currentTarget }) => setReason(currentTarget.value)}
        />
        {error !== null && !(problem('dueOn') || problem('reason')) && (
          <p class="kern-error" role="alert">
            {explain(error)}
          </p>
        )}
      </form>
    </Dialog>
  )
}

interface DayProps {
  label: string
  value: string
  error: string | undefined
  onDay: (day: string) => void
}

/** A day, with its weekday said beside it. */
export function DayInput({ label, value, error, onDay }: DayProps) {
  return (
    <Field label={label} error={error} hint={/^\d{4}-\d\d-\d\d$/.test(value) ? weekdayAndDay(value) : ''}>
      {(wiring) => (
        <input
          {...wiring}
          type="date"
          class="kern-form-input__input"
          value={value}
          onInput={({ currentTarget }) => onDay(currentTarget.value)}
        />
      )}
    </Field>
  )
}
