import { quantities } from '../contract/codes.ts'
import { earliest, type IsoDate, latest } from '../contract/dates.ts'
import {
  type Check,
  completionSlug,
  type Deadline,
  type DeadlineRule,
  evidenceKinds,
  type Proof,
  type ProofFolder,
  requiredEvidence,
  type Submission,
} from '../contract/proofs.ts'

/** The same day some months later; where the month is shorter, its last day. */
export function addMonths(day: IsoDate, months: number): IsoDate {
  const [year = 0, month = 1, dayOfMonth = 1] = day.split('-').map(Number)
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + months, Math.min(dayOfMonth, last))).toISOString().slice(0, 10)
}

export interface DeadlineFacts {
  rules: readonly DeadlineRule[]
  /** Actual date of the completion notice, imprecise; null: not given. */
  completion: string | null
  /** Actual date of the first grant notice, imprecise; null: not known. */
  grant: string | null
  submissions: readonly Submission[]
  asOf: IsoDate
}

/** When proofs are due. Of several rules the strictest gives the safe day; of an imprecise completion notice, its first day. */
export function deadlinesOf(facts: DeadlineFacts): Deadline[] {
  return [...interimDeadlines(facts), ...finalDeadline(facts)]
}

function interimDeadlines({ rules, completion, grant, submissions, asOf }: DeadlineFacts): Deadline[] {
  if (grant === null) return []
  const end = completion && latest(completion) < asOf ? latest(completion) : asOf
  const [first, last] = [yearOf(latest(grant)), yearOf(end)]
  return Array.from({ length: Math.max(last - first + 1, 0) }, (_, index) => first + index).flatMap((budgetYear) => {
    const dueOn = `${budgetYear}-12-31`
    const holding = rules.filter((rule) => rule.proof === 'interim' && holds(rule, dueOn))
    if (holding.length === 0) return []
    const isDone = submissions.some((one) => one.proof === 'interim' && one.budgetYear === budgetYear && one.submittedOn <= asOf)
    const state = isDone ? 'submitted' : dueOn < asOf ? 'passed' : 'due'
    return [{ proof: 'interim' as const, budgetYear, dueOn, latestOn: dueOn, state, ruleIds: holding.map(({ id }) => id) }]
  })
}

function finalDeadline({ rules, completion, submissions, asOf }: DeadlineFacts): Deadline[] {
  const isDone = submissions.some(({ proof, submittedOn }) => proof === 'final' && submittedOn <= asOf)
  const base = { proof: 'final' as const, budgetYear: null }
  if (completion === null) {
    const ruleIds = rules.filter(({ proof }) => proof === 'final').map(({ id }) => id)
    if (ruleIds.length === 0) return []
    return [{ ...base, dueOn: null, latestOn: null, state: isDone ? 'submitted' : 'waiting', ruleIds }]
  }
  const from = earliest(completion) ?? latest(completion)
  const holding = rules.filter((rule) => rule.proof === 'final' && holds(rule, from))
  if (holding.length === 0) return []
  const months = holding.map((rule) => rule.months ?? 0)
  const dueOn = addMonths(from, Math.min(...months))
  const latestOn = addMonths(latest(completion), Math.max(...months))
  const state = isDone ? 'submitted' : dueOn < asOf ? 'passed' : 'due'
  return [{ ...base, dueOn, latestOn, state, ruleIds: holding.map(({ id }) => id) }]
}

function holds({ validFrom, validUntil }: DeadlineRule, day: IsoDate): boolean {
  return (validFrom === null || validFrom <= day) && (validUntil === null || day <= validUntil)
}

function yearOf(day: IsoDate): number {
  return Number(day.slice(0, 4))
}

type Content = Pick<ProofFolder, 'milestones' | 'sections' | 'targets' | 'money' | 'evidence'>

/** What each proof needs, and whether it is there. */
export function checksOf(content: Content): Check[] {
  return (['interim', 'final'] as const).flatMap((proof) => [
    ...factChecks(proof, content),
    ...requiredEvidence[proof].map((kind) => {
      const count = content.evidence.filter((file) => file.kind === kind && file.withdrawal === null).length
      const name = evidenceKinds.labels[kind].de
      return check(
        proof,
        `evidence-${kind}`,
        count > 0,
        count > 0 ? `${name}: ${plural(count, 'Datei', 'Dateien')}` : `${name} fehlt in der Mappe.`,
      )
    }),
  ])
}

function factChecks(proof: Proof, { milestones, sections, targets, money }: Content): Check[] {
  const grants = milestones.filter(({ id, actual }) => id.includes(':grant-notice') && actual !== null)
  const shares = money.filter(({ partOf }) => partOf === null)
  const silent = targets.filter(({ districts, reported }) => districts === null && reported.length === 0)
  const names = silent.map(({ quantity }) => quantities.labels[quantity].de).join(', ')
  const checks = [
    check(
      proof,
      'grant-notice',
      grants.length > 0,
      grants.length > 0 ? 'Zuwendungsbescheid als Meilenstein erfasst' : 'Kein Zuwendungsbescheid als Meilenstein erfasst.',
    ),
    check(
      proof,
      'money',
      shares.length > 0,
      shares.length > 0 ? 'Mittel erfasst' : 'Keine Zuwendung und kein Eigenanteil erfasst.',
    ),
    check(
      proof,
      'figures',
      targets.length > 0 && silent.length === 0,
      targets.length === 0
        ? 'Das Programm hat keine Ziele; Zahlen lassen sich nicht gegenüberstellen.'
        : silent.length === 0
          ? 'Zu jedem Ziel gibt es eine gemeldete Zahl'
          : `Ohne gemeldete Zahl: ${names}.`,
    ),
  ]
  return proof === 'interim' ? checks : [...checks, ...completionChecks(milestones, sections)]
}

function completionChecks(milestones: Content['milestones'], sections: Content['sections']): Check[] {
  const isComplete = milestones.some(({ id, actual }) => id.endsWith(`:${completionSlug}`) && actual !== null)
  const open = sections.filter(({ civilWorksEnd }) => civilWorksEnd === null)
  const isBuilt = sections.length > 0 && open.length === 0
  const missing =
    sections.length === 0
      ? 'Kein Bauabschnitt erfasst.'
      : `Tiefbau nicht als beendet gemeldet: ${open.map(({ name }) => name).join(', ')}.`
  return [
    check(
      'final',
      'completion-notice',
      isComplete,
      isComplete
        ? 'Fertigstellungsanzeige als Meilenstein erfasst'
        : `Keine Fertigstellungsanzeige als Meilenstein (Kennung „${completionSlug}“) erfasst; die Frist läuft noch nicht.`,
    ),
    check('final', 'sections', isBuilt, isBuilt ? 'Tiefbau aller Bauabschnitte beendet' : missing),
  ]
}

function check(proof: Proof, id: string, isThere: boolean, text: string): Check {
  return { proof, id: `${proof}-${id}`, isThere, text }
}

function plural(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`
}
