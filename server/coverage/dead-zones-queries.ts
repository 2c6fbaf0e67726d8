import type { Knex } from 'knex'
import type * as z from 'zod/mini'
import type { DeadZoneReport, DeadZoneStatus, listDeadZoneReports, reportDeadZone } from '../contract/dead-zones.ts'

type Report = z.infer<(typeof reportDeadZone)['body']>
type Filter = z.infer<(typeof listDeadZoneReports)['query']>

const pageSize = 50

/** Name of the district a cell lies in today; null: outside the city. */
export async function findDistrictOfCell(database: Knex, cell: string): Promise<string | null> {
  const { rows } = await database.raw(
    `select d.name from districts d
     where d.id = district_of_cell(st_transform(area_of_cell(?), 25832), (now() at time zone 'Europe/Berlin')::date, now())`,
    [cell],
  )
  return rows[0]?.name ?? null
}

/** Keeps a report and, beside it, its remark: that one can be removed. */
export async function keepReport(database: Knex, cell: string, report: Report): Promise<void> {
  const { operator, technology, surroundings, seenOn, dayPart, remark } = report
  await database.transaction(async (trx) => {
    const row = { operator, technology, surroundings, seen_on: seenOn, day_part: dayPart, cell }
    const [kept] = await trx('dead_zone_reports').insert(row).returning('id')
    if (remark) await trx('dead_zone_remarks').insert({ report_id: kept.id, remark })
  })
}

const latestDecision = 'select max(d.id) from dead_zone_decisions d where d.report_id = r.id'

/** Every report with its state: that of the latest decision, "pending" without one. */
const cases = `
  select r.*, coalesce(l.status, 'pending') as status from dead_zone_reports r
  left join dead_zone_decisions l on l.id = (${latestDecision})`

const decisions = `
  select coalesce(json_agg(json_build_object('id', d.id, 'status', d.status, 'reason', d.reason, 'decidedBy', h.actor_name,
    'decidedAt', iso_moment(h.known_at)) order by d.id desc), '[]'::json)
  from dead_zone_decisions d join changes h on h.id = d.change_id where d.report_id = p.id`

const page = `
  select p.id, p.received_on::text as "receivedOn", p.operator, p.technology, p.surroundings, p.seen_on::text as "seenOn",
    p.day_part as "dayPart", p.cell, p.district_id as "districtId", m.remark, p.status, (${decisions}) as decisions,
    (select count(*)::integer from (${cases}) o where o.cell = p.cell and o.status = 'published' and o.id <> p.id) as "publishedNearby"
  from (
    select c.*, district_of_cell(c.geom, (now() at time zone 'Europe/Berlin')::date, now()) as district_id from (${cases}) c
    where (cast(:status as text) is null or c.status = :status) and (cast(:operator as text) is null or c.operator = :operator)
      and (cast(:before as bigint) is null or c.id < :before)
  ) p
  left join dead_zone_remarks m on m.report_id = p.id
  where cast(:districtId as text) is null or p.district_id = :districtId
  order by p.id desc limit ${pageSize + 1}`

/** A page of reports, newest first. */
export async function findReports(database: Knex, filter: Filter): Promise<{ reports: DeadZoneReport[]; next: number | null }> {
  const values = { status: null, operator: null, districtId: null, before: null, ...filter }
  const { rows }: { rows: DeadZoneReport[] } = await database.raw(page, values)
  const reports = rows.slice(0, pageSize)
  return { reports, next: rows.length > pageSize ? (reports.at(-1)?.id ?? null) : null }
}

export async function countReports(database: Knex): Promise<Record<DeadZoneStatus, number>> {
  const { rows } = await database.raw(`select
    (count(*) filter (where c.status = 'pending'))::integer as pending,
    (count(*) filter (where c.status = 'published'))::integer as published,
    (count(*) filter (where c.status = 'rejected'))::integer as rejected
    from (${cases}) c`)
  return rows[0]
}

/** Id of the latest decision on each of the reports there are; null: none yet. */
export async function findLatestDecisions(trx: Knex.Transaction, ids: readonly number[]): Promise<Map<number, number | null>> {
  const { rows }: { rows: { id: number; decision: number | null }[] } = await trx.raw(
    `select r.id, (${latestDecision}) as decision from dead_zone_reports r where r.id = any (?)`,
    [[...ids]],
  )
  return new Map(rows.map(({ id, decision }) => [id, decision]))
}

/** Keeps the same decision on each of the reports; returns the id of each. */
export async function keepDecisions(
  trx: Knex.Transaction,
  ids: readonly number[],
  { status, reason, changeId }: { status: DeadZoneStatus; reason: string | null; changeId: number },
): Promise<{ id: number; decision: number }[]> {
  const rows = ids.map((id) => ({ report_id: id, status, reason, change_id: changeId }))
  return trx('dead_zone_decisions').insert(rows).returning(['report_id as id', 'id as decision'])
}

/**
 * Removes remarks whose report was decided on `days` ago, and those nobody decided on within `months` of their receipt.
 * Returns how many.
 */
export async function removeOldRemarks(database: Knex, days: number, months: number): Promise<number> {
  const { rowCount } = await database.raw(
    `delete from dead_zone_remarks m using dead_zone_reports r
     left join dead_zone_decisions l on l.id = (${latestDecision}) left join changes h on h.id = l.change_id
     where r.id = m.report_id and case when coalesce(l.status, 'pending') = 'pending'
       then r.received_on < now() - make_interval(months => ?) else h.known_at < now() - make_interval(days => ?) end`,
    [months, days],
  )
  return rowCount
}
