import type { SiteCandidate } from '../../contract/mobile/site-candidate.ts'
import type { SiteRequest } from '../../contract/mobile/site-request.ts'
import { formatNumber } from '../../contract/numbers.ts'
import { type Remark, refuse, warn } from '../../http/remark.ts'
import type { PlaceFindings } from '../geometry.ts'
import { notInFuture, placeRemarks } from './common.ts'

export interface CandidateCase {
  content: SiteCandidate
  place: PlaceFindings | null
  today: string
  /** The case it belongs to; null: there is none of this id. */
  request: SiteRequest | null
  /** The municipal site named is known. */
  hasMunicipalSite: boolean
  /** Names of the other candidates agreed in the same case. */
  alsoAgreed: readonly string[]
}

type Rule = (one: CandidateCase) => Iterable<Remark>

function* references({ content, request, hasMunicipalSite }: CandidateCase): Iterable<Remark> {
  if (!request) yield refuse('requestId', 'Diese Standortanfrage gibt es nicht.')
  if (content.municipalSiteId !== null && !hasMunicipalSite)
    yield refuse('municipalSiteId', 'Diesen städtischen Standort gibt es nicht.')
}

function* location({ place }: CandidateCase): Iterable<Remark> {
  yield* placeRemarks(place, 'Lage')
  const beyond = place?.beyondSearchAreaM ?? 0
  if (beyond > 0)
    yield warn('beyond-search-area', 'geom', `Der Kandidat liegt ${Math.round(beyond)} m außerhalb des Suchkreises.`)
}

function* mast({ content: { mastHeightM, mastKind }, request }: CandidateCase): Iterable<Remark> {
  const wanted = request?.minAntennaHeightM ?? null
  if (mastHeightM === null) return
  if (mastHeightM > 100) yield warn('high-mast', 'mastHeightM', 'Masten sind selten höher als 100 m.')
  if (mastKind === 'free_standing' && wanted !== null && mastHeightM < wanted)
    yield warn(
      'below-wanted',
      'mastHeightM',
      `Der Betreiber wünscht Antennen in mindestens ${formatNumber(wanted, 'de')} m Höhe.`,
    )
}

function* decision({ content, today, alsoAgreed }: CandidateCase): Iterable<Remark> {
  const isDecided = content.decision === 'agreed' || content.decision === 'rejected'
  if (isDecided && content.decidedOn === null) yield refuse('decidedOn', 'Entschieden am: Die Angabe fehlt.')
  if (!isDecided && content.decidedOn !== null)
    yield refuse('decidedOn', 'Ein Tag der Entscheidung gehört nur zu „abgestimmt“ oder „verworfen“.')
  if (content.decision === 'rejected' && content.decisionReason === null)
    yield refuse('decisionReason', 'Bitte begründen Sie, warum der Kandidat verworfen wird.')
  yield* notInFuture('decidedOn', 'Entschieden am', content.decidedOn, today)
  if (content.decision === 'agreed' && alsoAgreed.length > 0)
    yield warn('two-agreed', 'decision', `In dieser Anfrage ist schon abgestimmt: ${alsoAgreed.join(', ')}.`)
}

function* override({ content }: CandidateCase): Iterable<Remark> {
  if (content.permitOverride !== null && content.permitOverrideReason === null)
    yield refuse('permitOverrideReason', 'Bitte begründen Sie, warum Sie vom Vorschlag abweichen.')
  if (content.permitOverride === null && content.permitOverrideReason !== null)
    yield refuse('permitOverride', 'Die Begründung gehört zu einer Abweichung vom Vorschlag: Bitte wählen Sie, was gilt.')
}

/** Nothing becomes public before it is agreed and the operator consents. */
function* release({ content, today }: CandidateCase): Iterable<Remark> {
  const { releasedOn, operatorConsentOn, decision: decided } = content
  yield* notInFuture('operatorConsentOn', 'Zustimmung des Betreibers', operatorConsentOn, today)
  if (releasedOn === null) return
  if (decided !== 'agreed') yield refuse('releasedOn', 'Öffentlich wird ein Standort erst, wenn er abgestimmt ist.')
  if (operatorConsentOn === null)
    yield refuse('operatorConsentOn', 'Für die Veröffentlichung fehlt die Zustimmung des Betreibers.')
  else if (releasedOn < operatorConsentOn)
    yield refuse('releasedOn', 'Öffentlich wird ein Standort erst ab dem Tag, an dem der Betreiber zustimmt.')
}

export const candidateRules: readonly Rule[] = [references, location, mast, decision, override, release]
