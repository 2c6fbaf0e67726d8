/** `npm run restore <file>`: puts a backup into the product's database, which must be empty, while the product is stopped. */
import { resolve } from 'node:path'
import { loadConfig } from '../config.ts'
import { borrowDatabase } from './borrow.ts'
import { DumpRefused, restore } from './dump.ts'

try {
  const [given] = process.argv.slice(2)
  if (!given) throw new DumpRefused('Bitte die Datei der Sicherung angeben: npm run restore <Datei>')
  const file = resolve(given)
  const manifest = await borrowDatabase(loadConfig(), true, (borrowed) => restore(borrowed, file))
  process.stdout.write(`Wiederhergestellt: Stand vom ${manifest.createdAt}, Revision ${manifest.revision}.\n`)
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`)
  process.exitCode = 1
}
