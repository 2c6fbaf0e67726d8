import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { DatabaseAddress } from './connect.ts'

/** One call of pg_dump or pg_restore. */
export interface ProgramCall {
  /** Directory of the PostgreSQL programs, '' for the PATH. */
  bin: string
  program: 'pg_dump' | 'pg_restore'
  options: string[]
  /** Database to work on, when the call needs one. */
  address?: DatabaseAddress
  /** Open file that receives its standard output instead of the caller. */
  output?: number
}

/** Runs the program and returns what it printed; rejects with its last message when it fails. */
export async function runProgram({ bin, program, options, address, output }: ProgramCall): Promise<string> {
  const { words, password } = address === undefined ? { words: [], password: undefined } : addressWords(address)
  const child = spawn(join(bin, program), [...options, ...words], {
    // The password goes by the environment: arguments are visible to every user of the machine.
    env: { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', ...(password ? { PGPASSWORD: password } : {}) },
    stdio: ['ignore', output ?? 'pipe', 'pipe'],
  })
  const exit = new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve))
  const [code, printed, complaint] = await Promise.all([
    exit,
    child.stdout ? text(child.stdout) : '',
    child.stderr ? text(child.stderr) : '',
  ])
  if (code !== 0) throw new Error(`${program} ist fehlgeschlagen: ${complaint.trim().split('\n').slice(-3).join(' ')}`)
  return printed
}

function addressWords(address: DatabaseAddress): { words: string[]; password: string | undefined } {
  if (typeof address !== 'string') {
    return {
      words: [`--dbname=host=${address.host} port=5432 user=${address.user} dbname=${address.database}`],
      password: undefined,
    }
  }
  const url = new URL(address)
  const password = decodeURIComponent(url.password)
  url.password = ''
  return { words: [`--dbname=${url}`], password }
}
