import type { Warning } from '../contract/facts.ts'
import type { FieldError } from './problem.ts'

/** What a rule says of content: impossible (refused, names the field) or implausible (warned of by a stable rule id, never blocks). */
export type Remark = { refusal: FieldError } | { warning: Warning }

export function refuse(field: string, detail: string): Remark {
  return { refusal: { field, detail } }
}

export function warn(rule: string, field: string | null, text: string): Remark {
  return { warning: { rule, field, text } }
}

export function refusalsIn(remarks: readonly Remark[]): FieldError[] {
  return remarks.flatMap((remark) => ('refusal' in remark ? [remark.refusal] : []))
}

export function warningsIn(remarks: readonly Remark[]): Warning[] {
  return remarks.flatMap((remark) => ('warning' in remark ? [remark.warning] : []))
}
