import { parseImpreciseDate } from '../../server/contract/date-input.ts'
import { formatImpreciseDate, type ImpreciseDate } from '../../server/contract/dates.ts'
import { TextField } from '../ui/field.tsx'

interface StandProps {
  /** As typed. */
  value: string
  error?: string | undefined
  onInput: (value: string) => void
}

export function readStand(typed: string): ImpreciseDate | null {
  return parseImpreciseDate(typed)
}

/** For which day or period the delivery holds, as people write it. */
export function StandField({ value, error, onInput }: StandProps) {
  const read = readStand(value)
  const understood = read ? formatImpreciseDate(read, 'de') : ''
  return (
    <TextField
      label="Stand"
      name="trueOn"
      hint={
        understood && understood !== value.trim() ? (
          <strong class="understood">verstanden als: {understood}</strong>
        ) : (
          'Tag oder Zeitraum, für den die Lieferung gilt, z. B. 28.03.2022 oder März 2022'
        )
      }
      value={value}
      error={error}
      onInput={(event) => onInput(event.currentTarget.value)}
    />
  )
}
