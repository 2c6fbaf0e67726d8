import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadContent } from '../../data/leverkusen/load.ts'
import { type Connections, connect } from '../../server/database/connect.ts'
import { migrate } from '../../server/database/migrate.ts'
import { startPrivateCluster } from '../../server/database/private-cluster.ts'

/** Lets `work` measure on a PostGIS cluster of its own with the published facts in it; nothing is left afterwards. */
export async function withCluster(work: (connections: Connections, dataDirectory: string) => Promise<void>): Promise<void> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'ausbauatlas-bench-'))
  await chmod(dataDirectory, 0o755)
  const cluster = await startPrivateCluster({ dataDirectory, report: () => undefined })
  try {
    await migrate(cluster.connection)
    const connections = connect(cluster.connection)
    await loadContent(connections.database)
    await work(connections, dataDirectory)
    await connections.close()
  } finally {
    await cluster.stop()
    await rm(dataDirectory, { recursive: true, force: true })
  }
}
