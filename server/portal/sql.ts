import type { Knex } from 'knex'
import { quantities, trades } from '../contract/codes.ts'
import type { Clocks } from '../http/clocks.ts'

/** Bindings of every read of facts: `:asOf`, `:knownAt` (a moment; `:askedKnownAt` as asked for), display order of `:trades` and `:quantities`. */
export function clockBindings(database: Knex, clocks: Clocks) {
  return {
    asOf: clocks.asOf,
    knownAt: clocks.knownAt ?? database.raw('now()'),
    askedKnownAt: clocks.knownAt,
    trades: trades.keys,
    quantities: quantities.keys,
  }
}

/** Runs a statement whose column `body` is a finished JSON text; null: no row, the thing asked for does not exist. */
export async function loadBody(database: Knex, statement: string, bindings: Knex.ValueDict): Promise<string | null> {
  const { rows } = (await database.raw(`select (${statement})::text as body`, bindings)) as { rows: { body: string | null }[] }
  return rows[0]?.body ?? null
}

/** A JSON array of objects, `[]` when there is none. All three parts are SQL. */
export function list(fields: string, from: string, order: string): string {
  return `coalesce((select json_agg(json_build_object(${fields}) order by ${order}) from ${from}), '[]'::json)`
}

/** Names in the order people expect, whatever the collation of the cluster. */
export function byName(column: string): string {
  return `${column} collate "de-x-icu"`
}

/** Provenance of the row with this alias. */
export function provenance(row: string): string {
  return `provenance(${row}.source_id, ${row}.true_on, ${row}.known_from, ${row}.change_id)`
}

/** What is known about a fact: every statement that was neither corrected nor withdrawn, also where sources contradict each other. */
export function known(row: string): string {
  return `not ${row}.retracted and ${row}.known_from <= :knownAt and ${row}.known_to > :knownAt`
}

/** Order of statements: the one in force first. */
export function newest(row: string): string {
  return `${row}.holds_from desc, ${row}.known_from desc, ${row}.version desc`
}

/** The clocks as resolved, with the revision of the very state that was read. */
export const resolvedClocks = `json_build_object(
  'asOf', cast(:asOf as date),
  'knownAt', cast(:askedKnownAt as text),
  'revision', (select coalesce(max(c.id), 0) from changes c))`
