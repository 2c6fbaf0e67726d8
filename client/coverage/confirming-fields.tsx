import { parseImpreciseDate } from '../../server/contract/date-input.ts'
import { formatImpreciseDate } from '../../server/contract/dates.ts'
import { type Option, SelectField, TextArea, TextField } from '../ui/field.tsx'

interface Wired {
  value: string
  error: string | undefined
  onChange: (value: string) => void
}

const heard = (onChange: Wired['onChange']) => (event: Event) => onChange((event.currentTarget as HTMLInputElement).value)

export function Line({ onChange, ...props }: Wired & { label: string; hint: string; type?: 'url'; optional?: boolean }) {
  return <TextField {...props} onInput={heard(onChange)} />
}

export function Lines({ onChange, ...props }: Wired & { label: string; hint: string }) {
  return <TextArea {...props} rows={3} optional onInput={heard(onChange)} />
}

/** Day or period the edition is of, in the precision it is known in; says how it was understood. */
export function StandField({ onChange, value, error }: Wired) {
  const parsed = parseImpreciseDate(value)
  const understood = parsed ? formatImpreciseDate(parsed, 'de') : ''
  const hint =
    understood && understood !== value.trim() ? (
      <strong>verstanden als: {understood}</strong>
    ) : (
      'z. B. „Juli 2026“ oder 01.07.2026'
    )
  return <TextField label="Stand der Ausgabe" hint={hint} value={value} error={error} onInput={heard(onChange)} />
}

/** `asks`: nothing is chosen yet, and something must be. */
export function Choice({
  onChange,
  options,
  asks = false,
  ...props
}: Wired & { label: string; options: Option[]; asks?: boolean }) {
  const all = asks ? [{ value: '', label: 'bitte wählen' }, ...options] : options
  return <SelectField {...props} options={all} onChange={heard(onChange)} />
}
