import * as z from 'zod/mini'
import { ImpreciseDate, IsoDate } from '../../server/contract/dates.ts'
import type { FactKind } from '../../server/contract/facts/fact.ts'
import { type FactKindName, factKinds } from '../../server/contract/facts/index.ts'

/** A statement as shipped: what a source said about a fact, for which day, and since when that has been known. */
export interface PublishedStatement {
  kind: FactKindName
  id: string
  /** Identity and values as the kind of fact declares them (camelCase). */
  content: Record<string, unknown>
  trueOn: ImpreciseDate
  /** Key of the source in sources.json. */
  source: string
  /** Day of publication; null for the product's own texts and drawings, which are known from the day they are loaded. */
  known: IsoDate | null
  /** The day of publication is not known; `known` follows from the event. */
  assumed: boolean
}

/** What all statements of an entry have in common stands at the entry, what differs at the statement. */
const Entries = z.array(
  z.looseObject({
    statements: z
      .array(
        z.looseObject({
          sources: z.array(z.string()).check(z.minLength(1)),
          trueOn: ImpreciseDate,
          known: z.optional(IsoDate),
          assumed: z.optional(z.boolean()),
        }),
      )
      .check(z.minLength(1)),
  }),
)

/**
 * The statements of one content file: one per source. `more` holds further values by id of the fact.
 * Throws naming the entry that does not fit its kind of fact.
 */
export function expand(kind: FactKindName, file: unknown, more = new Map<string, object>()): PublishedStatement[] {
  return Entries.parse(file).flatMap(({ statements, ...common }, index) =>
    statements.flatMap(({ sources, trueOn, known = null, assumed = false, ...own }) => {
      const statement = { kind, ...checked(kind, { ...common, ...own }, more, index), trueOn, known, assumed }
      if (assumed && known === null) throw new Error(`${statement.id}: a known time that is assumed must be named`)
      return sources.map((source) => ({ ...statement, source }))
    }),
  )
}

function checked(
  name: FactKindName,
  given: object,
  more: Map<string, object>,
  index: number,
): { id: string; content: Record<string, unknown> } {
  const kind: FactKind = factKinds[name] as never
  const identity = z.object(kind.identity.shape).safeParse(completed(kind.identity.shape, given))
  if (!identity.success) throw new Error(`entry ${index + 1}: ${JSON.stringify(identity.error.issues)}`)
  const id = kind.idOf(identity.data)
  const shape = { ...kind.identity.shape, ...kind.values.shape }
  // Strict, so that a misspelt name is an error and not a value that silently gets lost.
  const content = z.strictObject(shape).safeParse(completed(shape, { ...given, ...more.get(id) }))
  if (!content.success) throw new Error(`${id}: ${JSON.stringify(content.error.issues)}`)
  return { id, content: content.data }
}

/** What an entry leaves out was not said: null, or "no" where there are only yes and no. */
function completed(shape: Record<string, z.core.$ZodType>, given: object): object {
  const unsaid = Object.entries(shape).map(([name, schema]) => [name, z.safeParse(schema, null).success ? null : false])
  return { ...Object.fromEntries(unsaid), ...given }
}
