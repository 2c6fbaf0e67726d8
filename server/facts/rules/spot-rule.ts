import { spotKinds } from '../../contract/mobile/codes.ts'
import { certainDays } from '../../contract/validity.ts'
import { type Case, type Remark, type Rule, refuse, warn } from './remark.ts'
import { validityRemarks } from './validity.ts'

type SpotCase = Case<'spot_rule'>

function* isValid({ id, content, world }: SpotCase): Iterable<Remark> {
  const others = [...world.facts.spot_rule].filter(([other, { slug }]) => other !== id && slug === content.slug)
  yield* validityRemarks(
    content,
    others.map(([, rule]) => rule),
  )
}

/** Impossible: at least more than at most. */
function* rangeIsOne({ content: { fewestOperators, mostOperators } }: SpotCase): Iterable<Remark> {
  if (fewestOperators > mostOperators) yield refuse('mostOperators', 'Höchstens ist weniger als mindestens.')
}

/** Impossible: a place that is white and grey on the same day. */
function* kindsApart({ content, world }: SpotCase): Iterable<Remark> {
  const own = certainDays(content)
  for (const other of world.facts.spot_rule.values()) {
    const days = certainDays(other)
    if (other.slug === content.slug || !own || !days || own.last < days.first || days.last < own.first) continue
    if (other.fewestOperators > content.mostOperators || content.fewestOperators > other.mostOperators) continue
    yield refuse(
      'fewestOperators',
      `Dieselbe Zahl von Betreibern wäre zugleich ${spotKinds.labels[content.slug].de} und ${spotKinds.labels[other.slug].de}.`,
    )
    return
  }
}

/** Implausible: a white spot with a network. */
function* whiteIsEmpty({ content: { slug, mostOperators } }: SpotCase): Iterable<Remark> {
  if (slug === 'white' && mostOperators > 0)
    yield warn('white-with-operator', 'mostOperators', 'Ein weißer Fleck hat üblicherweise keinen Betreiber.')
}

export const spotRuleRules: readonly Rule<'spot_rule'>[] = [isValid, rangeIsOne, kindsApart, whiteIsEmpty]
