import { formatDay, type IsoDate } from '../../server/contract/dates.ts'
import { caseTypes, mobileOperators, type SiteStatus, siteStatuses, waitedFor } from '../../server/contract/mobile/codes.ts'
import type { SiteRequest } from '../../server/contract/mobile/site-request.ts'
import type { RequestSummary, Waiting } from '../../server/contract/mobile.ts'
import { formatNumber } from '../../server/contract/numbers.ts'
import { daysBetween } from '../../server/contract/working-days.ts'
import { nameOf } from '../workbench/data.ts'

/** Words for operators, e.g. "Telekom, Vodafone". */
export function operatorWords(operators: SiteRequest['operators']): string {
  return operators.map((operator) => mobileOperators.labels[operator].de).join(', ')
}

/** What people call a case: "Telekom, LEV-0471"; without a code its file number, else what it is about. */
export function titleOf({ operators, operatorSiteCode, caseNumber, caseType }: SiteRequest): string {
  return `${operatorWords(operators)}, ${operatorSiteCode ?? caseNumber ?? caseTypes.labels[caseType].de}`
}

export function statusWord(status: SiteStatus): string {
  return siteStatuses.labels[status].de
}

/** "seit heute", "seit gestern", "seit 12 Tagen". */
export function sinceWords(since: IsoDate, today: IsoDate): string {
  const days = daysBetween(since, today)
  if (days <= 0) return 'seit heute'
  return days === 1 ? 'seit gestern' : `seit ${formatNumber(days, 'de')} Tagen`
}

/** "Wartet auf Bauaufsicht, seit 12 Tagen: Baugenehmigung"; a case that is over waits for nobody. */
export function waitingWords(waiting: Waiting, today: IsoDate): string {
  if (!waiting) return 'Wartet auf niemanden'
  return `Wartet auf ${waitedFor.labels[waiting.for].de}, ${sinceWords(waiting.since, today)}: ${waiting.what}`
}

/** Names of the districts the search area touches. */
export function districtWords({ districtIds }: Pick<RequestSummary, 'districtIds'>): string {
  return districtIds.map((id) => nameOf('district', id)).join(', ')
}

/** "28.03.2022"; a dash where there is none. */
export function dayWords(day: IsoDate | null | undefined): string {
  return day ? formatDay(day, 'de') : '–'
}

/** "340 m", "1,2 km". */
export function distanceWords(distanceM: number): string {
  return distanceM < 1000 ? `${formatNumber(distanceM, 'de', 0)} m` : `${formatNumber(distanceM / 1000, 'de', 1)} km`
}

/** How far the nearest duct of ours is; only staff may know. */
export function ductWords(nearest: { distanceM: number } | null): string {
  return nearest
    ? `nächstes eigenes Leerrohr ${distanceWords(nearest.distanceM)} entfernt (intern)`
    : 'kein eigenes Leerrohr in 2 km'
}
