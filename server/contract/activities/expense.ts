import * as z from 'zod/mini'
import { ImpreciseDate } from '../dates.ts'
import { factKind, Paragraph } from '../facts/fact.ts'
import { expenseKinds } from './codes.ts'

/** `2026-03` (staff cost comes by the month) or `2026-03-14`. */
export const MonthOrDay = ImpreciseDate.check(z.regex(/^\d{4}-\d{2}(-\d{2})?$/, 'Erwartet wird ein Tag oder ein Monat.'))

/** Money spent on the funded post. Internal. */
export const expense = factKind({
  kind: 'expense',
  table: 'expenses',
  label: { de: 'Ausgabe', en: 'Expense' },
  roles: ['mobileCoordinator', 'gigabitCoordinator'],
  identity: z.object({}),
  values: z.object({
    dated: MonthOrDay,
    kind: expenseKinds.schema,
    amountEur: z.number().check(z.maximum(10_000_000)),
    eligible: z.boolean(),
    note: z.nullable(Paragraph),
    voucherId: z.nullable(z.int().check(z.positive())),
  }),
  fields: {
    dated: { label: { de: 'Tag oder Monat', en: 'Day or month' }, input: 'impreciseDate' },
    kind: { label: { de: 'Art', en: 'Kind' }, input: 'code', codes: expenseKinds.labels },
    amountEur: { label: { de: 'Betrag', en: 'Amount' }, input: 'number', unit: 'EUR' },
    eligible: { label: { de: 'zuwendungsfähig', en: 'eligible' }, input: 'boolean' },
    note: { label: { de: 'Bemerkung', en: 'Note' }, input: 'longText' },
    voucherId: { label: { de: 'Beleg', en: 'Voucher' }, input: 'hidden' },
  },
  idOf: () => '',
})
export type Expense = z.infer<typeof expense.values>
