import { earliest, formatDay, formatImpreciseDate, type ImpreciseDate, type IsoDate, isUpperBound, latest } from './dates.ts'

/**
 * From when to when a rule holds, both days included, in the precision known. `validFrom` null: as far back as is known;
 * "by 2026-11-21": since then at the latest, its beginning is not known. `validUntil` null: until it is ended; "by …": its end is not
 * known, but it no longer holds after that day.
 */
export interface Validity {
  validFrom: ImpreciseDate | null
  validUntil: ImpreciseDate | null
}

/** "ab 02.06.2021", "spätestens seit 21.11.2026", "Beginn nicht bekannt, bis 01.06.2021". */
export function validityWords({ validFrom, validUntil }: Validity): string {
  const from = validFrom === null ? 'Beginn nicht bekannt' : boundWords(validFrom, 'ab', 'spätestens seit')
  return validUntil === null ? from : `${from}, ${boundWords(validUntil, 'bis', 'längstens bis')}`
}

function boundWords(date: ImpreciseDate, sure: string, unsure: string): string {
  const named = formatImpreciseDate(isUpperBound(date) ? date.slice('by '.length) : date, 'de')
  return `${isUpperBound(date) ? unsure : sure} ${named}`
}

/** Whether a rule holds on a day; `maybe` where the precision of its dates leaves it open. */
export function holdsOn({ validFrom, validUntil }: Validity, day: IsoDate): 'yes' | 'maybe' | 'no' {
  if (validUntil !== null && day > latest(validUntil)) return 'no'
  if (!mayHaveBegun(validFrom, day)) return 'no'
  const hasBegun = validFrom === null || latest(validFrom) <= day
  const mayHaveEnded = validUntil !== null && (earliest(validUntil) ?? '') < day
  return hasBegun && !mayHaveEnded ? 'yes' : 'maybe'
}

function mayHaveBegun(validFrom: ImpreciseDate | null, day: IsoDate): boolean {
  return validFrom === null || (earliest(validFrom) ?? day) <= day
}

/** The days on which a rule holds for certain; null: on none for certain. */
export function certainDays({ validFrom, validUntil }: Validity): { first: IsoDate; last: IsoDate } | null {
  const first = validFrom === null ? '0000-01-01' : latest(validFrom)
  const last = validUntil === null ? '9999-12-31' : earliest(validUntil)
  return last !== null && first <= last ? { first, last } : null
}

/** The rule for a day. `doubt` (German) is null where it is certain; otherwise it says what is not known. */
export interface Choice<R> {
  /** null: none is recorded for that day. */
  rule: R | null
  /** Others that may hold on that day instead. */
  others: readonly R[]
  doubt: string | null
}

/**
 * The one of several periods of the same rule that holds on a day. Where no period holds for certain, the one that has begun for
 * certain (the latest of them) is chosen, else the one that begins first, and the doubt is named.
 */
export function chooseRule<R extends Validity>(rules: readonly R[], day: IsoDate): Choice<R> {
  const possible = rules
    .filter((rule) => holdsOn(rule, day) !== 'no')
    .toSorted((a, b) => rankOn(b, day).localeCompare(rankOn(a, day)))
  const [rule = null] = possible
  if (rule === null) return { rule, others: [], doubt: `Für den ${formatDay(day, 'de')} ist keine Regel erfasst.` }
  const isCertain = holdsOn(rule, day) === 'yes'
  const others = isCertain ? possible.slice(1).filter((other) => holdsOn(other, day) === 'yes') : possible.slice(1)
  return { rule, others, doubt: isCertain && others.length === 0 ? null : doubtOf(rule, others, day) }
}

/** Sorts the certain before the begun before the possible; among the begun the latest, among the possible the earliest first. */
function rankOn(rule: Validity, day: IsoDate): string {
  const start = rule.validFrom === null ? '0000-01-01' : latest(rule.validFrom)
  if (start > day) return `0 ${String(99_999_999 - Number(start.replaceAll('-', ''))).padStart(8, '0')}`
  return `${holdsOn(rule, day) === 'yes' ? 2 : 1} ${start}`
}

function doubtOf(rule: Validity, others: readonly Validity[], day: IsoDate): string {
  const on = `Am ${formatDay(day, 'de')}`
  if (others.length === 0) return `${on} ist nicht sicher, ob die Regel galt (${validityWords(rule)}).`
  const named = others.map((other) => `„${validityWords(other)}“`).join(' oder ')
  return `${on} kann statt der Regel „${validityWords(rule)}“ auch die Regel ${named} gegolten haben: Der Wechsel ist nicht auf den Tag bekannt.`
}
