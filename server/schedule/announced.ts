import type { Knex } from 'knex'
import type { AnnouncedDate, LedgerDate, RecordedAnnouncement } from '../contract/schedule.ts'
import type { Clocks } from '../http/clocks.ts'
import { type DateRow, type EventRow, findAnnouncedDates, findAnnouncementEvents } from './queries.ts'
import { type LedgerCase, outcomeOf, rangeBetween } from './rules.ts'

/** Announced dates with all that only staff see. */
export async function readLedgerDates(
  database: Knex,
  clocks: Clocks,
  filter: { districtId?: string | undefined; programmeId?: string | undefined } = {},
): Promise<LedgerDate[]> {
  const dates = await findAnnouncedDates(database, clocks, filter)
  const events = await findAnnouncementEvents(
    database,
    clocks,
    dates.map(({ id }) => id),
  )
  const byDate = Map.groupBy(events, ({ id }) => id)
  return dates.map((date) => toLedgerDate(date, byDate.get(date.id) ?? [], clocks.asOf))
}

function toLedgerDate({ lastNamed, ...date }: DateRow, events: readonly EventRow[], asOf: string): LedgerDate {
  return {
    ...date,
    shift: rangeBetween(date.firstNamed, lastNamed),
    slip: date.actual === null ? null : rangeBetween(date.firstNamed, date.actual),
    outcome: outcomeOf(date.firstNamed, date.actual, asOf),
    events: events.map(toAnnouncement),
  }
}

function toAnnouncement({ id: _, citation, url, ...event }: EventRow): RecordedAnnouncement {
  const shift = event.kind === 'moved' && event.before && event.date ? rangeBetween(event.before, event.date) : null
  return { ...event, shift, source: { citation, url } }
}

/** Takes away what is internal: operators' ledgers, who recorded an announcement and why. */
export function toPublic({ operator: _, section: _section, programme: _programme, events, ...date }: LedgerDate): AnnouncedDate {
  return { ...date, events: events.map(({ recordedBy: _by, reason: _reason, ...event }) => event) }
}

export function toCase({ operator, timesMoved, named, actual, outcome, slip }: LedgerDate): LedgerCase {
  return { operator, timesMoved, isWithdrawn: named === null && actual === null, outcome, slipDays: slip?.days ?? null }
}
