import * as z from 'zod/mini'
import { Clocks, ResolvedClocks } from './clocks.ts'
import { codes, figureStates, fundingRoles, quantities } from './codes.ts'
import { ImpreciseDate, IsoDate } from './dates.ts'
import { endpoint } from './endpoint.ts'
import { FactId, Line, Paragraph } from './facts/fact.ts'
import { Reason } from './facts.ts'

export const proofs = codes({
  interim: { de: 'Zwischennachweis', en: 'Interim proof' },
  final: { de: 'Verwendungsnachweis', en: 'Final proof of use' },
})
export type Proof = z.infer<typeof proofs.schema>

/** What a file of the folder is. */
export const evidenceKinds = codes({
  photo: { de: 'Fotodokumentation', en: 'Photo documentation' },
  gis: { de: 'GIS-Daten', en: 'GIS data' },
  invoice: { de: 'Rechnung', en: 'Invoice' },
  payment: { de: 'Zahlungsnachweis', en: 'Proof of payment' },
  material: { de: 'Materialliste (kumuliert)', en: 'Material list (cumulative)' },
  as_built: { de: 'Bestandsdokumentation', en: 'As-built documentation' },
  acceptance: { de: 'Abnahmeprotokoll', en: 'Acceptance record' },
  completion: { de: 'Fertigstellungsanzeige', en: 'Completion notice' },
  grant_notice: { de: 'Zuwendungsbescheid', en: 'Grant notice' },
  other: { de: 'Sonstiges', en: 'Other' },
})
export type EvidenceKind = z.infer<typeof evidenceKinds.schema>

/** Kinds of evidence a proof must hold; sources: docs/glossary, "Zwischennachweis / Verwendungsnachweis". The grant notice decides. */
export const requiredEvidence: Readonly<Record<Proof, readonly EvidenceKind[]>> = {
  interim: ['grant_notice', 'photo', 'gis', 'invoice', 'payment'],
  final: ['grant_notice', 'completion', 'photo', 'gis', 'invoice', 'payment', 'material', 'as_built', 'acceptance'],
}

/** The milestone whose actual date starts the deadline of the final proof. */
export const completionSlug = 'completion-notice'

const Source = z.object({ citation: z.string(), trueOn: z.string() })

export const ProofMilestone = z.object({
  id: z.string(),
  title: z.string(),
  planned: z.nullable(z.string()),
  actual: z.nullable(z.string()),
  note: z.nullable(z.string()),
  source: Source,
})

/** A target with what was reported about it: the whole programme, latest statement per state. Lengths in m. */
export const ProofTarget = z.object({
  id: z.string(),
  quantity: quantities.schema,
  unit: z.string(),
  target: z.number(),
  approximate: z.boolean(),
  districts: z.nullable(z.array(z.string())),
  source: Source,
  reported: z.array(
    z.object({ state: z.nullable(figureStates.schema), value: z.number(), approximate: z.boolean(), source: Source }),
  ),
})

export const ProofMoney = z.object({
  id: z.string(),
  giver: z.string(),
  role: fundingRoles.schema,
  amountEur: z.number(),
  approximate: z.boolean(),
  /** Giver it is a share of: never added to its whole. */
  partOf: z.nullable(z.string()),
  note: z.nullable(z.string()),
  source: Source,
})

export const ProofSection = z.object({
  id: z.string(),
  name: z.string(),
  phase: z.string(),
  civilWorksStart: z.nullable(z.string()),
  civilWorksEnd: z.nullable(z.string()),
  plannedEnd: z.nullable(z.string()),
})

export const Evidence = z.object({
  id: z.int(),
  kind: evidenceKinds.schema,
  name: z.string(),
  mediaType: z.string(),
  bytes: z.int(),
  sha256: z.string(),
  proves: z.string(),
  dated: z.string(),
  uploadedAt: z.string(),
  uploadedBy: z.string(),
  withdrawal: z.nullable(z.object({ at: z.string(), by: z.string(), reason: z.string() })),
})
export type Evidence = z.infer<typeof Evidence>

export const DeadlineRule = z.object({
  id: z.int(),
  proof: proofs.schema,
  /** null: once per budget year. */
  months: z.nullable(z.int()),
  legalNote: z.string(),
  validFrom: z.nullable(z.string()),
  validUntil: z.nullable(z.string()),
  /** It holds for every funded programme. */
  isGeneral: z.boolean(),
  recordedBy: z.string(),
})
export type DeadlineRule = z.infer<typeof DeadlineRule>

export const deadlineStates = codes({
  submitted: { de: 'eingereicht', en: 'submitted' },
  due: { de: 'läuft', en: 'running' },
  passed: { de: 'verstrichen, keine Einreichung vermerkt', en: 'passed, no submission noted' },
  waiting: { de: 'beginnt mit der Fertigstellungsanzeige', en: 'starts with the completion notice' },
})

/** A date by which a proof must be handed in. */
export const Deadline = z.object({
  proof: proofs.schema,
  budgetYear: z.nullable(z.int()),
  /** The earliest day the rules and the precision of the completion notice allow: the safe one. null: not begun. */
  dueOn: z.nullable(z.string()),
  /** Latest day by the most generous rule. */
  latestOn: z.nullable(z.string()),
  state: deadlineStates.schema,
  ruleIds: z.array(z.int()),
})
export type Deadline = z.infer<typeof Deadline>

/** What a proof needs and whether it is there. */
export const Check = z.object({ id: z.string(), proof: proofs.schema, isThere: z.boolean(), text: z.string() })
export type Check = z.infer<typeof Check>

export const Submission = z.object({
  id: z.int(),
  proof: proofs.schema,
  budgetYear: z.nullable(z.int()),
  submittedOn: z.string(),
  note: z.nullable(z.string()),
  package: z.nullable(z.object({ asOf: z.string(), knownAt: z.string(), sha256: z.string() })),
  recordedBy: z.string(),
})
export type Submission = z.infer<typeof Submission>

/** All a proof is made of, at both clocks. */
export const ProofFolder = z.object({
  clocks: ResolvedClocks,
  /** The moment this answer is known for: asking for it again gives the same package. */
  frozenAt: z.string(),
  programme: z.object({
    id: z.string(),
    name: z.string(),
    summary: z.nullable(z.string()),
    passiveOperator: z.nullable(z.string()),
    activeOperator: z.nullable(z.string()),
  }),
  milestones: z.array(ProofMilestone),
  sections: z.array(ProofSection),
  targets: z.array(ProofTarget),
  money: z.array(ProofMoney),
  evidence: z.array(Evidence),
  rules: z.array(DeadlineRule),
  deadlines: z.array(Deadline),
  submissions: z.array(Submission),
  checks: z.array(Check),
})
export type ProofFolder = z.infer<typeof ProofFolder>

const readers = ['viewer', 'mobileCoordinator', 'gigabitCoordinator', 'admin'] as const
const writers = ['gigabitCoordinator'] as const
const Programme = z.strictObject({ programmeId: FactId })
const Id = z.strictObject({ id: z.coerce.number().check(z.int(), z.positive()) })
const BudgetYear = z.coerce.number().check(z.int(), z.minimum(2000), z.maximum(2199))

/** The folder of a programme: milestones, figures, money, evidence, deadlines and what is still missing. 404: no such programme. */
export const getProofFolder = endpoint({
  method: 'get',
  path: '/api/proofs/:programmeId',
  access: readers,
  summary: 'Proof of use of a programme: what is there, what is missing, by when',
  params: Programme,
  query: z.strictObject({ ...Clocks }),
  response: ProofFolder,
})

/** One ZIP, the same bytes for the same question: factual text, tables, evidence, manifest with SHA-256. `year`: interim only. */
export const getProofPackage = endpoint({
  method: 'get',
  path: '/api/proofs/:programmeId/package',
  access: readers,
  summary: 'Proof package: factual text, numeric tables, milestones, evidence, manifest',
  params: Programme,
  query: z.strictObject({ ...Clocks, proof: proofs.schema, year: z.optional(BudgetYear) }),
  response: z.unknown(),
  produces: ['application/zip'],
})

/**
 * Puts a file into the folder; the body is the file itself (application/octet-stream). 409: it is there already, 413: too large,
 * 415: no such content, 422: a field is missing.
 */
export const addEvidence = endpoint({
  method: 'post',
  path: '/api/proofs/:programmeId/evidence',
  access: writers,
  summary: 'Add a file to the folder of evidence',
  params: Programme,
  query: z.strictObject({
    name: Line,
    kind: evidenceKinds.schema,
    proves: z.string().check(z.trim(), z.minLength(3, 'Bitte sagen Sie, was die Datei belegt.'), z.maxLength(1000)),
    dated: ImpreciseDate,
  }),
  response: Evidence,
})

export const getEvidenceFile = endpoint({
  method: 'get',
  path: '/api/proofs/evidence/:id/file',
  access: readers,
  summary: 'A file of the folder, withdrawn ones too',
  params: Id,
  response: z.unknown(),
  produces: ['application/octet-stream'],
})

/** Takes a file out of the folder; it stays stored. 409: already withdrawn. */
export const withdrawEvidence = endpoint({
  method: 'post',
  path: '/api/proofs/evidence/:id/withdrawal',
  access: writers,
  summary: 'Withdraw a file of the folder',
  params: Id,
  body: z.strictObject({ reason: Reason }),
  response: Evidence,
})

/** A deadline of this programme; `months` for the final proof only. */
export const addDeadline = endpoint({
  method: 'post',
  path: '/api/proofs/:programmeId/deadlines',
  access: writers,
  summary: 'Record a deadline rule, as the grant notice says it',
  params: Programme,
  body: z
    .strictObject({
      proof: proofs.schema,
      months: z.nullable(z.int().check(z.minimum(1), z.maximum(120))),
      legalNote: z.string().check(z.trim(), z.minLength(3), z.maxLength(1000)),
      validFrom: z.nullable(IsoDate),
      validUntil: z.nullable(IsoDate),
    })
    .check(
      z.refine(({ proof, months }) => (proof === 'final') === (months !== null), {
        path: ['months'],
        error: 'Der Verwendungsnachweis braucht eine Frist in Monaten, der Zwischennachweis gilt je Haushaltsjahr.',
      }),
      z.refine(({ validFrom, validUntil }) => validFrom === null || validUntil === null || validFrom <= validUntil, {
        path: ['validUntil'],
        error: 'Das Ende der Gültigkeit liegt vor ihrem Beginn.',
      }),
    ),
  response: DeadlineRule,
})

/** Takes a deadline rule back; general ones too, when the grant notices say otherwise. */
export const withdrawDeadline = endpoint({
  method: 'post',
  path: '/api/proofs/deadlines/:id/withdrawal',
  access: writers,
  summary: 'Withdraw a deadline rule',
  params: Id,
  body: z.strictObject({ reason: Reason }),
  response: DeadlineRule,
})

/** Notes that a proof was handed in; with `package`, the package of these clocks is made and its SHA-256 kept. */
export const addSubmission = endpoint({
  method: 'post',
  path: '/api/proofs/:programmeId/submissions',
  access: writers,
  summary: 'Note that a proof was handed in',
  params: Programme,
  body: z
    .strictObject({
      proof: proofs.schema,
      budgetYear: z.nullable(z.int().check(z.minimum(2000), z.maximum(2199))),
      submittedOn: IsoDate,
      note: z.nullable(Paragraph),
      package: z.nullable(z.strictObject({ asOf: IsoDate, knownAt: z.string() })),
    })
    .check(
      z.refine(({ proof, budgetYear }) => (proof === 'interim') === (budgetYear !== null), {
        path: ['budgetYear'],
        error: 'Ein Zwischennachweis gilt für ein Haushaltsjahr, der Verwendungsnachweis für alle.',
      }),
    ),
  response: Submission,
})
