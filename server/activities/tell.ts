import { activityKinds, expenseKinds, fundingTasks, workRoles } from '../contract/activities/codes.ts'
import { formatDuration } from '../contract/activities/duration.ts'
import {
  type ActivityLog,
  type Budget,
  budgetStates,
  type ExpenseEntry,
  exportActivities,
  type MoneySum,
  type WorkGroup,
  workGroups,
} from '../contract/activities.ts'
import { formatDay, formatImpreciseDate, formatMoment } from '../contract/dates.ts'
import { formatMoney, formatPercent } from '../contract/numbers.ts'
import type { Block, Column, Inline } from '../documents/document.ts'

export type ToldLog = ActivityLog & { knownAt: string }

const heading = (text: string): Block => ({ kind: 'heading', level: 2, text })
const paragraph = (text: string): Block => ({ kind: 'paragraph', content: [text] })
const table = (caption: string, columns: readonly Column[], rows: readonly (readonly Inline[])[]): Block => ({
  ...{ kind: 'table', caption, columns, rows },
})

/** "01.01.2026 bis 31.03.2026". */
export function periodWords({ from, to }: Pick<ActivityLog, 'from' | 'to'>): string {
  return from === null ? `bis ${formatDay(to, 'de')}` : `${formatDay(from, 'de')} bis ${formatDay(to, 'de')}`
}

/** The figures of a proof of use, in the order in which it is read. Nothing here is a judgement: that is for the factual report. */
export function tellLog(log: ToldLog): Block[] {
  return [
    ...tellSummary(log),
    ...tellBudgets(log),
    ...workGroups.keys.flatMap((group) => tellWork(group, log)),
    ...tellMoney(log),
    ...tellActivities(log),
    ...tellExpenses(log),
    ...tellReading(log),
  ]
}

function tellSummary({ activities, expenses, evaluation }: ToldLog): Block[] {
  const { minutes, eligibleEur, otherEur } = evaluation
  return [
    heading('Zusammenfassung'),
    paragraph(
      `${counted(activities.length, 'Tätigkeit', 'Tätigkeiten')} mit zusammen ${formatDuration(minutes)}; ` +
        `${counted(expenses.length, 'Ausgabe', 'Ausgaben')}, davon zuwendungsfähig ${formatMoney(eligibleEur)}, nicht zuwendungsfähig ${formatMoney(otherEur)}.`,
    ),
  ]
}

function tellBudgets({ budgets, to }: ToldLog): Block[] {
  const granted = budgets.filter(({ grant }) => grant !== null)
  const title = heading(`Förderung am ${formatDay(to, 'de')}`)
  if (granted.length === 0)
    return [
      title,
      paragraph('Es ist kein Zuwendungsbescheid erfasst. Ausgaben werden deshalb keiner bewilligten Summe gegenübergestellt.'),
    ]
  return [title, ...granted.map(tellBudget)]
}

function tellBudget({ name, directive, sharePercent, months, state, source, grant }: Budget): Block {
  if (!grant) return paragraph('')
  const rows: [string, string][] = [
    ['Richtlinie', directive],
    ['Bescheid', `${grant.noticeOn ? `${formatDay(grant.noticeOn, 'de')}; ` : ''}Quelle: ${source.citation}`],
    ['Bewilligte Summe', formatMoney(grant.grantedEur)],
    ['Förderung', sharePercent === null ? 'Festbetrag' : `${formatPercent(sharePercent, 'de')} der zuwendungsfähigen Ausgaben`],
    [
      'Bewilligungszeitraum',
      `${formatDay(grant.firstDay, 'de')} bis ${formatDay(grant.lastDay, 'de')} (${months} Monate), ${budgetStates.labels[state].de}`,
    ],
    ['Verstrichen', `${grant.monthsPassed} von ${months} Monaten (${formatPercent(grant.timeShare * 100, 'de')} der Tage)`],
    ['Zuwendungsfähige Ausgaben', formatMoney(grant.eligibleEur)],
    ['Zulasten der Zuwendung', `${formatMoney(grant.chargedEur)} (${formatPercent(grant.spentShare * 100, 'de')} der Summe)`],
    ['Rest', formatMoney(grant.restEur)],
    [
      'Hochrechnung',
      grant.forecastEur === null
        ? 'keine: noch kein ganzer Monat verstrichen'
        : `${formatMoney(grant.forecastEur)} am Ende, wenn es weitergeht wie bisher (keine Zusage)`,
    ],
  ]
  return table(
    name,
    [
      { label: 'Angabe', share: 2 },
      { label: 'Wert', share: 5 },
    ],
    rows,
  )
}

const workColumns = (label: string): Column[] => [
  { label, share: 5 },
  { label: 'Dauer', share: 1.4, numeric: true },
  { label: 'Anteil', share: 1.2, numeric: true },
  { label: 'Einträge', share: 1.2, numeric: true },
]

function tellWork(group: WorkGroup, { evaluation }: ToldLog): Block[] {
  const label = workGroups.labels[group].de
  const sums = evaluation.work[group]
  if (evaluation.minutes === 0) return []
  const rows = sums.map((sum) => [
    sum.label,
    formatDuration(sum.minutes),
    formatPercent((sum.minutes / evaluation.minutes) * 100, 'de'),
    String(sum.entries),
  ])
  return [
    ...(group === 'task' ? [heading('Arbeitszeit')] : []),
    table(`Arbeitszeit nach ${dative[group]}`, workColumns(label), [
      ...rows,
      ['Summe', formatDuration(evaluation.minutes), '', String(sums.reduce((all, { entries }) => all + entries, 0))],
    ]),
  ]
}

const dative: Readonly<Record<WorkGroup, string>> = {
  task: 'Aufgaben der Richtlinie',
  month: 'Monaten',
  kind: 'Art',
  role: 'Bereichen',
  request: 'Vorgängen',
  person: 'Personen',
}

function tellMoney({ evaluation: { money, eligibleEur, otherEur } }: ToldLog): Block[] {
  const rows = (sums: readonly MoneySum[]) => [
    ...sums.map((sum) => [sum.label, formatMoney(sum.eligibleEur), formatMoney(sum.otherEur), String(sum.entries)]),
    ['Summe', formatMoney(eligibleEur), formatMoney(otherEur), String(sums.reduce((all, { entries }) => all + entries, 0))],
  ]
  const columns = (label: string): Column[] => [
    { label, share: 4 },
    { label: 'Zuwendungsfähig', share: 2, numeric: true },
    { label: 'Nicht zuwendungsfähig', share: 2, numeric: true },
    { label: 'Einträge', share: 1.2, numeric: true },
  ]
  if (money.kind.length === 0) return [heading('Ausgaben'), paragraph('In diesem Zeitraum ist keine Ausgabe erfasst.')]
  return [
    heading('Ausgaben'),
    table('Ausgaben nach Art', columns('Art'), rows(money.kind)),
    table('Ausgaben nach Monaten', columns('Monat'), rows(money.month)),
  ]
}

/** More of a text would not fit on a page. */
const longestText = 700

function tellActivities({ activities }: ToldLog): Block[] {
  const title = heading('Tätigkeiten im Einzelnen')
  if (activities.length === 0) return [title, paragraph('In diesem Zeitraum ist keine Tätigkeit erfasst.')]
  const rows = activities
    .toReversed()
    .map(({ content, requestName, person }) => [
      formatDay(content.day, 'de'),
      formatDuration(content.minutes),
      `${activityKinds.labels[content.kind].de}, ${workRoles.labels[content.role].de}`,
      fundingTasks.labels[content.task].de,
      [
        shortened(content.description),
        content.partners && `Beteiligte: ${content.partners}`,
        requestName && `Vorgang: ${requestName}`,
      ]
        .filter(Boolean)
        .join('. '),
      person,
    ])
  const columns: Column[] = [
    { label: 'Tag', share: 1.8 },
    { label: 'Dauer', share: 1.2, numeric: true },
    { label: 'Art', share: 3.1 },
    { label: 'Aufgabe', share: 2.8 },
    { label: 'Was', share: 4.2 },
    { label: 'Person', share: 1.8 },
  ]
  return [title, table('Tätigkeiten, älteste zuerst', columns, rows)]
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ').replace(/\.$/, '')
  return line.length > longestText ? `${line.slice(0, longestText)} … (ganz in Nachweis.xlsx)` : line
}

function tellExpenses({ expenses }: ToldLog): Block[] {
  if (expenses.length === 0) return []
  const paths = voucherPaths(expenses)
  const rows = expenses
    .toReversed()
    .map(({ id, content }) => [
      formatImpreciseDate(content.dated, 'de'),
      expenseKinds.labels[content.kind].de,
      formatMoney(content.amountEur),
      content.eligible ? 'ja' : 'nein',
      shortened(content.note ?? ''),
      paths.get(id) ?? '–',
    ])
  const columns: Column[] = [
    { label: 'Tag oder Monat', share: 2 },
    { label: 'Art', share: 1.6 },
    { label: 'Betrag', share: 1.8, numeric: true },
    { label: 'Zuwendungsfähig', share: 1.7 },
    { label: 'Bemerkung', share: 3.5 },
    { label: 'Beleg', share: 3 },
  ]
  return [heading('Ausgaben im Einzelnen'), table('Ausgaben, älteste zuerst', columns, rows)]
}

/** Where the vouchers lie in the ZIP, by expense; the oldest first. */
export function voucherPaths(expenses: readonly ExpenseEntry[]): Map<string, string> {
  const withVoucher = expenses.toReversed().flatMap(({ id, voucher }) => (voucher ? [{ id, voucher }] : []))
  return new Map(
    withVoucher.map(({ id, voucher }, index) => [
      id,
      `belege/${String(index + 1).padStart(3, '0')}_${voucher.name.replace(/[^\p{L}\p{N}._-]+/gu, '_')}`,
    ]),
  )
}

/** Where the same proof can be had again. */
export function exportPath({ from, to, knownAt }: ToldLog): string {
  return `${exportActivities.path}?${new URLSearchParams({ ...(from && { from }), to, knownAt })}`
}

function tellReading(log: ToldLog): Block[] {
  return [
    heading('Zu diesem Nachweis'),
    paragraph(
      `Er beruht auf dem, was am ${formatMoment(log.knownAt, 'de')} erfasst war. Spätere Berichtigungen ändern ihn nicht: Er lässt sich zu diesem ` +
        'Kenntnisstand unverändert wieder erzeugen. Eine Ausgabe eines Monats zählt am ersten Tag des Monats.',
    ),
    { kind: 'paragraph', content: [{ text: 'Denselben Nachweis erneut erzeugen', href: exportPath(log) }] },
  ]
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`
}
