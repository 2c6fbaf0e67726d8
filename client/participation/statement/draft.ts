import * as z from 'zod/mini'
import { opinions } from '../../../server/contract/mobile/codes.ts'

/** What is typed and not given yet. */
const Draft = z.object({ opinion: z.optional(opinions.schema), conditions: z.string(), remark: z.string(), givenBy: z.string() })
export type Draft = z.infer<typeof Draft>

const keyOf = (reviewId: number) => `ausbauatlas.stellungnahme.${reviewId}`

/** What was typed before a reload; else nothing. */
export function keptDraft(reviewId: number): Draft {
  const nothing = { conditions: '', remark: '', givenBy: '' }
  try {
    return z.parse(Draft, JSON.parse(sessionStorage.getItem(keyOf(reviewId)) ?? ''))
  } catch {
    return nothing
  }
}

export function keepDraft(reviewId: number, draft: Draft): void {
  sessionStorage.setItem(keyOf(reviewId), JSON.stringify(draft))
}

export function dropDraft(reviewId: number): void {
  sessionStorage.removeItem(keyOf(reviewId))
}
