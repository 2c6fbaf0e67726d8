import { formatDay } from '../../contract/dates.ts'
import { type SiteStep, siteSteps } from '../../contract/mobile/codes.ts'
import type { SiteRequest } from '../../contract/mobile/site-request.ts'
import { type Remark, refuse, warn } from '../../http/remark.ts'
import type { PlaceFindings } from '../geometry.ts'
import { notInFuture, placeRemarks } from './common.ts'

/** A case as its rules see it. Rules are pure: everything they need is in here. */
export interface RequestCase {
  content: SiteRequest
  place: PlaceFindings | null
  /** Day in Germany. */
  today: string
  /** Other cases with the same operator and site code. */
  sameCode: readonly string[]
  /** A candidate of the case has been agreed. */
  hasAgreed: boolean
}

type Rule = (one: RequestCase) => Iterable<Remark>

function* receipt({ content, today }: RequestCase): Iterable<Remark> {
  yield* notInFuture('receivedOn', 'Eingegangen am', content.receivedOn, today)
  if (content.receivedOn < '1990-01-01')
    yield refuse('receivedOn', 'Eingegangen am: vor 1990 gab es hier keinen öffentlichen Mobilfunk.')
}

function* area({ content, place }: RequestCase): Iterable<Remark> {
  const { geom, radiusM } = content
  if (geom?.type === 'Point' && radiusM === null) yield refuse('radiusM', 'Radius des Suchkreises: Die Angabe fehlt.')
  if (geom?.type !== 'Point' && radiusM !== null)
    yield refuse('radiusM', 'Einen Radius hat nur ein Kreis: Bitte wählen Sie einen Mittelpunkt oder lassen Sie den Radius leer.')
  yield* placeRemarks(place, 'Suchkreis')
  if (place?.isValid && place.areaM2 < 300)
    yield warn('small-search-area', 'geom', 'Der Suchkreis ist kleiner als ein Grundstück.')
  if (place?.isValid && place.areaM2 > 20e6) yield warn('large-search-area', 'geom', 'Der Suchkreis umfasst mehr als 20 km².')
}

function* stepsAreDated({ content, today }: RequestCase): Iterable<Remark> {
  for (const [step, record] of stepsIn(content)) {
    yield* notInFuture('steps', siteSteps.labels[step].de, record.on, today)
    if (record.on < content.receivedOn)
      yield warn(
        'step-before-receipt',
        'steps',
        `${siteSteps.labels[step].de}: vor dem Eingang der Anfrage (${formatDay(content.receivedOn, 'de')}).`,
      )
  }
}

/** What usually comes before what. */
const usualOrder: readonly (readonly [SiteStep, SiteStep])[] = [
  ['permit_applied', 'permit_granted'],
  ['site_certificate_applied', 'site_certificate_issued'],
  ['site_agreed', 'construction_started'],
  ['construction_started', 'construction_finished'],
  ['site_certificate_issued', 'in_operation'],
  ['construction_finished', 'in_operation'],
  ['in_operation', 'decommissioned'],
]

function* usualSequence({ content: { steps } }: RequestCase): Iterable<Remark> {
  for (const [first, second] of usualOrder) {
    const [earlier, later] = [steps[first], steps[second]]
    const names = [siteSteps.labels[first].de, siteSteps.labels[second].de] as const
    if (later && !earlier) yield warn(`missing-${first}`, 'steps', `„${names[1]}“ ist erfasst, „${names[0]}“ nicht.`)
    else if (later && earlier && later.on < earlier.on)
      yield warn(`order-${first}`, 'steps', `„${names[1]}“ liegt vor „${names[0]}“.`)
  }
  if (steps.permit_granted && steps.permit_exempt)
    yield warn('two-permits', 'steps', 'Sowohl Baugenehmigung als auch Verfahrensfreiheit sind erfasst.')
}

/** BEMFV § 11: at least two weeks before. */
const noticeDays = 14

function* noticeInTime({ content: { steps } }: RequestCase): Iterable<Remark> {
  const [notice, operation] = [steps.commissioning_notified?.on, steps.in_operation?.on]
  if (!operation) return
  const days = notice ? (Date.parse(operation) - Date.parse(notice)) / 86_400_000 : null
  if (days === null)
    yield warn('no-notice', 'steps', 'Die Anzeige der Inbetriebnahme fehlt: Sie ist zwei Wochen vorher fällig (§ 11 BEMFV).')
  else if (days < noticeDays)
    yield warn(
      'late-notice',
      'steps',
      `Die Inbetriebnahme wurde ${days} Tage vorher angezeigt; verlangt sind zwei Wochen (§ 11 BEMFV).`,
    )
}

function* pauses({ content, today }: RequestCase): Iterable<Remark> {
  const inOrder = content.pauses.toSorted((a, b) => a.from.localeCompare(b.from))
  for (const [index, pause] of inOrder.entries()) {
    yield* notInFuture('pauses', 'Angehalten ab', pause.from, today)
    if (pause.to !== null && pause.to <= pause.from)
      yield refuse(
        'pauses',
        `Fristen angehalten: Der ${formatDay(pause.to, 'de')} liegt nicht nach dem ${formatDay(pause.from, 'de')}.`,
      )
    if (pause.from < content.receivedOn) yield refuse('pauses', 'Fristen können nicht vor dem Eingang angehalten werden.')
    const next = inOrder[index + 1]
    if (next && (pause.to === null || next.from < pause.to))
      yield refuse('pauses', 'Fristen angehalten: Zwei Unterbrechungen überschneiden sich.')
  }
}

function* duplicates({ content, sameCode }: RequestCase): Iterable<Remark> {
  if (sameCode.length > 0)
    yield warn(
      'same-code',
      'operatorSiteCode',
      `Zur Standortkennung ${content.operatorSiteCode} gibt es schon: ${sameCode.join(', ')}.`,
    )
}

function* agreedSite({ content: { steps, caseType }, hasAgreed }: RequestCase): Iterable<Remark> {
  if (steps.site_agreed && !hasAgreed && !['extension', 'sharing', 'decommissioning'].includes(caseType))
    yield warn('agreed-without-candidate', 'steps', 'Ein Standort ist abgestimmt, aber kein Kandidat ist als abgestimmt erfasst.')
}

function stepsIn({ steps }: SiteRequest): [SiteStep, { on: string }][] {
  return Object.entries(steps) as [SiteStep, { on: string }][]
}

export const requestRules: readonly Rule[] = [
  receipt,
  area,
  stepsAreDated,
  usualSequence,
  noticeInTime,
  pauses,
  duplicates,
  agreedSite,
]
