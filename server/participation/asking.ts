import type { Knex } from 'knex'
import type * as z from 'zod/mini'
import { formatDay } from '../contract/dates.ts'
import type { askDepartments } from '../contract/participation.ts'
import { conflict, type FieldError, invalid } from '../http/problem.ts'
import { queueMail } from '../mail/outbox.ts'
import { type About, askMail } from './mails.ts'
import { type CaseFile, type Department, findCandidates, findDepartments, findReviews } from './queries.ts'
import { type Calendar, isOver } from './rules.ts'
import { calendarOf, requireCase } from './view.ts'
import { type Actor, insertReview, statementLink, takeTurn } from './writing.ts'

type Wish = z.infer<(typeof askDepartments)['body']>

/** Where the address of a department is put. */
const whereToPut = 'Bitte tragen Sie sie unter „Regeln und Stellen“ → Fachbereiche ein, oder fragen Sie auf anderem Weg.'

/** Asks departments about a case; returns the numbers of the reviews. */
export async function ask(trx: Knex.Transaction, secret: string, requestId: string, wish: Wish, by: Actor): Promise<number[]> {
  await takeTurn(trx)
  const calendar = await calendarOf(trx)
  const file = await requireCase(trx, requestId)
  if (isOver(file)) throw conflict('Der Vorgang ist abgeschlossen: Es wird niemand mehr gefragt.')
  const departments = await findDepartments(trx, calendar.today)
  await check(trx, file, wish, departments, calendar)
  const ids: number[] = []
  for (const { departmentId, question } of wish.departments) {
    const department = departments.find(({ id }) => id === departmentId) as Department
    const review = { ...wish, requestId, department, question, askedVia: wish.via, askedOn: calendar.today }
    const id = await insertReview(trx, review, by)
    ids.push(id)
    if (wish.via === 'mail') await mailQuestion(trx, secret, { id, file, department, question, dueOn: wish.dueOn, by })
  }
  return ids
}

async function check(
  trx: Knex.Transaction,
  file: CaseFile,
  wish: Wish,
  departments: readonly Department[],
  { today }: Calendar,
): Promise<void> {
  const errors: FieldError[] = []
  const candidates = await findCandidates(trx, [file.id])
  const candidate = candidates.find(({ id }) => id === wish.candidateId)
  if (wish.candidateId !== null && !candidate)
    errors.push({ field: 'candidateId', detail: 'Diesen Kandidaten gibt es in dem Vorgang nicht.' })
  if (wish.dueOn <= today) errors.push({ field: 'dueOn', detail: 'Die Frist muss in der Zukunft liegen, frühestens morgen.' })
  const files = [...file.attachmentIds, ...(candidate ? [candidate] : candidates).flatMap((one) => one.attachmentIds)]
  if (wish.attachmentIds.some((id) => !files.includes(id)))
    errors.push({ field: 'attachmentIds', detail: 'Eine der Dateien gehört nicht zu diesem Vorgang.' })
  wish.departments.forEach(({ departmentId }, index) => {
    const detail = refusalOf(
      departments.find(({ id, active }) => id === departmentId && active),
      wish.via,
    )
    if (detail) errors.push({ field: `departments.${index}.departmentId`, detail })
  })
  if (new Set(wish.departments.map(({ departmentId }) => departmentId)).size < wish.departments.length)
    errors.push({ field: 'departments', detail: 'Jeder Fachbereich kann nur einmal gefragt werden.' })
  if (errors.length > 0) throw invalid(errors)
  await refuseAskedTwice(trx, file, wish)
}

function refusalOf(department: Department | undefined, via: Wish['via']): string | null {
  if (!department) return 'Diesen Fachbereich gibt es nicht, oder er wird nicht mehr beteiligt.'
  return via === 'mail' && department.email === null ? `${department.code} hat keine E-Mail-Adresse. ${whereToPut}` : null
}

async function refuseAskedTwice(trx: Knex.Transaction, file: CaseFile, wish: Wish): Promise<void> {
  const open = await findReviews(trx, { requestId: file.id, isOpen: true })
  const asked = wish.departments.map(({ departmentId }) => departmentId)
  const again = open.find((one) => one.candidateId === wish.candidateId && asked.includes(one.departmentId))
  if (again)
    throw conflict(
      `${again.departmentCode} ist dazu schon gefragt und hat noch nicht geantwortet (Frist ${formatDay(again.dueOn, 'de')}).`,
    )
}

interface Question {
  id: number
  file: CaseFile
  department: Department
  question: string
  dueOn: string
  by: Actor
}

/** One mail to the department, one to its deputy, each with a link of its own. */
async function mailQuestion(trx: Knex.Transaction, secret: string, { id, file, department, question, dueOn, by }: Question) {
  const review = { question, departmentCode: department.code, silence: department.silence, askedName: by.name }
  const about: About = { review, file, dueOn }
  const { email, deputyEmail } = department
  const recipients = [email, ...(deputyEmail?.toLowerCase() === email?.toLowerCase() ? [] : [deputyEmail])]
  for (const [index, to] of recipients.entries()) {
    if (to === null) continue
    const linkId = await statementLink(trx, secret, { reviewIds: [id], recipient: to, dueOn })
    await queueMail(trx, { key: `ask:${id}:${to}`, to, ...askMail(about, index > 0), about: file.id, linkId })
  }
}
