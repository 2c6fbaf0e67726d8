import { Field } from '../ui/field.tsx'
import { addressWith, go, place } from './place.ts'

/** Empty ones are left out: as of today, as known now. */
export interface Clocks {
  asOf?: string
  knownAt?: string
}

/** Clocks in the address of the page, named as on the public pages. */
export function readClocks(query: URLSearchParams): Clocks {
  const [asOf, knownAt] = [query.get('datum'), query.get('stand')]
  return { ...(asOf && { asOf }), ...(knownAt && { knownAt }) }
}

/** Two days to choose; both in the address. */
export function ClockFields() {
  const { asOf, knownAt } = readClocks(place.value.query)
  return (
    <>
      <DayField label="Stand" name="datum" value={asOf} />
      <DayField label="Bekannt bis" name="stand" value={knownAt} />
    </>
  )
}

function DayField({ label, name, value = '' }: { label: string; name: 'datum' | 'stand'; value: string | undefined }) {
  return (
    <Field label={label} optional="silent">
      {(wiring) => (
        <input
          {...wiring}
          type="date"
          class="kern-form-input__input"
          value={value.slice(0, 10)}
          onChange={(event) => go(addressWith({ [name]: event.currentTarget.value || null }), { replace: true })}
        />
      )}
    </Field>
  )
}
