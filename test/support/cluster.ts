import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ClientConfig } from 'pg'
import type { TestProject } from 'vitest/node'
import { loadContent } from '../../data/leverkusen/load.ts'
import { connect } from '../../server/database/connect.ts'
import { migrate } from '../../server/database/migrate.ts'
import { startPrivateCluster } from '../../server/database/private-cluster.ts'
import { runQualityRules } from '../../server/quality/run.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Superuser of the throw-away cluster and the product's own role on the template. */
    superuser: ClientConfig
    template: ClientConfig
  }
}

/** Once per run: a throw-away cluster whose product database, migrated and filled, is the template of all others. */
export default async function setUpCluster(project: TestProject): Promise<() => Promise<void>> {
  const dataDirectory = await temporaryDirectory()
  const cluster = await startPrivateCluster({ dataDirectory, isDurable: false, report: () => undefined })
  await migrate(cluster.connection)
  const { database, close } = connect(cluster.connection)
  await loadContent(database)
  await runQualityRules(database, 'request')
  await close()
  project.provide('superuser', cluster.superuser)
  project.provide('template', cluster.connection)
  return async () => {
    await cluster.stop()
    await rm(dataDirectory, { recursive: true, force: true })
  }
}

/** A directory of its own that the user PostgreSQL runs as can enter. */
export async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'ausbauatlas-test-'))
  await chmod(directory, 0o755)
  return directory
}
