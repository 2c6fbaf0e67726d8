import type { Knex } from 'knex'
import { contentColumns, type FactKind } from '../contract/facts/fact.ts'
import { type MobileKindName, mobileKinds } from '../contract/mobile/index.ts'
import { type ObjectKindName, objectKinds } from '../contract/objects/index.ts'

const kinds = { ...objectKinds, ...mobileKinds }

/** Content of an object as its kind declares it; geometry as GeoJSON. */
export type ObjectContent = Readonly<Record<string, unknown>> & { readonly key: string }

/** Rows per statement: a few MB of JSON. */
const chunk = 5000

/**
 * Writes statements about objects or records inside a change, set-based; the triggers give them their known time and close what they correct.
 * `trueOn` is the Stand (imprecise date), `sourceId` an id of `sources`, `srid` that of the geometries (left out: WGS84).
 * Returns how many were written.
 */
export async function recordObjects(
  trx: Knex.Transaction,
  name: ObjectKindName | MobileKindName,
  rows: readonly ObjectContent[],
  { trueOn, sourceId, srid = 4326 }: { trueOn: string; sourceId: number; srid?: number },
): Promise<number> {
  const kind = kinds[name] as unknown as FactKind
  const columns = contentColumns(kind)
  const names = columns.map(({ column }) => column).join(', ')
  const values = columns.map(({ column, isGeometry }) =>
    isGeometry
      ? "case when jsonb_typeof(e.row -> 'geom') = 'object' then geometry_from_geojson(e.row ->> 'geom', :srid) end"
      : `r.${column}`,
  )
  const statement = `insert into ${kind.table} (id, true_on, source_id, ${names})
    select e.row ->> 'id', :trueOn, :sourceId, ${values.join(', ')}
    from jsonb_array_elements(cast(:rows as jsonb)) with ordinality as e (row, position),
      jsonb_populate_record(null::${kind.table}, e.row - 'geom') r order by e.position`
  for (let start = 0; start < rows.length; start += chunk) {
    const part = rows.slice(start, start + chunk).map((content) => ({
      id: kind.idOf(content as never),
      ...Object.fromEntries(columns.map(({ key, column }) => [column, content[key] ?? null])),
    }))
    await trx.raw(statement, { rows: JSON.stringify(part), trueOn, sourceId, srid })
  }
  return rows.length
}
