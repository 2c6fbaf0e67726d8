import { figureRules } from './figures.ts'
import { premisesRules } from './premises.ts'
import { rolloutRules } from './rollout.ts'
import type { RuleQuery } from './rule.ts'

/** How every rule of contract/quality.ts is run. */
export const ruleQueries: readonly RuleQuery[] = [...figureRules, ...premisesRules, ...rolloutRules]

const byId = new Map<string, RuleQuery>(ruleQueries.map((rule) => [rule.id, rule]))

export function ruleQuery(id: string): RuleQuery {
  const rule = byId.get(id)
  if (!rule) throw new RangeError(`no rule ${id}`)
  return rule
}
