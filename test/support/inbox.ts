import { setTimeout as wait } from 'node:timers/promises'
import type { Delivery, DeliveryDetail, DeliveryRow, Mapping } from '../../server/contract/deliveries.ts'
import type { TestApp } from './app.ts'
import { body, read, type Staff } from './facts.ts'

/** The inbox of deliveries as the coordinator uses it, over HTTP. */
export function inbox(app: TestApp, coordinator: Staff) {
  const detail = (id: number) => read<DeliveryDetail>(coordinator, `/api/deliveries/${id}`)

  const upload = (path: string, bytes: Buffer) =>
    fetch(new URL(path, app.url), {
      method: 'POST',
      body: new Uint8Array(bytes),
      headers: {
        Origin: app.context.config.publicBaseUrl,
        'Content-Type': 'application/octet-stream',
        Cookie: [...coordinator.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      },
    })

  /** Takes in a register of addresses and waits for it. */
  const register = async (text: string) => {
    await body(await upload('/api/addresses/imports?name=gebref.txt', Buffer.from(text)))
    for (let turn = 0; turn < 200; turn += 1) {
      const { imports } = await read<{ imports: { status: string }[] }>(coordinator, '/api/addresses/register')
      if (imports[0]?.status === 'done') return
      await wait(50)
    }
    throw new Error('the register is still busy')
  }

  /** Waits until nothing is under way any more. */
  const settled = async (id: number): Promise<Delivery> => {
    for (let turn = 0; turn < 600; turn += 1) {
      const { delivery } = await detail(id)
      if (!['reading', 'judging', 'publishing'].includes(delivery.status)) return delivery
      await wait(50)
    }
    throw new Error('the delivery is still busy')
  }

  const deliver = async (name: string, bytes: Buffer): Promise<DeliveryDetail> => {
    const { id } = await body<Delivery>(await upload(`/api/deliveries?name=${encodeURIComponent(name)}`, bytes))
    await settled(id)
    return detail(id)
  }

  /** What is asked when nothing is guessed, with what was guessed and what is said here. */
  const mappingOf = ({ guess, tables }: DeliveryDetail, said: Partial<Mapping>) => ({
    ...{ table: tables[0]?.name, kind: 'premises', senderName: 'EVL', trueOn: '2026-03-31', crs: null, columns: {}, values: {} },
    ...{ defaults: {}, source: { citation: 'Lieferung', url: null }, isComplete: false },
    ...guess?.mapping,
    ...said,
  })

  const map = (delivered: DeliveryDetail, said: Partial<Mapping>) =>
    coordinator.send('PUT', `/api/deliveries/${delivered.delivery.id}/mapping`, mappingOf(delivered, said))

  const judge = async (delivered: DeliveryDetail, said: Partial<Mapping>): Promise<Delivery> => {
    const { id } = await body<Delivery>(await map(delivered, said))
    return settled(id)
  }

  const publish = async (id: number, releaseFigures = false): Promise<Delivery> => {
    await body(await coordinator.send('POST', `/api/deliveries/${id}/publish`, { releaseFigures }))
    return settled(id)
  }

  const rows = async (id: number, query = '') =>
    (await read<{ rows: DeliveryRow[] }>(coordinator, `/api/deliveries/${id}/rows?limit=500${query}`)).rows

  return { detail, upload, register, settled, deliver, map, judge, publish, rows }
}
