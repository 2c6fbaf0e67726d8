import { quantities, unitOf } from '../../contract/codes.ts'
import { amount } from '../words.ts'
import { changedByHalf } from './common.ts'
import { isWhole } from './figure.ts'
import { type Case, type Remark, type Rule, refuse, warn } from './remark.ts'

type TargetCase = Case<'target'>

/** Impossible: half a connection, a fraction of a metre. */
function* valueIsWhole({ content: { quantity, value } }: TargetCase): Iterable<Remark> {
  if (!isWhole(value, quantity)) yield refuse('value', `${quantities.labels[quantity].de}: nur ganze Zahlen.`)
}

/** Impossible: some districts only, and yet the target of the whole programme (which has no identifier). */
function* partHasIdentifier({ content: { scope, districtIds } }: TargetCase): Iterable<Remark> {
  if (scope === null && districtIds !== null) {
    yield refuse('districtIds', 'Ein Ziel für einzelne Stadtteile braucht eine Kennung des Teilziels.')
  }
}

/** Implausible: a partial target that does not say for which districts. */
function* partNamesDistricts({ content: { scope, districtIds } }: TargetCase): Iterable<Remark> {
  if (scope !== null && districtIds === null)
    yield warn('part-without-districts', 'districtIds', 'Das Teilziel nennt keine Stadtteile.')
}

/** Implausible: targets are of what is built, not of statistics. */
function* quantityIsBuilt({ content: { quantity } }: TargetCase): Iterable<Remark> {
  if (['m', 'connections'].includes(unitOf(quantity))) return
  yield warn(
    'target-of-statistic',
    'quantity',
    `${quantities.labels[quantity].de} ist eine Angabe der Statistik, kein Ausbauziel.`,
  )
}

/** Implausible: a target that changes by more than half. */
function* notChangedByHalf({ content, before }: TargetCase): Iterable<Remark> {
  if (!before || !changedByHalf(before.content, content, 'value')) return
  yield warn(
    'target-changed-by-half',
    'value',
    `Das Ziel ändert sich um mehr als die Hälfte (bisher ${amount(before.content.value, content.quantity)}).`,
  )
}

/** Implausible: the target is less than what is already reported. */
function* notBelowFigures({ content, world }: TargetCase): Iterable<Remark> {
  if (content.districtIds !== null) return
  const reported = [...world.facts.figure.values()]
    .filter(({ programmeId, quantity, fundingClass }) => {
      return programmeId === content.programmeId && quantity === content.quantity && (fundingClass ?? 'funded') === 'funded'
    })
    .map(({ value }) => value)
  const highest = Math.max(...reported)
  if (highest > content.value) {
    yield warn('target-below-figure', 'value', `Gemeldet sind schon ${amount(highest, content.quantity)}: mehr als das Ziel.`)
  }
}

/** Implausible: a part that is greater than the whole. */
function* partsWithinWhole({ content, world }: TargetCase): Iterable<Remark> {
  const related = [...world.facts.target.values()].filter(
    ({ programmeId, quantity }) => programmeId === content.programmeId && quantity === content.quantity,
  )
  const whole = related.find(({ scope }) => scope === null)
  const part = content.scope === null ? related.filter(({ scope }) => scope !== null) : [content]
  if (whole && part.some(({ value }) => value > whole.value)) {
    yield warn(
      'part-exceeds-whole',
      'value',
      `Ein Teilziel übersteigt das Ziel des ganzen Programms (${amount(whole.value, whole.quantity)}).`,
    )
  }
}

export const targetRules: readonly Rule<'target'>[] = [
  valueIsWhole,
  partHasIdentifier,
  partNamesDistricts,
  quantityIsBuilt,
  notChangedByHalf,
  notBelowFigures,
  partsWithinWhole,
]
