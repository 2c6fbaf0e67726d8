import type { Knex } from 'knex'
import type { ObjectKindName } from '../contract/objects/index.ts'
import { type CountedPart, countedParts, type ObjectCounts, type ObjectFilter } from '../contract/objects.ts'
import type { Clocks } from '../http/clocks.ts'
import { columnsOf } from './kinds.ts'
import { conditionsOf, objectsAt } from './sql.ts'
import { Statement } from './statement.ts'

/** The column a part of the filter compares; null: the kind has none. */
function columnOfPart(name: ObjectKindName, part: CountedPart): string | null {
  if (part === 'state') return name === 'premises' ? 'o.status_now' : null
  if (part === 'premisesKind' || part === 'districtId')
    return name === 'premises' ? `o.${part === 'districtId' ? 'district_id' : 'kind'}` : null
  const column = columnsOf(name).find(({ key }) => key === part)
  return column ? `o.${column.column}` : null
}

const isNotNull = (pair: readonly [CountedPart, string | null]): pair is [CountedPart, string] => pair[1] !== null

/** One reading of the objects; for each part those are counted that fit all others. */
export async function findCounts(
  database: Knex,
  name: ObjectKindName,
  filter: ObjectFilter,
  clocks: Clocks,
): Promise<ObjectCounts> {
  const statement = new Statement()
  const parts = countedParts.map((part) => [part, columnOfPart(name, part)] as const).filter(isNotNull)
  const fits = (part: CountedPart) => all(conditionsOf(statement, name, pick(filter, [part]), clocks))
  const others = Object.keys(filter).filter((key) => !parts.some(([part]) => part === key)) as (keyof ObjectFilter)[]
  const source = objectsAt(statement, name, clocks)
  const columns = parts.map(([part, column]) => `${column} as "${part}", ${fits(part)} as "fits_${part}"`)
  const counted = parts.map(([part]) => {
    const rest = parts.filter(([other]) => other !== part).map(([other]) => `"fits_${other}"`)
    return `select '${part}' as part, "${part}" as value, count(*)::int as count, null::int as units
      from found where ${all(rest)} group by "${part}"`
  })
  const isPremises = name === 'premises'
  const kinds = `select 'kinds', ${isPremises ? '"premisesKind"' : `'${name}'`}, count(*)::int, coalesce(sum(units), 0)::int
    from found where ${all(parts.map(([part]) => `"fits_${part}"`))} group by 2`
  const rows = await statement.run<Counted>(
    database,
    `with found as materialized (
      select ${[...columns, `${isPremises ? 'o.units' : 'null::int'} as units`].join(', ')}
      from ${source} o where ${all(conditionsOf(statement, name, pick(filter, others), clocks))}
    ) select * from (${[...counted, kinds].join(' union all ')}) c order by c.part, c.count desc, c.value`,
  )
  return {
    counts: Object.fromEntries(
      parts.map(([part]) => [part, rows.filter((row) => row.part === part).map(({ value, count }) => ({ value, count }))]),
    ),
    kinds: rows
      .filter((row) => row.part === 'kinds')
      .map(({ value, count, units }) => ({ kind: value ?? '', count, units: units ?? 0 })),
  }
}

interface Counted {
  part: string
  value: string | null
  count: number
  units: number | null
}

function all(conditions: readonly string[]): string {
  // A comparison with a missing value is neither true nor false: such an object does not fit.
  return conditions.length > 0 ? `coalesce(${conditions.join(' and ')}, false)` : 'true'
}

function pick(filter: ObjectFilter, keys: readonly (keyof ObjectFilter)[]): ObjectFilter {
  return Object.fromEntries(Object.entries(filter).filter(([key]) => (keys as readonly string[]).includes(key)))
}
