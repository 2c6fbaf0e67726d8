import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** Thrown when another process already works with the directory; the message is one sentence. */
export class DirectoryInUse extends Error {}

const sqliteBusy = 5

/**
 * Takes the data directory for this process and returns how to give it back; throws DirectoryInUse when another
 * process has it. The kernel frees the lock when the process dies, however it dies, so no stale lock can remain.
 * SQLite's exclusive transaction is the only such file lock that Node brings along; nothing is stored in the file.
 */
export function lockDirectory(dataDirectory: string): () => void {
  mkdirSync(dataDirectory, { recursive: true })
  const file = new DatabaseSync(join(dataDirectory, 'lock'), { timeout: 0 })
  try {
    file.exec('begin exclusive')
  } catch (error) {
    file.close()
    if ((error as { errcode?: number }).errcode !== sqliteBusy) throw error
    throw new DirectoryInUse(
      `Mit dem Verzeichnis ${dataDirectory} läuft der Ausbauatlas bereits: Er wird kein zweites Mal gestartet.`,
    )
  }
  return () => file.close()
}
