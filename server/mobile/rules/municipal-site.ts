import type { MunicipalSite } from '../../contract/mobile/municipal-site.ts'
import { type Remark, warn } from '../../http/remark.ts'
import type { PlaceFindings } from '../geometry.ts'
import { placeRemarks } from './common.ts'

export interface MunicipalSiteCase {
  content: MunicipalSite
  place: PlaceFindings | null
  /** Another site of this name. */
  namesakes: number
}

type Rule = (one: MunicipalSiteCase) => Iterable<Remark>

function* location({ place }: MunicipalSiteCase): Iterable<Remark> {
  yield* placeRemarks(place, 'Lage')
}

function* name({ namesakes }: MunicipalSiteCase): Iterable<Remark> {
  if (namesakes > 0) yield warn('duplicate-name', 'name', 'Ein anderer städtischer Standort heißt ebenso.')
}

function* offer({ content: { releasedOn, availability, statics } }: MunicipalSiteCase): Iterable<Remark> {
  if (releasedOn !== null && availability === 'not_available')
    yield warn('released-not-available', 'releasedOn', 'Der Standort ist öffentlich, aber nicht verfügbar.')
  if (releasedOn !== null && statics === 'unsuitable')
    yield warn('released-unsuitable', 'releasedOn', 'Der Standort ist öffentlich, obwohl die Statik ihn ausschließt.')
}

export const municipalSiteRules: readonly Rule[] = [location, name, offer]
