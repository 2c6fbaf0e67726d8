/** `npm run demo`: adds invented data for trying out; `npm run demo -- remove` takes them out again. */
import { loadConfig } from '../../server/config.ts'
import { borrowDatabase } from '../../server/database/borrow.ts'
import { connect } from '../../server/database/connect.ts'
import { migrate } from '../../server/database/migrate.ts'
import { loadContent } from '../leverkusen/load.ts'
import { loadDemo, removeDemo } from './load.ts'

const wish = process.argv[2] ?? 'add'
try {
  if (wish !== 'add' && wish !== 'remove') throw new Error('Aufruf: npm run demo oder npm run demo -- remove')
  await borrowDatabase(loadConfig(), false, async ({ address }) => {
    await migrate(address)
    const { database, close } = connect(address)
    try {
      await loadContent(database)
      process.stdout.write(`${wish === 'add' ? await add(database) : await remove(database)}\n`)
    } finally {
      await close()
    }
  })
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`)
  process.exitCode = 1
}

async function add(database: Parameters<typeof loadDemo>[0]): Promise<string> {
  const written = await loadDemo(database)
  return written > 0
    ? `Beispieldaten eingefügt (${written} Angaben). Alle Seiten und Dateien sagen es. Entfernen: npm run demo -- remove`
    : 'Die Beispieldaten sind schon da.'
}

async function remove(database: Parameters<typeof removeDemo>[0]): Promise<string> {
  return (await removeDemo(database)) ? 'Beispieldaten entfernt.' : 'Es sind keine Beispieldaten da.'
}
