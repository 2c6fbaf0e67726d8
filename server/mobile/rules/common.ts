import { formatDay } from '../../contract/dates.ts'
import { formatNumber } from '../../contract/numbers.ts'
import { type Remark, refuse, warn } from '../../http/remark.ts'
import type { PlaceFindings } from '../geometry.ts'

/** What has happened cannot lie in the future. */
export function* notInFuture(field: string, label: string, day: string | null, today: string): Iterable<Remark> {
  if (day !== null && day > today)
    yield refuse(field, `${label}: Der ${formatDay(day, 'de')} liegt in der Zukunft. Bitte erfassen Sie nur, was geschehen ist.`)
}

/** Search areas and sites lie in the city; a site somewhat beyond its border is pointed out. */
export function* placeRemarks(place: PlaceFindings | null, what: string): Iterable<Remark> {
  if (!place) return
  if (!place.isReadable) yield refuse('geom', `${what}: Die Lage lässt sich nicht lesen.`)
  else if (!place.isValid) yield refuse('geom', `${what}: Die Fläche ist nicht gültig, zum Beispiel kreuzt ihr Rand sich selbst.`)
  else if (place.beyondCityM > 0 && place.isSwapped)
    yield refuse(
      'geom',
      `${what}: Länge und Breite sind vertauscht. Erwartet wird zuerst die Länge (um 7), dann die Breite (um 51).`,
    )
  else if (place.beyondCityM > 1000)
    yield refuse('geom', `${what}: liegt ${formatNumber(Math.round(place.beyondCityM / 100) / 10, 'de')} km außerhalb der Stadt.`)
  else if (place.beyondCityM > 0)
    yield warn('beyond-city', 'geom', `${what}: liegt ${Math.round(place.beyondCityM)} m außerhalb der Stadt.`)
}
