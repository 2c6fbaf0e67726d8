import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type * as z from 'zod/mini'
import type { Feedback, sendFeedback } from '../../server/contract/portal.ts'
import { portalApp } from '../support/portal.ts'
import { client, signIn } from '../support/sign-in.ts'

const app = await portalApp()
const path = '/api/portal/feedback'
const text = 'Die Karte lässt sich mit der Tastatur nicht verschieben.'
const message: z.input<(typeof sendFeedback)['body']> = {
  topic: 'accessibility',
  message: text,
  page: '/stadtteil/opladen',
  contact: null,
}
const stored = () => app.context.database('feedback').select('*').orderBy('id')

test('a message is kept with nothing about its writer', async () => {
  const response = await client(app).send('POST', path, { ...message, contact: ' ada@example.org ' })
  expect([response.status, await response.json()]).toEqual([200, { received: true }])
  expect(await stored()).toEqual([
    {
      id: expect.any(Number),
      received_at: expect.any(String),
      topic: 'accessibility',
      message: text,
      page: '/stadtteil/opladen',
      contact: 'ada@example.org',
      handled_at: null,
      handled_by: null,
    },
  ])
})

test('a robot that fills in the trap is thanked and nothing is kept', async () => {
  const before = await stored()
  const response = await client(app).send('POST', path, { ...message, website: 'https://spam.example' })
  expect([response.status, await response.json()]).toEqual([200, { received: true }])
  expect(await stored()).toEqual(before)
})

test.each([
  ['message', { ...message, message: ' zu kurz ' }],
  ['message', { ...message, message: 'x'.repeat(5001) }],
  ['topic', { ...message, topic: 'werbung' }],
  ['contact', { ...message, contact: 'x'.repeat(201) }],
  ['page', { topic: 'other', message: text, contact: null }],
  ['absender', { ...message, absender: 'x' }],
])('a message with an impossible %s is refused with 422', async (field, body) => {
  const before = await stored()
  const response = await client(app).send('POST', path, body)
  expect(response.status).toBe(422)
  expect(await response.json()).toMatchObject({ errors: [{ field }] })
  expect(await stored()).toEqual(before)
})

test('a body over the limit is a 413, broken JSON and a NUL a 400, another origin a 403', async () => {
  const send = (body: string, origin = app.context.config.publicBaseUrl) =>
    fetch(app.url + path, {
      method: 'POST',
      body,
      headers: { 'Content-Type': 'application/json', Origin: origin, 'X-Forwarded-For': randomUUID() },
    })
  expect((await send(JSON.stringify({ ...message, message: 'x'.repeat(30_000) }))).status).toBe(413)
  expect((await send('{"topic":')).status).toBe(400)
  expect((await send(JSON.stringify({ ...message, message: `${text}\0` }))).status).toBe(400)
  expect((await send(JSON.stringify(message), 'https://anderswo.example')).status).toBe(403)
})

test('the sixth message of one address within ten minutes waits', async () => {
  const eager = client(app)
  const statuses = []
  for (let count = 0; count < 5; count += 1) statuses.push((await eager.send('POST', path, message)).status)
  expect(statuses).toEqual([200, 200, 200, 200, 200])
  const refused = await eager.send('POST', path, message)
  expect([refused.status, refused.headers.get('Retry-After')]).toEqual([429, '600'])
  expect(refused.headers.get('Content-Type')).toMatch('application/problem+json')
  expect((await client(app).send('POST', path, message)).status).toBe(200)
})

test('staff read messages newest first, mark them as handled and delete them for good', async () => {
  const coordinator = await signIn(app, 'gigabitCoordinator')
  await client(app).send('POST', path, { ...message, topic: 'content' })
  const list = async (): Promise<z.infer<typeof Feedback>[]> => (await (await coordinator.get('/api/feedback')).json()).feedback
  const [newest, ...rest] = await list()
  expect(newest).toMatchObject({ topic: 'content', handledAt: null, handledBy: null })
  expect(rest.every(({ id }) => id < (newest?.id ?? 0))).toBe(true)

  const handled = await (await coordinator.send('POST', `/api/feedback/${newest?.id}/handled`)).json()
  expect(handled).toMatchObject({ id: newest?.id, handledBy: coordinator.name, handledAt: expect.stringMatching(/Z$/) })
  const other = await signIn(app, 'admin')
  expect(await (await other.send('POST', `/api/feedback/${newest?.id}/handled`)).json()).toEqual(handled)

  expect(await (await coordinator.send('DELETE', `/api/feedback/${newest?.id}`)).json()).toEqual({ id: newest?.id })
  expect((await list()).map(({ id }) => id)).toEqual(rest.map(({ id }) => id))
  for (const method of ['POST', 'DELETE']) {
    const missing = await coordinator.send(method, `/api/feedback/${newest?.id}${method === 'POST' ? '/handled' : ''}`)
    expect(missing.status, method).toBe(404)
  }
})

test.each([
  ['GET', '/api/feedback'],
  ['POST', '/api/feedback/1/handled'],
  ['DELETE', '/api/feedback/1'],
])('%s %s is for coordinator and admin only', async (method, address) => {
  expect((await client(app).send(method, address)).status).toBe(401)
  expect((await (await signIn(app, 'viewer', 'mobileCoordinator')).send(method, address)).status).toBe(403)
})
