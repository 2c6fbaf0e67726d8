import type { Knex } from 'knex'
import { formatDay } from '../contract/dates.ts'
import { replyTemplate } from '../contract/facts/letter-template.ts'
import { escapeMarkdown, fillPlaceholders, type Placeholder } from '../contract/letter-placeholders.ts'
import { caseTypes, decisions, mobileOperators, opinions, silences } from '../contract/mobile/codes.ts'
import type { Clock, Participation, Review } from '../contract/participation.ts'
import { weekdayAndDay } from '../contract/participation-words.ts'
import { conflict } from '../http/problem.ts'
import { type CandidateFile, type CaseFile, findCandidates } from './queries.ts'
import { readParticipation, requireCase } from './view.ts'

export interface LetterDraft {
  subject: string
  /** Markdown. */
  body: string
  /** What is still missing, German sentences. */
  remarks: string[]
  to: string | null
}

/** The reply to the operator as the city's template makes it of what is known now. Problem 404, 409: no template. */
export async function draftReply(
  database: Knex,
  requestId: string,
  by: { cityName: string; coordinatorName: string },
): Promise<LetterDraft> {
  const file = await requireCase(database, requestId)
  const participation = await readParticipation(database, requestId)
  const candidates = await findCandidates(database, [requestId])
  const template = await findTemplate(database, participation.today)
  const site = siteOf(candidates)
  const values = valuesOf(file, participation, site, by)
  return {
    subject: fillPlaceholders(template.subject, values, { isPlain: true }),
    body: fillPlaceholders(template.body, values),
    remarks: remarksOf(file, participation, site),
    to: file.contactEmail,
  }
}

async function findTemplate(database: Knex, asOf: string): Promise<{ subject: string; body: string }> {
  const { rows } = await database.raw<{ rows: { subject: string; body: string }[] }>(
    'select subject, body from letter_templates_at(:asOf, clock_timestamp()) where slug = :slug',
    { asOf, slug: replyTemplate },
  )
  const [template] = rows
  if (!template) throw conflict('Es gibt keine Briefvorlage „reply“. Bitte legen Sie sie unter „Regeln und Stellen“ an.')
  return template
}

/** The site the reply is about: agreed, else preferred, else the only one. */
function siteOf(candidates: readonly CandidateFile[]): CandidateFile | undefined {
  const by = (decision: string) => candidates.find((one) => one.decision === decision)
  return by('agreed') ?? by('preferred') ?? (candidates.length === 1 ? candidates[0] : undefined)
}

const unknown = '–'

function valuesOf(
  file: CaseFile,
  { today, reviews, clocks }: Participation,
  site: CandidateFile | undefined,
  by: { cityName: string; coordinatorName: string },
): Record<Placeholder, string> {
  return {
    caseNumber: file.caseNumber ?? unknown,
    caseType: caseTypes.labels[file.caseType].de,
    operator: file.operators.map((operator) => mobileOperators.labels[operator].de).join(', '),
    operatorSiteCode: file.operatorSiteCode ?? unknown,
    towerCompany: file.towerCompany ?? unknown,
    receivedOn: formatDay(file.receivedOn, 'de'),
    candidateName: site?.name ?? unknown,
    candidateAddress: site?.address ?? unknown,
    decision: site ? decisions.labels[site.decision as keyof typeof decisions.labels].de : unknown,
    decisionReason: site?.decisionReason ?? unknown,
    statements: statementsOf(reviews),
    deadlines: clocks.map(clockLine).join('\n') || unknown,
    today: formatDay(today, 'de'),
    cityName: by.cityName,
    coordinatorName: by.coordinatorName,
  }
}

function clockLine({ name, dueOn, metOn }: Clock): string {
  const end = dueOn === null ? 'angehalten' : weekdayAndDay(dueOn)
  return `- ${escapeMarkdown(name)}: ${end}${metOn === null ? '' : `, erledigt am ${formatDay(metOn, 'de')}`}`
}

/** What every department says now, as a Markdown list. Withdrawn requests do not count. */
export function statementsOf(reviews: readonly Review[]): string {
  const lines = reviews.filter(({ status }) => status !== 'withdrawn').map(statementLine)
  return lines.length > 0 ? lines.join('\n') : 'Es wurden keine Fachbereiche beteiligt.'
}

function statementLine(review: Review): string {
  const [said] = review.statements
  const about = review.candidateName ? ` zu ${escapeMarkdown(review.candidateName)}` : ''
  const name = `- **${escapeMarkdown(`${review.departmentCode} ${review.departmentName}`)}**${about}: `
  if (!said) return `${name}noch keine Stellungnahme`
  if (said.source === 'silence') return `${name}keine Äußerung in der Frist; ${silences.labels[review.silence].de}`
  const words = [said.conditions, said.remark].flatMap((text) => (text ? [escapeMarkdown(text)] : []))
  const opinion = `${opinions.labels[said.opinion].de} (${formatDay(said.givenOn, 'de')})`
  return words.length > 0 ? `${name}${opinion}. ${words.join(' ')}` : `${name}${opinion}`
}

function remarksOf(file: CaseFile, { reviews }: Participation, site: CandidateFile | undefined): string[] {
  const open = reviews.filter(({ status, isClosed }) => (status === 'asked' || status === 'taken_up') && !isClosed)
  return [
    ...open.map(({ departmentCode }) => `${departmentCode} hat sich noch nicht geäußert.`),
    ...(reviews.length === 0 ? ['Es wurde noch kein Fachbereich gefragt.'] : []),
    ...(site ? [] : ['Noch ist kein Standort bevorzugt oder abgestimmt: Im Schreiben stehen dafür Striche.']),
    ...(site && site.decision !== 'open' && !site.decisionReason ? ['Die Begründung der Entscheidung fehlt.'] : []),
    ...(file.caseNumber ? [] : ['Das Aktenzeichen fehlt.']),
    ...(file.contactEmail ? [] : ['Zum Vorgang ist keine E-Mail-Adresse des Betreibers erfasst.']),
  ]
}
