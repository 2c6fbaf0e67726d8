import { useEffect, useRef, useState } from 'preact/hooks'
import type { Candidate, Decision, DeliveryRow } from '../../server/contract/deliveries.ts'
import { Button } from '../ui/button.tsx'
import { RadioGroup, TextField } from '../ui/field.tsx'
import { explain } from '../ui/notice.tsx'
import { decide, mend } from './deciding.ts'

interface SolveFormProps {
  deliveryId: number
  row: DeliveryRow
  /** Goes to the next row that waits. */
  onNext: () => void
}

/** Where a row is settled: pick the address, put a value right, or accept, park or return it as it is. By keyboard: see `keys`. */
export function SolveForm({ deliveryId, row, onNext }: SolveFormProps) {
  const form = useRef<HTMLFormElement>(null)
  const [address, setAddress] = useState(row.candidates[0]?.addressId ?? '')
  const [values, setValues] = useState<Readonly<Record<string, string>>>({})
  const [error, setError] = useState<string | undefined>()
  const [isBusy, setBusy] = useState(false)
  useEffect(() => {
    // Not into a text field: there the letters would no longer decide.
    const first = form.current?.querySelector<HTMLElement>('input:checked') ?? form.current
    first?.focus()
  }, [])

  const run = async (work: () => Promise<unknown>) => {
    setBusy(true)
    setError(undefined)
    try {
      if ((await work()) !== false) onNext()
    } catch (failure) {
      setError(explain(failure))
    }
    setBusy(false)
  }
  const isChanged = Object.keys(values).length > 0
  const canMend = isChanged || address !== ''
  const submit = () => {
    if (isChanged) return run(() => mend(deliveryId, row, { values: { ...values } }))
    if (address !== '') return run(() => mend(deliveryId, row, { addressId: address }))
    return run(() => decide(deliveryId, 'accepted', { rows: [row.row] }))
  }
  const settle = (decision: Decision) => run(() => decide(deliveryId, decision, { rows: [row.row] }))
  const keys: Readonly<Record<string, () => unknown>> = {
    n: onNext,
    u: () => settle('accepted'),
    z: () => settle('parked'),
    a: () => settle('declined'),
  }
  const press = (event: KeyboardEvent) => {
    const isTyping = event.target instanceof HTMLInputElement && event.target.type === 'text'
    if (isTyping || isBusy || event.ctrlKey || event.metaKey || event.altKey) return
    const candidate = row.candidates[Number(event.key) - 1]
    if (candidate) setAddress(candidate.addressId)
    if (event.key === 'Enter' && event.target === form.current) void submit()
    keys[event.key.toLowerCase()]?.()
  }
  return (
    <form
      ref={form}
      class="solve"
      tabIndex={-1}
      aria-label={`Zeile ${row.row} klären`}
      noValidate
      onKeyDown={press}
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      {row.candidates.length > 0 && (
        <RadioGroup
          legend="Welche Adresse ist gemeint?"
          name={`adresse-${row.row}`}
          value={address}
          options={row.candidates.map(candidateOption)}
          onChoose={setAddress}
        />
      )}
      {row.mendable.length > 0 && (
        <div class="form-grid">
          {row.mendable.map(({ field, label, value }) => (
            <TextField
              key={field}
              label={label}
              optional="silent"
              value={values[field] ?? value ?? ''}
              onInput={(event) => setValues({ ...values, [field]: event.currentTarget.value })}
            />
          ))}
        </div>
      )}
      {error && (
        <p class="kern-error" role="alert">
          {error}
        </p>
      )}
      <div class="delivery-actions">
        <Button look="primary" small type="submit" icon="check" disabled={isBusy}>
          {canMend ? 'Berichtigen' : 'Übernehmen'}
        </Button>
        {canMend && (
          <Button small disabled={isBusy} onClick={() => void settle('accepted')}>
            So übernehmen
          </Button>
        )}
        <Button small disabled={isBusy} onClick={() => void settle('parked')}>
          Zurückstellen
        </Button>
        <Button small disabled={isBusy} onClick={() => void settle('declined')}>
          Ablehnen
        </Button>
        {row.decision !== 'open' && (
          <Button look="tertiary" small icon="renew" disabled={isBusy} onClick={() => void settle('open')}>
            Entscheidung zurücknehmen
          </Button>
        )}
      </div>
      <p class="key-hint">
        Tasten: <kbd>Eingabe</kbd> {canMend ? 'berichtigen' : 'übernehmen'} · <kbd>1</kbd>–<kbd>9</kbd> Adresse · <kbd>U</kbd> so
        übernehmen · <kbd>Z</kbd> zurückstellen · <kbd>A</kbd> ablehnen · <kbd>N</kbd> nächste zweifelhafte
      </p>
    </form>
  )
}

function candidateOption({ addressId, label, districtName, confidence }: Candidate) {
  const place = districtName ? `, ${districtName}` : ''
  return { value: addressId, label: `${label}${place} (${Math.round(confidence * 100)} % sicher)` }
}
