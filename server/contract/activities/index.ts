import { activity } from './activity.ts'
import { expense } from './expense.ts'

/** What the log of the funded post keeps. */
export const logKinds = { activity, expense } as const

export type LogKindName = keyof typeof logKinds
