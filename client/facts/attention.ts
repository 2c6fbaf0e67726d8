import { trades } from '../../server/contract/codes.ts'
import { formatImpreciseDate, hasPassed, type IsoDate, latest } from '../../server/contract/dates.ts'
import type { Draft, Statement } from '../../server/contract/facts.ts'

/** Why a section wants to be looked at; the order is that of urgency. */
export type AttentionKind = 'stale' | 'draft' | 'overdue' | 'silent'

export interface Attention {
  kind: AttentionKind
  /** German, one short sentence without a full stop. */
  text: string
}

const urgency: readonly AttentionKind[] = ['stale', 'draft', 'overdue', 'silent']

/** A section without a statement for so many days is asked about. */
const silentAfterDays = 365

interface StageContent {
  trade: keyof typeof trades.labels
  plannedStart: string | null
  plannedEnd: string | null
  actualStart: string | null
  actualEnd: string | null
  cancelled: boolean
  onHold: boolean
}

function overdueText(stage: StageContent, today: IsoDate): string | null {
  const { plannedStart, plannedEnd, actualStart, actualEnd } = stage
  if (stage.cancelled || stage.onHold || actualEnd) return null
  const trade = trades.labels[stage.trade].de
  if (plannedEnd && hasPassed(plannedEnd, today))
    return `${trade}: Ende war für ${formatImpreciseDate(plannedEnd, 'de')} geplant, gemeldet ist keines`
  if (plannedStart && !actualStart && hasPassed(plannedStart, today))
    return `${trade}: Beginn war für ${formatImpreciseDate(plannedStart, 'de')} geplant, gemeldet ist keiner`
  return null
}

function daysBetween(from: IsoDate, to: IsoDate): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000
}

function silence(statements: readonly Statement[], today: IsoDate): Attention[] {
  const last = statements.reduce<string | null>(
    (found, { trueOn }) => (found && latest(found) >= latest(trueOn) ? found : trueOn),
    null,
  )
  if (last === null) return [{ kind: 'silent', text: 'Noch keine Angabe zum Ausbau' }]
  if (daysBetween(latest(last), today) <= silentAfterDays) return []
  return [{ kind: 'silent', text: `Keine Angabe seit ${formatImpreciseDate(last, 'de')}` }]
}

function draftAttention(drafts: readonly Draft[]): Attention[] {
  const mine = drafts.filter((draft) => draft.mine)
  const others = new Set(drafts.filter((draft) => !draft.mine).map((draft) => draft.authorName))
  const stale = mine.filter((draft) => draft.stale)
  return [
    ...(stale.length > 0 ? [{ kind: 'stale' as const, text: 'Ihr Entwurf beruht auf einer überholten Fassung' }] : []),
    ...(mine.length > stale.length
      ? [{ kind: 'draft' as const, text: mine.length === 1 ? 'Ihr Entwurf' : `${mine.length} Ihrer Entwürfe` }]
      : []),
    ...[...others].map((name) => ({ kind: 'draft' as const, text: `Entwurf von ${name}` })),
  ]
}

/** What wants attention in a section: its drafts, its plans that have passed, how long nobody said anything. Most urgent first. */
export function attentionOf(stages: readonly Statement[], drafts: readonly Draft[], today: IsoDate): Attention[] {
  const overdue = stages.flatMap(({ content }) => {
    const text = overdueText(content as unknown as StageContent, today)
    return text ? [{ kind: 'overdue' as const, text }] : []
  })
  return [...draftAttention(drafts), ...overdue, ...silence(stages, today)]
}

/** Order of sections in the list: by their most urgent remark, those without one last. */
export function compareAttention(a: readonly Attention[], b: readonly Attention[]): number {
  return rank(a) - rank(b)
}

function rank([first]: readonly Attention[]): number {
  return first ? urgency.indexOf(first.kind) : urgency.length
}
