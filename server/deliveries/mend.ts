import type { Knex } from 'knex'
import type { Mapping } from '../contract/deliveries.ts'
import type { Geometry } from '../formats/index.ts'
import { conflict, invalid, notFound } from '../http/problem.ts'
import { deliveryFields } from './fields.ts'
import { insertRows, makeContext, markDoubles } from './judge.ts'
import { judgeRows } from './judge-rows.ts'
import { isOfObjects } from './streets.ts'

/** Puts other values or an address in the place of what the file says, and judges the row again; a good one is accepted at once. */
export async function mendRow(
  database: Knex,
  id: number,
  row: number,
  { addressId, values = {} }: { addressId?: string | undefined; values?: Record<string, string> | undefined },
): Promise<void> {
  const found = await database('delivery_rows').where({ delivery_id: id, row }).first('raw', 'mended')
  const delivery = await database('deliveries').where('id', id).first('mapping', 'notations', 'run')
  if (!found || row < 0) throw notFound('Die Zeile')
  const mapping: Mapping = delivery.mapping
  if (!isOfObjects(mapping)) throw conflict('Zeilen einer Straßenliste werden in der Datei berichtigt.')
  const unknown = Object.keys(values).filter((name) => !deliveryFields[mapping.kind].some((field) => field.name === name))
  if (unknown.length > 0)
    throw invalid(unknown.map((field) => ({ field: `values.${field}`, detail: 'Dieses Feld gibt es hier nicht.' })))
  // Another address typed in stands instead of one chosen before.
  const typesPlace = ['street', 'houseNumber', 'suffix', 'address'].some((name) => name in values)
  const { addressId: _, ...kept } = found.mended
  const mended = { ...(typesPlace ? kept : found.mended), ...values, ...(addressId && { addressId }) }
  const { geometry, epsg } = await keptGeometry(database, id, row)
  const context = await makeContext(database, mapping, { epsg, notations: delivery.notations })
  const [judged] = await judgeRows(database, [{ rowNumber: row, values: found.raw, geometry, remarks: [], mended }], context)
  if (!judged) throw new Error('a row was not judged')
  const isAccepted = judged.judgement === 'doubtful' && judged.content !== null
  const decided = isAccepted ? ({ decision: 'accepted', isDecided: true } as const) : {}
  await insertRows(database, { id, run: delivery.run }, [{ ...judged, ...decided }], epsg)
  if (judged.objectId !== null) await markDoubles(database, id, judged.objectId)
}

/** The geometry of the file, as it is kept; rows placed by their address have none of their own. */
async function keptGeometry(
  database: Knex,
  id: number,
  row: number,
): Promise<{ geometry: Geometry | null; epsg: number | null }> {
  const { rows } = await database.raw<{ rows: { geometry: Geometry | null; own: boolean }[] }>(
    'select st_asgeojson(r.geom, 9)::json as geometry, r.has_geometry as own from delivery_rows r where r.delivery_id = ? and r.row = ?',
    [id, row],
  )
  const geometry = rows[0]?.own ? rows[0].geometry : null
  return { geometry, epsg: geometry ? 25832 : null }
}
