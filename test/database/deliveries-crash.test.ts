import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { Delivery, DeliveryDetail } from '../../server/contract/deliveries.ts'
import { connect } from '../../server/database/connect.ts'
import { temporaryDirectory } from '../support/cluster.ts'
import { type DeliveryRow, deliveryRows, registerOfDelivery, writeDirtyDelivery } from '../support/dirty-delivery.ts'
import { freePort, type Product, startProduct } from '../support/product.ts'
import { type Client, signIn } from '../support/sign-in.ts'

const clean = deliveryRows.filter(({ dirt }) => dirt === undefined)
/** So many are decided on by a person. */
const parked = 10
/** Enough rows that each step takes longer than noticing it. */
const rows = Array.from({ length: 6_000 }, (_, index) => ({ ...(clean[index % clean.length] as DeliveryRow), id: `K-${index}` }))

async function deliver(client: Client, path: string, body: Buffer): Promise<unknown> {
  const response = await fetch(path, {
    method: 'POST',
    body: new Uint8Array(body),
    headers: {
      Origin: new URL(path).origin,
      'content-type': 'application/octet-stream',
      Cookie: [...client.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
    },
  })
  expect(response.ok, `${path}: ${response.status}`).toBe(true)
  return response.json()
}

async function until<Answer>(ask: () => Promise<Answer>, isSo: (answer: Answer) => boolean, everyMs = 25): Promise<Answer> {
  for (const giveUpAt = Date.now() + 60_000; Date.now() < giveUpAt; await sleep(everyMs)) {
    const answer = await ask()
    if (isSo(answer)) return answer
  }
  throw new Error(`It did not come so far: ${JSON.stringify(await ask()).slice(0, 300)}`)
}

test('killed while judging and while publishing, a delivery is taken up again: all of it or nothing', async () => {
  const dataDirectory = await temporaryDirectory()
  const port = await freePort()
  let product: Product = await startProduct(dataDirectory, port)
  const { origin } = product
  const { database, close } = connect({
    host: `${dataDirectory}/postgres-socket`,
    user: 'ausbauatlas',
    database: 'ausbauatlas',
  })
  try {
    const client = await signIn({ url: origin, context: { config: { publicBaseUrl: origin }, database } }, 'gigabitCoordinator')
    const detail = async (id: number) => (await (await client.get(`/api/deliveries/${id}`)).json()) as DeliveryDetail
    const status = async (id: number) => (await detail(id)).delivery.status
    const strike = async () => {
      await product.kill('SIGKILL')
      product = await startProduct(dataDirectory, port)
    }
    const countPremises = async () => Number((await database('premises').count({ count: '*' }))[0]?.count)
    const countParked = async () =>
      Number((await database('delivery_rows').where({ delivery_id: id, decision: 'parked' }).count({ count: '*' }))[0]?.count)

    await deliver(client, `${origin}/api/addresses/imports?name=gebref.txt`, Buffer.from(registerOfDelivery()))
    await until(
      async () => (await (await client.get('/api/addresses/register')).json()) as { addresses: number },
      ({ addresses }) => addresses > 0,
    )
    const file = join(dataDirectory, 'liste.xlsx')
    await writeDirtyDelivery(file, rows)
    const { id } = (await deliver(client, `${origin}/api/deliveries?name=liste.xlsx`, await readFile(file))) as Delivery
    const { guess } = await until(
      () => detail(id),
      ({ delivery }) => delivery.status === 'mapping',
    )
    const mapping = {
      ...guess?.mapping,
      senderName: 'EVL',
      trueOn: '2026-11-20',
      source: { citation: 'Lieferung von EVL', url: null },
      values: { state: { 'Kunde läuft': 'activated' } },
    }
    expect((await client.send('PUT', `/api/deliveries/${id}/mapping`, mapping)).status).toBe(200)
    expect(await status(id)).toBe('judging')
    await strike()
    const judged = await until(
      () => detail(id),
      ({ delivery }) => delivery.status === 'review',
    )
    expect(judged.delivery.counts).toMatchObject({ new: rows.length, doubtful: 0, refused: 0 })
    expect(await countPremises()).toBe(0)

    const page = (await (await client.get(`/api/deliveries/${id}/rows?limit=${parked}`)).json()) as { rows: { row: number }[] }
    const decision = { decision: 'parked', rows: page.rows.map(({ row }) => row) }
    expect((await client.send('POST', `/api/deliveries/${id}/decisions`, decision)).status).toBe(200)
    await strike()
    expect(await countParked()).toBe(parked)
    // Judged anew, and killed once rows of the new run are written: what a person decided holds in both runs.
    expect((await client.send('PUT', `/api/deliveries/${id}/mapping`, mapping)).status).toBe(200)
    await until(
      () => detail(id),
      ({ delivery }) => delivery.status === 'review' || (delivery.progress ?? 0) > 0.3,
      5,
    )
    await strike()
    expect(await countParked()).toBe(parked)
    await until(
      () => status(id),
      (now) => now === 'review',
    )
    expect(await countParked()).toBe(parked)

    const asked = client.send('POST', `/api/deliveries/${id}/publish`, { releaseFigures: false }).catch(() => null)
    await until(
      () => status(id).catch(() => 'away' as const),
      (now) => ['publishing', 'published'].includes(now),
      5,
    )
    await strike()
    await asked
    expect([0, rows.length - parked]).toContain(await countPremises())
    await until(
      () => status(id),
      (now) => now === 'published',
    )
    expect(await countPremises()).toBe(rows.length - parked)
    expect((await database('premises').countDistinct({ changes: 'change_id' }))[0]).toEqual({ changes: 1 })
  } finally {
    await close()
    await product.kill('SIGTERM')
    await rm(dataDirectory, { recursive: true, force: true })
  }
}, 180_000)
