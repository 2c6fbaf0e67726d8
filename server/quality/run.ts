import type { Knex } from 'knex'
import { today } from '../contract/dates.ts'
import { locks } from '../database/locks.ts'
import { declarePublicRules } from './queries.ts'
import { ruleQueries } from './rules/index.ts'

export type Occasion = 'change' | 'night' | 'request'

/**
 * Runs every rule on what is known now and records what they found, all in one transaction that reads one state of the data.
 * Returns the number of open findings.
 */
export async function runQualityRules(database: Knex, occasion: Occasion): Promise<number> {
  return database.transaction(
    async (trx) => {
      await trx.raw('select pg_advisory_xact_lock(?)', [locks.quality])
      await declarePublicRules(trx)
      const run = await openRun(trx, occasion)
      for (const rule of ruleQueries) {
        await trx.raw(
          `select record_findings(:run, :rule, (${rule.checked}), coalesce((select jsonb_agg(to_jsonb(f)) from (${rule.found}) f), '[]'))`,
          { run, rule: rule.id, today: today() },
        )
      }
      await trx('quality_runs').where('id', run).update('finished_at', trx.raw('clock_timestamp()'))
      await forgetOldRuns(trx)
      const [open] = await trx('findings').whereNull('resolved_at').count({ count: '*' })
      return Number(open?.count ?? 0)
    },
    { isolationLevel: 'read committed' },
  )
}

async function openRun(trx: Knex.Transaction, occasion: Occasion): Promise<number> {
  const { rows } = await trx.raw<{ rows: { id: number }[] }>(
    'insert into quality_runs (occasion, revision) select ?, coalesce(max(id), 0) from changes returning id',
    [occasion],
  )
  return (rows[0] as { id: number }).id
}

/** The last hundred runs are enough to see how things went; findings keep their own times. */
async function forgetOldRuns(trx: Knex.Transaction): Promise<void> {
  await trx.raw('delete from quality_runs where id < (select max(id) - 100 from quality_runs)')
}
