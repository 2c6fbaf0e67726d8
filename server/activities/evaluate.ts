import { activityKinds, expenseKinds, fundingTasks, workRoles } from '../contract/activities/codes.ts'
import {
  type ActivityEntry,
  type Evaluation,
  type ExpenseEntry,
  type MoneySum,
  type WorkGroup,
  type WorkSum,
  workGroups,
} from '../contract/activities.ts'
import { formatImpreciseDate } from '../contract/dates.ts'
import type { Text } from '../contract/text.ts'
import { euro } from './budget.ts'

type Label = (key: string, entries: readonly ActivityEntry[]) => string
const month: Label = (key) => formatImpreciseDate(key, 'de')
const coded =
  (labels: Readonly<Record<string, Text>>): Label =>
  (key) =>
    labels[key]?.de ?? key

/** How work is grouped, what a group is called, and in what order groups come (left out: by what they are called). */
const groups: Readonly<Record<WorkGroup, { key: (entry: ActivityEntry) => string; label: Label; order?: readonly string[] }>> = {
  task: { key: ({ content }) => content.task, label: coded(fundingTasks.labels), order: fundingTasks.keys },
  month: { key: ({ content }) => content.day.slice(0, 7), label: month },
  kind: { key: ({ content }) => content.kind, label: coded(activityKinds.labels), order: activityKinds.keys },
  role: { key: ({ content }) => content.role, label: coded(workRoles.labels), order: workRoles.keys },
  request: {
    key: ({ content }) => content.requestId ?? '',
    label: (key, [first]) => (key === '' ? 'ohne Vorgang' : (first?.requestName ?? key)),
  },
  person: { key: ({ person }) => person, label: (key) => key },
}

/** Sums of a period. Tasks appear also where nothing was done for them: that is what the proof is asked about. */
export function evaluate(activities: readonly ActivityEntry[], expenses: readonly ExpenseEntry[]): Evaluation {
  const work = Object.fromEntries(workGroups.keys.map((group) => [group, sumWork(group, activities)]))
  const total = sumMoney(expenses)
  return {
    minutes: activities.reduce((sum, { content }) => sum + content.minutes, 0),
    work: work as Record<WorkGroup, WorkSum[]>,
    money: {
      kind: moneyGroups(expenses, ({ content }) => content.kind, coded(expenseKinds.labels), expenseKinds.keys),
      month: moneyGroups(expenses, ({ content }) => content.dated.slice(0, 7), month),
    },
    ...total,
  }
}

function sumWork(group: WorkGroup, activities: readonly ActivityEntry[]): WorkSum[] {
  const { key, label, order } = groups[group]
  const found = Map.groupBy(activities, key)
  const keys = group === 'task' ? [...fundingTasks.keys] : sorted([...found.keys()], order)
  return keys.map((one) => {
    const entries = found.get(one) ?? []
    const minutes = entries.reduce((sum, { content }) => sum + content.minutes, 0)
    return { key: one, label: label(one, entries), minutes, entries: entries.length }
  })
}

function sorted(keys: string[], order: readonly string[] | undefined): string[] {
  return order ? keys.toSorted((a, b) => order.indexOf(a) - order.indexOf(b)) : keys.toSorted()
}

function moneyGroups(
  expenses: readonly ExpenseEntry[],
  key: (entry: ExpenseEntry) => string,
  label: Label,
  order?: readonly string[],
): MoneySum[] {
  const found = Map.groupBy(expenses, key)
  return sorted([...found.keys()], order).map((one) => {
    const entries = found.get(one) ?? []
    return { key: one, label: label(one, []), ...sumMoney(entries), entries: entries.length }
  })
}

function sumMoney(expenses: readonly ExpenseEntry[]): { eligibleEur: number; otherEur: number } {
  const sum = (eligible: boolean) =>
    euro(expenses.filter(({ content }) => content.eligible === eligible).reduce((all, { content }) => all + content.amountEur, 0))
  return { eligibleEur: sum(true), otherEur: sum(false) }
}
