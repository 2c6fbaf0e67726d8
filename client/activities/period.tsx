import { today } from '../../server/contract/dates.ts'
import { Field, SelectField } from '../ui/field.tsx'
import { addressWith, go, place } from '../workbench/place.ts'
import { askedPeriod, namedPeriods } from './asked-period.ts'

/** Chooses period and knowledge; all of it is in the address. */
export function PeriodFields() {
  const { query } = place.value
  const asked = askedPeriod(query)
  const periods = namedPeriods(today())
  const choose = (name: string) => {
    const own = name === 'eigener' ? { von: asked.from ?? null, bis: asked.to ?? null } : { von: null, bis: null }
    go(addressWith({ zeitraum: name === 'eigener' ? null : name, ...own }), { replace: true })
  }
  return (
    <search class="field-row">
      <SelectField
        label="Zeitraum"
        optional="silent"
        value={asked.name}
        options={[
          ...Object.entries(periods).map(([value, { label }]) => ({ value, label })),
          { value: 'eigener', label: 'von … bis' },
        ]}
        onChange={(event) => choose(event.currentTarget.value)}
      />
      {asked.name === 'eigener' && (
        <>
          <DayField label="Von" name="von" value={asked.from} />
          <DayField label="Bis" name="bis" value={asked.to} />
        </>
      )}
      <DayField label="Bekannt bis" name="stand" value={asked.knownAt?.slice(0, 10)} />
    </search>
  )
}

function DayField({ label, name, value = '' }: { label: string; name: string; value: string | undefined }) {
  return (
    <Field label={label} optional="silent">
      {(wiring) => (
        <input
          {...wiring}
          type="date"
          max={today()}
          class="kern-form-input__input"
          value={value}
          onChange={(event) => go(addressWith({ [name]: event.currentTarget.value || null }), { replace: true })}
        />
      )}
    </Field>
  )
}
