import { figureStates, fundingRoles, phases, quantities, units } from '../contract/codes.ts'
import { formatDay, formatImpreciseDate } from '../contract/dates.ts'
import { deadlineStates, type Evidence, evidenceKinds, type ProofFolder, proofs } from '../contract/proofs.ts'
import type { Field, TableToWrite, Value } from '../formats/format.ts'

type FieldType = Field['type']
type Columns = Record<string, [de: string, en: string, type?: FieldType, unit?: string]>

/** Dates keep the precision they were given in: they are texts. */
export function dateText(date: string | null): string | null {
  return date && formatImpreciseDate(date, 'de')
}

function table(name: string, en: string, columns: Columns, rows: Record<string, Value>[]): TableToWrite {
  const fields = Object.entries(columns).map(
    ([field, [de, english, type = 'text', unit]]): Field => ({
      name: field,
      label: { de, en: english },
      type,
      ...(unit && { unit }),
    }),
  )
  return { name, title: { de: name, en }, fields, geometry: null, rows: rows.map((values) => ({ values })) }
}

const sourceColumns = { source: ['Quelle', 'Source'], trueOn: ['Stand', 'As of'] } as const satisfies Columns
const sourceOf = ({ source }: { source: { citation: string; trueOn: string } }) => ({
  source: source.citation,
  trueOn: dateText(source.trueOn),
})

/** The numeric proof as tables; the same for XLSX and CSV. */
export function tablesOf(folder: ProofFolder, evidence: readonly Evidence[]): TableToWrite[] {
  return [milestones(folder), sections(folder), targets(folder), money(folder), deadlines(folder), files(evidence)]
}

function milestones(folder: ProofFolder): TableToWrite {
  const columns: Columns = {
    title: ['Meilenstein', 'Milestone'],
    planned: ['geplant', 'planned'],
    actual: ['tatsächlich', 'actual'],
    note: ['Hinweis', 'Note'],
  }
  return table(
    'Meilensteine',
    'Milestones',
    { ...columns, ...sourceColumns },
    folder.milestones.map((one) => ({
      ...{ title: one.title, planned: dateText(one.planned), actual: dateText(one.actual), note: one.note },
      ...sourceOf(one),
    })),
  )
}

function sections(folder: ProofFolder): TableToWrite {
  return table(
    'Bauabschnitte',
    'Build sections',
    {
      name: ['Bauabschnitt', 'Build section'],
      phase: ['Phase', 'Phase'],
      civilWorksStart: ['Tiefbau begonnen', 'Civil works begun'],
      civilWorksEnd: ['Tiefbau beendet', 'Civil works ended'],
      plannedEnd: ['Ende angekündigt', 'End announced'],
    },
    folder.sections.map(({ name, phase, civilWorksStart, civilWorksEnd, plannedEnd }) => ({
      name,
      phase: (phases.labels as Record<string, { de: string }>)[phase]?.de ?? phase,
      civilWorksStart: dateText(civilWorksStart),
      civilWorksEnd: dateText(civilWorksEnd),
      plannedEnd: dateText(plannedEnd),
    })),
  )
}

/** A row per target and reported state; a target without figures has one row with nothing reported. */
function targets(folder: ProofFolder): TableToWrite {
  const rows = folder.targets.flatMap((target): Record<string, Value>[] => {
    const base = {
      quantity: quantities.labels[target.quantity].de,
      scope: target.districts?.join(', ') ?? 'ganzes Programm',
      unit: (units.labels as Record<string, { de: string }>)[target.unit]?.de ?? target.unit,
      target: target.target,
      approximate: target.approximate,
      ...sourceOf(target),
    }
    if (target.reported.length === 0)
      return [{ ...base, state: null, reported: null, share: null, reportedSource: null, reportedOn: null }]
    return target.reported.map((figure) => ({
      ...base,
      state: figure.state && figureStates.labels[figure.state].de,
      reported: figure.value,
      share: target.target > 0 ? Math.round((figure.value / target.target) * 1000) / 10 : null,
      reportedSource: figure.source.citation,
      reportedOn: dateText(figure.source.trueOn),
    }))
  })
  const columns: Columns = {
    quantity: ['Größe', 'Quantity'],
    scope: ['gilt für', 'holds for'],
    unit: ['Einheit', 'Unit'],
    target: ['Ziel', 'Target', 'number'],
    approximate: ['Ziel ungefähr', 'Target approximate', 'boolean'],
    source: ['Quelle des Ziels', 'Source of the target'],
    trueOn: ['Stand des Ziels', 'Target as of'],
    state: ['Zustand', 'State'],
    reported: ['gemeldet', 'reported', 'number'],
    share: ['Anteil am Ziel', 'Share of the target', 'number', '%'],
    reportedSource: ['Quelle der Zahl', 'Source of the figure'],
    reportedOn: ['Stand der Zahl', 'Figure as of'],
  }
  return table('Ziele und Stand', 'Targets and state', columns, rows)
}

function money(folder: ProofFolder): TableToWrite {
  const columns: Columns = {
    giver: ['Geber', 'Giver'],
    role: ['Art', 'Kind'],
    amountEur: ['Betrag', 'Amount', 'number', 'EUR'],
    approximate: ['ungefähr', 'approximate', 'boolean'],
    partOf: ['Teil von', 'Part of'],
    note: ['Hinweis', 'Note'],
  }
  return table(
    'Mittel',
    'Funding',
    { ...columns, ...sourceColumns },
    folder.money.map((one) => ({
      ...{ giver: one.giver, role: fundingRoles.labels[one.role].de, amountEur: one.amountEur, approximate: one.approximate },
      ...{ partOf: one.partOf, note: one.note },
      ...sourceOf(one),
    })),
  )
}

function deadlines(folder: ProofFolder): TableToWrite {
  return table(
    'Fristen',
    'Deadlines',
    {
      proof: ['Nachweis', 'Proof'],
      budgetYear: ['Haushaltsjahr', 'Budget year', 'integer'],
      dueOn: ['fällig (strengste Regel)', 'due (strictest rule)', 'date'],
      latestOn: ['spätestens (mildeste Regel)', 'latest (mildest rule)', 'date'],
      state: ['Stand', 'State'],
      notes: ['Rechtsgrund', 'Legal note'],
    },
    folder.deadlines.map(({ proof, budgetYear, dueOn, latestOn, state, ruleIds }) => ({
      ...{ proof: proofs.labels[proof].de, budgetYear, dueOn, latestOn, state: deadlineStates.labels[state].de },
      notes: folder.rules.flatMap(({ id, legalNote }) => (ruleIds.includes(id) ? [legalNote] : [])).join(' / '),
    })),
  )
}

function files(evidence: readonly Evidence[]): TableToWrite {
  return table(
    'Belege',
    'Evidence',
    {
      file: ['Datei', 'File'],
      kind: ['Art', 'Kind'],
      proves: ['belegt', 'proves'],
      dated: ['Datum', 'Date'],
      bytes: ['Größe', 'Size', 'integer', 'Byte'],
      sha256: ['SHA-256', 'SHA-256'],
      uploadedBy: ['hinzugefügt von', 'added by'],
    },
    evidence.map((file, index) => ({
      ...{ file: evidencePath(file, index), kind: evidenceKinds.labels[file.kind].de, proves: file.proves },
      ...{ dated: dateText(file.dated), bytes: file.bytes, sha256: file.sha256, uploadedBy: file.uploadedBy },
    })),
  )
}

/** Place of a file in the package: numbered, with letters every system takes. */
export function evidencePath({ name }: Pick<Evidence, 'name'>, index: number): string {
  const safe = name
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{N}._ -]/gu, '_')
    .replace(/^\.+/, '_')
  return `belege/${String(index + 1).padStart(3, '0')}_${safe}`
}

export function dayText(day: string | null): string {
  return day ? formatDay(day, 'de') : '–'
}
