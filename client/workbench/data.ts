import { computed, signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type * as z from 'zod/mini'
import type { Me } from '../../server/contract/accounts.ts'
import { type FactKindName, factKinds } from '../../server/contract/facts/index.ts'
import { type Draft, listDrafts, listFacts, type Statement } from '../../server/contract/facts.ts'
import { getOverview, getSettings } from '../../server/contract/portal.ts'
import { call } from '../api.ts'
import { type Resource, resource } from '../ui/resource.tsx'
import { ask } from './staff.ts'
import { factName, type Names } from './words.ts'

/** Who works here; null until that is known. */
export const user = signal<Me['user']>(null)

const kinds = Object.keys(factKinds) as FactKindName[]

export type FactsResource = Resource<null, readonly Statement[]>

/** The current statement of every fact, by kind; loaded when first wanted (`useFacts`). */
export const facts = Object.fromEntries(
  kinds.map((kind) => [kind, resource(async () => (await ask(listFacts, { params: { kind }, query: {} })).facts)]),
) as unknown as Readonly<Record<FactKindName, FactsResource>>

export const drafts = resource<null, readonly Draft[]>(async () => (await ask(listDrafts)).drafts)

export type Settings = z.output<(typeof getSettings)['response']>

/** Settings of this installation. */
export const settings = resource((_question: null, signal) => call(getSettings, { signal }))

export type Overview = z.output<(typeof getOverview)['response']>

/** Districts, programmes and sections with their phase, as the public sees them now. */
export const overview = resource((_question: null, signal) => call(getOverview, { query: {}, signal }))

/** Loads the facts of some kinds unless they are there. */
export function useFacts(...wanted: readonly FactKindName[]): void {
  useEffect(() => {
    for (const kind of wanted) {
      const { answer, loading, ask: load } = facts[kind]
      if (answer.peek() === null && !loading.peek()) void load(null)
    }
  }, [...wanted])
}

/**
 * Reads everything anew that has been read: after a publication, of whomever. Drafts first: a published draft is gone before its
 * fact appears changed, or it would look as if somebody else had changed it.
 */
export async function refresh(): Promise<void> {
  await drafts.again()
  await Promise.all([settings, overview, ...kinds.map((kind) => facts[kind])].map((one) => one.again()))
}

export const ownDrafts = computed(() => (drafts.answer.value ?? []).filter((draft) => draft.mine))

/** The facts of a kind that are in force: withdrawn ones are history. */
export function currentFacts(kind: FactKindName): readonly Statement[] {
  return (facts[kind].answer.value ?? []).filter((statement) => !statement.retracted)
}

export function findFact(kind: FactKindName, id: string): Statement | undefined {
  return facts[kind].answer.value?.find((statement) => statement.id === id)
}

export function findOwnDraft(kind: FactKindName, factId: string): Draft | undefined {
  return ownDrafts.value.find((draft) => draft.kind === kind && draft.factId === factId)
}

/** Whether the signed-in account may record facts of this kind. */
export function mayRecord(kind: FactKindName): boolean {
  return factKinds[kind].roles.some((role) => user.value?.roles.includes(role))
}

/** Names of districts and facts for labels and sentences; an id that is not known yet stands for itself. */
export const nameOf: Names = (kind, id) => {
  if (kind === 'district') return overview.answer.value?.districts.find((district) => district.id === id)?.name ?? id
  if (kind === 'section') {
    const section = overview.answer.value?.sections.find((one) => one.id === id)
    if (section) return section.name
  }
  const statement = kind in factKinds ? findFact(kind as FactKindName, id) : undefined
  return statement ? factName(statement.kind, statement.content, nameOf) : id
}

/** Sources named before, the latest first, each once: what the forms offer. */
export const knownSources = computed(() => {
  const statements = kinds.flatMap((kind) => facts[kind].answer.value ?? [])
  const latestFirst = statements
    .toSorted((a, b) => (a.change.recordedAt < b.change.recordedAt ? 1 : -1))
    .map(({ source }) => source)
  const all = [...ownDrafts.value.map(({ source }) => source), ...latestFirst]
  return [...new Map(all.map((source) => [source.citation, source])).values()]
})
