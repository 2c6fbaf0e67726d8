import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { FactId, Slug } from './facts/fact.ts'

const readers = ['viewer', 'mobileCoordinator', 'gigabitCoordinator', 'admin'] as const
const Day = z.iso.date('Erwartet wird ein Tag wie 28.03.2022.')

/** HTML to read, tagged PDF (PDF/UA-1) to hand over, XLSX as annex. */
export const reportFormats = ['html', 'pdf', 'xlsx'] as const
export type ReportFormat = (typeof reportFormats)[number]

/** A Sachstandsbericht: what it is about and which knowledge it rests on. Its files follow from these values alone. */
export const CouncilReport = z.object({
  id: z.int(),
  /** Day the report holds for. */
  asOf: z.string(),
  /** Moment whose knowledge it rests on. */
  knownAt: z.string(),
  /** Day from which changes are told; null: there was no report before. */
  since: z.nullable(z.string()),
  /** null: all programmes. */
  programmeId: z.nullable(z.string()),
  /** null: the whole city. */
  districtId: z.nullable(z.string()),
  madeAt: z.string(),
  madeBy: z.string(),
  /** Made while invented example data were present. */
  isDemo: z.boolean(),
  /** Of everything it said when it was made. A report that no longer says the same says that. */
  sha256: z.string(),
})
export type CouncilReport = z.infer<typeof CouncilReport>

export const listCouncilReports = endpoint({
  method: 'get',
  path: '/api/reports/council',
  access: readers,
  summary: 'Status reports for the council, newest first',
  response: z.object({ reports: z.array(CouncilReport) }),
})

/**
 * Makes a report on what is known now. `since` left out: the day of the last report with the same scope. 422 when `asOf` lies in the
 * future or `since` not before it, 404 for an unknown programme or district.
 */
export const makeCouncilReport = endpoint({
  method: 'post',
  path: '/api/reports/council',
  access: ['gigabitCoordinator', 'mobileCoordinator', 'admin'],
  summary: 'Make a status report for the council',
  body: z.strictObject({
    asOf: Day,
    since: z.optional(Day),
    programmeId: z.nullable(FactId),
    districtId: z.nullable(Slug),
  }),
  response: CouncilReport,
})

/**
 * A file of a report. Public, like all it is made of: the report names this address, so that anybody can make it again. The same
 * bytes each time and on every machine, because it reads what was known at `knownAt`.
 */
export const getCouncilReport = endpoint({
  method: 'get',
  path: '/bericht/:file',
  access: 'public',
  summary: 'A status report for the council as HTML, PDF or XLSX (e.g. 12.pdf)',
  params: z.strictObject({ file: z.string().check(z.regex(/^\d{1,9}\.(html|pdf|xlsx)$/, 'Erwartet wird zum Beispiel 12.pdf.')) }),
  response: z.unknown(),
  produces: ['text/html', 'application/pdf', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
})
