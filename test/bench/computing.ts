import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Seconds of computing so far, by this process and the cluster's, also those that have ended (Linux). */
export function computedSeconds(dataDirectory: string): number {
  const { user, system } = process.cpuUsage()
  const [master] = readFileSync(join(dataDirectory, 'postgres/postmaster.pid'), 'utf8').split('\n')
  const ticks = readdirSync('/proc').map((pid) => {
    const { parent, own, ended } = ticksOf(pid)
    if (pid === master) return own + ended
    return parent === master ? own : 0
  })
  return (user + system) / 1e6 + ticks.reduce((sum, one) => sum + one, 0) / 100
}

/** The parent of a process, and the hundredths of a second it and its ended children have computed (proc(5)). */
function ticksOf(pid: string): { parent: string | undefined; own: number; ended: number } {
  try {
    const fields = readFileSync(`/proc/${Number(pid)}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
    const [own = 0, system = 0, ended = 0, endedSystem = 0] = fields.slice(11, 15).map(Number)
    return { parent: fields[1], own: own + system, ended: ended + endedSystem }
  } catch {
    return { parent: undefined, own: 0, ended: 0 }
  }
}
