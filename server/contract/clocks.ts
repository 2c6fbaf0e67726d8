import * as z from 'zod/mini'

/**
 * The two clocks, accepted on every read.
 * `asOf`: the day the answer holds for (ISO date, first day of the timeline to today). Default: the day of `knownAt`.
 * `knownAt`: what was known at that moment (ISO timestamp; a bare date means the end of that day in Germany). Default: now.
 */
export const Clocks = {
  asOf: z.optional(z.string().check(z.meta({ format: 'date', description: 'Tag, für den die Antwort gilt; Vorgabe: heute' }))),
  knownAt: z.optional(
    z
      .string()
      .check(
        z.meta({ description: 'Kenntnisstand: Zeitpunkt (ISO 8601) oder Tag (dessen Ende in Deutschland); Vorgabe: jetzt' }),
      ),
  ),
}
export const ClockQuery = z.strictObject(Clocks)

/** The clocks as resolved by the server, repeated in every answer. */
export const ResolvedClocks = z.object({
  asOf: z.string(),
  /** ISO timestamp; null means "everything known today". */
  knownAt: z.nullable(z.string()),
  revision: z.int(),
})
export type ResolvedClocks = z.infer<typeof ResolvedClocks>
