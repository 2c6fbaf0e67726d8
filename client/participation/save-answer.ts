import { ApiError } from '../api.ts'
import { afterSigningIn } from '../workbench/staff.ts'

/** Asks for a file by POST and saves it. Throws `ApiError`. */
export function saveAnswer(address: string, body: unknown, name: string): Promise<void> {
  return afterSigningIn(async () => {
    const response = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!response.ok) throw new ApiError(await response.json())
    const url = URL.createObjectURL(await response.blob())
    Object.assign(document.createElement('a'), { href: url, download: name }).click()
    setTimeout(() => URL.revokeObjectURL(url), 10_000)
  })
}
