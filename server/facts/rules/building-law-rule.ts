import { isSameMast } from '../../contract/facts/building-law-rule.ts'
import { type Case, type Remark, type Rule, warn } from './remark.ts'
import { validityRemarks } from './validity.ts'

type BuildingLawCase = Case<'building_law_rule'>

/** No mast known here is exempt and higher. */
const usualHeightM = 50

function* isValid({ id, content, world }: BuildingLawCase): Iterable<Remark> {
  const others = [...world.facts.building_law_rule].filter(([other]) => other !== id).map(([, rule]) => rule)
  const successors = others.filter((rule) => isSameMast(rule, content))
  yield* validityRemarks(
    content,
    successors.filter(({ mastKind }) => mastKind === content.mastKind),
    successors,
  )
}

/** Implausible: no height at all, or one at which no mast goes without a permit. */
function* heightPlausible({ content: { maxHeightM } }: BuildingLawCase): Iterable<Remark> {
  if (maxHeightM === 0) yield warn('height-zero', 'maxHeightM', 'Bei 0 m ist kein Mast verfahrensfrei.')
  if (maxHeightM !== null && maxHeightM > usualHeightM)
    yield warn('height-unusual', 'maxHeightM', `Verfahrensfrei über ${usualHeightM} m: Ist das richtig?`)
}

/** Implausible: a rule of law that does not say where it stands. */
function* restsOnSomething({ content: { legalNote } }: BuildingLawCase): Iterable<Remark> {
  if (legalNote === null) yield warn('no-legal-note', 'legalNote', 'Die Rechtsgrundlage fehlt.')
}

export const buildingLawRuleRules: readonly Rule<'building_law_rule'>[] = [isValid, heightPlausible, restsOnSomething]
