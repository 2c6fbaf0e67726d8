import { createHmac, randomBytes } from 'node:crypto'

const rememberedMs = 24 * 60 * 60_000
const mostRemembered = 100_000

export interface Repeats {
  /** Does the work unless the same sender did it within a day; false: it was not done again. */
  once(sender: readonly unknown[], work: () => Promise<void>): Promise<boolean>
}

/**
 * Tells when one browser sends the same report again, without a trace of it: digests under a key of this process, in memory, for a day.
 * After a restart a report may come twice; whoever moderates sees both beside each other.
 */
export function rememberReports(now: () => number = Date.now): Repeats {
  const key = randomBytes(32)
  const seen = new Map<string, number>()
  const forget = () => {
    // In the order they came: the oldest first.
    for (const [digest, until] of seen) {
      if (until > now() && seen.size <= mostRemembered) break
      seen.delete(digest)
    }
  }
  return {
    async once(sender, work) {
      forget()
      const digest = createHmac('sha256', key).update(JSON.stringify(sender)).digest('base64')
      if (seen.has(digest)) return false
      seen.set(digest, now() + rememberedMs)
      try {
        await work()
      } catch (error) {
        seen.delete(digest)
        throw error
      }
      return true
    },
  }
}
