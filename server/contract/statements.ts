import * as z from 'zod/mini'
import { IsoDate } from './dates.ts'
import { endpoint } from './endpoint.ts'
import { opinions, silences } from './mobile/codes.ts'
import { AttachmentIds } from './mobile/fields.ts'
import { siteCandidate } from './mobile/site-candidate.ts'
import { siteRequest } from './mobile/site-request.ts'
import { Attachment } from './mobile.ts'
import { statementInput } from './participation.ts'
import { reviewStatuses, statementSources } from './participation-words.ts'

/** The secret part of a statement link; it stands behind # and is posted, so that it reaches no log. */
const Token = z.string().check(z.minLength(1), z.maxLength(200))

/** What somebody who is asked needs of a case, and no more: no contact, no internal note, no score, nobody else's statement. */
const caseValues = z.pick(siteRequest.values, {
  caseNumber: true,
  caseType: true,
  operators: true,
  towerCompany: true,
  operatorSiteCode: true,
  receivedOn: true,
  purpose: true,
  purposeNote: true,
  technologies: true,
  bandsMhz: true,
  minAntennaHeightM: true,
  backhaul: true,
  radiusM: true,
  geom: true,
})
const candidateValues = z.pick(siteCandidate.values, {
  name: true,
  address: true,
  cadastralDistrict: true,
  cadastralSection: true,
  parcel: true,
  ownerType: true,
  builtArea: true,
  developmentPlan: true,
  mastKind: true,
  mastType: true,
  mastHeightM: true,
  areaM2: true,
  access: true,
  heritage: true,
  nature: true,
  sensitiveNeighbours: true,
  geom: true,
})

export const caseKeys = Object.keys(caseValues.shape) as (keyof typeof caseValues.shape)[]
export const candidateKeys = Object.keys(candidateValues.shape) as (keyof typeof candidateValues.shape)[]

/** What a department is asked, as its own page shows it. */
export const StatementSheet = z.object({
  reviewId: z.int(),
  departmentName: z.string(),
  departmentCode: z.string(),
  question: z.string(),
  askedOn: z.string(),
  askedBy: z.string(),
  /** null: the case stands still. */
  dueOn: z.nullable(IsoDate),
  /** "bis Freitag, 18.12.2026, noch 9 Arbeitstage"; with an open pause "ruht zurzeit". */
  dueWords: z.string(),
  silence: silences.schema,
  status: reviewStatuses.schema,
  /** No statement and no correction is taken any more. */
  isClosed: z.boolean(),
  takenUpAt: z.nullable(z.string()),
  /** Name of who stands in, where the mail can be forwarded. */
  deputyName: z.nullable(z.string()),
  /** null: withdrawn, nothing of it is needed any more. */
  case: z.nullable(caseValues),
  candidates: z.array(candidateValues),
  attachments: z.array(Attachment),
  textModules: z.array(z.object({ title: z.string(), text: z.string(), opinion: z.nullable(opinions.schema) })),
  /** The department's own statements, newest first: the first counts. */
  statements: z.array(
    z.object({
      ...statementInput,
      attachments: z.array(Attachment),
      at: z.string(),
      isLate: z.boolean(),
      source: statementSources.schema,
      givenBy: z.string(),
    }),
  ),
})
export type StatementSheet = z.infer<typeof StatementSheet>

const byLink = { method: 'post', access: 'public' } as const
const ofReview = { token: Token, reviewId: z.int().check(z.positive()) }
const Sheets = z.object({
  cityName: z.string(),
  today: IsoDate,
  /** One for the link of a request, all open ones for that of a weekly digest. */
  sheets: z.array(StatementSheet),
})
export type StatementSheets = z.infer<typeof Sheets>

/**
 * What the link is about. Changes nothing. 410, for every endpoint here: the link is unknown, tampered with, expired or revoked, which
 * cannot be told apart; 429: too many wrong ones from one address.
 */
export const openStatement = endpoint({
  ...byLink,
  path: '/api/statement/open',
  summary: 'What a statement link is about',
  body: z.strictObject({ token: Token }),
  response: Sheets,
})

/** "Ich kümmere mich darum." Once; later calls change nothing. 409: closed or withdrawn. */
export const takeUpStatement = endpoint({
  ...byLink,
  path: '/api/statement/taking-up',
  summary: 'Say that somebody has taken the request up',
  body: z.strictObject(ofReview),
  response: StatementSheet,
})

/** Sends the request to the deputy of the department, at most once a day. 409: no deputy, closed or withdrawn. */
export const forwardStatement = endpoint({
  ...byLink,
  path: '/api/statement/forwarding',
  summary: 'Forward the request to the deputy',
  body: z.strictObject(ofReview),
  response: StatementSheet,
})

/** The statement; a later one corrects it until the coordinator closes the review. After the due day it is accepted and marked late. */
export const giveStatement = endpoint({
  ...byLink,
  path: '/api/statement/answer',
  summary: 'Give the statement of a department',
  body: z.strictObject({
    ...ofReview,
    ...statementInput,
    givenBy: z.string().check(z.trim(), z.minLength(2, 'Bitte nennen Sie Ihren Namen.'), z.maxLength(200)),
    attachmentIds: AttachmentIds,
  }),
  response: StatementSheet,
})

/** The most files one review takes by link. */
export const mostStatementFiles = 20

/**
 * A file for the statement: the body is the file, the token stands in the header `Authorization: Bearer …`. 413, 415, 422 name what is
 * wrong with it; 409: closed, or too many.
 */
export const addStatementFile = endpoint({
  ...byLink,
  path: '/api/statement/files',
  summary: 'Add a file to a statement',
  query: z.strictObject({
    reviewId: z.coerce.number().check(z.int(), z.positive()),
    name: z.string().check(z.minLength(1), z.maxLength(200)),
  }),
  response: Attachment,
})

/** A file of the case or of the department's own statements. 404: none of this request. */
export const readStatementFile = endpoint({
  ...byLink,
  path: '/api/statement/file',
  summary: 'A file of the request',
  body: z.strictObject({ ...ofReview, id: z.int().check(z.positive()) }),
  response: z.unknown(),
  produces: ['application/octet-stream'],
})

/** What was said, as PDF to be kept. 409: nothing was said yet. */
export const copyStatement = endpoint({
  ...byLink,
  path: '/api/statement/copy',
  summary: 'A copy of the statement as PDF',
  body: z.strictObject(ofReview),
  response: z.unknown(),
  produces: ['application/pdf'],
})
