import type { Content } from './form/values.ts'

/** Where two versions of a fact stand in one field. */
export interface MergeField {
  name: string
  mine: unknown
  theirs: unknown
  /** Both changed it, and differently: somebody has to choose. Otherwise `choice` follows from who changed it. */
  contested: boolean
  choice: 'mine' | 'theirs'
}

/** Values are JSON: equal when they are written alike, whatever the order of keys. */
export function same(a: unknown, b: unknown): boolean {
  return written(a) === written(b)
}

function written(value: unknown): string {
  return JSON.stringify(value ?? null, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}

/**
 * The fields in which two versions differ, compared with the one both started from: what only one side touched is taken
 * from there, what both touched is proposed as mine and marked as contested. Without a common start every difference is contested.
 */
export function mergeFields(names: readonly string[], base: Content | null, mine: Content, theirs: Content): MergeField[] {
  return names
    .filter((name) => !same(mine[name], theirs[name]))
    .map((name) => {
      const mineChanged = base === null || !same(base[name], mine[name])
      const theirsChanged = base === null || !same(base[name], theirs[name])
      return {
        name,
        mine: mine[name] ?? null,
        theirs: theirs[name] ?? null,
        contested: mineChanged && theirsChanged,
        choice: mineChanged ? 'mine' : 'theirs',
      }
    })
}

/** The merged content: theirs, with my value wherever mine was chosen. */
export function merged(theirs: Content, fields: readonly MergeField[]): Content {
  const chosen = fields.filter((field) => field.choice === 'mine').map((field) => [field.name, field.mine])
  return { ...theirs, ...Object.fromEntries(chosen) }
}
