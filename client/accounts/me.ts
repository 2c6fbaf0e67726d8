import { getMe, signOut } from '../../server/contract/accounts.ts'
import type { Role } from '../../server/contract/endpoint.ts'
import { ApiError, call } from '../api.ts'
import { resource } from '../ui/resource.tsx'

/** Who is signed in. The workbench asks at its start; every sign-in, sign-out and change of the own account asks anew. */
export const me = resource((_: null, signal) => call(getMe, { signal }))

export const refreshMe = () => me.ask(null)

export function hasRole(role: Role): boolean {
  return me.answer.value?.user?.roles.includes(role) ?? false
}

export async function signOutHere(): Promise<void> {
  await call(signOut, { body: {} })
  await refreshMe()
}

/** To be told of every refusal: when it says that nobody is signed in any more, the workbench asks for a new sign-in. */
export function noticeRefusal(error: unknown): void {
  if (error instanceof ApiError && error.problem.status === 401 && me.answer.peek()?.user) void refreshMe()
}
