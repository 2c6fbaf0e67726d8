/** `npm run backup [file]`: writes a backup of the database, whether or not the product runs. */
import { mkdir } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { loadConfig } from '../config.ts'
import { borrowDatabase } from './borrow.ts'
import { backUp } from './dump.ts'

try {
  const config = loadConfig()
  const moment = new Date().toISOString().slice(0, 19).replaceAll(':', '-')
  const file = resolve(process.argv[2] ?? join(config.dataDir, 'backups', `ausbauatlas-${moment}.dump`))
  await mkdir(dirname(file), { recursive: true })
  const manifest = await borrowDatabase(config, false, (borrowed) => backUp(borrowed, file))
  process.stdout.write(`Gesichert: ${file} (Revision ${manifest.revision}, SHA-256 ${manifest.sha256})\n`)
  // It encrypts the second factors in the database: a backup without it asks everybody to set them up anew.
  if (!config.authSecret) process.stdout.write(`Getrennt davon bitte aufbewahren: ${join(config.dataDir, 'secret')}\n`)
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`)
  process.exitCode = 1
}
