import { setTimeout as wait } from 'node:timers/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadDemo } from '../../data/demo/load.ts'
import type { Delivery, DeliveryDetail, DeliveryRow } from '../../server/contract/deliveries.ts'
import { testApp } from '../support/app.ts'
import { body, read, refused, staff } from '../support/facts.ts'
import { client } from '../support/sign-in.ts'

const app = await testApp()
const { database } = app.context
const coordinator = await staff(app, 'gigabitCoordinator')

async function download(path: string): Promise<Buffer> {
  const response = await coordinator.get(path)
  expect(response.status).toBe(200)
  return Buffer.from(await response.arrayBuffer())
}

const detail = (id: number) => read<DeliveryDetail>(coordinator, `/api/deliveries/${id}`)

async function settled(id: number): Promise<Delivery> {
  for (let turn = 0; turn < 1200; turn += 1) {
    const { delivery } = await detail(id)
    if (!['reading', 'judging'].includes(delivery.status)) return delivery
    await wait(50)
  }
  throw new Error('the delivery is still busy')
}

async function deliver(name: string, bytes: Buffer): Promise<Delivery> {
  const response = await fetch(new URL(`/api/deliveries?name=${name}`, app.url), {
    method: 'POST',
    body: new Uint8Array(bytes),
    headers: {
      Origin: app.context.config.publicBaseUrl,
      'Content-Type': 'application/zip',
      Cookie: [...coordinator.cookies].map(([cookie, value]) => `${cookie}=${value}`).join('; '),
    },
  })
  const { id } = await body<Delivery>(response)
  return settled(id)
}

beforeAll(async () => {
  await loadDemo(database)
})

describe('what is exported', () => {
  it.each([
    ['premises', 'xlsx'],
    ['premises', 'csv'],
    ['premises', 'csv-excel'],
    ['premises', 'geojson'],
    ['route', 'gpkg'],
    ['duct', 'xlsx'],
    ['cable', 'csv-excel'],
    ['structure', 'geojson'],
  ])('%s as %s is a delivery that changes nothing', async (kind, format) => {
    const filter = kind === 'premises' ? '&districtId=opladen,hitdorf' : ''
    const received = await deliver(`${kind}.zip`, await download(`/api/exports/${kind}?format=${format}${filter}`))
    expect(received.status, received.problem ?? '').toBe('mapping')
    const { guess, tables } = await detail(received.id)
    expect(guess?.mapping.kind).toBe(kind)
    const mapping = {
      ...{ senderName: 'Eigener Export', trueOn: '2023-04-12', source: { citation: 'Eigener Export', url: null } },
      ...{ table: tables[0]?.name, crs: null, values: {}, defaults: {}, isComplete: false },
      ...guess?.mapping,
    }
    await body(await coordinator.send('PUT', `/api/deliveries/${received.id}/mapping`, mapping))
    const judged = await settled(received.id)
    const { rows: different } = await read<{ rows: DeliveryRow[] }>(
      coordinator,
      `/api/deliveries/${received.id}/rows?limit=5&decision=accepted`,
    )
    const wrong = await read<{ rows: DeliveryRow[] }>(
      coordinator,
      `/api/deliveries/${received.id}/rows?limit=3&decision=declined`,
    )
    const said = JSON.stringify([...wrong.rows, ...different.filter(({ judgement }) => judgement !== 'unchanged')].slice(0, 2))
    expect(judged.counts, said).toMatchObject({ new: 0, changed: 0, doubtful: 0, refused: 0, removed: 0 })
    expect(judged.counts?.unchanged).toBeGreaterThan(20)
  })

  it('is the same bytes at the same clocks, says that it is invented, and is for staff only', async () => {
    const path = '/api/exports/structure?format=csv&asOf=2022-04-15&knownAt=2023-01-01T00:00:00Z'
    const [first, second] = [await download(path), await download(path)]
    expect(first.equals(second)).toBe(true)
    const bundle = (await download('/api/exports/structure?format=csv')).toString('latin1')
    expect(bundle).toContain('README.txt')
    await refused(await client(app).get(path), 401)
    await refused(await coordinator.get('/api/exports/structure?format=docx'), 400)
    await refused(await coordinator.get('/api/exports/unicorn?format=csv'), 400)
  })
})
