import type { Activity } from '../contract/activities/activity.ts'
import { formatDuration } from '../contract/activities/duration.ts'
import type { Expense } from '../contract/activities/expense.ts'
import type { Budget } from '../contract/activities.ts'
import { earliest, formatDay } from '../contract/dates.ts'
import { formatMoney } from '../contract/numbers.ts'
import { type Remark, refuse, warn } from '../http/remark.ts'

const minutesOfDay = 24 * 60
/** § 3 ArbZG: not more than ten hours on a working day. */
const longestWork = 10 * 60

/** What is known about an activity besides what it says. */
export interface ActivityFacts {
  today: string
  /** Minutes of the same person on that day in other entries. */
  otherMinutes: number
  isCaseKnown: boolean
  /** The person has an entry that says the same. */
  isTwin: boolean
  budgets: readonly Budget[]
}

export function* activityRules(content: Activity, facts: ActivityFacts): Iterable<Remark> {
  const { day, minutes, requestId } = content
  if (day > facts.today) yield refuse('day', `Der Tag liegt in der Zukunft (heute ist der ${formatDay(facts.today, 'de')}).`)
  if (day < '2019-01-01') yield refuse('day', 'Der Tag liegt vor 2019: Bitte prüfen Sie das Jahr.')
  if (requestId !== null && !facts.isCaseKnown) yield refuse('requestId', `Den Vorgang „${requestId}“ gibt es nicht.`)
  if (minutes < 1) yield refuse('minutes', 'Die Dauer ist mindestens eine Minute.')
  const sum = facts.otherMinutes + minutes
  const [onDay, together] = [`Am ${formatDay(day, 'de')}`, formatDuration(sum)]
  if (sum > minutesOfDay) yield refuse('minutes', `${onDay} wären das zusammen ${together}; ein Tag hat 24 Stunden.`)
  else if (sum > longestWork)
    yield warn('long-day', 'minutes', `${onDay} sind das zusammen ${together}: mehr als 10 Stunden an einem Tag (§ 3 ArbZG).`)
  if (facts.isTwin) yield warn('twin', null, 'Genau diese Tätigkeit ist schon einmal erfasst.')
  yield* withinGrant('day', day, facts.budgets)
}

export interface ExpenseFacts {
  today: string
  isVoucherKnown: boolean
  isTwin: boolean
  /** As of today, with this expense. */
  budgets: readonly Budget[]
}

export function* expenseRules(content: Expense, facts: ExpenseFacts): Iterable<Remark> {
  const { dated, amountEur, voucherId } = content
  const first = earliest(dated) ?? dated
  if (first > facts.today)
    yield refuse('dated', `Der Zeitpunkt liegt in der Zukunft (heute ist der ${formatDay(facts.today, 'de')}).`)
  if (first < '2019-01-01') yield refuse('dated', 'Der Zeitpunkt liegt vor 2019: Bitte prüfen Sie das Jahr.')
  if (amountEur <= 0) yield refuse('amountEur', 'Der Betrag ist größer als null.')
  if (Math.abs(amountEur * 100 - Math.round(amountEur * 100)) > 1e-6)
    yield refuse('amountEur', 'Ein Betrag hat höchstens zwei Nachkommastellen.')
  if (voucherId !== null && !facts.isVoucherKnown) yield refuse('voucherId', 'Diesen Beleg gibt es nicht.')
  if (facts.isTwin) yield warn('twin', null, 'Genau diese Ausgabe ist schon einmal erfasst.')
  yield* withinGrant('dated', first, facts.budgets)
  yield* withinFrame(content, first, facts.budgets)
}

/** Implausible: outside the grant period, where one is recorded. */
function* withinGrant(field: string, day: string, budgets: readonly Budget[]): Iterable<Remark> {
  const grants = budgets.flatMap(({ grant }) => (grant ? [grant] : []))
  if (grants.length === 0 || grants.some(({ firstDay, lastDay }) => firstDay <= day && day <= lastDay)) return
  const periods = grants.map(({ firstDay, lastDay }) => `${formatDay(firstDay, 'de')} bis ${formatDay(lastDay, 'de')}`)
  yield warn('outside-grant', field, `Das liegt außerhalb des Bewilligungszeitraums (${periods.join('; ')}).`)
}

/** Implausible: more than was granted; without a grant, more than any directive allows. */
function* withinFrame({ amountEur, eligible }: Expense, day: string, budgets: readonly Budget[]): Iterable<Remark> {
  if (!eligible) return
  const granted = budgets.filter(({ grant }) => grant)
  const running = granted.find(({ grant }) => grant && grant.firstDay <= day && day <= grant.lastDay)
  if (running?.grant && running.grant.restEur < 0)
    yield warn(
      'over-grant',
      'amountEur',
      `Damit ist die bewilligte Summe um ${formatMoney(-running.grant.restEur)} überschritten (${running.name}).`,
    )
  const most = Math.max(...budgets.map(({ mostEur }) => mostEur ?? 0))
  if (granted.length === 0 && most > 0 && amountEur > most)
    yield warn('over-frame', 'amountEur', `Der Betrag liegt über dem Höchstbetrag der Richtlinien (${formatMoney(most)}).`)
}
