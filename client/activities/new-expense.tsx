import { useRef } from 'preact/hooks'
import { Button } from '../ui/button.tsx'
import { ExpenseFields } from './expense-fields.tsx'
import { readExpense } from './typed.ts'
import { focusAfter, useEntry } from './use-entry.ts'

/** Records an expense in one line. */
export function NewExpense() {
  const element = useRef<HTMLFormElement>(null)
  const form = useEntry({
    kind: 'expense',
    start: { dated: '', kind: 'staff', amountEur: '', note: '', eligible: 'ja', voucherId: '', voucherName: '' },
    read: readExpense,
    next: (typed) => ({ ...typed, dated: '', amountEur: '', note: '', voucherId: '', voucherName: '' }),
    base: null,
    keptAs: 'ausgabe',
  })
  const save = async (event: Event) => {
    event.preventDefault()
    focusAfter(element.current, await form.save(), 'dated')
  }
  return (
    <form ref={element} class="entry-line" noValidate aria-label="Ausgabe erfassen" onSubmit={(event) => void save(event)}>
      <ExpenseFields form={form} />
      <Button look="secondary" icon="add" type="submit" disabled={form.isBusy}>
        Ausgabe erfassen
      </Button>
      {form.failure && (
        <p class="kern-error" role="alert">
          {form.failure}
        </p>
      )}
    </form>
  )
}
