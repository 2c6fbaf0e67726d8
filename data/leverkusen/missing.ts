import type { PublishedStatement } from './statements.ts'

/** What the database holds about a statement of the files. */
export interface Said {
  /** The city has recorded statements about the same fact. */
  isRecorded: boolean
  /** Statements of the same fact, day and source, by the time they became known. */
  versions: {
    /** Known when the statement of the files was published, or before. */
    isEarly: boolean | null
    /** Recorded by the city; otherwise loaded from the files. */
    isRecorded: boolean
    isSame: boolean
  }[]
}

/** From when on a missing statement is to be known: its day of publication, or the moment of loading. */
export type Since = 'published' | 'now'

/**
 * What has to be written so that the database holds a statement of the files. `published`: nothing about it was known then.
 * `now`: the files have been corrected since they were loaded. What the city recorded stays: its own version of a published
 * statement, and whatever it says about a fact on which the product ships only a text or drawing of its own.
 */
export function missing({ known }: PublishedStatement, said: Said): Since[] {
  const last = said.versions.at(-1)
  const isCorrected = last !== undefined && !last.isRecorded && !last.isSame
  if (known === null) return said.isRecorded || (last && !isCorrected) ? [] : ['now']
  const isUnheard = !said.versions.some(({ isEarly }) => isEarly)
  return [...(isUnheard ? (['published'] as const) : []), ...(isCorrected ? (['now'] as const) : [])]
}
