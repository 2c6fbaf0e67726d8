import type { Knex } from 'knex'
import type pg from 'pg'

/** A statement in the making: `bind` adds a value and returns the SQL that stands for it. */
export class Statement {
  readonly values: Record<string, unknown> = {}

  bind(value: unknown, type: string): string {
    const name = `b${Object.keys(this.values).length}`
    this.values[name] = value
    return `cast(:${name} as ${type})`
  }

  async run<Row>(database: Knex, sql: string): Promise<Row[]> {
    const { rows } = (await database.raw(sql, this.values as Knex.ValueDict)) as { rows: Row[] }
    return rows
  }

  /** The same through the pool whose plans are made anew for each value. */
  async runInPool<Row extends pg.QueryResultRow>(pool: pg.Pool, sql: string): Promise<Row[]> {
    const names = Object.keys(this.values)
    const numbered = sql.replace(/:(b\d+)\b/g, (_all, name: string) => `$${names.indexOf(name) + 1}`)
    const { rows } = await pool.query<Row>(numbered, Object.values(this.values))
    return rows
  }
}
