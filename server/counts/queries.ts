import type { Knex } from 'knex'
import type { CountRow, LengthRow, Release, StatedRow } from '../contract/counts.ts'
import { type DefinitionId, metricDefinitions } from '../contract/metrics.ts'
import type { Clocks } from '../http/clocks.ts'

/** `knownAt` for SQL: a moment, or now. */
const clocksOf = (database: Knex, { asOf, knownAt }: Clocks) => ({ asOf, knownAt: knownAt ?? database.raw('now()') })

/** Connections per programme, district, kind and funding class, by a metric definition. */
export async function findCounts(database: Knex, clocks: Clocks, definition: DefinitionId): Promise<CountRow[]> {
  const { passed, connected, activated } = metricDefinitions[definition].from
  const from = (level: string) => `coalesce(sum(c.units) filter (where c.rank >= premises_rank(:${level})), 0)`
  const { rows } = await database.raw<{ rows: CountRow[] }>(
    `select c.programme_id as "programmeId", c.district_id as "districtId", c.kind, c.funding_class as "fundingClass",
      json_build_object('potential', coalesce(sum(c.units) filter (where c.rank >= 0), 0), 'passed', ${from('passed')},
        'connected', ${from('connected')}, 'activated', ${from('activated')}) as counts,
      coalesce(sum(c.units) filter (where c.rank < 0), 0)::integer as "notPossible", sum(c.objects)::integer as premises
     from premises_counts_at(:asOf, :knownAt) c group by 1, 2, 3, 4 order by 1, 2, 3, 4`,
    { ...clocksOf(database, clocks), passed, connected, activated },
  )
  return rows
}

/** Reported figures of programmes with these quantities. */
export async function findReported(database: Knex, clocks: Clocks, quantities: readonly string[]): Promise<StatedRow[]> {
  const { rows } = await database.raw<{ rows: StatedRow[] }>(
    `select f.id, f.programme_id as "programmeId", case when f.district_id is not null then array[f.district_id] end as "districtIds",
      f.quantity, f.state, f.funding_class as "fundingClass", f.value::float as value, f.approximate,
      provenance(f.source_id, f.true_on, f.known_from, f.change_id) as provenance
     from figures_at(:asOf, :knownAt) f where f.programme_id is not null and f.quantity = any (:quantities) order by f.id`,
    { ...clocksOf(database, clocks), quantities: [...quantities] },
  )
  return rows
}

/** Targets of programmes with these quantities. */
export async function findTargets(database: Knex, clocks: Clocks, quantities: readonly string[]): Promise<StatedRow[]> {
  const { rows } = await database.raw<{ rows: StatedRow[] }>(
    `select t.id, t.programme_id as "programmeId", t.district_ids as "districtIds", t.quantity, null as state, null as "fundingClass",
      t.value::float as value, t.approximate, provenance(t.source_id, t.true_on, t.known_from, t.change_id) as provenance
     from targets_at(:asOf, :knownAt) t where t.quantity = any (:quantities) order by t.id`,
    { ...clocksOf(database, clocks), quantities: [...quantities] },
  )
  return rows
}

/** Metres per programme, section, district, quantity and status. */
export async function findLengths(database: Knex, clocks: Clocks): Promise<LengthRow[]> {
  const { rows } = await database.raw<{ rows: LengthRow[] }>(
    `select l.programme_id as "programmeId", l.section_id as "sectionId", l.district_id as "districtId", l.quantity, l.status,
      l.length_m as "lengthM"
     from network_lengths_at(:asOf, :knownAt) l order by 1, 4, 5, 3, 2`,
    clocksOf(database, clocks),
  )
  return rows
}

export async function findReleases(database: Knex): Promise<Release[]> {
  const { rows } = await database.raw<{ rows: Release[] }>(
    `select e.id, e.stand::text, iso_moment(c.known_at) as at, c.actor_name as name, c.reason, e.withdraws,
      exists (select from count_releases w where w.withdraws = e.id) as "isWithdrawn",
      coalesce(e.id = count_release_at((now() at time zone 'Europe/Berlin')::date, now()), false) as "isCurrent",
      count(r.*)::integer as figures, count(r.hidden)::integer as hidden
     from count_releases e join changes c on c.id = e.id left join released_counts r on r.release_id = e.id
     group by e.id, c.id order by e.id desc`,
  )
  return rows
}

export interface ReleasedValue {
  release: number
  stand: string
  at: string
  counted: number
  hidden: 'small' | 'partner' | null
  isWithdrawn: boolean
}

/** One figure over the last 50 releases, newest first. `districtId` left out: the whole programme. */
export async function findHistory(
  database: Knex,
  {
    programmeId,
    districtId,
    kind,
    measure,
  }: { programmeId: string; districtId?: string | undefined; kind: string; measure: string },
): Promise<ReleasedValue[]> {
  const { rows } = await database.raw<{ rows: ReleasedValue[] }>(
    `select e.id as release, e.stand::text, iso_moment(c.known_at) as at, r.counted, r.hidden,
      exists (select from count_releases w where w.withdraws = e.id) as "isWithdrawn"
     from released_counts r join count_releases e on e.id = r.release_id join changes c on c.id = e.id
     where r.programme_id = :programmeId and r.district_id is not distinct from :districtId and r.kind = :kind and r.measure = :measure
     order by e.stand desc, e.id desc limit 50`,
    { programmeId, districtId: districtId ?? null, kind, measure },
  )
  return rows
}
