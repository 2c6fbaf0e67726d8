/** `npm start`: the product as a process. Log lines go to stdout, sentences for the person at the terminal to stderr. */
import { printFirstAdminLink } from './accounts/first-admin.ts'
import { type Config, ConfigMistakes, loadConfig } from './config.ts'
import { isDatabaseDown } from './database/connect.ts'
import { DirectoryInUse } from './database/directory-lock.ts'
import { PostgresMissing } from './database/find-postgres.ts'
import { MigrationRefused } from './database/migrate.ts'
import { startPrivateCluster } from './database/private-cluster.ts'
import { flushLog, log, logError } from './http/log.ts'
import { ListenFailed, serve } from './serve.ts'

/** What has been started, to be stopped in reverse. */
const running: (() => Promise<void>)[] = []
let isStopping = false

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, () => void stop(0))
process.once('uncaughtException', (error) => {
  logError(error)
  void stop(1)
})

try {
  await start(loadConfig())
} catch (error) {
  const explanation = explain(error)
  if (explanation) print(explanation)
  else logError(error)
  await stop(1)
}

async function start(config: Config): Promise<void> {
  const address = config.databaseUrl ?? (await startOwnDatabase(config))
  const server = await serve(config, address)
  running.push(server.close)
  log('info', 'ready', { url: server.url, afterMs: Math.round(performance.now()) })
  print(`Der Ausbauatlas läuft: ${config.publicBaseUrl}`)
  await printFirstAdminLink({ config, database: server.context.database, print })
}

async function startOwnDatabase({ dataDir }: Config) {
  const cluster = await startPrivateCluster({
    dataDirectory: dataDir,
    report: (event, detail) => log('warn', event, { detail }),
  })
  running.push(cluster.stop)
  log('info', 'own PostgreSQL started', { directory: cluster.directory })
  print(`Der Datenbestand liegt in ${cluster.directory}`)
  return cluster.connection
}

/** One sentence for what the operator can put right; null for what nobody expected. */
function explain(error: unknown): string | null {
  const expected = [ConfigMistakes, DirectoryInUse, PostgresMissing, MigrationRefused, ListenFailed]
  if (expected.some((kind) => error instanceof kind)) return (error as Error).message
  if (isDatabaseDown(error)) return `Die Datenbank ist nicht erreichbar: Bitte DATABASE_URL prüfen. (${(error as Error).message})`
  const refused = ['28P01', '28000', '3D000', '42501']
  const { code = '', message } = error as { code?: string; message: string }
  return refused.includes(code) ? `Die Datenbank weist den Ausbauatlas ab: Bitte DATABASE_URL prüfen. (${message})` : null
}

async function stop(exitCode: number): Promise<void> {
  if (isStopping) return
  isStopping = true
  for (const stopPart of running.reverse()) await stopPart().catch(logError)
  if (running.length > 0) log('info', 'stopped')
  flushLog()
  process.exit(exitCode)
}

function print(text: string): void {
  process.stderr.write(`${text}\n`)
}
