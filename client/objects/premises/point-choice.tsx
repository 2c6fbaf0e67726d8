import { useState } from 'preact/hooks'
import { describePlace, readGeometry } from '../../../server/contract/objects.ts'
import { Button } from '../../ui/button.tsx'
import { Disclosure } from '../../ui/disclosure.tsx'
import { TextField } from '../../ui/field.tsx'
import { explain } from '../../ui/notice.tsx'
import { nameOf } from '../../workbench/data.ts'
import { ask } from '../../workbench/staff.ts'
import { awaitedPoint } from './data.ts'
import type { Where } from './new-premises.tsx'

interface PointChoiceProps {
  /** "longitude latitude"; null: no point. */
  chosen: string | null
  /** No address is chosen. */
  isNeeded: boolean
  onChoose: (where: Where) => void
}

type Found = Awaited<ReturnType<typeof askPlace>>

function askPlace([longitude, latitude]: readonly [number, number]) {
  return ask(describePlace, { query: { longitude, latitude } })
}

/** A place without an official address: pointed at on the map, or typed as coordinates. */
export function PointChoice({ chosen, isNeeded, onChoose }: PointChoiceProps) {
  const [found, setFound] = useState<Found | null>(null)
  const [typed, setTyped] = useState('')
  const [error, setError] = useState<string | undefined>()
  const take = async (point: readonly [number, number]) => {
    awaitedPoint.value = null
    setError(undefined)
    try {
      const place = await askPlace(point)
      setFound(place)
      onChoose({ point: point.map((degree) => degree.toFixed(7)).join(' '), districtId: place.districtId })
    } catch (reason) {
      setError(explain(reason))
    }
  }
  const read = async () => {
    setError(undefined)
    try {
      const { geometry } = await ask(readGeometry, { body: { kind: 'premises', text: typed } })
      await take((geometry as { coordinates: [number, number] }).coordinates)
    } catch (reason) {
      setError(explain(reason))
    }
  }
  return (
    <Disclosure summary="Ohne amtliche Adresse: Punkt auf der Karte" open={chosen !== null && isNeeded}>
      <div class="premises-edit__text">
        <Button
          look={awaitedPoint.value ? 'primary' : 'secondary'}
          small
          icon="map"
          aria-pressed={awaitedPoint.value !== null}
          onClick={() => {
            awaitedPoint.value = awaitedPoint.peek() ? null : (point) => void take(point)
          }}
        >
          {awaitedPoint.value ? 'Auf der Karte klicken … (abbrechen)' : 'Punkt auf der Karte wählen'}
        </Button>
        <TextField
          label="oder Koordinaten"
          optional
          hint="z. B. „359012,5 5654321,0“ oder „51,033 6,987“"
          value={typed}
          error={error}
          onInput={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return
            event.preventDefault()
            void read()
          }}
        />
        <Button look="secondary" small disabled={typed.trim() === ''} onClick={() => void read()}>
          Koordinaten übernehmen
        </Button>
        {chosen !== null && isNeeded && <ChosenPoint point={chosen} found={found} onChoose={onChoose} />}
      </div>
    </Disclosure>
  )
}

function ChosenPoint({ point, found, onChoose }: { point: string; found: Found | null; onChoose: (where: Where) => void }) {
  const [longitude = 0, latitude = 0] = point.split(' ').map(Number)
  const words = `${latitude.toFixed(5)} / ${longitude.toFixed(5)}`.replaceAll('.', ',')
  const address = found?.address
  return (
    <>
      <p role="status">
        Gewählt: {words}
        {found && (found.districtId ? `, ${nameOf('district', found.districtId)}` : ', außerhalb der Stadtteile')}
      </p>
      {address && (
        <Button
          look="secondary"
          small
          onClick={() => onChoose({ addressId: address.id, districtId: found.districtId })}
        >{`Doch die Adresse ${address.label} nehmen (${Math.round(address.distanceM)} m entfernt)`}</Button>
      )}
    </>
  )
}
