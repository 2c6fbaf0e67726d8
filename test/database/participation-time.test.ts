import ICAL from 'ical.js'
import { describe, expect, it } from 'vitest'
import type { Participation, ReplyLetter, Review } from '../../server/contract/participation.ts'
import { addDays, addWorkingDays } from '../../server/contract/working-days.ts'
import { loggedPath } from '../../server/http/log.ts'
import { runDue } from '../../server/participation/jobs.ts'
import { weekOf } from '../../server/participation/plan.ts'
import { insertReview } from '../../server/participation/writing.ts'
import { testApp } from '../support/app.ts'
import { body, read, refused } from '../support/facts.ts'
import { daysFromNow, participationDesk } from '../support/participation.ts'
import { client, signIn } from '../support/sign-in.ts'

const app = await testApp()
const { ask, act, answer, coordinator, database, desk, mails, open, requestId, say, secret, token, view } =
  await participationDesk(app)
const clocksAt = async (receivedOn: string, set: Record<string, unknown>): Promise<Participation> => {
  await desk.change('site_request', requestId, { receivedOn, ...set })
  return view()
}
const noon = (day: string) => new Date(`${day}T11:00:00Z`)

describe('the clocks of a case', () => {
  it('run from its receipt over holidays, stand still in a pause, and stop with the answer and the reply', async () => {
    const running = await clocksAt('2026-03-04', {})
    expect(running.clocks).toMatchObject([
      { rule: 'answer', dueOn: '2026-04-07', light: 'missed', metOn: null, legalNote: expect.stringContaining('30 Tagen') },
      { rule: 'coordination', dueOn: '2026-04-29', light: 'missed' },
    ])
    const pauses = [{ from: '2026-03-10', to: '2026-03-17', reason: 'Nachforderung' }]
    const met = await clocksAt('2026-03-04', { pauses, steps: { answered: { on: '2026-04-10', note: null } } })
    expect(met.clocks).toMatchObject([
      { rule: 'answer', dueOn: '2026-04-10', light: 'met', metOn: '2026-04-10' },
      { rule: 'coordination', dueOn: '2026-05-06' },
    ])
    const still = await clocksAt('2026-03-04', { pauses: [{ from: '2026-03-10', to: null, reason: 'Rückfrage' }] })
    expect(still.isPaused).toBe(true)
    expect(still.clocks.find(({ rule }) => rule === 'coordination')).toMatchObject({ dueOn: null, daysLeft: 51, light: 'paused' })
    const replied = await clocksAt('2026-03-04', { pauses: [], steps: { reply_sent: { on: '2026-05-01', note: null } } })
    expect(replied.clocks.map(({ light }) => light)).toEqual(['missed', 'missed'])
    const { cases } = await read<{ cases: { requestId: string; clocks: unknown[] }[] }>(
      coordinator,
      '/api/participation/deadlines',
    )
    expect(cases.find((one) => one.requestId === requestId)?.clocks).toEqual(replied.clocks)
    await clocksAt(daysFromNow(-5), { pauses: [], steps: { answered: null, reply_sent: null } })
  })
})

describe('what happens by itself', () => {
  const today = daysFromNow(0)
  // A due day well in the middle of a week that comes later: Wednesday in three weeks.
  const dueOn = addDays(weekOf(daysFromNow(21)), 2)
  const monday = weekOf(daysFromNow(7))
  const run = (day: string) => runDue(database, secret, noon(day))
  const firstOf = (week: string) => addWorkingDays(addDays(week, -1), 1, 'NW')

  it('is shown before, done on its day, and once, however often it is looked', async () => {
    const [bau, planung] = (await ask(['fb-63', 'fb-61'], { dueOn })) as [Review, Review]
    await ask(['fb-02'], { dueOn, via: 'other' })
    const { steps } = await read<{ steps: { on: string; kind: string; to: string | null; reviews: { id: number }[] }[] }>(
      coordinator,
      '/api/participation/outlook',
    )
    const reminderDay = addWorkingDays(dueOn, -3, 'NW')
    const after = addWorkingDays(dueOn, 1, 'NW')
    const ofPlanung = steps.filter(({ reviews }) => reviews.some(({ id }) => id === planung.id))
    expect(ofPlanung.map(({ on, kind, to }) => [on, kind, to])).toEqual([
      [firstOf(monday), 'digest', 'planung@stadt.test'],
      [reminderDay, 'reminder', 'planung@stadt.test'],
      [after, 'escalation', 'leitung@stadt.test'],
      [after, 'silence', null],
    ])

    expect(await run(today)).toEqual([])
    expect(await run(firstOf(monday))).toEqual(['digest', 'digest'])
    expect(await run(firstOf(monday))).toEqual([])
    expect((await mails('digest:%')).map(({ recipient }) => recipient).toSorted()).toEqual([
      'bauaufsicht@stadt.test',
      'planung@stadt.test',
    ])
    await body(await answer(await token('digest:%bauaufsicht%'), bau.id))

    for (let week = addDays(monday, 7); week <= reminderDay; week = addDays(week, 7))
      expect(await run(firstOf(week))).toEqual(['digest'])
    const [once, again] = await Promise.all([run(reminderDay), run(reminderDay)])
    expect([...once, ...again].filter((kind) => kind === 'reminder')).toHaveLength(1)
    expect((await mails('reminder:%')).map(({ recipient }) => recipient)).toEqual(['planung@stadt.test'])
    await run(dueOn)
    expect(await mails('escalation:%')).toEqual([])

    expect(await run(after)).toEqual(expect.arrayContaining(['escalation', 'silence']))
    await run(addDays(after, 3))
    expect((await mails('escalation:%')).map(({ recipient, body: text }) => [recipient, text])).toEqual([
      ['leitung@stadt.test', expect.stringContaining('gilt nun als einverstanden')],
    ])
    const review = (await view()).reviews.find(({ id }) => id === planung.id) as Review
    expect(review.statements).toMatchObject([{ opinion: 'agreed', source: 'silence', givenBy: 'FB 61' }])
    expect(review.events.filter(({ by }) => by === 'Ausbauatlas').map(({ kind }) => kind)).toEqual([
      ...['reminded', 'escalated', 'silence_applied'],
    ])
    const other = (await view()).reviews.find(({ departmentId }) => departmentId === 'fb-02') as Review
    expect(other.events.at(-1)).toMatchObject({ kind: 'escalated', note: expect.stringContaining('niemand eingetragen') })

    const secretPart = await token(`ask:${planung.id}:planung%`)
    await body(await answer(secretPart, planung.id, { opinion: 'concerns', conditions: 'Doch Bedenken' }))
    expect((await open(secretPart)).statements.map(({ source }) => source)).toEqual(['link', 'silence'])
  })

  it('puts all that is open at one address into one digest, each once, and no reminder beside it', async () => {
    await say('fb-61', { email: 'Bauaufsicht@stadt.test' })
    const digestDay = firstOf(weekOf(dueOn))
    const due = addWorkingDays(digestDay, 2, 'NW')
    const { id: second } = await desk.create('site_request', {
      caseNumber: 'Zweiter',
      caseType: 'sharing',
      operators: ['vodafone'],
      receivedOn: today,
      receivedVia: 'mail',
      purpose: 'gap',
    })
    const reviews = [
      ...(await ask(['fb-63', 'fb-61'], { dueOn: due }, second)),
      ...(await ask(['fb-63'], { dueOn: addDays(due, 20) })),
    ]
    const done = await run(digestDay)
    expect(done.filter((kind) => kind !== 'escalation')).toEqual(['digest'])
    const [mail] = await mails(`digest:${weekOf(digestDay)}:bau%`)
    expect(mail?.recipient).toBe('bauaufsicht@stadt.test')
    expect(mail?.body.match(/^- /gm)).toHaveLength(3)
    expect(mail?.body.match(/Zweiter/g)).toHaveLength(2)
    const reminded = (await view(second)).reviews.map(({ events }) => events.at(-1)?.note)
    expect(reminded).toEqual(['mit dem Wochenüberblick', 'mit dem Wochenüberblick'])
    const sheets = await client(app).send('POST', '/api/statement/open', {
      token: await token(`digest:${weekOf(digestDay)}:bau%`),
    })
    const opened = await body<{ sheets: { reviewId: number }[] }>(sheets)
    expect(opened.sheets.map(({ reviewId }) => reviewId)).toEqual(reviews.map(({ id }) => id))
    await desk.change('site_request', second, { steps: { withdrawn: { on: today, note: null } } })
    expect(await run(addDays(due, 14))).not.toContain('reminder')
    expect((await view(second)).reviews.every(({ status }) => status === 'asked')).toBe(true)
  })

  it('waits while the case stands still, and the days of a pause are added', async () => {
    const { id: paused } = await desk.create('site_request', {
      caseNumber: 'Ruht',
      caseType: 'sharing',
      operators: ['vodafone'],
      receivedOn: daysFromNow(-60),
      receivedVia: 'mail',
      purpose: 'gap',
    })
    const department = { id: 'fb-63', code: 'FB 63', name: 'Bauaufsicht', silence: 'counts_as_not_responsible' } as const
    const days = { askedOn: daysFromNow(-40), dueOn: daysFromNow(-20) }
    await database.transaction((trx) =>
      insertReview(
        trx,
        { ...days, requestId: paused, candidateId: null, department, question: 'Und?', askedVia: 'mail', attachmentIds: [] },
        { id: 'x', name: 'X' },
      ),
    )
    const pauseFrom = (day: number, to: number | null) => ({
      pauses: [{ from: daysFromNow(day), to: to === null ? null : daysFromNow(to), reason: 'Rückfrage' }],
    })
    await desk.change('site_request', paused, pauseFrom(-50, null))
    await run(today)
    expect((await view(paused)).reviews[0]?.status).toBe('asked')
    await desk.change('site_request', paused, pauseFrom(-30, null))
    expect((await view(paused)).reviews[0]).toMatchObject({ dueOn: null, light: 'paused' })
    await run(today)
    expect((await view(paused)).reviews[0]?.status).toBe('asked')
    await desk.change('site_request', paused, pauseFrom(-30, -15))
    const moved = (await view(paused)).reviews[0]?.dueOn as string
    expect([moved, addWorkingDays(addDays(moved, -1), 1, 'NW')]).toEqual([moved, moved])
    expect(moved >= daysFromNow(-5)).toBe(true)
    await run(daysFromNow(10))
    expect((await view(paused)).reviews[0]?.statements).toMatchObject([{ opinion: 'not_responsible', source: 'silence' }])
  })
})

describe('the calendar', () => {
  it('is read by a calendar program behind a secret link that can be revoked', async () => {
    const viewer = await signIn(app, 'viewer')
    expect(await read(viewer, '/api/participation/calendar')).toEqual({ createdAt: null })
    const first = await body<{ address: string }>(await viewer.send('POST', '/api/participation/calendar', {}))
    const pathOf = ({ address }: { address: string }) => new URL(address).pathname
    const fetched = await client(app).get(pathOf(first))
    expect(fetched.headers.get('content-type')).toMatch(/^text\/calendar/)
    const events = (text: string) =>
      new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').map((component) => new ICAL.Event(component))
    const read1 = events(await fetched.text())
    const { clocks, reviews } = await view()
    const clock = read1.find(({ uid }) => uid.startsWith(`frist-answer-${requestId.slice(2)}@`)) as ICAL.Event
    expect([clock.startDate.toString(), clock.startDate.isDate]).toEqual([clocks[0]?.dueOn, true])
    expect(clock.component.getAllSubcomponents('valarm')).toHaveLength(2)
    expect(clock.component.getFirstPropertyValue('last-modified')).toBeTruthy()
    const pending = reviews.find(({ status }) => status === 'asked') as Review
    const due = read1.find(({ uid }) => uid === `stellungnahme-${pending.id}@ausbauatlas.test`) as ICAL.Event
    expect(due.startDate.toString()).toBe(pending.dueOn)

    await body(await act(pending.id, 'extension', { dueOn: addDays(pending.dueOn as string, 7), reason: 'Ferien' }))
    const later = events(await (await client(app).get(pathOf(first))).text()).find(({ uid }) => uid === due.uid) as ICAL.Event
    expect(later.startDate.toString()).toBe(addDays(pending.dueOn as string, 7))
    expect(later.sequence).toBeGreaterThan(due.sequence)

    const second = await body<{ address: string }>(await viewer.send('POST', '/api/participation/calendar', {}))
    await refused(await client(app).get(pathOf(first)), 404)
    await database('users').where({ id: viewer.id }).update({ deactivated_at: new Date() })
    await refused(await client(app).get(pathOf(second)), 404)
    await database('users').where({ id: viewer.id }).update({ deactivated_at: null })
    expect((await client(app).get(pathOf(second))).status).toBe(200)
    expect(loggedPath(pathOf(second))).toBe('/kalender/…')
    await body(await viewer.send('DELETE', '/api/participation/calendar'))
    await refused(await client(app).get(pathOf(second)), 404)
  })
})

describe('the reply', () => {
  const path = `/api/participation/requests/${requestId}/letter`
  it('compiles the template with every statement, and names what is missing', async () => {
    const draft = await read<{ subject: string; body: string; remarks: string[]; to: string }>(coordinator, path)
    expect(draft.subject).toBe('Ihre Standortanfrage LEV-0815, unser Aktenzeichen 02-17/2026')
    expect(draft.body).toMatch(/\*\*FB 61 Stadtplanung\*\*: Bedenken \(\d\d\.\d\d\.\d{4}\)\. Doch Bedenken/)
    expect(draft.body).toContain('**FB 02 Konzernsteuerung**: noch keine Stellungnahme')
    expect(draft.remarks).toContain('FB 02 hat sich noch nicht geäußert.')
    expect(draft.to).toBe('geheim@betreiber.test')
    expect(draft.body).not.toContain('{{')
    const pdf = await coordinator.send('POST', `${path}/preview`, {
      subject: draft.subject,
      body: `${draft.body}\n\n| a | b |\n|-|-|\n| 1 | 2 |`,
    })
    expect([pdf.headers.get('content-type'), (await pdf.text()).slice(0, 5)]).toEqual(['application/pdf', '%PDF-'])
    expect((await view()).letters).toEqual([])
  })

  it('is made final without gaps, kept, and sent with its file', async () => {
    const make = (wish: object) =>
      coordinator.send('POST', `${path}s`, { subject: 'Antwort', body: 'Wir stimmen zu.', sendTo: null, ...wish })
    expect((await refused(await make({ body: 'An {{operator}}' }), 422)).errors?.[0]).toMatchObject({ field: 'body' })
    expect((await refused(await make({ sendTo: 'niemand' }), 422)).errors?.[0]?.field).toBe('sendTo')
    const kept = await body<ReplyLetter>(await make({ sendTo: 'geheim@betreiber.test' }))
    expect(kept).toMatchObject({ sentTo: 'geheim@betreiber.test', attachment: { mediaType: 'application/pdf' } })
    expect((await view()).letters).toEqual([kept])
    const [mail] = await mails('letter:%')
    expect(mail).toMatchObject({
      recipient: 'geheim@betreiber.test',
      subject: 'Antwort',
      attachmentIds: [String(kept.attachment.id)],
    })
    const file = await coordinator.get(`/api/mobile/attachments/${kept.attachment.id}`)
    expect((await file.text()).slice(0, 5)).toBe('%PDF-')
    expect((await (await signIn(app, 'viewer')).send('POST', `${path}s`, {})).status).toBe(403)
  })
})
