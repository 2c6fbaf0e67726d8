import { expect } from 'vitest'
import type { Role } from '../../server/contract/endpoint.ts'
import type { FactKindName } from '../../server/contract/facts/index.ts'
import type { Draft, Statement } from '../../server/contract/facts.ts'
import { type TestApp, testApp } from './app.ts'
import { type Client, type RunningApp, signIn } from './sign-in.ts'

/** The whole product on a database of its own, filled with the published facts, or the one that is running already. */
export async function factsApp(running?: TestApp) {
  const app = running ?? (await testApp())
  const { database } = app.context
  return { app, database, coordinator: await staff(app, 'gigabitCoordinator'), admin: await staff(app, 'admin') }
}

export type FactsApp = Awaited<ReturnType<typeof factsApp>>
export type Staff = Awaited<ReturnType<typeof staff>>

/** A problem as answered (RFC 9457). */
export interface ProblemBody {
  status: number
  detail: string
  errors?: { field: string; detail: string }[]
  conflicts?: { draft: Draft; current: Statement | null }[]
}

export interface DraftWish {
  /** Only what differs from what is published. */
  content?: Record<string, unknown>
  trueOn?: string
  citation?: string
  url?: string | null
  reason?: string
  retracted?: boolean
  base?: number | null
}

/** Somebody signed in, with words for what one does with facts. */
export async function staff(app: RunningApp, ...roles: Role[]) {
  const user = await signIn(app, ...roles)
  const facts = async (kind: FactKindName, query = '') => {
    const answer = await read<{ facts: Statement[] }>(user, `/api/facts/${kind}${query}`)
    return answer.facts
  }
  const fact = async (kind: FactKindName, id: string) => (await facts(kind)).find((one) => one.id === id)
  /** Saves a draft on the ground of what is published now. */
  const put = async (kind: FactKindName, id: string, wish: DraftWish = {}) => {
    const published = await fact(kind, id)
    return user.send('PUT', `/api/drafts/${kind}/${id}`, {
      content: { ...published?.content, ...wish.content },
      trueOn: wish.trueOn ?? '2026-11-20',
      source: { citation: wish.citation ?? 'EVL-Mail vom 20.11.2026', url: wish.url ?? null },
      reason: wish.reason ?? 'Abnahme',
      retracted: wish.retracted ?? false,
      base: wish.base === undefined ? (published?.version ?? null) : wish.base,
    })
  }
  const draft = async (kind: FactKindName, id: string, wish: DraftWish = {}) => body<Draft>(await put(kind, id, wish))
  const publishing = (...drafts: { id: number }[]) =>
    user.send('POST', '/api/publications', { drafts: drafts.map(({ id }) => id) })
  return {
    ...user,
    facts,
    fact,
    put,
    draft,
    publishing,
    /** Publishes and returns the new revision. */
    publish: async (...drafts: { id: number }[]) => (await body<{ revision: number }>(await publishing(...drafts))).revision,
    /** Drafts and publishes in one go. */
    record: async (kind: FactKindName, id: string, wish: DraftWish = {}) => {
      const { revision } = await body<{ revision: number }>(await publishing(await draft(kind, id, wish)))
      return revision
    },
  }
}

/** JSON of a successful answer. */
export async function body<T>(response: Response): Promise<T> {
  const text = await response.text()
  expect(response.status, text.slice(0, 500)).toBe(200)
  return JSON.parse(text) as T
}

export async function read<T>(user: Client, path: string): Promise<T> {
  return body<T>(await user.get(path))
}

/** JSON of a refusal with this status. */
export async function refused(response: Response, status: number): Promise<ProblemBody> {
  const text = await response.text()
  expect(response.status, text.slice(0, 500)).toBe(status)
  expect(response.headers.get('Content-Type')).toMatch(/^application\/problem\+json/)
  return JSON.parse(text) as ProblemBody
}

/** A stage nobody has said anything about. */
export const emptyStage = {
  plannedStart: null,
  plannedEnd: null,
  actualStart: null,
  actualEnd: null,
  percent: null,
  onHold: false,
  cancelled: false,
  surfaceRestored: null,
  note: null,
}
