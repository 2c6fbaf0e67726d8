import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from './sign-in.ts'

/** A publication the product has answered with its revision: from then on it must never be lost. */
export interface Acknowledged {
  factId: string
  note: string
  revision: number
  draftId: number
  /** performance.now() of the answer. */
  at: number
}

/** Writers at work: each publishes changes of a fact of its own, one after the other, until stop(). */
export interface Writers {
  acknowledged: Acknowledged[]
  /** Answers that were no success, counted by status (0: no answer at all). */
  refused: Map<number, number>
  stop(): Promise<void>
}

const sections = ['wiesdorf', 'manfort', 'rheindorf', 'hitdorf']
const pauseMs = 20

export function startWriters(client: Client): Writers {
  const acknowledged: Acknowledged[] = []
  const refused = new Map<number, number>()
  let isStopping = false
  const writer = async (section: string) => {
    while (!isStopping) {
      const status = await writeOnce(client, `breitband:${section}`, acknowledged)
      if (status === 200) continue
      refused.set(status, (refused.get(status) ?? 0) + 1)
      await sleep(pauseMs)
    }
  }
  const working = sections.map(writer)
  return {
    acknowledged,
    refused,
    stop: async () => {
      isStopping = true
      await Promise.all(working)
    },
  }
}

/** Draft and publication, as the workbench does it; returns the status of the first answer that was no success, else 200. */
async function writeOnce(client: Client, sectionId: string, acknowledged: Acknowledged[]): Promise<number> {
  const factId = `${sectionId}:planning`
  const note = `Probe ${randomUUID()}`
  const seen = await ask(() => client.get(`/api/facts/stage/${factId}/statements`))
  if (seen.status !== 200 && seen.status !== 404) return seen.status
  const statements = (seen.body.statements ?? []) as { version: number }[]
  const draft = await ask(() =>
    client.send('PUT', `/api/drafts/stage/${factId}`, draftOf(sectionId, note, statements[0]?.version)),
  )
  if (draft.status !== 200) return draft.status
  const published = await ask(() => client.send('POST', '/api/publications', { drafts: [draft.body.id] }))
  if (published.status !== 200) return published.status
  const revision = published.body.revision as number
  acknowledged.push({ factId, note, revision, draftId: draft.body.id as number, at: performance.now() })
  return 200
}

function draftOf(sectionId: string, note: string, base: number | undefined) {
  const dates = { plannedStart: null, plannedEnd: null, actualStart: null, actualEnd: null }
  const state = { percent: null, onHold: false, cancelled: false, surfaceRestored: null }
  return {
    content: { sectionId, trade: 'planning', ...dates, ...state, note },
    trueOn: '2024-01-01',
    source: { citation: 'Probe auf Ausfallsicherheit', url: null },
    reason: 'Probe auf Ausfallsicherheit',
    base: base ?? null,
  }
}

async function ask(send: () => Promise<Response>): Promise<{ status: number; body: Record<string, unknown> }> {
  try {
    const response = await send()
    return { status: response.status, body: (await response.json()) as Record<string, unknown> }
  } catch {
    return { status: 0, body: {} }
  }
}
