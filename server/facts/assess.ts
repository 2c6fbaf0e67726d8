import type { Knex } from 'knex'
import { dayOf } from '../contract/dates.ts'
import type { FactKindName } from '../contract/facts/index.ts'
import type { Conflict, Draft, Statement, Warning } from '../contract/facts.ts'
import type { FieldError } from '../http/problem.ts'
import { type Content, kindNames, kindOf, parseContent } from './content.ts'
import type { DraftRow } from './drafts.ts'
import { type AreaFindings, type AreaQuestion, findAreas } from './geometry.ts'
import { findKnownStatements } from './queries.ts'
import { holdsFrom } from './rules/common.ts'
import { type Judgement, judge, sortRemarks } from './rules/index.ts'
import { withdrawalRemarks } from './rules/withdrawal.ts'
import { describeChange, describeSource } from './sentence.ts'
import { subjectOf } from './words.ts'
import { type Proposal, type World, worldAfter } from './world.ts'

/** A draft beside what is published: what it changes, what speaks against it, whether it is still up to date. */
export interface Assessment {
  draft: DraftRow
  /** What it is about: "Opladen, Tiefbau". */
  subject: string
  /** Everything now known about the fact, the statement in force first. */
  known: Statement[]
  /** What changes, without reason and source; empty where the content cannot be read. */
  change: string
  refusals: FieldError[]
  warnings: Warning[]
  stale: boolean
  /** The statement `base` has to name; null: none. */
  current: Statement | null
}

/** What assessing a draft needs to know. */
interface Background {
  /** As if all drafts were published. */
  world: World
  /** The same with what is withdrawn, for names. */
  names: World
  known: Map<string, Statement[]>
  areas: Map<number, AreaFindings>
  misuses: Map<number, FieldError[]>
  today: string
}

/**
 * Drafts are assessed together, as if published together, so that one may refer to what another creates. Those `alongside` are only
 * taken into account. `world` is what is published, `today` the day of publication.
 */
export async function assess(
  database: Knex,
  drafts: readonly DraftRow[],
  { world, today, alongside = [] }: { world: World; today: string; alongside?: readonly DraftRow[] },
): Promise<Assessment[]> {
  const all = [...drafts, ...alongside]
  const proposals = all.flatMap(proposalOf)
  const background: Background = {
    world: worldAfter(world, proposals),
    names: worldAfter(
      world,
      proposals.filter((proposal) => proposal.content !== null),
    ),
    known: await knownStatementsOf(database, drafts),
    areas: drafts.some(hasArea) ? await findAreas(database, all.filter(hasArea).map(areaQuestion)) : new Map(),
    misuses: await findMisuses(database, all),
    today,
  }
  return drafts.map((draft) => assessOne(draft, background))
}

function assessOne(draft: DraftRow, background: Background): Assessment {
  const known = background.known.get(factKey(draft.kind, draft.factId)) ?? []
  const { content, errors } = parseContent(draft.kind, draft.factId, draft.content)
  const current = currentOf(draft, known)
  const subject = subjectOf(draft.kind, draft.content, background.names)
  const facts = { draft, subject, known, current, stale: (current?.version ?? null) !== draft.base }
  if (content === null) return { ...facts, change: '', refusals: errors, warnings: [] }
  const { refusals, warnings } = judgementOf(draft, content, known[0] ?? null, background)
  return {
    ...facts,
    change: describeChange(draft.kind, known[0]?.content ?? null, draft.retracted ? null : content, background.names),
    refusals: [...refusals, ...(background.misuses.get(draft.id) ?? [])],
    warnings,
  }
}

function judgementOf(
  draft: DraftRow,
  content: Content,
  before: Statement | null,
  { world, names, areas, today }: Background,
): Judgement {
  const { kind, factId: id, trueOn } = draft
  if (draft.retracted) return sortRemarks([...withdrawalRemarks({ kind, id, isInForce: before !== null, world, names })])
  const inForce = before && { ...before, holdsFrom: holdsFrom(before.trueOn, dayOf(new Date(before.knownFrom))) }
  return judge(kind, { id, content, trueOn, before: inForce, today, world, area: areas.get(draft.id) ?? null })
}

function proposalOf(draft: DraftRow): Proposal[] {
  const { kind, factId: id } = draft
  if (draft.retracted) return [{ kind, id, content: null }]
  const { content } = parseContent(kind, id, draft.content)
  return content === null ? [] : [{ kind, id, content }]
}

function factKey(kind: FactKindName, id: string): string {
  return `${kind} ${id}`
}

/**
 * The statement an author must have seen: the one in force or, where that is later, the one of the same day and source, which the
 * draft would correct.
 */
function currentOf(draft: DraftRow, known: readonly Statement[]): Statement | null {
  const inForce = known[0] ?? null
  const corrected = known.find(({ trueOn, source }) => trueOn === draft.trueOn && source.citation === draft.citation)
  return corrected && inForce && !draft.retracted && corrected.version > inForce.version ? corrected : inForce
}

async function knownStatementsOf(database: Knex, drafts: readonly DraftRow[]): Promise<Map<string, Statement[]>> {
  const byFact = new Map<string, Statement[]>()
  for (const kind of kindNames) {
    const ids = drafts.filter((draft) => draft.kind === kind).map(({ factId }) => factId)
    if (ids.length === 0) continue
    for (const statement of await findKnownStatements(database, kind, ids)) {
      const key = factKey(kind, statement.id)
      byFact.set(key, [...(byFact.get(key) ?? []), statement])
    }
  }
  return byFact
}

function hasArea({ content, retracted }: DraftRow): boolean {
  return !retracted && content.geom !== null && content.geom !== undefined
}

function areaQuestion({ id, kind, content }: DraftRow): AreaQuestion {
  return { key: id, districtId: String(content.districtId), isBoundary: kind === 'district_boundary', geometry: content.geom }
}

/** Impossible: an id that belongs to a fact of another kind, or a source known under another address. */
async function findMisuses(database: Knex, drafts: readonly DraftRow[]): Promise<Map<number, FieldError[]>> {
  const ids = drafts.map(({ factId }) => factId)
  const citations = drafts.map(({ citation }) => citation)
  const facts = await database<{ id: string; kind: FactKindName }>('facts').select('id', 'kind').whereIn('id', ids)
  const sources = await database<{ citation: string; url: string | null }>('sources')
    .select('citation', 'url')
    .whereIn('citation', citations)
    .whereNotNull('url')
  const taken = [...facts, ...drafts.map(({ factId, kind }) => ({ id: factId, kind }))]
  return new Map(
    drafts.map((draft) => {
      const other = taken.find(({ id, kind }) => id === draft.factId && kind !== draft.kind)
      const source = sources.find(({ citation }) => citation === draft.citation)
      const errors: FieldError[] = []
      if (other) errors.push({ field: 'id', detail: `Diese Kennung gehört schon zu: ${kindOf(other.kind).label.de}.` })
      if (source && draft.sourceUrl !== null && draft.sourceUrl !== source.url) {
        errors.push({ field: 'source.url', detail: `Diese Quelle ist schon mit einer anderen Adresse erfasst: ${source.url}` })
      }
      return [draft.id, errors]
    }),
  )
}

/** The sentence a coordinator reads before saving. */
export function sentenceOf({ change, draft }: Assessment): string {
  const reason = draft.reason.replace(/\.$/, '')
  return `${change} Grund: ${reason}. ${describeSource(draft.citation, draft.trueOn)}`
}

/** A draft as the workbench shows it to `reader`. What has become impossible since it was saved is told as a warning. */
export function toDraft(assessment: Assessment, reader: string): Draft {
  const { draft, stale } = assessment
  const obstacles = assessment.refusals.map(({ field, detail }) => ({ rule: 'not-publishable', field, text: detail }))
  const warnings = [...obstacles, ...assessment.warnings]
  return {
    id: draft.id,
    kind: draft.kind,
    factId: draft.factId,
    authorName: draft.authorName,
    mine: draft.author === reader,
    content: draft.content,
    trueOn: draft.trueOn,
    source: { citation: draft.citation, url: draft.sourceUrl },
    reason: draft.reason,
    retracted: draft.retracted,
    base: draft.base,
    updatedAt: draft.updatedAt,
    sentence: sentenceOf(assessment),
    warnings,
    stale,
  }
}

export function toConflict(assessment: Assessment, reader: string): Conflict {
  return { draft: toDraft(assessment, reader), current: assessment.current }
}
