import { activityKinds, expenseKinds, fundingTasks, workRoles } from '../contract/activities/codes.ts'
import { budgetStates, workGroups } from '../contract/activities.ts'
import type { Field, TableToWrite, Value } from '../formats/index.ts'
import { type ToldLog, voucherPaths } from './tell.ts'

type FieldWish = readonly [name: string, label: string, type?: Field['type'], unit?: string]

function sheet(name: string, fields: readonly FieldWish[], rows: readonly Record<string, Value>[]): TableToWrite {
  return {
    name,
    title: { de: name, en: name },
    fields: fields.map(([field, label, type = 'text', unit]) => ({
      ...{ name: field, label: { de: label, en: field }, type },
      ...(unit && { unit }),
    })),
    geometry: null,
    rows: rows.map((values) => ({ values })),
  }
}

const hours = (minutes: number) => Math.round((minutes / 60) * 100) / 100

/** The sheets of the workbook: what the PDF says, whole and as numbers. */
export function tablesOf(log: ToldLog): TableToWrite[] {
  return [activitySheet(log), expenseSheet(log), workSheet(log), moneySheet(log), budgetSheet(log)]
}

function activitySheet({ activities }: ToldLog): TableToWrite {
  return sheet(
    'Tätigkeiten',
    [
      ['id', 'Kennung'],
      ['day', 'Tag', 'date'],
      ['minutes', 'Dauer in Minuten', 'integer', 'min'],
      ['hours', 'Dauer in Stunden', 'number', 'h'],
      ['kind', 'Art'],
      ['task', 'Aufgabe der Richtlinie'],
      ['role', 'Bereich'],
      ['request', 'Vorgang'],
      ['partners', 'Beteiligte'],
      ['description', 'Was wurde getan?'],
      ['person', 'Person'],
      ['version', 'Fassung', 'integer'],
      ['recorded', 'Erfasst (UTC)', 'date'],
      ['recordedBy', 'Erfasst von'],
    ],
    activities.toReversed().map(({ id, content, requestName, person, version, recordedAt, recordedBy }) => ({
      ...{ id, person, version, recordedBy, recorded: recordedAt.slice(0, 19) },
      ...{ day: content.day, minutes: content.minutes, hours: hours(content.minutes), request: requestName },
      ...{ partners: content.partners, description: content.description, kind: activityKinds.labels[content.kind].de },
      ...{ task: fundingTasks.labels[content.task].de, role: workRoles.labels[content.role].de },
    })),
  )
}

function expenseSheet({ expenses }: ToldLog): TableToWrite {
  const paths = voucherPaths(expenses)
  return sheet(
    'Ausgaben',
    [
      ['id', 'Kennung'],
      ['dated', 'Tag oder Monat'],
      ['kind', 'Art'],
      ['amountEur', 'Betrag', 'number', '€'],
      ['eligible', 'Zuwendungsfähig', 'boolean'],
      ['note', 'Bemerkung'],
      ['voucher', 'Beleg'],
      ['sha256', 'Prüfsumme des Belegs (SHA-256)'],
      ['version', 'Fassung', 'integer'],
      ['recorded', 'Erfasst (UTC)', 'date'],
      ['recordedBy', 'Erfasst von'],
    ],
    expenses.toReversed().map(({ id, content, voucher, version, recordedAt, recordedBy }) => ({
      ...{
        id,
        version,
        recordedBy,
        recorded: recordedAt.slice(0, 19),
        voucher: paths.get(id) ?? null,
        sha256: voucher?.sha256 ?? null,
      },
      ...{ dated: content.dated, kind: expenseKinds.labels[content.kind].de, amountEur: content.amountEur },
      ...{ eligible: content.eligible, note: content.note },
    })),
  )
}

function workSheet({ evaluation }: ToldLog): TableToWrite {
  const fields: FieldWish[] = [
    ['group', 'Summe nach'],
    ['label', 'Bezeichnung'],
    ['minutes', 'Dauer in Minuten', 'integer', 'min'],
    ['hours', 'Dauer in Stunden', 'number', 'h'],
    ['entries', 'Einträge', 'integer'],
  ]
  const rows = workGroups.keys.flatMap((group) =>
    evaluation.work[group].map(({ label, minutes, entries }) => ({
      ...{ group: workGroups.labels[group].de, label, minutes, hours: hours(minutes), entries },
    })),
  )
  return sheet('Summen Arbeitszeit', fields, rows)
}

function moneySheet({ evaluation: { money } }: ToldLog): TableToWrite {
  const fields: FieldWish[] = [
    ['group', 'Summe nach'],
    ['label', 'Bezeichnung'],
    ['eligibleEur', 'Zuwendungsfähig', 'number', '€'],
    ['otherEur', 'Nicht zuwendungsfähig', 'number', '€'],
    ['entries', 'Einträge', 'integer'],
  ]
  const rows = (['kind', 'month'] as const).flatMap((group) =>
    money[group].map(({ label, eligibleEur, otherEur, entries }) => ({
      ...{ group: group === 'kind' ? 'Art' : 'Monat', label, eligibleEur, otherEur, entries },
    })),
  )
  return sheet('Summen Ausgaben', fields, rows)
}

function budgetSheet({ budgets }: ToldLog): TableToWrite {
  return sheet(
    'Förderrahmen',
    [
      ['name', 'Bezeichnung'],
      ['directive', 'Richtlinie'],
      ['state', 'Stand'],
      ['mostEur', 'Höchstbetrag der Richtlinie', 'number', '€'],
      ['sharePercent', 'Anteil (leer: Festbetrag)', 'number', '%'],
      ['months', 'Monate', 'integer'],
      ['grantedEur', 'Bewilligt', 'number', '€'],
      ['firstDay', 'Beginn', 'date'],
      ['lastDay', 'Ende', 'date'],
      ['eligibleEur', 'Zuwendungsfähige Ausgaben', 'number', '€'],
      ['chargedEur', 'Zulasten der Zuwendung', 'number', '€'],
      ['restEur', 'Rest', 'number', '€'],
      ['forecastEur', 'Hochrechnung zum Ende (keine Zusage)', 'number', '€'],
      ['source', 'Quelle'],
      ['legalNote', 'Rechtsgrundlage und Hinweis'],
    ],
    budgets.map(({ name, directive, state, mostEur, sharePercent, months, grant, source, legalNote }) => ({
      ...{ name, directive, state: budgetStates.labels[state].de, mostEur, sharePercent, months, legalNote },
      ...{ grantedEur: grant?.grantedEur ?? null, firstDay: grant?.firstDay ?? null, lastDay: grant?.lastDay ?? null },
      ...{ eligibleEur: grant?.eligibleEur ?? null, chargedEur: grant?.chargedEur ?? null, restEur: grant?.restEur ?? null },
      ...{ forecastEur: grant?.forecastEur ?? null, source: source.citation },
    })),
  )
}
