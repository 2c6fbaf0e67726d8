import { signal } from '@preact/signals'
import type * as z from 'zod/mini'
import type { Endpoint } from '../../server/contract/endpoint.ts'
import { ApiError, call } from '../api.ts'

type Input<E extends Endpoint> = Parameters<typeof call<E['params'], E['query'], E['body'], E['response']>>[1]

/** The session has ended while somebody was working: the sign-in dialog is open, and requests wait for it. */
export const isSignedOut = signal(false)

let waiting: ((signedIn: boolean) => void)[] = []

/** Told by the sign-in dialog: true repeats what was refused, false reports the refusal to whoever asked. */
export function settleSignIn(signedIn: boolean): void {
  const those = waiting
  waiting = []
  isSignedOut.value = false
  for (const settle of those) settle(signedIn)
}

function signInAgain(): Promise<boolean> {
  return new Promise((resolve) => {
    waiting.push(resolve)
    isSignedOut.value = true
  })
}

/** Does a request; when the session has ended, people sign in again in a dialog and it is repeated. */
export async function afterSigningIn<Answer>(request: () => Promise<Answer>): Promise<Answer> {
  try {
    return await request()
  } catch (error) {
    if (!(error instanceof ApiError) || error.problem.status !== 401) throw error
    if (!(await signInAgain())) throw error
    return afterSigningIn(request)
  }
}

/** Asks the server like `call`, and again after signing in when the session has ended. */
export function ask<E extends Endpoint>(endpoint: E, input?: Input<E>): Promise<z.output<E['response']>> {
  return afterSigningIn(() => call(endpoint, input) as Promise<z.output<E['response']>>)
}
