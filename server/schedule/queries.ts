import type { Knex } from 'knex'
import { type Trade, trades } from '../contract/codes.ts'
import type { AnnouncedStep, AnnouncementKind } from '../contract/schedule.ts'
import type { Clocks } from '../http/clocks.ts'

function bindings(database: Knex, { asOf, knownAt }: Clocks) {
  return { asOf, knownAt: knownAt ?? database.raw('now()'), trades: trades.keys }
}

export interface DateRow {
  id: string
  factId: string
  what: AnnouncedStep
  sectionId: string | null
  section: string | null
  programmeId: string
  programme: string
  districtId: string | null
  trade: Trade | null
  title: string | null
  titleEn: string | null
  firstNamed: string
  lastNamed: string
  named: string | null
  timesMoved: number
  actual: string | null
  operator: string | null
}

/** Announced dates in the order of programmes, districts and trades; of a district or programme, or all. */
export async function findAnnouncedDates(
  database: Knex,
  clocks: Clocks,
  { districtId, programmeId }: { districtId?: string | undefined; programmeId?: string | undefined } = {},
): Promise<DateRow[]> {
  const { rows } = await database.raw<{ rows: DateRow[] }>(
    `select a.id, a.fact_id as "factId", a.what, a.section_id as "sectionId", case when x.id is not null then coalesce(x.name, d.name) end as section,
       a.programme_id as "programmeId", p.name as programme, a.district_id as "districtId", a.trade, a.title, a.title_en as "titleEn",
       a.first_named as "firstNamed", a.last_named as "lastNamed", a.named, a.times_moved as "timesMoved", a.actual,
       case when a.what = 'milestone' then null when a.trade = 'activation' then p.active_operator else p.passive_operator end as operator
     from announced_dates(:asOf, :knownAt) a
     join programmes_at(:asOf, :knownAt) p on p.id = a.programme_id
     left join build_sections_at(:asOf, :knownAt) x on x.id = a.section_id
     left join districts d on d.id = a.district_id
     where (:districtId::text is null or a.district_id = :districtId) and (:programmeId::text is null or a.programme_id = :programmeId)
     order by p.position, p.id, d.name collate "de-x-icu" nulls first, a.section_id, array_position(:trades::text[], a.trade), a.what desc, a.id`,
    { ...bindings(database, clocks), districtId: districtId ?? null, programmeId: programmeId ?? null },
  )
  return rows
}

export interface EventRow {
  id: string
  kind: AnnouncementKind
  date: string | null
  before: string | null
  note: string | null
  trueOn: string
  knownFrom: string
  citation: string
  url: string | null
  recordedBy: string
  reason: string
}

/** Everything said about some announced dates, oldest first. Name and reason of who recorded it are internal. */
export async function findAnnouncementEvents(database: Knex, clocks: Clocks, ids: readonly string[]): Promise<EventRow[]> {
  const { rows } = await database.raw<{ rows: EventRow[] }>(
    `select e.id, e.kind, e.announced as date, e.before, e.note, e.true_on as "trueOn", iso_moment(e.known_from) as "knownFrom",
       s.citation, s.url, c.actor_name as "recordedBy", c.reason
     from announcement_events(:asOf, :knownAt) e join sources s on s.id = e.source_id join changes c on c.id = e.change_id
     where e.id = any (:ids) order by e.id, e.said_on, e.known_from, e.version`,
    { ...bindings(database, clocks), ids },
  )
  return rows
}

export interface DurationRow {
  id: string
  sectionId: string
  section: string
  programmeId: string
  programme: string
  /** null: the whole section. */
  trade: Trade | null
  operator: string | null
  actualStart: string
  actualEnd: string | null
  begunOn: string
  doneOn: string | null
  reportedOn: string
  days: number
  least: number | null
  most: number | null
  plannedEnd: string | null
}

/** Durations of sections and their trades, ended and running, in the order of programmes, sections and trades; the whole first. */
export async function findDurations(database: Knex, clocks: Clocks): Promise<DurationRow[]> {
  const { rows } = await database.raw<{ rows: DurationRow[] }>(
    `select t.id, t.section_id as "sectionId", coalesce(x.name, d.name) as section, t.programme_id as "programmeId", p.name as programme, t.trade,
       t.operator, t.actual_start as "actualStart", t.actual_end as "actualEnd", t.begun_on as "begunOn", t.done_on as "doneOn", t.reported_on as "reportedOn",
       t.days, t.days_least as least, t.days_most as most, t.planned_end as "plannedEnd"
     from schedule_durations(:asOf, :knownAt) t
     join build_sections_at(:asOf, :knownAt) x on x.id = t.section_id
     join programmes_at(:asOf, :knownAt) p on p.id = t.programme_id
     join districts d on d.id = t.district_id
     order by p.position, p.id, d.name collate "de-x-icu", t.section_id, array_position(:trades::text[], t.trade) nulls first`,
    bindings(database, clocks),
  )
  return rows
}

export async function findRevision(database: Knex): Promise<number> {
  const row = await database('changes').max<{ revision: number | null }>({ revision: 'id' }).first()
  return row?.revision ?? 0
}
