import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Delivery, DeliveryRow, Mapping } from '../../server/contract/deliveries.ts'
import { openFile } from '../../server/formats/index.ts'
import { testApp } from '../support/app.ts'
import { temporaryDirectory } from '../support/cluster.ts'
import { deliveryRows, registerOfDelivery, wordsOfSender, writeDirtyDelivery } from '../support/dirty-delivery.ts'
import { body, read, refused, staff } from '../support/facts.ts'
import { inbox } from '../support/inbox.ts'

const app = await testApp()
const { database } = app.context
const coordinator = await staff(app, 'gigabitCoordinator')
const directory = await temporaryDirectory()

const box = inbox(app, coordinator)
const { detail, upload, settled, rows, publish } = box

const deliver = async (name: string, bytes: Buffer): Promise<Delivery> => (await box.deliver(name, bytes)).delivery

async function map(id: number, changes: Partial<Mapping> = {}): Promise<Delivery> {
  const delivered = await detail(id)
  const usual = { source: { citation: 'Lieferung der EVL', url: null }, isComplete: true }
  return box.judge(delivered, { ...usual, ...delivered.guess?.mapping, ...changes })
}

const countPremises = async () =>
  Number((await database.raw('select count(*) as n from premises_at(current_date, clock_timestamp())')).rows[0].n)

const csv = (...lines: string[]) => Buffer.from(`${lines.join('\r\n')}\r\n`)
const values = { kind: { ...wordsOfSender.kind }, state: { ...wordsOfSender.state } }

beforeAll(() => box.register(registerOfDelivery()))

afterEach(async () => {
  const counted = await database.raw(
    'select delivery_id, judgement, decision, count(*)::integer as rows from delivery_rows group by 1, 2, 3 order by 1, 2, 3',
  )
  const kept = await database('delivery_counts').where('rows', '<>', 0).orderBy(['delivery_id', 'judgement', 'decision'])
  expect(kept, 'the counts kept are those of the rows').toEqual(counted.rows)
})

describe('a dirty spreadsheet of 300 rows', () => {
  let first: Delivery

  it('is read, guessed, judged: what is right, doubtful and wrong, each with its reason', async () => {
    const path = join(directory, 'evl.xlsx')
    await writeDirtyDelivery(path)
    first = await deliver('EVL Anschlüsse.xlsx', await readFile(path))
    expect(first.status, first.problem ?? '').toBe('mapping')
    const { guess, unknownWords } = await detail(first.id)
    expect(guess?.mapping.kind).toBe('premises')
    expect(guess?.mapping.columns).toMatchObject({
      ...{
        externalId: 'Lfd. Nr.',
        street: 'Strasse',
        houseNumber: 'Hausnr.',
        kind: 'Objektart',
        units: 'WE',
        state: 'Status',
        stateOn: 'Anschluss am',
      },
    })
    expect(unknownWords.kind ?? []).toEqual([])

    first = await map(first.id, { values, isComplete: true })
    expect(first.status, first.problem ?? '').toBe('review')
    expect(first.counts?.new).toBeGreaterThanOrEqual(280)
    expect((first.counts?.new ?? 0) + (first.counts?.doubtful ?? 0) + (first.counts?.refused ?? 0)).toBe(300)
    const doubtful = await rows(first.id, '&judgement=doubtful')
    const refusedRows = await rows(first.id, '&judgement=refused')
    const reasons = new Set(
      [...doubtful, ...refusedRows].flatMap(({ remarks }) =>
        remarks.filter(({ severity }) => severity !== 'note').map(({ code }) => code),
      ),
    )
    expect([...reasons].toSorted()).toEqual(expect.arrayContaining(['doubled', 'impossible', 'not-a-date', 'not-a-number']))
    expect(refusedRows.every(({ decision }) => decision === 'declined')).toBe(true)
  })

  it('lets a person solve what is doubtful by choosing an address or typing another value', async () => {
    const doubtful = await rows(first.id, '&judgement=doubtful&decision=open')
    const offered = doubtful.find(({ candidates }) => candidates.length > 0)
    if (!offered) throw new Error('nothing to choose from')
    const mended = await body<DeliveryRow>(
      await coordinator.send('PUT', `/api/deliveries/${first.id}/rows/${offered.row}`, {
        addressId: offered.candidates[0]?.addressId,
      }),
    )
    expect(mended).toMatchObject({ isMended: true, decision: 'accepted' })
    const wrong = (await rows(first.id, '&judgement=refused')).find(({ mendable }) =>
      mendable.some(({ field }) => field === 'units'),
    )
    if (!wrong) throw new Error('no row with wrong units')
    const right = await body<DeliveryRow>(
      await coordinator.send('PUT', `/api/deliveries/${first.id}/rows/${wrong.row}`, { values: { units: '2' } }),
    )
    expect(right).toMatchObject({ judgement: 'new', decision: 'accepted' })
  })

  it('tells before and does then what publishing means, in one change that can be undone', async () => {
    const effect = await read<{ sentence: string; figures: object[]; accepted: number; left: number }>(
      coordinator,
      `/api/deliveries/${first.id}/effect`,
    )
    expect(effect.sentence).toMatch(/^EVL, Stand 31\.03\.2026: \d+ Anschlussobjekte neu\. \d+ Zeilen nicht übernommen\.$/)
    expect(effect.figures.length).toBe(3)
    expect(await countPremises()).toBe(0)

    const published = await publish(first.id, true)
    expect(published, published.problem ?? '').toMatchObject({ status: 'published', sentence: effect.sentence })
    expect(await countPremises()).toBe(effect.accepted)
    await body(await coordinator.send('POST', `/api/changes/${published.changeId}/undo`))
    expect(await countPremises()).toBe(0)
    const [undone] = (await database.raw('select max(id)::integer as id from changes')).rows
    await body(await coordinator.send('POST', `/api/changes/${undone.id}/undo`))
    expect(await countPremises()).toBe(effect.accepted)
  })

  it('gives an error list to send back: the rows as they came, with what is wrong', async () => {
    const response = await coordinator.get(`/api/deliveries/${first.id}/errors.xlsx`)
    const path = join(directory, 'errors.xlsx')
    await writeFile(path, Buffer.from(await response.arrayBuffer()))
    await using file = await openFile(path, { name: 'errors.xlsx' })
    const [table] = file.tables
    expect(table?.columns.map(({ name }) => name).slice(0, 4)).toEqual(['Zeile', 'Beanstandung', 'Lfd. Nr.', 'Strasse'])
    const left = (await rows(first.id)).filter(({ decision }) => decision !== 'accepted')
    expect(table?.rowCount).toBe(left.length)
    expect((await detail(first.id)).delivery.returned).toBe(left.length)
  })

  it('changes nothing when it comes again', async () => {
    const again = await deliver('EVL Anschlüsse.xlsx', await readFile(join(directory, 'evl.xlsx')))
    expect(again.problem).toMatch(/schon am/)
    const judged = await map(again.id, { values })
    const { counts } = judged
    expect(counts).toMatchObject({ new: 0, changed: 0 })
    expect(counts?.unchanged).toBeGreaterThanOrEqual(280)
    const before = await countPremises()
    expect((await publish(again.id)).sentence).toMatch(/nichts geändert/)
    expect(await countPremises()).toBe(before)
  })

  it('shows what is different the next time, field by field, and what is gone', async () => {
    const path = join(directory, 'next.xlsx')
    const later = deliveryRows
      .slice(0, 250)
      .map((row, index) => (index === 3 ? { ...row, state: 'in Betrieb', connectedOn: '15.05.2026' } : row))
    await writeDirtyDelivery(path, later)
    const delivery = await deliver('EVL Stand 2026-06-30.xlsx', await readFile(path))
    // The sender and the headers are known, the name tells the Stand: it is judged at once.
    expect(delivery.status, delivery.problem ?? '').toBe('review')
    expect(delivery.trueOn).toBe('2026-06-30')
    const [changed] = await rows(delivery.id, '&judgement=changed')
    expect(changed?.changes).toContainEqual({
      field: 'state',
      label: 'Anschlusszustand',
      before: 'Zustimmung erteilt',
      after: 'in Betrieb',
    })
    const removed = await rows(delivery.id, '&judgement=removed')
    expect(removed.length).toBeGreaterThan(40)
    expect(removed.every(({ decision, row }) => decision === 'open' && row < 0)).toBe(true)
    await body(
      await coordinator.send('POST', `/api/deliveries/${delivery.id}/decisions`, { decision: 'accepted', judgement: 'removed' }),
    )
    const before = await countPremises()
    const published = await publish(delivery.id)
    expect(published.sentence).toMatch(/1 Anschlussobjekt geändert, \d+ zurückgezogen/)
    expect(await countPremises()).toBe(before - removed.length)
  })
})

const reference = join(import.meta.dirname, '../../../shared/reference/strassenschluessel-leverkusen.csv')

describe.skipIf(!existsSync(reference))('the official list of street keys', () => {
  it('comes in through the inbox: every street gets the district its key names, differences to the boundaries are listed', async () => {
    const delivery = await deliver('strassenschluessel-leverkusen.csv', await readFile(reference))
    expect((await detail(delivery.id)).guess?.mapping.kind).toBe('street')
    const judged = await map(delivery.id, { kind: 'street', senderName: 'Geobasis NRW' })
    expect(judged.status, judged.problem ?? '').toBe('review')
    const others = await rows(delivery.id, '&reason=other-district')
    const published = await publish(delivery.id)
    expect(published).toMatchObject({ status: 'published', changeId: null })
    expect(published.sentence).toMatch(/Straßen neu/)

    const { rows: streets } = await database.raw(
      'select key, district_id, polygon_district_id, geom is not null as placed from streets',
    )
    expect(streets.length).toBeGreaterThan(1200)
    const prefixes = await database('districts').select('id', 'street_key_prefixes')
    for (const { key, district_id: district } of streets) {
      const named = prefixes.find(({ street_key_prefixes: own }) => own.some((prefix: string) => key.startsWith(prefix)))
      expect(district, key).toBe(named?.id ?? null)
    }
    const differing = streets.filter(
      (street: Record<string, unknown>) => street.placed && street.district_id !== street.polygon_district_id,
    )
    expect(others.length).toBeGreaterThanOrEqual(
      differing.filter((street: Record<string, unknown>) => street.district_id !== null).length,
    )
    const listed = await read<{ differences: object[] }>(coordinator, '/api/addresses/differences')
    expect(listed.differences.length).toBeGreaterThan(0)
  })
})

describe('bad deliveries', () => {
  it.each([
    ['broken zip', 'daten.zip', Buffer.from('PK\x03\x04 broken')],
    ['no rows', 'leer.csv', csv('Strasse;Hausnr.;Status;Objektart')],
    ['a picture', 'bild.xlsx', Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 0])],
  ])('%s: refused with a reason, the process lives', async (_name, fileName, bytes) => {
    const delivery = await deliver(fileName, bytes)
    expect(delivery.status).toBe('refused')
    expect(delivery.problem).toMatch(/\.$/)
  })

  it('names the field that is missing, the column that does not fit and the CRS that must be chosen', async () => {
    const { id } = await deliver('liste.csv', csv('Strasse;Hausnr.', 'Seidenweberweg;1'))
    const put = (changes: object) =>
      coordinator.send('PUT', `/api/deliveries/${id}/mapping`, {
        ...{
          table: 'liste',
          kind: 'premises',
          senderName: 'EVL',
          trueOn: '2026-03-31',
          crs: null,
          columns: { street: 'Strasse' },
          values: {},
        },
        ...{ source: { citation: 'Lieferung', url: null }, defaults: {}, isComplete: false },
        ...changes,
      })
    const problem = await refused(await put({}), 422)
    expect(problem.errors?.map(({ field }) => field)).toEqual(['columns.kind', 'columns.state'])
    const unfit = await put({ columns: { street: 'Gibt es nicht' }, defaults: { kind: 'household', state: 'passed' } })
    expect((await refused(unfit, 422)).errors?.[0]?.field).toBe('columns.street')
    await refused(await coordinator.send('POST', `/api/deliveries/${id}/publish`, { releaseFigures: false }), 409)
    await refused(await coordinator.get('/api/deliveries/999999'), 404)
    const empty = await upload('/api/deliveries?name=leer.csv', Buffer.alloc(0))
    expect((await refused(empty, 422)).errors?.[0]?.detail).toMatch(/leer/)
  })

  it('says of each row what a clerk can put right', async () => {
    const lines = [
      'Lfd. Nr.;Strasse;Hausnr.;Objektart;WE;Status;Anschluss am;Programm',
      'a;Seidenweberweg;1;Wohnhaus;1.376;HC;01.02.2026;',
      'b;Seidenweberweg;2;Wohnhaus;1;verdrahtet;;',
      'c;Seidenweberweg;3;Wohnhaus;1;HC;30.02.2026;',
      'd;Seidenweberweg;4;Wohnhaus;1;HC;;Atlantis',
      'e;;;Wohnhaus;1;HC;;',
      'f;Seidenweberweg;5;Wohnhaus;1;HC;;breitband',
      'f;Seidenweberweg;5;Wohnhaus;1;HC;;breitband',
    ]
    const { id } = await deliver('zeilen.csv', csv(...lines))
    const judged = await map(id, { senderName: 'Prüfer', isComplete: false })
    expect(judged.status, judged.problem ?? '').toBe('review')
    const found = await rows(id)
    const codes = Object.fromEntries(
      found.map(({ row, judgement, remarks }) => [
        row,
        [judgement, ...remarks.filter(({ severity }) => severity !== 'note').map(({ code }) => code)],
      ]),
    )
    expect(codes).toMatchObject({
      3: ['refused', 'unknown-word'],
      5: ['refused', 'unknown-programme'],
      7: ['new'],
      8: ['doubtful', 'doubled'],
    })
    expect(codes[4]?.[0]).toBe('refused')
    expect(codes[6]).toEqual(['doubtful', 'address-missing'])
  })

  it('may be cancelled, and two people cannot publish at once', async () => {
    const { id } = await deliver('zwei.csv', csv('Lfd. Nr.;Strasse;Hausnr.;Objektart;Status', 'x1;Seidenweberweg;9;Wohnhaus;HC'))
    await map(id, { senderName: 'Zwei', isComplete: false })
    const asked = await Promise.all(
      [1, 2].map(() => coordinator.send('POST', `/api/deliveries/${id}/publish`, { releaseFigures: false })),
    )
    expect(asked.map(({ status }) => status).toSorted()).toEqual([200, 409])
    expect((await settled(id)).status).toBe('published')
    await refused(await coordinator.send('POST', `/api/deliveries/${id}/cancel`), 409)
    const other = await deliver('drei.csv', csv('Lfd. Nr.;Strasse;Hausnr.;Objektart;Status', 'x2;Seidenweberweg;10;Wohnhaus;HC'))
    expect((await body<Delivery>(await coordinator.send('POST', `/api/deliveries/${other.id}/cancel`))).status).toBe('cancelled')
  })

  it('are judged anew when somebody has said something else in the meantime', async () => {
    const line = ['Lfd. Nr.;Strasse;Hausnr.;Objektart;Status', 'x1;Seidenweberweg;9;Wohnhaus;aktiv']
    const { id } = await deliver('vier.csv', csv(...line))
    await map(id, { senderName: 'Zwei', isComplete: false, trueOn: '2026-06-30' })
    const other = await deliver('fünf.csv', csv(line[0] ?? '', 'x1;Seidenweberweg;9;Wohnhaus;buchbar'))
    await map(other.id, { senderName: 'Zwei', isComplete: false, trueOn: '2026-05-31' })
    expect((await publish(other.id)).status).toBe('published')
    const delivery = await publish(id)
    expect(delivery).toMatchObject({ status: 'review', problem: expect.stringMatching(/inzwischen anders geändert/) })
    expect((await publish(id)).status).toBe('published')
  })
})
