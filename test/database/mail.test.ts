import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import type { Mail, MailDetail, MailState } from '../../server/contract/mail.ts'
import { keepAttachment } from '../../server/database/attachments.ts'
import { locks } from '../../server/database/locks.ts'
import { createLink, findLink } from '../../server/mail/links.ts'
import { type NewMail, queueMail } from '../../server/mail/outbox.ts'
import { send } from '../../server/mail/send.ts'
import { testApp } from '../support/app.ts'
import { body, read } from '../support/facts.ts'
import { signIn } from '../support/sign-in.ts'
import { startSmtp, type TestSmtp } from '../support/smtp.ts'

const authSecret = 'only for these tests, and long enough'
const publicBaseUrl = 'https://ausbau.example'

function smtpOf({ port }: TestSmtp) {
  const account = { host: '127.0.0.1', port, isSecure: false, user: 'atlas', password: 'geheim' }
  return {
    ...account,
    from: 'Mobilfunk Leverkusen <mobilfunk@stadt.example>',
    encryption: 'if_offered' as const,
    retrySeconds: 0.3,
  }
}

const smtp = await startSmtp()
afterAll(() => smtp.stop())
const app = await testApp({ authSecret, publicBaseUrl, smtp: smtpOf(smtp) })
const { database } = app.context
const coordinator = await signIn(app, 'mobileCoordinator')

let count = 0
function queue(to: string, more: Partial<NewMail> = {}): Promise<number> {
  count += 1
  const mail = { key: `mail-${count}`, to, subject: `Mail ${count}`, text: 'Guten Tag', about: 'q:demo', ...more }
  return database.transaction((trx) => queueMail(trx, mail))
}

const detail = (id: number, by = coordinator) => read<MailDetail>(by, `/api/mails/${id}`)
const state = () => read<MailState>(coordinator, '/api/mails/state')
const act = (id: number, what: string, sent: unknown = undefined, by = coordinator) =>
  by.send('POST', `/api/mails/${id}/${what}`, sent)

async function until(id: number, status: Mail['status'], by = coordinator): Promise<MailDetail> {
  for (let turn = 0; turn < 600; turn += 1) {
    const mail = await detail(id, by)
    if (mail.status === status) return mail
    await sleep(20)
  }
  throw new Error(`It did not become ${status}: ${JSON.stringify(await detail(id, by))}`)
}

/** Mails to this address that the server has taken. */
const takenFor = (address: string) => smtp.received.filter(({ recipient }) => recipient === address)

test('a queued mail leaves at once, once, with its link and its file; afterwards the link is shown to nobody', async () => {
  const expiresAt = new Date(Date.now() + 3_600_000).toISOString()
  const id = await database.transaction(async (trx) => {
    const link = await createLink(trx, authSecret, { purpose: 'statement', subject: 'q:demo', recipient: 'fb-63', expiresAt })
    const file = {
      name: 'Plan Bürrig.pdf',
      mediaType: 'application/pdf',
      sha256: 'a'.repeat(64),
      content: Buffer.from('%PDF-1.7 plan'),
    }
    const attachmentIds = [await keepAttachment(trx, file, coordinator)]
    const text = 'Guten Tag,\n\nbitte nehmen Sie Stellung: {{link}}\n\nMit freundlichen Grüßen'
    const mail = {
      key: 'first',
      to: 'fb63@stadt.example',
      subject: 'Stellungnahme:\n Bürrig 🗼',
      text,
      about: 'q:demo',
      linkId: link.id,
      attachmentIds,
    }
    const first = await queueMail(trx, mail)
    expect(await queueMail(trx, { ...mail, text: 'Noch einmal {{link}}' })).toBe(first)
    return first
  })
  const [mail] = await smtp.waitFor(1)
  expect(mail).toMatchObject({ recipient: 'fb63@stadt.example', subject: 'Stellungnahme: Bürrig 🗼' })
  expect(mail?.from).toMatchObject({ name: 'Mobilfunk Leverkusen', address: 'mobilfunk@stadt.example' })
  expect(mail?.messageId).toMatch(/^<[\da-f-]{36}@stadt\.example>$/)
  expect(mail?.headers.find(({ key }) => key === 'auto-submitted')?.value).toBe('auto-generated')
  expect(mail?.attachments[0]).toMatchObject({ filename: 'Plan Bürrig.pdf', mimeType: 'application/pdf' })
  const token = /https:\/\/ausbau\.example\/stellungnahme#(\S+)/.exec(mail?.text ?? '')?.[1] ?? ''
  expect(await findLink(database, authSecret, 'statement', token)).toMatchObject({ recipient: 'fb-63' })

  const sent = await until(id, 'sent')
  expect(sent).toMatchObject({ attempts: 1, isCopyable: false, attachments: [{ name: 'Plan Bürrig.pdf' }], nextAttemptAt: null })
  expect(sent.events.map((event) => event.act)).toEqual(['sent'])
  expect(sent.text).toContain('[Hier steht der Link.')
  expect(JSON.stringify(sent)).not.toContain(token.slice(-43))
  for (const what of ['sending', 'arrival', 'copied'])
    expect((await act(id, what, what === 'sending' ? {} : undefined)).status, what).toBe(409)
  expect(smtp.received).toHaveLength(1)
})

test('a mail whose transaction fails never leaves, and a broken one is refused where it is queued', async () => {
  const before = smtp.received.length
  const failing = database.transaction(async (trx) => {
    await queueMail(trx, { key: 'undone', to: 'a@b.example', subject: 'S', text: 'T', about: 'q' })
    throw new Error('undone')
  })
  await expect(failing).rejects.toThrow('undone')
  for (const to of ['keine Adresse', 'a@b.example, c@d.example', 'a@b.example\nBcc: c@d.example'])
    await expect(queue(to)).rejects.toThrow(/check/)
  await expect(queue('a@b.example', { text: 'Ohne Adresse: {{link}}' })).rejects.toThrow(/check/)
  await sleep(100)
  expect(smtp.received).toHaveLength(before)
  expect(await database('mails').where('key', 'undone')).toEqual([])
})

test('a server that is away loses nothing: it is tried again with pauses, and when it is back each mail comes once', async () => {
  await smtp.stop()
  const ids = [await queue('down-1@stadt.example'), await queue('down-2@stadt.example'), await queue('down-3@stadt.example')]
  await sleep(700)
  const away = await detail(ids[0] as number)
  expect(away).toMatchObject({ status: 'waiting', isCopyable: true })
  expect(away.answer).toMatch(/nimmt keine Verbindung an/)
  expect(await state()).toMatchObject({
    heldUntil: expect.any(String),
    lastFailure: { answer: away.answer },
    counts: { decision: 0, waiting: 3 },
  })
  await smtp.start()
  // What waits leaves by itself; this one asks at once.
  expect((await act(ids[2] as number, 'sending', {})).status).toBe(200)
  for (const id of ids) await until(id, 'sent')
  for (const number of [1, 2, 3]) expect(takenFor(`down-${number}@stadt.example`)).toHaveLength(1)
  expect(await state()).toMatchObject({ heldUntil: null, counts: { waiting: 0 } })
})

test('refused for now is tried again, refused for good waits for a person, who corrects the address', async () => {
  smtp.behave({ recipient: [450, 'Bitte später'] })
  const later = await queue('later@stadt.example')
  while ((await detail(later)).attempts < 2) await sleep(20)
  expect((await detail(later)).answer).toMatch(/450 Bitte später/)
  smtp.behave({ recipient: [550, 'Kein solches Postfach'] })
  const wrong = await queue('worng@stadt.example')
  const failed = await until(wrong, 'failed')
  expect(failed.answer).toMatch(/550 Kein solches Postfach/)
  expect((await read<{ mails: Mail[] }>(coordinator, '/api/mails?group=decision')).mails.map(({ id }) => id)).toContain(wrong)
  // The first one meets the same refusal now; sending it again is a decision.
  await until(later, 'failed')
  smtp.behave({})
  expect((await act(later, 'sending', {})).status).toBe(200)
  const bad = await act(wrong, 'sending', { to: 'nobody' })
  expect(bad.status).toBe(422)
  expect((await bad.json()).errors).toMatchObject([{ field: 'to' }])
  expect((await act(wrong, 'sending', { to: 'right@stadt.example' })).status).toBe(200)
  const sent = await until(wrong, 'sent')
  expect(sent.events.map((event) => [event.act, event.detail])).toMatchObject([
    ['sent', expect.anything()],
    ['corrected', 'Bisher: worng@stadt.example'],
    ['refused', expect.anything()],
  ])
  await until(later, 'sent')
  expect(
    [takenFor('worng@stadt.example'), takenFor('right@stadt.example'), takenFor('later@stadt.example')].map(
      (mails) => mails.length,
    ),
  ).toEqual([0, 1, 1])
  await expect(database('mail_events').where('mail_id', wrong).delete()).rejects.toThrow(/append-only/)
  await expect(database('mails').where('id', wrong).update({ body: 'Anders' })).rejects.toThrow(/never reworded/)
})

test('a connection lost after the content was handed over leaves the mail uncertain until a person decides', async () => {
  smtp.behave({ afterContent: 'drop' })
  const [arrived, again] = [await queue('drop-1@stadt.example'), await queue('drop-2@stadt.example')]
  expect(await until(arrived, 'uncertain')).toMatchObject({ isCopyable: false, attempts: 1 })
  await until(again, 'uncertain')
  smtp.behave({})
  await sleep(500)
  expect([takenFor('drop-1@stadt.example').length, takenFor('drop-2@stadt.example').length]).toEqual([1, 1])
  expect((await act(arrived, 'arrival')).status).toBe(200)
  expect((await act(arrived, 'arrival')).status).toBe(409)
  expect((await act(again, 'sending', { to: 'else@stadt.example' })).status).toBe(409)
  expect((await act(again, 'sending', {})).status).toBe(200)
  await until(again, 'sent')
  expect((await detail(arrived)).events.map((event) => [event.act, event.actorName])).toEqual([
    ['arrived', coordinator.name],
    ['lost', 'Ausbauatlas'],
  ])
  const [first, second] = takenFor('drop-2@stadt.example')
  // By this a mail program sees that both are one.
  expect(second?.messageId).toBe(first?.messageId)
})

test('a wrong password holds all mails and says why', async () => {
  smtp.behave({ password: 'anders' })
  const id = await queue('password@stadt.example')
  while ((await detail(id)).attempts < 1 || (await detail(id)).status !== 'waiting') await sleep(20)
  expect((await detail(id)).answer).toMatch(/weist die Anmeldung ab/)
  smtp.behave({})
  await until(id, 'sent')
})

test('nothing leaves unencrypted unless that is allowed, nor to a server whose certificate nobody vouches for', async () => {
  const mail = { messageId: 'a@b', to: 'a@b.example', subject: 'S', text: 'T', attachments: [] }
  const tls = await startSmtp({ tls: true })
  const { signal } = new AbortController()
  const required = { ...smtpOf(smtp), encryption: 'required' as const }
  for (const settings of [required, smtpOf(tls), { ...smtpOf(smtp), isSecure: true }]) {
    const { kind, answer } = await send(settings, mail, signal)
    expect(kind).toBe('unreachable')
    expect(answer).toMatch(/verschlüsselte Verbindung/)
  }
  expect(tls.received).toEqual([])
  expect(takenFor('a@b.example')).toEqual([])
  await tls.stop()
})

test('without a mail server mails wait to be copied, with their link, and a person says so', async () => {
  const silent = await testApp({ authSecret, publicBaseUrl })
  const clerk = await signIn(silent, 'gigabitCoordinator')
  const elsewhere = silent.context.database
  const id = await elsewhere.transaction(async (trx) => {
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString()
    const link = await createLink(trx, authSecret, { purpose: 'statement', subject: 'q:1', recipient: 'fb-61', expiresAt })
    return queueMail(trx, {
      key: 'k',
      to: 'fb61@stadt.example',
      subject: 'S',
      text: 'Hier: {{link}}',
      about: 'q:1',
      linkId: link.id,
    })
  })
  const open = await detail(id, clerk)
  expect(open).toMatchObject({ status: 'waiting', isCopyable: true })
  const token = /#(\S+)$/.exec(open.text)?.[1] ?? ''
  expect(await findLink(elsewhere, authSecret, 'statement', token)).not.toBeNull()
  expect(await read<MailState>(clerk, '/api/mails/state')).toMatchObject({
    server: null,
    counts: { decision: 1, waiting: 0, done: 0 },
  })
  expect((await clerk.send('POST', '/api/mails/test', { to: 'a@b.example' })).status).toBe(409)
  expect((await body<MailDetail>(await act(id, 'copied', undefined, clerk))).status).toBe('copied')
  expect((await detail(id, clerk)).text).not.toContain(token)
  expect((await act(id, 'copied', undefined, clerk)).status).toBe(409)
  expect((await clerk.get('/api/mails/4711')).status).toBe(404)
})

test('the lists go on by key: done mails newest first, the others oldest first, also for one case', async () => {
  const page = (query: string) => read<{ mails: Mail[]; next: number | null }>(coordinator, `/api/mails?${query}`)
  const all = (await page('group=done')).mails.map(({ id }) => id)
  expect(all).toEqual(all.toSorted((a, b) => b - a))
  const walked: number[] = []
  for (let after: number | null = 0; after !== null; ) {
    const { mails, next }: { mails: Mail[]; next: number | null } = await page(
      `group=done&limit=3${after ? `&after=${after}` : ''}`,
    )
    walked.push(...mails.map(({ id }) => id))
    after = next
  }
  expect(walked).toEqual(all)
  expect((await page('group=done&about=q:other')).mails).toEqual([])
  expect((await coordinator.get('/api/mails?group=alle')).status).toBe(400)
})

test('a test mail goes to whoever asks for it', async () => {
  const { id } = await body<MailDetail>(await coordinator.send('POST', '/api/mails/test', { to: 'me@stadt.example' }))
  await until(id, 'sent')
  expect(takenFor('me@stadt.example')[0]?.text).toContain(coordinator.name)
})

test('of two processes on one database one sends, and when it goes the other takes over', async () => {
  const other = await testApp({ authSecret, publicBaseUrl, smtp: smtpOf(smtp) }, app)
  const before = smtp.received.length
  const ids = await Promise.all(Array.from({ length: 20 }, (_, index) => queue(`both-${index}@stadt.example`)))
  for (const id of ids) await until(id, 'sent')
  const recipients = smtp.received.slice(before).map(({ recipient }) => recipient)
  expect(recipients.toSorted()).toEqual(ids.map((_, index) => `both-${index}@stadt.example`).toSorted())
  const { rows } = await database.raw<{ rows: [{ holders: number }] }>(
    `select count(*) as holders from pg_locks l join pg_database d on d.oid = l.database
     where l.locktype = 'advisory' and l.objid = ${locks.senders} and d.datname = current_database()`,
  )
  expect(rows[0].holders).toBe(1)

  await app.close()
  await other.context.database.transaction((trx) =>
    queueMail(trx, { key: 'after', to: 'after@stadt.example', subject: 'S', text: 'T', about: 'q:demo' }),
  )
  await smtp.waitFor(before + 21)
  expect(takenFor('after@stadt.example')).toHaveLength(1)
})
