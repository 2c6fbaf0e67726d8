import { useId, useState } from 'preact/hooks'
import type * as z from 'zod/mini'
import { type AddressCandidate, matchAddresses } from '../../server/contract/addresses.ts'
import { formatPercent } from '../../server/contract/numbers.ts'
import { Button } from '../ui/button.tsx'
import { explain } from '../ui/notice.tsx'
import { overview } from '../workbench/data.ts'
import { ask } from '../workbench/staff.ts'

type Candidate = z.output<typeof AddressCandidate>

/** Shows what the matching of deliveries makes of a written address. */
export function TryOut() {
  const id = useId()
  const [typed, setTyped] = useState('')
  const [candidates, setCandidates] = useState<readonly Candidate[] | null>(null)
  const [message, setMessage] = useState('')
  const look = async (event: Event) => {
    event.preventDefault()
    if (!typed.trim()) return
    try {
      const { matches } = await ask(matchAddresses, { body: { addresses: [{ street: typed.trim() }] } })
      const found = matches[0]?.candidates ?? []
      setCandidates(found)
      setMessage(found.length === 1 ? '1 Treffer' : `${found.length} Treffer`)
    } catch (error) {
      setCandidates(null)
      setMessage(explain(error))
    }
  }
  return (
    <section>
      <h2>Zuordnung ausprobieren</h2>
      <form class="addresses__try" onSubmit={(event) => void look(event)}>
        <div class="kern-form-input">
          <label class="kern-label" for={id}>
            Adresse, wie sie in einer Lieferung steht
          </label>
          <input
            id={id}
            class="kern-form-input__input"
            type="text"
            maxLength={200}
            autocomplete="off"
            placeholder="Lindenstr. 12 a"
            value={typed}
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
        </div>
        <Button type="submit">Zuordnen</Button>
      </form>
      <p role="status">{message}</p>
      {candidates !== null && candidates.length > 0 && (
        <ol class="addresses__candidates">
          {candidates.map((one) => (
            <li key={`${one.streetKey} ${one.addressId}`}>
              {one.label} ({districtName(one.districtId)}), {one.kind === 'street' ? 'nur die Straße, ' : ''}
              {formatPercent(Math.round(one.confidence * 100), 'de')} sicher
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}

function districtName(id: string | null): string {
  return overview.answer.value?.districts.find((district) => district.id === id)?.name ?? 'ohne Stadtteil'
}
