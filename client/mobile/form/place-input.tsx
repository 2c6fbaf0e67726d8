import { useState } from 'preact/hooks'
import { matchAddresses } from '../../../server/contract/addresses.ts'
import { readGeometry } from '../../../server/contract/objects.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { explain } from '../../ui/notice.tsx'
import type { Position } from '../../workbench/map/geometry.ts'
import { ask } from '../../workbench/staff.ts'
import { flat } from '../circle.ts'
import { awaitedClick } from '../site-map.tsx'

interface PlaceInputProps {
  /** What the place is: "Mittelpunkt". */
  label: string
  point: Position | null
  error?: string | undefined
  /** `address`: the official one that was chosen; null: the place was pointed at or typed. */
  onChange: (point: Position, address: string | null) => void
}

interface Found {
  label: string
  point: Position
}

/** A place by its address, by coordinates of any usual kind, or by a click on the map of the page. */
export function PlaceInput({ label, point, error, onChange }: PlaceInputProps) {
  const [text, setText] = useState('')
  const [found, setFound] = useState<readonly Found[] | null>(null)
  const [problem, setProblem] = useState<string | undefined>()
  const isAwaited = awaitedClick.value !== null
  const take = (next: Position, address: string | null) => {
    awaitedClick.value = null
    setFound(null)
    setProblem(undefined)
    onChange(next, address)
  }
  const search = async () => {
    setProblem(undefined)
    try {
      if (isCoordinates(text)) take(await coordinatesIn(text), null)
      else setFound(await addressesFor(text))
    } catch (reason) {
      setProblem(explain(reason))
    }
  }
  const pointAtMap = () => {
    awaitedClick.value = isAwaited
      ? null
      : { prompt: `${label}: Klicken Sie die Stelle auf der Karte an.`, take: (position) => take(position, null) }
  }
  return (
    <div class="place-input">
      <TextField
        label={`${label}: Adresse oder Koordinaten`}
        hint="z. B. „Kölner Str. 12a“, „51,033 6,987“ oder „359012 5654321“ (UTM)"
        optional="silent"
        value={text}
        error={problem ?? error}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return
          event.preventDefault()
          if (text.trim().length >= 3) void search()
        }}
      />
      <div class="fact-row__actions">
        <Button look="secondary" small icon="search" disabled={text.trim().length < 3} onClick={() => void search()}>
          Übernehmen
        </Button>
        <Button look={isAwaited ? 'primary' : 'secondary'} small icon="map" aria-pressed={isAwaited} onClick={pointAtMap}>
          {isAwaited ? 'Auf der Karte klicken … (abbrechen)' : 'Auf der Karte wählen'}
        </Button>
      </div>
      {found?.length === 0 && (
        <p role="status">
          Keine amtliche Adresse gefunden. Steht sie im <a href="/arbeitsplatz/adressen">Adressregister</a>? Sonst nehmen Sie
          Koordinaten oder die Karte.
        </p>
      )}
      {found && found.length > 0 && (
        <ul class="place-input__found" aria-label="Gefundene Adressen">
          {found.map((one) => (
            <li key={one.label}>
              <Button look="secondary" small onClick={() => take(one.point, one.label)}>
                {one.label}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <p role="status">{point ? `${label} gewählt: ${positionWords(point)}` : `Noch kein ${label}.`}</p>
    </div>
  )
}

/** Two numbers and nothing else, whatever stands between them. */
function isCoordinates(text: string): boolean {
  return /^[\s\d.,;:/°NSEOWnseow+-]+$/.test(text) && /\d.*\d/.test(text)
}

async function coordinatesIn(text: string): Promise<Position> {
  const { geometry } = await ask(readGeometry, { body: { kind: 'premises', text } })
  return flat((geometry as { coordinates: number[] }).coordinates)
}

async function addressesFor(text: string): Promise<Found[]> {
  const [, street = text, houseNumber = null, suffix = null] = /^(.*?)\s+(\d+)\s*([a-zA-Z])?$/.exec(text.trim()) ?? []
  const { matches } = await ask(matchAddresses, { body: { addresses: [{ street, houseNumber, suffix }] } })
  return (matches[0]?.candidates ?? []).flatMap(({ label, point }) => (point ? [{ label, point: flat(point) }] : []))
}

/** "51,03400 / 6,98800": latitude and longitude as people write them. */
export function positionWords([longitude, latitude]: Position): string {
  return `${latitude.toFixed(5)} / ${longitude.toFixed(5)}`.replaceAll('.', ',')
}
