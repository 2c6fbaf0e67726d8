import type { Knex } from 'knex'
import type { ActivityKind, ExpenseKind, FundingTask } from '../../server/contract/activities/codes.ts'
import type { IsoDate } from '../../server/contract/dates.ts'
import type { FederalState } from '../../server/contract/federal-state.ts'
import { addWorkingDays } from '../../server/contract/working-days.ts'

/** Working days ago, minutes, kind, task, what was done, about which case. */
type Activity = readonly [ago: number, minutes: number, ActivityKind, FundingTask, done: string, requestId?: string]

const activities: readonly Activity[] = [
  [36, 90, 'meeting', 'coordination', 'Jahresgespräch mit einem Betreiber'],
  [34, 45, 'call', 'clearing_house', 'Mitnutzung des vorhandenen Mastes besprochen', 'q:demo-5'],
  [29, 180, 'report', 'action_concept', 'Abschnitt zu Versorgungslücken im Handlungskonzept'],
  [16, 120, 'site_visit', 'clearing_house', 'Ortstermin am Wasserturm und am Waldrand', 'q:demo-3'],
  [15, 60, 'case_work', 'coordination', 'Suchkreis geprüft, Kandidaten aufgenommen', 'q:demo-3'],
  [14, 30, 'case_work', 'coordination', 'Fachbereiche beteiligt', 'q:demo-3'],
  [10, 240, 'training', 'steering', 'Schulung zur Versorgungsanalyse'],
  [6, 75, 'meeting', 'clearing_house', 'Auflagen zum Wasserturm abgestimmt', 'q:demo-3'],
  [4, 90, 'public_relations', 'steering', 'Aufruf, Funklöcher zu melden'],
  [2, 20, 'call', 'coordination', 'Eingang der Anfrage bestätigt', 'q:demo-4'],
]

/** Months ago, kind, EUR, what for. */
type Expense = readonly [ago: number, ExpenseKind, eur: number, note: string]

const expenses: readonly Expense[] = [
  [3, 'staff', 5140, 'Personalkosten der Stelle'],
  [2, 'staff', 5140, 'Personalkosten der Stelle'],
  [2, 'material', 349.9, 'Messgerät für Feldstärke'],
  [1, 'staff', 5140, 'Personalkosten der Stelle'],
  [1, 'travel', 38.4, 'Fahrt zur Schulung'],
]

const person = { person_id: 'demo', person_name: 'Beispielperson', recorded_by: 'demo', recorded_name: 'Beispieldaten' }

/** The month so many months before. */
function monthsAgo(today: IsoDate, months: number): string {
  const day = new Date(`${today.slice(0, 7)}-01T00:00:00Z`)
  day.setUTCMonth(day.getUTCMonth() - months)
  return day.toISOString().slice(0, 7)
}

/** Invented entries of the log of the funded post. Returns how many. */
export async function loadLog(trx: Knex, today: IsoDate, state: FederalState): Promise<number> {
  const idOf = (kind: number, index: number) => `de00000${kind}${String(index).padStart(4, '0')}`
  await trx('activities').insert(
    activities.map(([ago, minutes, kind, task, done, requestId = null], index) => ({
      ...{ ...person, id: idOf(1, index), version: 1, role: 'mobile', minutes, kind, task, request_id: requestId },
      ...{ day: addWorkingDays(today, -ago, state), description: `Erfunden: ${done}` },
    })),
  )
  await trx('expenses').insert(
    expenses.map(([ago, kind, eur, note], index) => ({
      ...{ ...person, id: idOf(2, index), version: 1, kind, amount_eur: eur, eligible: true, note: `Erfunden: ${note}` },
      ...{ dated: monthsAgo(today, ago) },
    })),
  )
  return activities.length + expenses.length
}
