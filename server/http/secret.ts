import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../config.ts'

/**
 * The secret that signs session cookies and encrypts the secrets of authenticator apps: AUTH_SECRET, else the file `secret`
 * in the data directory, made at the first start. Whoever loses it signs everybody out and voids all second factors.
 */
export function authenticationSecret(config: Pick<Config, 'authSecret' | 'dataDir'>): string {
  if (config.authSecret) return config.authSecret
  const file = join(config.dataDir, 'secret')
  mkdirSync(config.dataDir, { recursive: true })
  try {
    // Fails when it exists: two starts at once must agree on one secret.
    writeFileSync(file, `${randomBytes(48).toString('base64url')}\n`, { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  const secret = readFileSync(file, 'utf8').trim()
  if (secret.length < 32) throw new Error(`Die Datei ${file} ist beschädigt: Bitte aus der Sicherung zurückspielen oder löschen.`)
  return secret
}
