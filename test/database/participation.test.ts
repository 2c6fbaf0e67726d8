import { describe, expect, it } from 'vitest'
import { endpoints } from '../../server/contract/index.ts'
import type { Review } from '../../server/contract/participation.ts'
import type { StatementSheet } from '../../server/contract/statements.ts'
import { logTo } from '../../server/http/log.ts'
import { createLink } from '../../server/mail/links.ts'
import { insertReview, statementLink } from '../../server/participation/writing.ts'
import { testApp } from '../support/app.ts'
import { body, read, refused } from '../support/facts.ts'
import { daysFromNow, participationDesk } from '../support/participation.ts'
import { client } from '../support/sign-in.ts'

const app = await testApp()
const { requestId, candidateId, coordinator, database, desk, secret, ...desks } = await participationDesk(app)
const { ask, asking, act, answer, mails, open, post, say, token, view } = desks

describe('asking', () => {
  it('writes one mail with a link to each department and its deputy, and the case waits for them', async () => {
    const reviews = await ask(['fb-63', 'fb-61'])
    expect(reviews.map(({ departmentCode, status, light }) => [departmentCode, status, light])).toEqual([
      ['FB 63', 'asked', 'green'],
      ['FB 61', 'asked', 'green'],
    ])
    const sent = await mails('ask:%')
    await database('mails').where({ recipient: 'planung@stadt.test' }).update({ status: 'failed', answer: '550 unbekannt' })
    expect((await view()).reviews.map(({ undelivered }) => undelivered)).toEqual([[], ['planung@stadt.test']])
    expect(sent.map(({ recipient }) => recipient)).toEqual([
      'bauaufsicht@stadt.test',
      'vertretung@stadt.test',
      'planung@stadt.test',
    ])
    expect(new Set(sent.map(({ linkId }) => linkId)).size).toBe(3)
    expect(sent[0]?.body).toMatch(/02-17\/2026.*Bestehen Bedenken\?.*\{\{link\}\}.*bleibt die Anfrage offen/s)
    expect(sent[2]?.body).toContain('gilt Ihr Fachbereich als einverstanden')
    expect(JSON.stringify(sent)).not.toMatch(/geheim/i)
    const request = await desk.request(requestId)
    expect([request.status, request.waiting?.for]).toEqual(['participation_open', 'departments'])
  })

  it('refuses what cannot be asked, names the field and writes nothing', async () => {
    const before = (await view()).reviews.length
    const detailOf = async (...input: Parameters<typeof asking>) => (await refused(await asking(...input), 422)).errors?.[0]
    expect(await detailOf(['fb-02'])).toMatchObject({
      field: 'departments.0.departmentId',
      detail: expect.stringMatching(/FB 02 hat keine E-Mail-Adresse.*Fachbereiche/),
    })
    expect(await detailOf(['fb-99'])).toMatchObject({ field: 'departments.0.departmentId' })
    expect(await detailOf(['fb-02'], { via: 'other', dueOn: daysFromNow(0) })).toMatchObject({ field: 'dueOn' })
    expect(await detailOf(['fb-02'], { via: 'other', attachmentIds: [4711] })).toMatchObject({ field: 'attachmentIds' })
    expect(await detailOf(['fb-02'], { via: 'other', candidateId: 'k:nirgends' })).toMatchObject({ field: 'candidateId' })
    expect((await refused(await asking(['fb-63']), 409)).detail).toMatch(/FB 63 ist dazu schon gefragt/)
    await refused(await asking(['fb-02'], {}, 'q:gibt-es-nicht'), 404)
    expect((await view()).reviews).toHaveLength(before)
  })

  it('another way needs no address: the coordinator records what was said', async () => {
    const [review] = await ask(['fb-02'], { via: 'other', candidateId })
    const id = (review as Review).id
    const said = {
      opinion: 'concerns',
      conditions: null,
      remark: null,
      givenOn: daysFromNow(0),
      source: 'phone',
      givenBy: 'Herr Amt',
    }
    const record = (wish: object) => act(id, 'statements', { ...said, attachmentIds: [], ...wish })
    expect((await refused(await record({}), 422)).errors?.[0]).toEqual({
      field: 'conditions',
      detail: 'Bitte nennen Sie Ihre Bedenken.',
    })
    expect((await refused(await record({ conditions: 'Lärm', givenOn: daysFromNow(1) }), 422)).errors?.[0]?.field).toBe('givenOn')
    expect((await refused(await record({ conditions: 'Lärm', givenOn: daysFromNow(-1) }), 422)).errors?.[0]?.field).toBe(
      'givenOn',
    )
    const { review: now } = await body<{ review: Review }>(await record({ conditions: 'Lärm' }))
    expect(now).toMatchObject({ status: 'answered', light: 'met', candidateName: 'Mast am Friedhof' })
    expect(now.statements).toMatchObject([{ opinion: 'concerns', source: 'phone', isLate: false }])
    await refused(await act(id, 'reminder'), 409)
  })
})

describe('the statement page', () => {
  it('shows what is needed of the case and nothing else, as often as one likes', async () => {
    const secretPart = await token('ask:%bauaufsicht%')
    for (const method of ['GET', 'HEAD']) {
      const scanned = await fetch(`${app.url}/api/statement/open`, { method })
      expect(scanned.status).toBe(404)
    }
    const sheet = await open(secretPart)
    expect(await open(secretPart)).toEqual(sheet)
    expect(sheet).toMatchObject({ departmentCode: 'FB 63', status: 'asked', takenUpAt: null, deputyName: 'Vertretung Bau' })
    expect(sheet.dueWords).toMatch(/^bis (Mon|Diens|Mitt|Donners|Frei|Sams|Sonn)\S+, \d\d\.\d\d\.\d{4}, noch \d+ Arbeitstage$/)
    expect(sheet.case).toMatchObject({ caseNumber: '02-17/2026', radiusM: 400, geom: { type: 'Point' } })
    expect(sheet.candidates).toMatchObject([{ name: 'Mast am Friedhof', mastHeightM: 30 }])
    expect(sheet.textModules.length).toBeGreaterThan(3)
    const said = JSON.stringify(sheet)
    expect(said).not.toMatch(/geheim|score|Lärm|decision|contact/i)
  })

  it('takes the request up, forwards it and takes the statement, which can be corrected until it is closed', async () => {
    const secretPart = await token('ask:%bauaufsicht%')
    const { reviewId } = await open(secretPart)
    const step = async (path: string) => body<StatementSheet>(await post(path, { token: secretPart, reviewId }))
    expect((await step('taking-up')).status).toBe('taken_up')
    expect((await step('taking-up')).takenUpAt).not.toBeNull()
    await step('forwarding')
    await step('forwarding')
    expect((await mails('forward:%')).map(({ recipient }) => recipient)).toEqual(['vertretung@stadt.test'])

    const noWords = await answer(secretPart, reviewId, { opinion: 'agreed_with_conditions' })
    expect((await refused(noWords, 422)).errors?.[0]).toEqual({ field: 'conditions', detail: 'Bitte nennen Sie die Auflagen.' })
    const upload = (name: string, content: string) =>
      fetch(`${app.url}/api/statement/files?reviewId=${reviewId}&name=${name}`, {
        method: 'POST',
        body: content,
        headers: {
          ...{ Origin: app.context.config.publicBaseUrl, 'Content-Type': 'application/octet-stream' },
          Authorization: `Bearer ${secretPart}`,
        },
      })
    await refused(await upload('auflagen.pdf', '<html>'), 415)
    const file = await body<{ id: number }>(await upload('auflagen.txt', 'Farbe: grau'))
    await refused(await answer(secretPart, reviewId, { attachmentIds: [file.id + 1] }), 422)
    const conditions = { opinion: 'agreed_with_conditions', conditions: 'Mast in Grau' }
    await body(await answer(secretPart, reviewId, { ...conditions, attachmentIds: [file.id] }))
    const corrected = await body<StatementSheet>(
      await answer(secretPart, reviewId, { ...conditions, conditions: 'Mast in Grün' }),
    )
    expect(corrected.statements.map((one) => one.conditions)).toEqual(['Mast in Grün', 'Mast in Grau'])
    const download = await post('file', { token: secretPart, reviewId, id: file.id })
    expect([download.headers.get('content-disposition'), await download.text()]).toEqual([
      'attachment; filename=auflagen.txt',
      'Farbe: grau',
    ])
    const copy = await post('copy', { token: secretPart, reviewId })
    expect([copy.headers.get('content-type'), (await copy.text()).slice(0, 5)]).toEqual(['application/pdf', '%PDF-'])

    await body(await act(reviewId, 'move', { to: 'closed', reason: null }))
    expect((await refused(await answer(secretPart, reviewId), 409)).detail).toContain('abgeschlossen')
    await body(await act(reviewId, 'move', { to: 'reopened', reason: 'Nachfrage' }))
    await body(await answer(secretPart, reviewId))
    const review = (await view()).reviews.find(({ id }) => id === reviewId) as Review
    expect(review.events.map(({ kind }) => kind)).toEqual([
      ...['asked', 'taken_up', 'forwarded', 'answered', 'answered_again', 'closed', 'reopened', 'answered_again'],
    ])
    expect(review.events[3]?.by).toBe('bauaufsicht@stadt.test')
  })

  it('takes a late statement and marks it', async () => {
    const department = { id: 'fb-61', code: 'FB 61', name: 'Stadtplanung', silence: 'stays_open' } as const
    const linkId = await database.transaction(async (trx) => {
      const review = { requestId, candidateId, department, question: 'Und?', askedVia: 'mail', attachmentIds: [] } as const
      const days = { askedOn: daysFromNow(-30), dueOn: daysFromNow(-10) }
      const id = await insertReview(trx, { ...review, ...days }, { id: 'x', name: 'X' })
      await trx('mails').insert({
        ...{ key: 'late', recipient: 'a@b.test', subject: 's', body: '{{link}}', about: requestId },
        link_id: await statementLink(trx, secret, { reviewIds: [id], recipient: 'a@b.test', dueOn: days.dueOn }),
      })
      return id
    })
    const secretPart = await token('late')
    expect((await open(secretPart)).dueWords).toMatch(/seit \d Arbeitstagen vorbei$/)
    expect((await body<StatementSheet>(await answer(secretPart, linkId))).statements).toMatchObject([{ isLate: true }])
    expect((await view()).reviews.find(({ id }) => id === linkId)?.light).toBe('missed')
  })

  it('says nothing of a case once the request is withdrawn, and the department hears of it', async () => {
    const secretPart = await token('ask:%planung%')
    const { reviewId } = await open(secretPart)
    await body(await act(reviewId, 'move', { to: 'withdrawn', reason: 'Betreiber hat verzichtet' }))
    expect(await open(secretPart)).toMatchObject({
      status: 'withdrawn',
      isClosed: true,
      case: null,
      candidates: [],
      textModules: [],
    })
    expect((await refused(await answer(secretPart, reviewId), 409)).detail).toContain('zurückgezogen')
    expect((await mails('withdraw:%')).map(({ body: text }) => text)).toEqual([
      expect.stringContaining('Betreiber hat verzichtet'),
    ])
  })
})

describe('secrecy', () => {
  it('a wrong, foreign, cut or revoked link opens nothing, whatever is asked, and too many are stopped', async () => {
    const good = await token('ask:%bauaufsicht%')
    const other = (await open(await token('late'))).reviewId
    expect((await refused(await answer(good, other), 410)).detail).toMatch(/^Dieser Link gilt nicht/)
    const { reviewId } = await open(good)
    const flipped = good.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))
    for (const [index, bad] of [flipped, good.slice(0, 20), 'x', `${good}a`].entries()) {
      const reasons = await Promise.all([
        refused(await post('open', { token: bad }), 410),
        refused(await answer(bad, reviewId), 410),
        refused(await post('copy', { token: bad, reviewId }), 410),
      ])
      expect(new Set(reasons.map(({ detail }) => detail)).size, String(index)).toBe(1)
    }
    const guesser = client(app)
    const tries = []
    for (let turn = 0; turn < 25; turn += 1) {
      const { status } = await guesser.send('POST', '/api/statement/open', { token: `${turn}${good.slice(2)}` })
      tries.push(status)
    }
    expect([tries[0], tries.at(-1)]).toEqual([410, 429])
    await database('secret_links')
      .where({ subject: `reviews:${reviewId}` })
      .whereNull('revoked_at')
      .update({ revoked_at: new Date() })
    await refused(await post('open', { token: good }), 410)
  })

  it('an expired link opens nothing', async () => {
    const { reviewId } = await open(await token('late'))
    await database.transaction(async (trx) => {
      const expiresAt = new Date(Date.now() + 1500).toISOString()
      const link = { purpose: 'statement', subject: `reviews:${reviewId}`, recipient: 'x@b.test', expiresAt } as const
      const { id } = await createLink(trx, secret, link)
      await trx('mails').insert({
        key: 'expiring',
        recipient: 'x@b.test',
        subject: 's',
        body: '{{link}}',
        about: 'x',
        link_id: id,
      })
    })
    const secretPart = await token('expiring')
    expect(secretPart).not.toBe('')
    await expect.poll(async () => (await post('open', { token: secretPart })).status, { timeout: 5000 }).toBe(410)
    await refused(await answer(secretPart, reviewId), 410)
  })

  it('no token stands in the database or the log', async () => {
    const written: string[] = []
    logTo((text) => void written.push(text))
    const [review] = await ask(['fb-63'], { candidateId })
    const secretPart = await token(`ask:${review?.id}:bauaufsicht%`)
    await open(secretPart)
    await fetch(`${app.url}/stellungnahme`, { headers: { Accept: 'text/html' } })
    await new Promise((done) => setTimeout(done, 100))
    logTo(() => undefined)
    expect(written.join('')).toContain('/api/statement/open')
    expect(written.join('')).not.toContain(secretPart.slice(17))
    const tables = await database('pg_tables').where({ schemaname: 'public' }).pluck<string[]>('tablename')
    expect(tables).toContain('mails')
    for (const table of tables) {
      const { rows } = await database.raw('select 1 from ?? t where position(? in t::text) > 0', [table, secretPart.slice(17)])
      expect(rows, table).toEqual([])
    }
  })

  it('nothing of participation is public, and what happened cannot be changed', async () => {
    const stranger = client(app)
    for (const { path, method, access } of endpoints.filter((one) => one.path.startsWith('/api/participation'))) {
      expect(access).not.toBe('public')
      const asked = await stranger.send(method.toUpperCase(), path.replace(/:\w+/, '1'), method === 'get' ? undefined : {})
      expect(asked.status, path).toBe(401)
    }
    for (const table of ['reviews', 'review_events', 'review_statements', 'review_files'])
      await expect(database(table).delete(), table).rejects.toThrow('append-only')
  })

  it('extends, reminds once a day, and withdraws nothing twice', async () => {
    const review = (await view()).reviews.find((one) => one.status === 'asked') as Review
    await body(await act(review.id, 'reminder'))
    expect((await refused(await act(review.id, 'reminder'), 409)).detail).toBe('Heute wurde schon erinnert.')
    await refused(await act(review.id, 'extension', { dueOn: review.dueOn, reason: 'Urlaub' }), 422)
    const extended = await body<{ review: Review }>(
      await act(review.id, 'extension', { dueOn: daysFromNow(40), reason: 'Urlaub' }),
    )
    expect(extended.review.dueOn).toBe(daysFromNow(40))
    expect((await mails(`extend:${review.id}:%`)).map(({ recipient }) => recipient)).toEqual(['bauaufsicht@stadt.test'])
    await body(await act(review.id, 'move', { to: 'withdrawn', reason: null }))
    await refused(await act(review.id, 'move', { to: 'withdrawn', reason: null }), 409)
    await refused(await act(99_999, 'reminder'), 404)
    expect(await read(coordinator, '/api/participation/outlook')).toMatchObject({ steps: [] })
    await say('fb-61', { email: null })
  })
})
