import type { Knex } from 'knex'
import { type IsoDate, today } from '../contract/dates.ts'
import type { Participation, Review } from '../contract/participation.ts'
import { type Attachment, findAttachments } from '../database/attachments.ts'
import { findFederalState } from '../database/federal-state.ts'
import { notFound } from '../http/problem.ts'
import { findLetters } from './letters.ts'
import {
  type CandidateFile,
  type CaseFile,
  type Department,
  type EventRow,
  findCandidates,
  findCases,
  findDeadlineRules,
  findDepartments,
  findEvents,
  findReviews,
  findStatements,
  findUndelivered,
  type ReviewRow,
  type StatementRow,
} from './queries.ts'
import { type Calendar, clocksOf, dueOf, isPaused, lightOfReview, suggestDueDay } from './rules.ts'

export async function calendarOf(database: Knex, day: IsoDate = today()): Promise<Calendar> {
  return { today: day, state: await findFederalState(database) }
}

/** The case of this id. Problem 404. */
export async function requireCase(database: Knex, id: string): Promise<CaseFile> {
  const [file] = await findCases(database, id)
  if (!file) throw notFound('Der Vorgang', 'id')
  return file
}

/** Everything about the participation in a case. */
export async function readParticipation(database: Knex, requestId: string): Promise<Participation> {
  const file = await requireCase(database, requestId)
  const calendar = await calendarOf(database)
  const clocks = clocksOf(file, await findDeadlineRules(database, calendar.today), calendar)
  const departments = await findDepartments(database, calendar.today)
  return {
    today: calendar.today,
    clocks,
    isPaused: isPaused(file, calendar.today),
    reviews: await readReviews(database, await findReviews(database, { requestId }), calendar),
    departments: departments.filter(({ active }) => active).map(askable),
    suggestedDueOn: suggestDueDay(clocks, calendar),
    letters: await findLetters(database, requestId),
  }
}

function askable({ id, code, name, email, deputyEmail, question, silence }: Department): Participation['departments'][number] {
  return { id, code, name, email, deputyEmail, question, silence }
}

/** Reviews as the coordinator sees them. */
export async function readReviews(database: Knex, rows: readonly ReviewRow[], calendar: Calendar): Promise<Review[]> {
  const ids = rows.map(({ id }) => id)
  const requestIds = [...new Set(rows.map(({ requestId }) => requestId))]
  const cases = (await findCases(database)).filter(({ id }) => requestIds.includes(id))
  const candidates = await findCandidates(database, requestIds)
  const statements = await findStatements(database, ids)
  const events = await findEvents(database, ids)
  const undelivered = await findUndelivered(database, ids)
  const attachments = await findAttachments(database, [...new Set(statements.flatMap((one) => one.attachmentIds))])
  return rows.flatMap((row) => {
    const file = cases.find(({ id }) => id === row.requestId)
    return file ? [reviewOf(row, { file, candidates, statements, events, undelivered, attachments }, calendar)] : []
  })
}

interface Around {
  file: CaseFile
  candidates: readonly CandidateFile[]
  statements: readonly StatementRow[]
  events: readonly EventRow[]
  undelivered: readonly { reviewId: number; to: string }[]
  attachments: readonly Attachment[]
}

function reviewOf(row: ReviewRow, around: Around, calendar: Calendar): Review {
  const said = around.statements.filter(({ reviewId }) => reviewId === row.id)
  const given = said.filter(({ source }) => source !== 'silence').map(({ givenOn }) => givenOn)
  return {
    id: row.id,
    requestId: row.requestId,
    candidateId: row.candidateId,
    candidateName: around.candidates.find(({ id }) => id === row.candidateId)?.name ?? null,
    departmentId: row.departmentId,
    departmentCode: row.departmentCode,
    departmentName: row.departmentName,
    question: row.question,
    dueOn: dueOf(row, around.file, calendar.state),
    light: lightOfReview(row, around.file, given.toSorted()[0] ?? null, calendar),
    silence: row.silence,
    askedVia: row.askedVia,
    askedOn: row.askedOn,
    askedBy: row.askedName,
    status: row.status,
    isClosed: row.isClosed,
    undelivered: around.undelivered.filter(({ reviewId }) => reviewId === row.id).map(({ to }) => to),
    statements: said.map((one) => statementOf(one, around.attachments)),
    events: around.events
      .filter(({ reviewId }) => reviewId === row.id)
      .map(({ kind, day, dueOn, note, at, byName }) => ({ kind, day, dueOn, note, at, by: byName })),
  }
}

/** A statement with its files. */
export function statementOf(row: StatementRow, attachments: readonly Attachment[]): Review['statements'][number] {
  const { id, opinion, conditions, remark, givenOn, isLate, source, givenBy, at, attachmentIds } = row
  const files = attachments.filter((file) => attachmentIds.includes(file.id))
  return { id, opinion, conditions, remark, givenOn, isLate, source, givenBy, at, attachments: files }
}
