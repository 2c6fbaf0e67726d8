import * as z from 'zod/mini'
import { codes } from './codes.ts'
import { endpoint } from './endpoint.ts'
import { Reason } from './facts.ts'
import type { Text } from './text.ts'

export const severities = codes({
  error: { de: 'Widerspruch', en: 'Contradiction' },
  warning: { de: 'Zweifel', en: 'Doubt' },
  notice: { de: 'Hinweis', en: 'Notice' },
})
export type Severity = z.infer<typeof severities.schema>

/** A rule: its id never changes, so that findings can be spoken about. */
export interface QualityRule {
  severity: Severity
  title: Text
  /** What is compared, and what to do about a finding. */
  explanation: string
  /** Compares only what is public anyway: its findings count for the public mark of a district. */
  isPublic: boolean
}

const rule = (severity: Severity, isPublic: boolean, de: string, en: string, explanation: string): QualityRule => ({
  severity,
  isPublic,
  title: { de, en },
  explanation,
})

/** More than this share between two measures of the same thing is a finding. */
export const tolerance = 0.05
/** A section under way about which nothing was said for so many days is stale. */
export const staleDays = 180

export const qualityRules = {
  'reported-counted': rule(
    'warning',
    false,
    'Gemeldete und gezählte Anschlüsse weichen ab',
    'Reported and counted connections differ',
    'Vergleicht jede gemeldete Zahl mit den Anschlussobjekten desselben Programms und Stadtteils. Eine Quelle ist veraltet, oder eine Lieferung fehlt.',
  ),
  'reported-measured': rule(
    'warning',
    false,
    'Gemeldete und gemessene Längen weichen ab',
    'Reported and measured lengths differ',
    'Vergleicht gemeldete Meter mit den verlegten Strecken des Netzes (EPSG:25832). Mehr als fünf Prozent sind ein Befund.',
  ),
  'figure-nesting': rule(
    'error',
    true,
    'Gemeldete Zahlen passen nicht ineinander',
    'Reported figures are not nested',
    'In Betrieb ≤ angeschlossen ≤ versorgbar ≤ Ziel: jede Menge liegt in der nächsten.',
  ),
  'target-exceeded': rule(
    'warning',
    false,
    'Mehr Anschlussobjekte als im Ziel',
    'More premises than the target',
    'Vergleicht die gezählten Anschlüsse eines Programms mit seinem Ziel. Doppelte Objekte oder ein überholtes Ziel sind häufige Gründe.',
  ),
  'step-back': rule(
    'warning',
    false,
    'Anschluss geht ohne Bemerkung einen Schritt zurück',
    'Connection steps back without a note',
    'Ein fertiger Schritt wird zurückgenommen. Die Bemerkung am Objekt sollte sagen, warum.',
  ),
  'duplicate-premises': rule(
    'error',
    false,
    'Anschlussobjekt doppelt',
    'Premises twice',
    'Gleiche Adresse, gleiche Art, gleicher Name: das zweite zählt doppelt. Ziehen Sie eines zurück.',
  ),
  'several-operators': rule(
    'notice',
    false,
    'Mehrere Betreiber an einer Adresse',
    'Several operators at one address',
    'Zwei Betreiber nennen an derselben Adresse dieselbe Art von Anschluss. Das kann stimmen; dann erklären Sie es.',
  ),
  'premises-elsewhere': rule(
    'warning',
    false,
    'Anschlussobjekt liegt nicht in seinem Stadtteil',
    'Premises outside their district',
    'Die Lage ist mehr als 200 m vom genannten Stadtteil entfernt.',
  ),
  'premises-incomplete': rule(
    'notice',
    false,
    'Anschlussobjekt ohne Adresse oder Programm',
    'Premises without address or programme',
    'Ohne Adresse ist es nicht zu finden, ohne Programm zählt es nirgends.',
  ),
  'nothing-to-count': rule(
    'notice',
    false,
    'Bauabschnitt ohne Anschlussobjekte',
    'Section without premises',
    'Für das Programm gibt es Anschlussobjekte, in diesem Stadtteil keines. Eine leere Menge gilt nie als geprüft.',
  ),
  'connected-without-network': rule(
    'notice',
    false,
    'Angeschlossen, aber kein Netz in der Nähe',
    'Connected without network nearby',
    'Im Umkreis von 150 m ist keine verlegte Strecke erfasst. Dann fehlt eine Lieferung des Netzes, oder der Zustand stimmt nicht.',
  ),
  'network-outside-city': rule(
    'warning',
    false,
    'Netz außerhalb der Stadt',
    'Network outside the city',
    'Mehr als 1 km außerhalb der Stadtgrenze: meist ein falsches Koordinatensystem.',
  ),
  'section-outside-district': rule(
    'warning',
    true,
    'Bauabschnitt ragt aus seinem Stadtteil',
    'Section beyond its district',
    'Mehr als fünf Prozent der Fläche liegen außerhalb des genannten Stadtteils.',
  ),
  'sections-overlap': rule(
    'notice',
    true,
    'Bauabschnitte verschiedener Programme überlappen',
    'Sections of several programmes overlap',
    'Zwei Programme nennen dieselbe Fläche. Das kann stimmen; dann erklären Sie es.',
  ),
  'stage-dates': rule(
    'error',
    true,
    'Ein Gewerk endet, bevor es beginnt',
    'A trade ends before it begins',
    'Das tatsächliche Ende liegt sicher vor dem tatsächlichen Beginn.',
  ),
  'activation-early': rule(
    'warning',
    true,
    'In Betrieb vor Ende des Tiefbaus',
    'Activated before civil works are done',
    'Die Inbetriebnahme ist gemeldet, das Ende des Tiefbaus nicht.',
  ),
  overdue: rule(
    'warning',
    true,
    'Angekündigter Termin verstrichen',
    'Announced date has passed',
    'Das angekündigte Ende ist vorbei, ein tatsächliches Ende nicht gemeldet. Fragen Sie den Betreiber und veröffentlichen Sie den neuen Termin.',
  ),
  stale: rule(
    'notice',
    true,
    'Lange keine Angabe',
    'No statement for long',
    `Zu diesem laufenden Bauabschnitt ist seit mehr als ${staleDays} Tagen nichts gesagt worden.`,
  ),
} as const satisfies Record<string, QualityRule>

export type QualityRuleId = keyof typeof qualityRules
const RuleId = z.enum(Object.keys(qualityRules) as [QualityRuleId, ...QualityRuleId[]])

const readers = ['viewer', 'mobileCoordinator', 'gigabitCoordinator', 'admin'] as const

export const Finding = z.object({
  id: z.int(),
  rule: RuleId,
  severity: severities.schema,
  /** Kind of fact or object, and its id. */
  subject: z.object({ kind: z.string(), id: z.string() }),
  districtId: z.nullable(z.string()),
  programmeId: z.nullable(z.string()),
  /** German: what does not fit, with the numbers. */
  sentence: z.string(),
  /** Path of the page of the workbench that shows the subject. */
  href: z.string(),
  firstSeen: z.string(),
  resolvedAt: z.nullable(z.string()),
  acceptance: z.nullable(z.object({ name: z.string(), reason: z.string(), at: z.string() })),
})
export type Finding = z.infer<typeof Finding>

const findingFilters = {
  rule: z.optional(RuleId),
  severity: z.optional(severities.schema),
  districtId: z.optional(z.string()),
  /** open: neither explained nor gone (default). */
  status: z.optional(z.enum(['open', 'accepted', 'resolved'])),
}

/** Findings, the worst first, then the oldest; `after` is the id of the last one seen. */
export const listFindings = endpoint({
  method: 'get',
  path: '/api/quality/findings',
  access: readers,
  summary: 'Findings of the consistency rules',
  query: z.strictObject({
    ...findingFilters,
    after: z.optional(z.coerce.number().check(z.int())),
    limit: z.optional(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(500))),
  }),
  response: z.object({ findings: z.array(Finding), next: z.nullable(z.int()) }),
})

export const exportFindings = endpoint({
  method: 'get',
  path: '/api/quality/findings.csv',
  access: readers,
  summary: 'Findings as a table for a spreadsheet (semicolons, byte order mark)',
  query: z.strictObject(findingFilters),
  response: z.string(),
  produces: ['text/csv'],
})

/** How a rule stands: `checked` 0 means it has not passed, there was nothing to check. null: it has never run. */
export const RuleState = z.object({
  id: RuleId,
  checked: z.nullable(z.int()),
  open: z.int(),
  accepted: z.int(),
})

export const listRules = endpoint({
  method: 'get',
  path: '/api/quality/rules',
  access: readers,
  summary: 'The consistency rules and how they stand',
  response: z.object({
    rules: z.array(RuleState),
    lastRun: z.nullable(z.object({ finishedAt: z.string(), occasion: z.string(), revision: z.int() })),
  }),
})

export const runRules = endpoint({
  method: 'post',
  path: '/api/quality/runs',
  access: ['gigabitCoordinator', 'mobileCoordinator', 'admin'],
  summary: 'Run all consistency rules now',
  response: z.object({ found: z.int() }),
})

const FindingParams = z.strictObject({ id: z.coerce.number().check(z.int(), z.positive()) })

/** 409 when the finding is gone. The explanation falls when what was found changes. */
export const acceptFinding = endpoint({
  method: 'put',
  path: '/api/quality/findings/:id/acceptance',
  access: ['gigabitCoordinator', 'mobileCoordinator', 'admin'],
  summary: 'Explain a finding: it is known and right so',
  params: FindingParams,
  body: z.strictObject({ reason: Reason }),
  response: Finding,
})

export const reopenFinding = endpoint({
  method: 'delete',
  path: '/api/quality/findings/:id/acceptance',
  access: ['gigabitCoordinator', 'mobileCoordinator', 'admin'],
  summary: 'Take the explanation of a finding back',
  params: FindingParams,
  response: Finding,
})
