import { useState } from 'preact/hooks'
import { matchAddresses } from '../../../server/contract/addresses.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { explain } from '../../ui/notice.tsx'
import { ask } from '../../workbench/staff.ts'
import type { Where } from './new-premises.tsx'

interface Candidate {
  label: string
  addressId: string | null
  districtId: string | null
}

/** Finds official addresses for what is typed: "Kölner Straße 12a". */
export function AddressSearch({ chosen, onChoose }: { chosen: string | null; onChoose: (where: Where) => void }) {
  const [text, setText] = useState('')
  const [candidates, setCandidates] = useState<readonly Candidate[] | null>(null)
  const [label, setLabel] = useState<string | null>(null)
  const [error, setError] = useState<string | undefined>()
  const search = async () => {
    setError(undefined)
    const [, street = text, houseNumber = null, suffix = null] = /^(.*?)\s+(\d+)\s*([a-zA-Z])?$/.exec(text.trim()) ?? []
    try {
      const { matches } = await ask(matchAddresses, { body: { addresses: [{ street, houseNumber, suffix }] } })
      setCandidates(matches[0]?.candidates.filter(({ addressId }) => addressId !== null) ?? [])
    } catch (reason) {
      setError(explain(reason))
    }
  }
  return (
    <div class="premises-edit__text">
      <TextField
        label="Adresse"
        hint="Straße und Hausnummer, z. B. „Kölner Str. 12a“"
        value={text}
        error={error}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return
          event.preventDefault()
          void search()
        }}
      />
      <Button look="secondary" small icon="search" disabled={text.trim().length < 3} onClick={() => void search()}>
        Adresse suchen
      </Button>
      {candidates?.length === 0 && (
        <p role="status">
          Keine amtliche Adresse gefunden. Steht sie im <a href="/arbeitsplatz/adressen">Adressregister</a>? Sonst wählen Sie
          einen Punkt auf der Karte.
        </p>
      )}
      <ul class="premises-chips">
        {candidates?.map(({ addressId, districtId, label: found }) => (
          <li key={addressId}>
            <Button
              look="secondary"
              small
              aria-pressed={addressId === chosen}
              onClick={() => {
                setLabel(found)
                onChoose({ addressId: addressId ?? '', districtId })
              }}
            >
              {found}
            </Button>
          </li>
        ))}
      </ul>
      {chosen !== null && <p role="status">Gewählt: {label ?? `Adresse ${chosen}`}</p>}
    </div>
  )
}
