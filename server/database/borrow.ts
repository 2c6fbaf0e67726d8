import type { Config } from '../config.ts'
import { clusterVersion, placeCluster } from './cluster-place.ts'
import type { DatabaseAddress } from './connect.ts'
import { DirectoryInUse } from './directory-lock.ts'
import { choosePostgres, installedPostgres } from './find-postgres.ts'
import { clusterConnections, startPrivateCluster } from './private-cluster.ts'

/** A database that can be worked with right now, and where the PostgreSQL programs for it are ('' = on the PATH). */
export interface Borrowed {
  address: DatabaseAddress
  bin: string
}

/**
 * Lends the product's database for a script: the city's own, that of a running product, or the private cluster, which
 * is started for the moment. With `alone`, a running product is an error (DirectoryInUse).
 */
export async function borrowDatabase<Result>(
  config: Pick<Config, 'databaseUrl' | 'dataDir'>,
  alone: boolean,
  work: (borrowed: Borrowed) => Promise<Result>,
): Promise<Result> {
  if (config.databaseUrl) return work({ address: config.databaseUrl, bin: installedPostgres()[0]?.bin ?? '' })
  const cluster = await startUnlessRunning(config.dataDir, alone)
  try {
    const place = placeCluster(config.dataDir)
    const { bin } = choosePostgres(installedPostgres(), clusterVersion(place.directory))
    return await work({ address: clusterConnections(place).connection, bin })
  } finally {
    await cluster?.stop()
  }
}

async function startUnlessRunning(dataDirectory: string, alone: boolean) {
  try {
    return await startPrivateCluster({ dataDirectory, report: () => undefined })
  } catch (error) {
    if (alone || !(error instanceof DirectoryInUse)) throw error
    return null
  }
}
