import type { ObjectWarning } from '../contract/objects.ts'
import type { FieldError } from '../http/problem.ts'
import type { Remark } from '../http/remark.ts'

export { type Remark, refuse, warn } from '../http/remark.ts'

/** The remarks about an object. */
export interface Judged {
  id: string
  remarks: readonly Remark[]
}

const mostExamples = 5

/** Each warning once, with how many objects it concerns. */
export function warningsOf(judged: readonly Judged[]): ObjectWarning[] {
  const warnings = new Map<string, ObjectWarning>()
  for (const { id, remarks } of judged)
    for (const remark of remarks) {
      if (!('warning' in remark)) continue
      const { rule, field, text } = remark.warning
      const known = warnings.get(`${rule} ${field}`) ?? { rule, field, text, count: 0, examples: [] }
      warnings.set(`${rule} ${field}`, {
        ...known,
        count: known.count + 1,
        examples: known.examples.length < mostExamples ? [...known.examples, id] : known.examples,
      })
    }
  return [...warnings.values()]
}

const mostRefusals = 20

/** Each refusal once, fields named `<prefix>.<field>` (those of the basis as they are), with how many objects it concerns. */
export function refusalsOf(judged: readonly Judged[], prefix: string): FieldError[] {
  const refusals = new Map<string, { error: FieldError; ids: string[] }>()
  for (const { id, remarks } of judged)
    for (const remark of remarks) {
      if (!('refusal' in remark)) continue
      const { field, detail } = remark.refusal
      const known = refusals.get(`${field} ${detail}`)
      if (known) known.ids.push(id)
      else
        refusals.set(`${field} ${detail}`, {
          error: { field: field === 'trueOn' ? field : `${prefix}.${field}`, detail },
          ids: [id],
        })
    }
  return [...refusals.values()].slice(0, mostRefusals).map(({ error, ids }) => ({
    ...error,
    detail: judged.length > 1 ? `${error.detail} (${ids.length} von ${judged.length} Objekten, z. B. ${ids[0]})` : error.detail,
  }))
}
