/** A process that runs a private cluster until it is killed; for tests of what happens then. */
import { startPrivateCluster } from '../../server/database/private-cluster.ts'

const [dataDirectory = ''] = process.argv.slice(2)
try {
  const cluster = await startPrivateCluster({ dataDirectory, report: () => undefined })
  process.stdout.write(`${JSON.stringify({ serverPid: cluster.pid() })}\n`)
  setInterval(() => undefined, 60_000)
} catch (error) {
  process.stdout.write(`${JSON.stringify({ refused: (error as Error).message })}\n`)
}
