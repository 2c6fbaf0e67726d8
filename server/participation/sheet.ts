import type { Knex } from 'knex'
import { dueInWords } from '../contract/participation-words.ts'
import { candidateKeys, caseKeys, type StatementSheet } from '../contract/statements.ts'
import { findAttachments } from '../database/attachments.ts'
import { findCases, findDepartments, findSheet, findStatements, findTextModules, type ReviewRow } from './queries.ts'
import { type Calendar, dueOf } from './rules.ts'
import { statementOf } from './view.ts'

const nothing = { case: null, candidates: [], attachments: [], textModules: [] }

/** What the page of somebody who is asked shows: of the case only the declared values, and none once it is withdrawn. */
export async function readSheet(database: Knex, review: ReviewRow, calendar: Calendar): Promise<StatementSheet> {
  const [file] = await findCases(database, review.requestId)
  const isGone = !file || review.status === 'withdrawn'
  const departments = await findDepartments(database, calendar.today)
  const department = departments.find(({ id }) => id === review.departmentId)
  const dueOn = file ? dueOf(review, file, calendar.state) : null
  const rows = await findStatements(database, [review.id])
  const attachments = await findAttachments(
    database,
    rows.flatMap(({ attachmentIds }) => attachmentIds),
  )
  return {
    reviewId: review.id,
    departmentName: review.departmentName,
    departmentCode: review.departmentCode,
    question: review.question,
    askedOn: review.askedOn,
    askedBy: review.askedName,
    dueOn,
    dueWords: dueOn === null ? 'die Frist ruht zurzeit' : dueInWords(dueOn, calendar.today, calendar.state),
    silence: review.silence,
    status: isGone ? 'withdrawn' : review.status,
    isClosed: isGone || review.isClosed,
    takenUpAt: review.takenUpAt,
    deputyName: department?.deputyEmail ? (department.deputyName ?? department.deputyEmail) : null,
    statements: rows.map((row) => {
      const { opinion, conditions, remark, attachments: files, at, isLate, source, givenBy } = statementOf(row, attachments)
      return { opinion, conditions, remark, attachments: files, at, isLate, source, givenBy }
    }),
    ...(isGone ? nothing : await readCase(database, review, calendar)),
  }
}

async function readCase(
  database: Knex,
  review: ReviewRow,
  { today }: Calendar,
): Promise<Pick<StatementSheet, 'case' | 'candidates' | 'attachments' | 'textModules'>> {
  const sheet = await findSheet(database, review, { case: caseKeys, candidate: candidateKeys })
  return {
    case: (sheet?.case ?? null) as StatementSheet['case'],
    candidates: (sheet?.candidates ?? []) as StatementSheet['candidates'],
    attachments: await findAttachments(database, review.attachmentIds),
    textModules: await findTextModules(database, today, review.departmentId),
  }
}
