import { randomBytes } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { Knex } from 'knex'
import type { Activity } from '../contract/activities/activity.ts'
import type { Expense } from '../contract/activities/expense.ts'
import type { LogKindName } from '../contract/activities/index.ts'
import type { WrittenEntry } from '../contract/activities.ts'
import { today } from '../contract/dates.ts'
import { contentColumns } from '../contract/facts/fact.ts'
import type { Warning } from '../contract/facts.ts'
import type { SignedInUser } from '../http/context.ts'
import { conflict, invalid, notFound, stale } from '../http/problem.ts'
import { type Remark, refusalsIn, warningsIn } from '../http/remark.ts'
import { type Content, describeEntry, kindOf, parseContent } from './content.ts'
import { everything, findActivityFacts, findBudgets, findExpenseFacts, findVersions, type Present } from './queries.ts'
import { activityRules, expenseRules } from './rules.ts'

interface Version {
  id: string
  version: number
  person: { id: string; name: string }
  content: Content
  retracted: boolean
  reason: string | null
}

/** Records a new entry as the work of who records it. */
export function addEntry(database: Knex, user: SignedInUser, name: LogKindName, given: Content): Promise<WrittenEntry> {
  const content = parseContent(name, given)
  return inTurn(database, async (trx) => {
    const version = {
      ...{ id: randomBytes(6).toString('hex'), version: 1, content },
      retracted: false,
      reason: null,
      person: user,
    }
    const warnings = await judge(trx, name, version)
    await insertVersion(trx, user, name, version)
    return { id: version.id, version: 1, sentence: describeEntry(name, null, content), warnings }
  })
}

interface Reference {
  id: string
  version: number
}

/** Corrects what `set` names. Problem 412: somebody else was there first. */
export function changeEntry(
  database: Knex,
  user: SignedInUser,
  name: LogKindName,
  { id, version, set }: Reference & { set: Content },
): Promise<WrittenEntry> {
  return inTurn(database, async (trx) => {
    const [present] = await presentVersions(trx, name, { id, version })
    if (present.retracted) throw conflict('Dieser Eintrag ist zurückgezogen.')
    const content = parseContent(name, { ...present.content, ...set })
    if (isDeepStrictEqual(content, present.content))
      throw invalid([{ field: 'set', detail: 'Es ändert sich nichts: Die Angaben sind schon so.' }])
    const next = { ...following(id, present), content }
    const warnings = await judge(trx, name, next)
    await insertVersion(trx, user, name, next)
    return { id, version: next.version, sentence: describeEntry(name, present.content, content), warnings }
  })
}

/** Takes an entry back; what it said stays in its history. */
export function withdrawEntry(
  database: Knex,
  user: SignedInUser,
  name: LogKindName,
  { id, version, reason }: Reference & { reason: string },
): Promise<WrittenEntry> {
  return inTurn(database, async (trx) => {
    const [present] = await presentVersions(trx, name, { id, version })
    if (present.retracted) throw conflict('Dieser Eintrag ist schon zurückgezogen.')
    const next = { ...following(id, present), retracted: true, reason }
    await insertVersion(trx, user, name, next)
    return { id, version: next.version, sentence: describeEntry(name, present.content, null), warnings: [] }
  })
}

/** Says again what was said before the last version. Problem 409: that was more than ten minutes ago. */
export function undoEntry(
  database: Knex,
  user: SignedInUser,
  name: LogKindName,
  { id, version }: Reference,
): Promise<WrittenEntry> {
  return inTurn(database, async (trx) => {
    const [present, before] = await presentVersions(trx, name, { id, version })
    if (!present.isFresh)
      throw conflict('Rückgängig geht nur zehn Minuten lang. Bitte berichtigen Sie den Eintrag oder ziehen Sie ihn zurück.')
    const restored = before ?? { ...present, retracted: true }
    const next = {
      ...following(id, present),
      content: restored.content,
      retracted: restored.retracted,
      reason: 'Rückgängig gemacht',
    }
    const warnings = next.retracted ? [] : await judge(trx, name, next)
    await insertVersion(trx, user, name, next)
    const said = (one: Present) => (one.retracted ? null : one.content)
    const [old, now] = [said(present), said({ ...present, ...next })]
    return { id, version: next.version, sentence: describeEntry(name, old ?? (now ? null : present.content), now), warnings }
  })
}

/** Writers of the log take turns: what is judged is what is there. */
function inTurn<Result>(database: Knex, work: (trx: Knex.Transaction) => Promise<Result>): Promise<Result> {
  return database.transaction(async (trx) => {
    await trx.raw('select lock_log()')
    return work(trx)
  })
}

async function presentVersions(
  trx: Knex.Transaction,
  name: LogKindName,
  { id, version }: Reference,
): Promise<[present: Present, before: Present | undefined]> {
  const [present, before] = await findVersions(trx, name, id)
  if (!present) throw notFound(`${kindOf(name).label.de} „${id}“`, 'id')
  if (present.version !== version) throw stale([{ id, version: present.version, content: present.content }])
  return [present, before]
}

function following(id: string, { version, personId, personName, content }: Present): Version {
  return { id, version: version + 1, person: { id: personId, name: personName }, content, retracted: false, reason: null }
}

/** What is implausible; Problem 422: what is impossible. */
async function judge(trx: Knex.Transaction, name: LogKindName, version: Version): Promise<Warning[]> {
  const remarks = name === 'activity' ? await judgeActivity(trx, version) : await judgeExpense(trx, version)
  const refusals = refusalsIn(remarks)
  if (refusals.length > 0) throw invalid(refusals)
  return warningsIn(remarks)
}

async function judgeActivity(trx: Knex.Transaction, { id, person, content }: Version): Promise<Remark[]> {
  const facts = await findActivityFacts(trx, { id, personId: person.id, content })
  const budgets = await findBudgets(trx, { from: null, to: today(), knownAt: everything })
  return [...activityRules(content as Activity, { ...facts, budgets, today: today() })]
}

async function judgeExpense(trx: Knex.Transaction, { id, content }: Version): Promise<Remark[]> {
  const facts = await findExpenseFacts(trx, { id, content })
  const period = { from: null, to: today(), knownAt: everything }
  const budgets = await findBudgets(trx, period, { without: id, with: content as Expense })
  return [...expenseRules(content as Expense, { ...facts, budgets, today: today() })]
}

async function insertVersion(trx: Knex.Transaction, user: SignedInUser, name: LogKindName, version: Version): Promise<void> {
  const { id, person, content, retracted, reason } = version
  const columns = contentColumns(kindOf(name)).map(({ key, column }) => [column, content[key]])
  await trx(kindOf(name).table).insert({
    ...{ id, version: version.version, person_id: person.id, person_name: person.name, retracted, reason },
    ...{ recorded_by: user.id, recorded_name: user.name },
    ...Object.fromEntries(columns),
  })
}
