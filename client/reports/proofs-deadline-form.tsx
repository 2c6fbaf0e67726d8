import { useState } from 'preact/hooks'
import { addDeadline, type Proof, proofs } from '../../server/contract/proofs.ts'
import { ApiError } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { Disclosure } from '../ui/disclosure.tsx'
import { SelectField, TextArea, TextField } from '../ui/field.tsx'
import { explain } from '../ui/notice.tsx'
import { toast } from '../ui/toast.tsx'
import { ask } from '../workbench/staff.ts'
import { folder } from './proofs-data.ts'

type Errors = Partial<Record<'months' | 'legalNote', string>>

/** Records a deadline as the grant notice says it. */
export function DeadlineForm({ programmeId }: { programmeId: string }) {
  const [proof, setProof] = useState<Proof>('final')
  const [months, setMonths] = useState('6')
  const [legalNote, setLegalNote] = useState('')
  const [errors, setErrors] = useState<Errors>({})
  const save = async (event: Event) => {
    event.preventDefault()
    const found = problems(proof, months, legalNote)
    setErrors(found)
    if (Object.keys(found).length > 0) return
    const body = { proof, months: proof === 'final' ? Number(months) : null, legalNote, validFrom: null, validUntil: null }
    try {
      await ask(addDeadline, { params: { programmeId }, body })
      toast('Die Regel ist erfasst.')
      setLegalNote('')
      await folder.again()
    } catch (error) {
      const field = error instanceof ApiError ? error.field('months') : undefined
      setErrors(field ? { months: field } : { legalNote: explain(error) })
    }
  }
  return (
    <Disclosure summary="Regel aus dem Zuwendungsbescheid erfassen">
      <form class="proof-form" onSubmit={(event) => void save(event)} noValidate>
        <SelectField
          label="Nachweis"
          value={proof}
          onChange={(event) => setProof(event.currentTarget.value as Proof)}
          options={proofs.keys.map((value) => ({ value, label: proofs.labels[value].de }))}
        />
        {proof === 'final' && (
          <TextField
            label="Monate nach der Fertigstellungsanzeige"
            inputMode="numeric"
            value={months}
            error={errors.months}
            onInput={(event) => setMonths(event.currentTarget.value)}
          />
        )}
        <TextArea
          label="Rechtsgrund"
          hint="Bescheid, Datum, Ziffer"
          rows={2}
          value={legalNote}
          error={errors.legalNote}
          onInput={(event) => setLegalNote(event.currentTarget.value)}
        />
        <Button look="secondary" icon="add" type="submit">
          Regel erfassen
        </Button>
      </form>
    </Disclosure>
  )
}

function problems(proof: Proof, months: string, legalNote: string): Errors {
  const isCount = /^\d{1,3}$/.test(months.trim()) && Number(months) >= 1 && Number(months) <= 120
  return {
    ...(proof === 'final' && !isCount && { months: 'Bitte geben Sie 1 bis 120 Monate an.' }),
    ...(legalNote.trim().length < 3 && { legalNote: 'Bitte nennen Sie den Rechtsgrund.' }),
  }
}
