import type { QualityRuleId } from '../../contract/quality.ts'

/** Values of a finding as its query gave them. */
export type Details = Readonly<Record<string, string | number | null>>

/**
 * How a rule is run. `checked`: SQL that counts what there is to check. `found`: SQL that selects subject_kind, subject_id, district_id,
 * programme_id and details (jsonb). Both know `today` (date) as :today; known is everything recorded by now. `sentence`: German.
 */
export interface RuleQuery {
  id: QualityRuleId
  checked: string
  found: string
  sentence: (details: Details) => string
}

/** Everything as of today and now. */
export const now = ':today::date, clock_timestamp()'

const number = new Intl.NumberFormat('de-DE', { maximumFractionDigits: 0 })

export function count(value: string | number | null | undefined): string {
  return number.format(Number(value))
}

/** Metres as km with one decimal. */
export function kilometres(value: string | number | null | undefined): string {
  return `${new Intl.NumberFormat('de-DE', { maximumFractionDigits: 1 }).format(Number(value) / 1000)} km`
}
