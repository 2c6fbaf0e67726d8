import { signal } from '@preact/signals'
import type { Problem } from '../../../server/contract/endpoint.ts'
import type { Attachment } from '../../../server/contract/mobile.ts'
import { addStatementFile, openStatement, type StatementSheet } from '../../../server/contract/statements.ts'
import { ApiError, addressOf, call } from '../../api.ts'
import { resource } from '../../ui/resource.tsx'

/** The secret part of the link; it stands behind # and is posted, so that it reaches no log. */
export const token = location.hash.slice(1)

/** What the link is about; null: it opens nothing. */
export const opened = resource(async (_question: null, aborted) => {
  try {
    return { sheets: await call(openStatement, { body: { token }, signal: aborted }) }
  } catch (error) {
    if (error instanceof ApiError && [410, 422].includes(error.problem.status)) return { sheets: null }
    throw error
  }
})

/** Sheets as they have become since the page was opened, by the number of their review. */
export const changed = signal<ReadonlyMap<number, StatementSheet>>(new Map())

/** Shows a sheet as the server has answered it. */
export function show(sheet: StatementSheet): void {
  changed.value = new Map([...changed.peek(), [sheet.reviewId, sheet]])
}

/** Sends a file for a statement; the token goes in a header. Throws `ApiError`. */
export async function sendFile(reviewId: number, file: File): Promise<Attachment> {
  const response = await fetch(addressOf(addStatementFile.path, {}, { reviewId, name: file.name }), {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream', authorization: `Bearer ${token}` },
    body: file,
  }).catch(() => {
    throw new ApiError({ type: 'about:blank', title: 'Unreachable', status: 0 })
  })
  if (!response.ok) throw new ApiError(await problemOf(response))
  return (await response.json()) as Attachment
}

async function problemOf(response: Response): Promise<Problem> {
  const said = (await response.json().catch(() => null)) as Problem | null
  return said ?? { type: 'about:blank', title: response.statusText, status: response.status }
}

/** Fetches a file by POST, so that no address opens it, and saves it. */
export async function saveFile(path: string, body: unknown, name: string): Promise<void> {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token, ...(body as object) }),
  })
  if (!response.ok) throw new ApiError(await problemOf(response))
  const address = URL.createObjectURL(await response.blob())
  const anchor = Object.assign(document.createElement('a'), { href: address, download: name })
  anchor.click()
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}
