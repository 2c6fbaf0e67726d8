import { signal } from '@preact/signals'
import type { LogKindName } from '../../server/contract/activities/index.ts'
import {
  activityWriters,
  addEntry,
  addVoucher,
  changeEntry,
  exportActivities,
  getActivityLog,
  undoEntry,
  type Voucher,
  type WrittenEntry,
} from '../../server/contract/activities.ts'
import type { Endpoint } from '../../server/contract/endpoint.ts'
import { listSiteRequests } from '../../server/contract/mobile.ts'
import { addressOf } from '../api.ts'
import { resource } from '../ui/resource.tsx'
import { user } from '../workbench/data.ts'
import { postFile } from '../workbench/post-file.ts'
import { ask } from '../workbench/staff.ts'
import type { Content, LogQuestion } from './typed.ts'

/** What was done and spent in the period that is shown. */
export const log = resource((query: LogQuestion, signal) => ask(getActivityLog, { query, signal }))

/** What was done for the case whose page is open. */
export const caseLog = resource((requestId: string, signal) => ask(getActivityLog, { query: { requestId }, signal }))

/** Cases an activity can belong to. */
export const cases = resource((_question: null, signal) => ask(listSiteRequests, { query: {}, signal }))

export function mayWrite(): boolean {
  return activityWriters.some((role) => user.value?.roles.includes(role))
}

/** What was written last on this page: to be undone for ten minutes. */
export const lastWritten = signal<{ kind: LogKindName; entry: WrittenEntry; until: number } | null>(null)

const undoMs = 10 * 60_000

function told(kind: LogKindName, entry: WrittenEntry): WrittenEntry {
  lastWritten.value = { kind, entry, until: Date.now() + undoMs }
  return entry
}

/** Records something new, or corrects the entry `base`. Throws `ApiError`. */
export async function saveEntry(
  kind: LogKindName,
  content: Content,
  base: { id: string; version: number } | null,
): Promise<WrittenEntry> {
  const entry = base
    ? await ask(changeEntry, { params: { kind, id: base.id }, body: { version: base.version, set: content } })
    : await ask(addEntry, { params: { kind }, body: { content } })
  told(kind, entry)
  await log.again()
  return entry
}

export async function undoLast(): Promise<void> {
  const last = lastWritten.peek()
  if (!last) return
  const { id, version } = last.entry
  told(last.kind, await ask(undoEntry, { params: { kind: last.kind, id }, body: { version } }))
  await log.again()
}

/** Keeps the file of a voucher. Throws `ApiError`. */
export async function uploadVoucher(file: File): Promise<Voucher> {
  return (await postFile(addressOf((addVoucher as Endpoint).path, {}, { name: file.name }), file)) as Voucher
}

export function exportAddress(question: LogQuestion): string {
  return addressOf(exportActivities.path, {}, question)
}
