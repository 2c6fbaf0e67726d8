import { signal } from '@preact/signals'
import type * as z from 'zod/mini'
import { getMail, getMailState, listMails, type Mail, type MailDetail, type MailGroup } from '../../server/contract/mail.ts'
import { type Resource, resource } from '../ui/resource.tsx'
import { announce } from '../ui/toast.tsx'
import { addressWith, place } from '../workbench/place.ts'
import { ask } from '../workbench/staff.ts'

type Page = z.output<(typeof listMails)['response']>

/** Mails of each group, as far as they have been asked for. */
export const lists: Readonly<Record<MailGroup, Resource<{ known?: readonly Mail[] }, Page>>> = {
  decision: listOf('decision'),
  waiting: listOf('waiting'),
  done: listOf('done'),
}

function listOf(group: MailGroup): Resource<{ known?: readonly Mail[] }, Page> {
  return resource(async ({ known = [] }) => {
    const after = known.at(-1)?.id
    const { mails, next } = await ask(listMails, { query: { group, ...(after && { after }) } })
    return { mails: [...known, ...mails], next }
  })
}

export const state = resource(async () => ask(getMailState))

/** The mail that is shown whole: the one the address names. */
export const opened = resource(async (id: number) => ask(getMail, { params: { id } }))

export function openedId(): number | null {
  const given = Number(place.value.query.get('mail'))
  return Number.isSafeInteger(given) && given > 0 ? given : null
}

/** Address of this page with one mail shown whole, or none. */
export function openAddress(id: number | null): string {
  return addressWith({ mail: id === null ? null : String(id) }, place.value)
}

/** The state and the first page of every list, anew. */
export async function readAgain(): Promise<void> {
  await Promise.all([state.ask(null), ...Object.values(lists).map((list) => list.ask({}))])
}

/** Asks how sending stands, and for the lists only when something has happened. */
export async function lookAgain(): Promise<void> {
  const before = JSON.stringify(state.answer.peek())
  await state.again()
  if (JSON.stringify(state.answer.peek()) === before) return
  await Promise.all(Object.values(lists).map((list) => list.ask({})))
  if (opened.answer.peek()) await opened.again()
}

/** Mails something is just being decided about: their buttons wait. */
export const busy = signal<ReadonlySet<number>>(new Set())

/** Does what a person has decided, says it, and shows what became of it. Throws the refusal of the server. */
export async function decide(id: number, request: () => Promise<MailDetail>, done: string): Promise<void> {
  busy.value = new Set([...busy.peek(), id])
  try {
    await request()
    announce(done)
  } finally {
    await readAgain()
    if (opened.answer.peek()?.id === id) await opened.ask(id)
    busy.value = new Set([...busy.peek()].filter((one) => one !== id))
  }
}
