import {
  type Delivery,
  type DeliveryRow,
  getDelivery,
  getDifference,
  type Judgement,
  listDeliveries,
  listRows,
  previewDelivery,
  receiveDelivery,
} from '../../server/contract/deliveries.ts'
import { addressOf } from '../api.ts'
import { resource } from '../ui/resource.tsx'
import { user } from '../workbench/data.ts'
import { addressWith } from '../workbench/place.ts'
import { postFile } from '../workbench/post-file.ts'
import { ask } from '../workbench/staff.ts'
import { uploadFiles } from './upload.ts'

export const pagePath = '/arbeitsplatz/lieferungen'

export const deliveries = resource(async (_question: null, signal) => ask(listDeliveries, { signal }))

export const opened = resource(async (id: number, signal) => ask(getDelivery, { params: { id }, signal }))

/** Which rows are shown, and how many of them at least. */
export interface RowQuestion {
  id: number
  judgement: Judgement
  reason: string | null
  count: number
}

export const pageSize = 100
const largestPage = 500

/** Rows of one judgement, as far as they have been asked for. */
export const rows = resource(async ({ id, judgement, reason, count }: RowQuestion, signal) => {
  const found: DeliveryRow[] = []
  for (;;) {
    const after = found.at(-1)?.row
    const limit = Math.min(count - found.length, largestPage)
    const query = { judgement, limit, ...(reason && { reason }), ...(after !== undefined && { after }) }
    const page = await ask(listRows, { params: { id }, query, signal })
    found.push(...page.rows)
    if (page.next === null || found.length >= count) return { ...page, rows: found }
  }
})

/** The first doubtful row after the given one that nobody has decided on, round to the first of all; null: none is left. */
export async function findNextDoubt(id: number, after: number | null): Promise<number | null> {
  const first = async (from: number | null) => {
    const query = { judgement: 'doubtful' as const, decision: 'open' as const, limit: 1, ...(from !== null && { after: from }) }
    return (await ask(listRows, { params: { id }, query })).rows[0]?.row ?? null
  }
  return (await first(after)) ?? (after === null ? null : first(null))
}

export const difference = resource(async (id: number, signal) => ask(getDifference, { params: { id }, signal }))

export const effect = resource(async (id: number, signal) => ask(previewDelivery, { params: { id }, signal }))

export function deliveryAddress(id: number): string {
  return `${pagePath}?lieferung=${id}`
}

export function rowAddress(row: number | null): string {
  return addressWith({ zeile: row === null ? null : String(row) })
}

/** Whether the signed-in account may take in, decide and publish. */
export function mayWrite(): boolean {
  return user.value?.roles.includes('gigabitCoordinator') ?? false
}

/** Takes files in, one after the other. */
export function takeIn(files: readonly File[], onArrived: (delivery: Delivery) => void): Promise<void> {
  return uploadFiles<Delivery>(files, {
    send: async (file, options) =>
      (await postFile(addressOf(receiveDelivery.path, {}, { name: file.name }), file, options)) as Delivery,
    onArrived,
  })
}

/** Reads anew what is shown of a delivery after something has been done to it. */
export async function readAgain(): Promise<void> {
  await Promise.all([opened.again(), rows.again(), difference.again()])
}
