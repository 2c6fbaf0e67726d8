import { place } from '../workbench/place.ts'
import { DeliveryPage } from './delivery-page.tsx'
import { Inbox } from './inbox.tsx'

/** The inbox of deliveries, or one of them: `?lieferung=12`. */
export function DeliveriesPage() {
  const id = Number(place.value.query.get('lieferung') ?? Number.NaN)
  return Number.isInteger(id) && id > 0 ? <DeliveryPage id={id} /> : <Inbox />
}
