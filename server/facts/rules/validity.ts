import { earliest, formatImpreciseDate, type ImpreciseDate, isUpperBound, latest } from '../../contract/dates.ts'
import { certainDays, type Validity, validityWords } from '../../contract/validity.ts'
import { addDays } from '../../contract/working-days.ts'
import { endNotBeforeStart } from './dates.ts'
import { type Remark, refuse, warn } from './remark.ts'

interface Rule extends Validity {
  legalNote: string | null
}

/**
 * Rules of everything that holds from a day to a day. `others`: the other periods of the same rule; `successors`: what may take its
 * place when it ends.
 */
export function* validityRemarks(rule: Rule, others: readonly Validity[], successors = others): Iterable<Remark> {
  yield* endNotBeforeStart(rule.validFrom, rule.validUntil, 'validUntil')
  yield* periodsApart(rule, others)
  yield* noGapAfter(rule, successors)
  yield* doubtIsExplained(rule)
}

/** Impossible: two periods of the same rule that hold on the same day. */
function* periodsApart(rule: Rule, others: readonly Validity[]): Iterable<Remark> {
  const own = certainDays(rule)
  for (const other of others) {
    const days = certainDays(other)
    if (!own || !days || own.last < days.first || days.last < own.first) continue
    yield refuse(
      days.first <= own.first ? 'validFrom' : 'validUntil',
      `Überschneidet sich mit der Fassung „${validityWords(other)}“. Beenden Sie die ältere zuerst, oder im selben Zug.`,
    )
    return
  }
}

/** Implausible: the rule ends and none follows. */
function* noGapAfter({ validUntil }: Rule, others: readonly Validity[]): Iterable<Remark> {
  if (validUntil === null) return
  const next = addDays(latest(validUntil), 1)
  const isFollowed = others.some((other) => mayHoldFrom(other.validFrom, next) && mayHoldUntil(other.validUntil, next))
  if (isFollowed) return
  const end = formatImpreciseDate(isUpperBound(validUntil) ? validUntil.slice('by '.length) : validUntil, 'de')
  yield warn('validity-gap', 'validUntil', `Nach dem Ende (${end}) gilt keine Fassung mehr: Eine neue ist nicht erfasst.`)
}

const mayHoldFrom = (from: ImpreciseDate | null, day: string) => from === null || (earliest(from) ?? day) <= day
const mayHoldUntil = (until: ImpreciseDate | null, day: string) => until === null || latest(until) >= day

/** Implausible: dates that leave something open, and no word about it. */
function* doubtIsExplained({ validFrom, validUntil, legalNote }: Rule): Iterable<Remark> {
  const isOpen = validFrom === null || [validFrom, validUntil].some((date) => date !== null && isUpperBound(date))
  if (isOpen && legalNote === null) {
    yield warn(
      'validity-unexplained',
      'legalNote',
      'Beginn oder Ende sind nicht genau bekannt: Bitte sagen Sie im Hinweis, was man weiß.',
    )
  }
}
