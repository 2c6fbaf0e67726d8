import { useEffect, useMemo } from 'preact/hooks'
import { describeSite } from '../../../server/contract/mobile.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { resource } from '../../ui/resource.tsx'
import { nameOf } from '../../workbench/data.ts'
import type { Position } from '../../workbench/map/geometry.ts'
import { ask } from '../../workbench/staff.ts'
import { ductWords } from '../words.ts'

interface AroundProps {
  point: Position
  /** Case that is no neighbour: its own; null: a new one. */
  requestId: string | null
  /** Takes the nearest address over; left out: nobody needs it. */
  onAddress?: ((address: string) => void) | undefined
}

/** What lies at the place: district, nearest address and duct, and what else is near. */
export function Around({ point: [longitude, latitude], requestId, onAddress }: AroundProps) {
  const found = useMemo(
    () => resource((query: { longitude: number; latitude: number }, signal) => ask(describeSite, { query, signal })),
    [],
  )
  useEffect(() => void found.ask({ longitude, latitude }), [longitude, latitude])
  const here = found.answer.value
  if (!here) return null
  const { districtId, address, nearestDuct, neighbours } = here
  const near = neighbours.filter((one) => one.requestId !== requestId || requestId === null).flatMap(({ name }) => name || [])
  return (
    <div class="place-input" role="status">
      <p>
        {districtId ? nameOf('district', districtId) : 'Außerhalb der Stadtteile'}
        {`; ${ductWords(nearestDuct)}`}
        {near.length > 0 && `; in der Nähe: ${near.join(', ')}`}
      </p>
      {address && onAddress && (
        <p>
          <Button look="secondary" small onClick={() => onAddress(address)}>{`Adresse ${address} eintragen`}</Button>
        </p>
      )}
      {!districtId && <Notice kind="warning" title="Der Punkt liegt außerhalb der Stadt." />}
    </div>
  )
}
