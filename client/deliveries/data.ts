import { ApiError, addressOf } from '../api.ts'
import { user } from '../facts/data.ts'
import { addressWith } from '../facts/place.ts'
import { ask } from '../facts/staff.ts'
import { resource } from '../ui/resource.tsx'
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
} from './contract.ts'
import { postFile, uploadFiles } from './upload.ts'

export const pagePath = '/arbeitsplatz/lieferungen'

export const deliveries = resource(async (_question: null, signal) => ask(listDeliveries, { signal }))

export const opened = resource(async (id: number, signal) => ask(getDelivery, { params: { id }, signal }))

interface RowQuestion {
  id: number
  judgement: Judgement | null
  known?: readonly DeliveryRow[]
}

const pageSize = 100

/** Rows of one judgement, as far as they have been asked for. */
export const rows = resource(async ({ id, judgement, known = [] }: RowQuestion, signal) => {
  const after = known.at(-1)?.row
  const query = { limit: pageSize, ...(judgement && { judgement }), ...(after !== undefined && { after }) }
  const page = await ask(listRows, { params: { id }, query, signal })
  return { ...page, rows: [...known, ...page.rows] }
})

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

/** Takes files in, one after the other; when the session has ended, after signing in again. */
export function takeIn(files: readonly File[], onArrived: (delivery: Delivery) => void): Promise<void> {
  return uploadFiles<Delivery>(files, { send, onArrived })
}

async function send(file: File, options: Parameters<typeof postFile>[2]): Promise<Delivery> {
  try {
    return (await postFile(addressOf(receiveDelivery.path, {}, { name: file.name }), file, options)) as Delivery
  } catch (error) {
    if (!(error instanceof ApiError) || error.problem.status !== 401) throw error
    // Asks for the sign-in where that is done, and goes on once it has happened.
    await ask(listDeliveries)
    return send(file, options)
  }
}

/** Reads anew what is shown of a delivery after something has been done to it. */
export async function readAgain(): Promise<void> {
  await Promise.all([opened.again(), rows.again(), difference.again()])
}
