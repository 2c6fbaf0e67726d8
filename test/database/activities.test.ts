import { createHash } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import yauzl from 'yauzl'
import type { ActivityEntry, ActivityLog, Voucher, WrittenEntry } from '../../server/contract/activities.ts'
import { today } from '../../server/contract/dates.ts'
import { temporaryDirectory } from '../support/cluster.ts'
import { body, factsApp, read, refused, staff } from '../support/facts.ts'
import { readTable } from '../support/formats.ts'
import { letter, mobileDesk } from '../support/mobile.ts'
import { signIn } from '../support/sign-in.ts'

type Content = Record<string, unknown>

const { app, database, coordinator: colleague } = await factsApp()
const me = await staff(app, 'mobileCoordinator')
const call: Content = {
  day: '2026-03-02',
  minutes: 45,
  kind: 'call',
  task: 'coordination',
  role: 'mobile',
  description: 'Rückfrage zum Suchkreis',
}
const salary: Content = { dated: '2026-03', kind: 'staff', amountEur: 5000.5, eligible: true }

const base = '/api/activities'
const log = (query = '', user = me) => read<ActivityLog>(user, `${base}${query}`)
const post = (kind: string, content: Content, user = me) => user.send('POST', `${base}/records/${kind}`, { content })
const add = async (kind: string, content: Content, user = me) => body<WrittenEntry>(await post(kind, content, user))
const patch = (id: string, version: number, set: Content, kind = 'activity', user = me) =>
  user.send('PATCH', `${base}/records/${kind}/${id}`, { version, set })
const withdraw = (id: string, version: number, reason = 'Doppelt erfasst', kind = 'activity') =>
  me.send('POST', `${base}/records/${kind}/${id}/withdrawal`, { version, reason })
const undo = (id: string, version: number, kind = 'activity') =>
  me.send('POST', `${base}/records/${kind}/${id}/undo`, { version })
const entry = async (id: string, query = '') => (await log(query)).activities.find((one) => one.id === id)
const warningsOf = ({ warnings }: WrittenEntry) => warnings.map(({ rule }) => rule)

async function fieldRefused(response: Response): Promise<[field: string | undefined, detail: string]> {
  const { errors, detail } = await refused(response, 422)
  return [errors?.[0]?.field, detail]
}

describe('the log of the funded post', () => {
  let requestId: string
  beforeAll(async () => {
    requestId = (await (await mobileDesk(app)).create('site_request', letter)).id
  })

  it('keeps what was done with its case, whose work it was, and sums it up', async () => {
    const written = await add('activity', { ...call, requestId, partners: 'Telekom' })
    expect(written).toMatchObject({
      version: 1,
      sentence: 'Tätigkeit vom 02.03.2026, Telefonat, 0:45\u00a0h: erfasst.',
      warnings: [],
    })
    await add(
      'activity',
      { ...call, day: '2026-04-01', minutes: 90, task: 'steering', kind: 'site_visit', role: 'gigabit' },
      colleague,
    )
    expect(await entry(written.id)).toMatchObject({
      person: me.name,
      requestName: '02-17/2026',
      content: { ...call, requestId, partners: 'Telekom' },
    })
    const { evaluation, activities, budgets } = await log('?from=2026-03-01&to=2026-04-30')
    expect(activities.map(({ content }) => content.day)).toEqual(['2026-04-01', '2026-03-02'])
    expect(evaluation.minutes).toBe(135)
    expect(evaluation.work.task.map(({ minutes }) => minutes)).toEqual([45, 90, 0, 0])
    expect(evaluation.work.month.map(({ label, minutes }) => [label, minutes])).toEqual([
      ['März 2026', 45],
      ['April 2026', 90],
    ])
    expect(evaluation.work.request.map(({ label }) => label).toSorted()).toEqual(['02-17/2026', 'ohne Vorgang'])
    expect(evaluation.work.person.map(({ label }) => label).toSorted()).toEqual([me.name, colleague.name].toSorted())
    expect(budgets.map(({ state, grant, mostEur }) => [state, grant, mostEur])).toEqual([
      ['not_granted', null, 210_000],
      ['not_granted', null, 210_000],
    ])
    expect(budgets.every(({ legalNote }) => legalNote?.includes('ist nicht bekannt'))).toBe(true)
    expect((await log(`?requestId=${requestId}`)).evaluation.minutes).toBe(45)
    expect((await log('?from=2026-03-03&to=2026-03-31')).activities).toEqual([])
    expect((await refused(await me.get(`${base}?from=2026-03-01&to=2026-02-01`), 400)).errors?.[0]?.field).toBe('to')
    expect((await refused(await me.get(`${base}?to=2199-01-01`), 400)).errors?.[0]?.field).toBe('to')
  })

  it('refuses what cannot be, at its field, and leaves nothing behind', async () => {
    const before = (await log()).activities.length
    expect(await fieldRefused(await post('activity', { ...call, day: '2199-01-01' }))).toEqual([
      'day',
      expect.stringContaining('in der Zukunft'),
    ])
    expect((await fieldRefused(await post('activity', { ...call, day: '2026-02-30' })))[0]).toBe('day')
    expect((await fieldRefused(await post('activity', { ...call, day: '1926-03-02' })))[0]).toBe('day')
    expect(await fieldRefused(await post('activity', { ...call, minutes: 1500 }))).toEqual([
      'minutes',
      'Am 02.03.2026 wären das zusammen 25:45\u00a0h; ein Tag hat 24 Stunden.',
    ])
    for (const minutes of [0, -30, 1.5, '45'])
      expect((await fieldRefused(await post('activity', { ...call, minutes })))[0]).toBe('minutes')
    expect(await fieldRefused(await post('activity', { ...call, requestId: 'q:gibtesnicht' }))).toEqual([
      'requestId',
      'Den Vorgang „q:gibtesnicht“ gibt es nicht.',
    ])
    expect((await fieldRefused(await post('activity', { ...call, task: 'fifth' })))[0]).toBe('task')
    expect((await fieldRefused(await post('activity', { ...call, description: ' ' })))[0]).toBe('description')
    expect((await fieldRefused(await post('activity', { ...call, who: 'x' })))[0]).toBe('who')
    expect((await fieldRefused(await post('expense', { ...salary, amountEur: -5 })))[0]).toBe('amountEur')
    expect((await fieldRefused(await post('expense', { ...salary, amountEur: 0.001 })))[0]).toBe('amountEur')
    expect((await fieldRefused(await post('expense', { ...salary, dated: '2026' })))[0]).toBe('dated')
    expect((await fieldRefused(await post('expense', { ...salary, dated: '2199-01' })))[0]).toBe('dated')
    expect((await fieldRefused(await post('expense', { ...salary, voucherId: 999_999 })))[0]).toBe('voucherId')
    await refused(await post('holiday', call), 400)
    expect((await log()).activities.length).toBe(before)
    expect((await log()).expenses).toEqual([])
  })

  it('warns of more than ten hours a day and of the same twice, per person', async () => {
    const day = { ...call, day: '2026-05-04' }
    expect(warningsOf(await add('activity', { ...day, minutes: 400 }))).toEqual([])
    expect(warningsOf(await add('activity', { ...day, minutes: 400 }, colleague))).toEqual([])
    const second = await add('activity', { ...day, minutes: 400 })
    expect(second.warnings).toEqual([
      expect.objectContaining({
        rule: 'long-day',
        field: 'minutes',
        text: expect.stringContaining('13:20\u00a0h: mehr als 10 Stunden'),
      }),
      expect.objectContaining({ rule: 'twin' }),
    ])
    expect(await fieldRefused(await patch(second.id, 1, { minutes: 1041 }))).toEqual([
      'minutes',
      expect.stringContaining('24:01'),
    ])
    expect((await patch(second.id, 1, { minutes: 1040 })).status).toBe(200)
  })

  it('lets no two at once fill a day beyond its end', async () => {
    const day = { ...call, day: '2026-05-05', minutes: 500 }
    const waiting = async () => {
      const { rows } = await database.raw('select count(*) from pg_locks where objid = 4117024 and not granted')
      return rows[0].count
    }
    // All four arrive while somebody else is writing.
    const answers = await database.transaction(async (trx) => {
      await trx.raw('select lock_log()')
      const posted = [1, 2, 3, 4].map(() => post('activity', day))
      await expect.poll(waiting).toBe(4)
      return { posted }
    })
    const statuses = await Promise.all(answers.posted.map(async (answer) => (await answer).status))
    expect(statuses.toSorted()).toEqual([200, 200, 422, 422])
  })
})

describe('a correction', () => {
  it('is a new version: the old one stays known, an outdated change is refused', async () => {
    const { id } = await add('activity', { ...call, day: '2026-06-01' })
    const first = (await entry(id)) as ActivityEntry
    const changed = await body<WrittenEntry>(await patch(id, 1, { minutes: 60, partners: 'FB 63' }, 'activity', colleague))
    expect(changed).toMatchObject({
      version: 2,
      sentence: 'Tätigkeit vom 01.06.2026, Telefonat: Dauer 0:45\u00a0h → 1:00\u00a0h, Beteiligte keine Angabe → „FB 63“.',
    })
    const lost = await refused(await patch(id, 1, { minutes: 30 }), 412)
    expect(lost.conflicts?.[0]).toMatchObject({ version: 2, content: { minutes: 60 } })
    expect((await fieldRefused(await patch(id, 2, { minutes: 60 })))[0]).toBe('set')
    expect(await entry(id)).toMatchObject({ version: 2, person: me.name, recordedBy: colleague.name, content: { minutes: 60 } })
    expect(await entry(id, `?knownAt=${first.recordedAt}`)).toMatchObject({ version: 1, content: { minutes: 45 } })
    await expect(database('activities').where({ id }).update({ minutes: 1 })).rejects.toThrow('append-only')
    await expect(database('activities').where({ id }).delete()).rejects.toThrow('append-only')
  })

  it('can be undone for ten minutes, as can a withdrawal and the first recording', async () => {
    const { id } = await add('activity', { ...call, day: '2026-06-02' })
    await patch(id, 1, { minutes: 60 })
    expect((await body<WrittenEntry>(await undo(id, 2))).sentence).toContain('Dauer 1:00\u00a0h → 0:45\u00a0h')
    await refused(await undo(id, 2), 412)
    expect((await fieldRefused(await withdraw(id, 3, ' ')))[0]).toBe('reason')
    expect((await body<WrittenEntry>(await withdraw(id, 3))).sentence).toContain('zurückgezogen')
    expect(await entry(id)).toBeUndefined()
    await refused(await withdraw(id, 4), 409)
    await refused(await patch(id, 4, { minutes: 30 }), 409)
    await body(await undo(id, 4))
    expect(await entry(id)).toMatchObject({ version: 5, content: { minutes: 45 } })
    const { entries } = await read<{ entries: { sentence: string; reason: string | null }[] }>(
      me,
      `${base}/records/activity/${id}/history`,
    )
    expect(entries.map(({ reason }) => reason)).toEqual([
      'Rückgängig gemacht',
      'Doppelt erfasst',
      'Rückgängig gemacht',
      null,
      null,
    ])
    expect(entries[0]?.sentence).toMatch(/erfasst\.$/)
    const { id: slip } = await add('activity', { ...call, day: '2026-06-03' })
    await body(await undo(slip, 1))
    expect(await entry(slip)).toBeUndefined()
    await refused(await undo('0123456789ab', 1), 404)
  })

  it('cannot be undone later', async () => {
    const old = {
      id: 'aaaaaaaaaaaa',
      version: 1,
      person_id: 'x',
      person_name: 'Früher',
      recorded_by: 'x',
      recorded_name: 'Früher',
    }
    await database.raw('alter table activities disable trigger record_log_version')
    await database('activities').insert({
      ...{ ...old, day: '2026-01-05', minutes: 30, kind: 'call', task: 'steering', role: 'mobile', description: 'Früher' },
      recorded_at: database.raw("clock_timestamp() - interval '11 minutes'"),
    })
    await database.raw('alter table activities enable trigger record_log_version')
    expect((await refused(await undo(old.id, 1), 409)).detail).toContain('nur zehn Minuten')
  })
})

describe('money', () => {
  const upload = (content: string, name = 'Rechnung.pdf', query = new URLSearchParams({ name })) =>
    fetch(`${app.url}${base}/vouchers?${query}`, {
      method: 'POST',
      body: content,
      headers: {
        Cookie: [...me.cookies].map(([key, value]) => `${key}=${value}`).join('; '),
        Origin: app.context.config.publicBaseUrl,
        'Content-Type': 'application/octet-stream',
      },
    })

  it('has vouchers, which are read where expenses are read and nowhere else', async () => {
    const pdf = '%PDF-1.7\nRechnung\n%%EOF'
    const voucher = await body<Voucher>(await upload(pdf))
    const { id } = await add('expense', {
      ...salary,
      dated: '2026-02-14',
      kind: 'travel',
      amountEur: 49.9,
      voucherId: voucher.id,
    })
    const { expenses } = await log('?from=2026-02-01&to=2026-02-28')
    expect(expenses).toEqual([expect.objectContaining({ id, voucher: expect.objectContaining({ name: 'Rechnung.pdf' }) })])
    const file = await me.get(`${base}/vouchers/${voucher.id}`)
    expect(file.headers.get('content-disposition')).toContain('attachment')
    expect(await file.text()).toBe(pdf)
    expect(expenses[0]?.voucher?.sha256).toBe(createHash('sha256').update(pdf).digest('hex'))
    const viewer = await signIn(app, 'viewer')
    expect((await viewer.get(`${base}/vouchers/${voucher.id}`)).status).toBe(403)
    expect((await viewer.get(`/api/mobile/attachments/${voucher.id}`)).status).toBe(404)
    expect((await viewer.get(base)).status).toBe(403)
    await refused(await me.get(`${base}/vouchers/999999`), 404)
    expect((await upload('MZ\0', 'a.exe')).status).toBe(415)
    const admin = await signIn(app, 'admin')
    expect((await admin.get(base)).status).toBe(200)
    expect((await admin.send('POST', `${base}/records/expense`, { content: salary })).status).toBe(403)
  })

  it('is set against a grant once one is recorded as a fact, and never before', async () => {
    expect(warningsOf(await add('expense', salary))).toEqual([])
    expect(warningsOf(await add('expense', { ...salary, dated: '2025-12', amountEur: 210_001 }))).toEqual(['over-frame'])
    const dik = await me.fact('funding_frame', 'frame:dik-2024')
    expect(dik?.content).toMatchObject({ grantedEur: null, firstMonth: null, sharePercent: 80 })
    await me.record('funding_frame', 'frame:dik-2024', {
      content: { grantedEur: 180_000, firstMonth: '2026-01', noticeOn: '2025-12-15' },
      citation: 'Zuwendungsbescheid (Beispiel)',
    })
    const { budgets, evaluation } = await log('?to=2026-06-30')
    expect(budgets[0]).toMatchObject({
      state: 'running',
      source: { citation: 'Zuwendungsbescheid (Beispiel)' },
      grant: { eligibleEur: 5050.4, chargedEur: 4040.32, firstDay: '2026-01-01', lastDay: '2028-12-31', monthsPassed: 6 },
    })
    expect(evaluation).toMatchObject({ eligibleEur: 215_051.4, otherEur: 0 })
    expect(budgets[1]).toMatchObject({ state: 'not_granted', grant: null })
    const early = await add('expense', { ...salary, dated: '2025-11-30', eligible: false })
    expect(warningsOf(early)).toEqual(['outside-grant'])
    expect(warningsOf(await add('activity', { ...call, day: '2025-11-30' }))).toEqual(['outside-grant'])
    const much = await add('expense', { ...salary, dated: '2026-04', amountEur: 230_000 })
    expect(much.warnings).toEqual([
      expect.objectContaining({ rule: 'over-grant', text: expect.stringContaining('um 8.040,32\u00a0€ überschritten') }),
    ])
    await body(await undo(much.id, 1, 'expense'))
    expect((await log('?to=2026-06-30')).budgets[0]?.grant?.chargedEur).toBe(4040.32)
    expect((await log()).to).toBe(today())
  })

  it('of a grant without its beginning is refused as a draft', async () => {
    const response = await me.put('funding_frame', 'frame:mobilfunkkoordination-2021', { content: { grantedEur: 210_000 } })
    expect((await fieldRefused(response))[0]).toMatch(/firstMonth$/)
    const viewer = await staff(app, 'viewer')
    expect((await viewer.put('funding_frame', 'frame:dik-2024', {})).status).toBe(403)
  })
})

describe('the export for the proof of use', () => {
  async function packageOf(query: string): Promise<{ bytes: Buffer; files: Map<string, Buffer>; name: string | null }> {
    const response = await me.get(`${base}/export${query}`)
    expect(response.status).toBe(200)
    const bytes = Buffer.from(await response.arrayBuffer())
    const files = new Map<string, Buffer>()
    const zip = await yauzl.fromBufferPromise(bytes)
    for await (const file of zip.eachEntry()) {
      const parts: Buffer[] = []
      for await (const part of await zip.openReadStreamPromise(file)) parts.push(part as Buffer)
      files.set(file.fileName, Buffer.concat(parts))
    }
    return { bytes, files, name: response.headers.get('content-disposition') }
  }

  const sheetOf = async (workbook: Buffer | undefined, table: string) => {
    const directory = await temporaryDirectory()
    const path = join(directory, 'Nachweis.xlsx')
    await writeFile(path, workbook ?? '')
    const { rows } = await readTable(path, { table })
    await rm(directory, { recursive: true })
    return rows.map(({ values }) => values)
  }

  it('holds what the log says, with vouchers, and is the same bytes again after corrections', async () => {
    const { id } = await add('activity', {
      ...call,
      day: '2026-02-20',
      minutes: 75,
      description: '<b>&amp; Größe</b>\n'.repeat(80),
    })
    const period = '?from=2026-02-01&to=2026-03-31'
    const said = await log(period)
    const { files, name } = await packageOf(period)
    expect(name).toContain('Taetigkeitsnachweis_2026-02-01_2026-03-31.zip')
    expect([...files.keys()]).toEqual(['Nachweis.pdf', 'Nachweis.xlsx', 'belege/001_Rechnung.pdf'])
    expect(String(files.get('belege/001_Rechnung.pdf'))).toContain('%PDF-1.7')
    const activities = await sheetOf(files.get('Nachweis.xlsx'), 'Tätigkeiten')
    expect(activities.map((row) => row['Dauer in Minuten'])).toEqual(
      said.activities.map(({ content }) => content.minutes).toReversed(),
    )
    expect(activities[0]).toMatchObject({ Tag: '2026-02-20', 'Dauer in Stunden': 1.25, Art: 'Telefonat' })
    const work = await sheetOf(files.get('Nachweis.xlsx'), 'Summen Arbeitszeit')
    const tasks = work.filter((row) => row['Summe nach'] === 'Aufgabe')
    expect(tasks.map((row) => row['Dauer in Minuten'])).toEqual(said.evaluation.work.task.map(({ minutes }) => minutes))
    expect((await sheetOf(files.get('Nachweis.xlsx'), 'Ausgaben')).map(({ Betrag }) => Betrag)).toEqual([49.9, 5000.5])
    const pdf = String(files.get('Nachweis.pdf')?.toString('latin1'))
    expect(pdf).toMatch(/^%PDF-1\.7/)
    for (const part of ['/Marked true', '/Lang (de-DE)', '/S /Table', '/S /Caption', '/Scope /Row'])
      expect(pdf, part).toContain(part)

    const knownAt = (await entry(id))?.recordedAt
    const again = () => packageOf(`${period}&knownAt=${knownAt}`)
    const before = await again()
    await patch(id, 1, { minutes: 80 })
    await me.record('funding_frame', 'frame:dik-2024', {
      content: { name: 'Umbenannt' },
      citation: 'Zuwendungsbescheid (Beispiel)',
    })
    expect((await again()).bytes.equals(before.bytes)).toBe(true)
    expect((await packageOf(period)).bytes.equals(before.bytes)).toBe(false)
  })

  it('of an empty period says so, and refuses one that is none', async () => {
    const { files } = await packageOf('?from=2020-01-01&to=2020-01-31')
    expect([...files.keys()]).toEqual(['Nachweis.pdf', 'Nachweis.xlsx'])
    const work = await sheetOf(files.get('Nachweis.xlsx'), 'Summen Arbeitszeit')
    expect(work.map((row) => row['Dauer in Minuten'])).toEqual([0, 0, 0, 0])
    await refused(await me.get(`${base}/export?from=2026-03-01&to=2026-02-01`), 400)
    await refused(await me.get(`${base}/export?knownAt=gestern`), 400)
    const viewer = await signIn(app, 'viewer')
    expect((await viewer.get(`${base}/export`)).status).toBe(403)
  })
})
