import type { Router } from 'express'
import { isMigrated, readMigrations } from '../database/migrate.ts'
import type { AppContext } from './context.ts'
import { Problem } from './problem.ts'

/**
 * For the operator's supervision: /health/live answers 200 while the process works at all, /health/ready only while it
 * can also reach its database and the schema is the program's; else 503.
 */
export function mountHealth(router: Router, { database }: Pick<AppContext, 'database'>): void {
  const migrations = readMigrations()
  router.get('/health/live', (_request, response) => {
    response.set('Cache-Control', 'no-store').json({ status: 'ok' })
  })
  router.get('/health/ready', async (_request, response) => {
    if (!(await isMigrated(database, migrations))) throw new Problem(503, 'Das Schema der Datenbank ist nicht das des Programms.')
    response.set('Cache-Control', 'no-store').json({ status: 'ok' })
  })
}
