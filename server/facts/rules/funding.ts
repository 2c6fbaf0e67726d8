import { formatNumber } from '../../contract/numbers.ts'
import { changedByHalf } from './common.ts'
import { type Case, type Remark, type Rule, refuse, warn } from './remark.ts'

type FundingCase = Case<'funding'>

/** Impossible: less than a cent. */
function* amountInCents({ content: { amountEur } }: FundingCase): Iterable<Remark> {
  if (Math.round(amountEur * 100) / 100 !== amountEur) yield refuse('amountEur', 'Betrag: höchstens zwei Nachkommastellen.')
}

/** Impossible: a share of itself, or of money of another programme. */
function* shareOfSomethingElse({ id, content, world }: FundingCase): Iterable<Remark> {
  const seen = new Set([id])
  let whole = content.partOf
  while (whole !== null) {
    if (seen.has(whole)) {
      yield refuse('partOf', 'Mittel können kein Teil ihrer selbst sein.')
      return
    }
    seen.add(whole)
    whole = world.facts.funding.get(whole)?.partOf ?? null
  }
  const parent = content.partOf === null ? undefined : world.facts.funding.get(content.partOf)
  if (parent && parent.programmeId !== content.programmeId) {
    yield refuse('partOf', 'Mittel können nur Teil von Mitteln desselben Programms sein.')
  }
}

/** Implausible: the shares together are more than their whole. */
function* sharesWithinWhole({ id, content, world }: FundingCase): Iterable<Remark> {
  const wholeId = content.partOf ?? id
  const whole = world.facts.funding.get(wholeId)
  const shares = [...world.facts.funding.values()].filter(({ partOf }) => partOf === wholeId)
  const sum = shares.reduce((total, { amountEur }) => total + amountEur, 0)
  if (!whole || sum <= whole.amountEur) return
  yield warn(
    'shares-exceed-whole',
    'amountEur',
    `Die Teile zusammen (${formatNumber(sum, 'de')} €) übersteigen das Ganze (${formatNumber(whole.amountEur, 'de')} €).`,
  )
}

/** Implausible: an amount that changes by more than half. */
function* notChangedByHalf({ content, before }: FundingCase): Iterable<Remark> {
  if (!before || !changedByHalf(before.content, content, 'amountEur')) return
  yield warn(
    'amount-changed-by-half',
    'amountEur',
    `Der Betrag ändert sich um mehr als die Hälfte (bisher ${formatNumber(before.content.amountEur, 'de')} €).`,
  )
}

export const fundingRules: readonly Rule<'funding'>[] = [amountInCents, shareOfSomethingElse, sharesWithinWhole, notChangedByHalf]
