import type { FactOf, World } from '../world.ts'
import { type Case, type Remark, type Rule, warn } from './remark.ts'
import { validityRemarks } from './validity.ts'

type DeadlineCase = Case<'deadline_rule'>

const daysOf = { days: 1, weeks: 7, working_days: 7 / 5 } as const
const longestDays = 366

function periodsOf({ id, content, world }: { id: string; content: FactOf<'deadline_rule'>; world: World }) {
  return [...world.facts.deadline_rule].filter(([other, { slug }]) => other !== id && slug === content.slug).map(([, one]) => one)
}

function* isValid(one: DeadlineCase): Iterable<Remark> {
  yield* validityRemarks(one.content, periodsOf(one))
}

/** Implausible: a deadline of a day, or of more than a year. */
function* lengthPlausible({ content: { amount, unit } }: DeadlineCase): Iterable<Remark> {
  const days = amount * daysOf[unit]
  if (days < 2) yield warn('deadline-short', 'amount', 'Die Frist ist kürzer als zwei Tage.')
  if (days > longestDays) yield warn('deadline-long', 'amount', 'Die Frist ist länger als ein Jahr.')
}

/** Implausible: the light would be yellow from the first day on. */
function* warnsLater({ content: { amount, unit, warningDays } }: DeadlineCase): Iterable<Remark> {
  if (warningDays * daysOf.working_days >= amount * daysOf[unit])
    yield warn('warning-always', 'warningDays', 'Die Warnung beginnt schon mit der Frist: Die Ampel wäre nie grün.')
}

/** Implausible: the same deadline under another name than before or beside it. */
function* nameStays(one: DeadlineCase): Iterable<Remark> {
  const other = periodsOf(one).find(({ name }) => name !== one.content.name)
  if (other) yield warn('deadline-renamed', 'name', `Eine andere Fassung dieser Frist heißt „${other.name}“.`)
}

export const deadlineRuleRules: readonly Rule<'deadline_rule'>[] = [isValid, lengthPlausible, warnsLater, nameStays]
