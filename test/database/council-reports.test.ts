import { inflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { loadDemo, removeDemo } from '../../data/demo/load.ts'
import type { CouncilReport } from '../../server/contract/council-reports.ts'
import { type FactKindName, factKinds } from '../../server/contract/facts/index.ts'
import { publishedChange } from '../../server/database/published.ts'
import { testApp } from '../support/app.ts'
import { body, emptyStage, read, refused, staff } from '../support/facts.ts'
import { household, objectsApp, trench } from '../support/objects.ts'
import { client } from '../support/sign-in.ts'

const app = await testApp()
const other = await testApp({}, app)
const { record } = await objectsApp(app)
const coordinator = await staff(app, 'gigabitCoordinator', 'admin')
const reader = client(app)

const scope = { programmeId: null, districtId: null }
const make = async (wish: object) =>
  body<CouncilReport>(await coordinator.send('POST', '/api/reports/council', { ...scope, ...wish }))
const file = async (id: number, format: string, from = reader) => {
  const response = await from.get(`/bericht/${id}.${format}`)
  expect(response.status).toBe(200)
  return Buffer.from(await response.arrayBuffer())
}

/** What every kind of fact says later: none of it may reach a report made before. */
const laterChanges: Record<FactKindName, object> = {
  programme: { name: 'Umbenannt', summary: 'Neu beschrieben', passiveOperator: 'Neue Netz GmbH', position: 999 },
  section: { name: 'Umbenannter Abschnitt', note: 'Neuer Hinweis' },
  stage: { actualEnd: '2022-03', percent: 100, note: 'Doch schon fertig' },
  milestone: { title: 'Umbenannter Meilenstein', planned: '2031', note: 'Verschoben' },
  target: { value: 4711 },
  figure: { value: 4712 },
  funding: { amountEur: 4713, giver: 'Neuer Geber' },
  district_boundary: {
    attribution: 'Neue Grenze',
    geom: {
      type: 'MultiPolygon',
      coordinates: [
        [
          [
            [6.98, 51.03],
            [6.99, 51.03],
            [6.99, 51.04],
            [6.98, 51.04],
            [6.98, 51.03],
          ],
        ],
      ],
    },
  },
  page: { title: 'Neuer Titel', body: 'Neuer Text' },
  department: { name: 'Umbenannter Fachbereich', email: 'fb@stadt.example' },
  deadline_rule: { name: 'Umbenannte Frist', amount: 4 },
  building_law_rule: { condition: 'Neue Bedingung' },
  spot_rule: { label: 'Neue Erklärung' },
  text_module: { text: 'Neuer Baustein' },
  funding_frame: { name: 'Umbenannter Rahmen', legalNote: 'Neuer Hinweis' },
  letter_template: { name: 'Neue Vorlage', body: 'Neues Schreiben {{statements}}' },
}

async function recordAll(): Promise<void> {
  const houses = Array.from({ length: 12 }, (_, index) =>
    household(`bericht-${index}`, { programmeId: 'breitband', state: 'connected', fundingClass: 'funded' }),
  )
  await record('premises', houses, '2022-03-01')
  await record(
    'route',
    [
      trench(
        'bericht',
        [
          [6.98, 51.03],
          [6.99, 51.04],
        ],
        { programmeId: 'breitband' },
      ),
    ],
    '2022-03-01',
  )
}

/** What stands in a PDF uncompressed, and the streams in it. */
function readPdf(bytes: Buffer): { objects: string; streams: string } {
  const text = bytes.toString('latin1')
  const streams = [...text.matchAll(/stream\r?\n/g)].map((match) => {
    const start = (match.index ?? 0) + match[0].length
    try {
      return inflateSync(bytes.subarray(start, text.indexOf('endstream', start))).toString('latin1')
    } catch {
      return ''
    }
  })
  return { objects: text, streams: streams.join('\n') }
}

describe('a status report for the council', () => {
  it('tells phases, changes, targets and dates, each with a link to its query', async () => {
    const report = await make({ asOf: '2022-03-28', since: '2021-09-20' })
    const html = (await file(report.id, 'html')).toString()
    expect(html).toContain('<title>Sachstandsbericht Glasfaserausbau')
    expect(html).toMatch(/Opladen: bisher Tiefbau, jetzt <a href="[^"]+">Tiefbau abgeschlossen<\/a>/)
    expect(html).toMatch(/rund\s82\skm/u)
    expect(html).toContain('Sachstand Digitalisierung')
    const links = [...html.matchAll(/<a href="(http:\/\/[^"]+\/ogc\/[^"]+)">([^<]+)<\/a>/g)].map(
      ([, href = '']) => new URL(href.replaceAll('&amp;', '&')),
    )
    expect(links.length).toBeGreaterThan(40)
    for (const { pathname, search } of new Map(links.map((link) => [link.href, link])).values()) {
      const answer = await reader.get(pathname + search)
      expect(answer.status, pathname + search).toBe(200)
    }
    const values = [...html.matchAll(/<td>((?:rund\s)?(?!\d\d\.\d\d\.\d{4}<)[\d.,]+(?:\sk?m)?)<\/td>/gu)].map(
      ([, value]) => value,
    )
    expect(values, 'numbers that are no links').toEqual([])
    const summary = /<h2[^>]*>Zusammenfassung<\/h2>(.*?)<h2/s.exec(html)?.[1] ?? ''
    expect(summary).toContain('13 Bauabschnitte</a>')
    expect(summary.replace(/<[^>]*href[^>]*>[^<]*<\/a>/g, '').replace(/<[^>]+>/g, ''), 'a number that is no link').not.toMatch(
      /\d/,
    )
  })

  it('tells dates as they were announced: first, how often moved, what became of them', async () => {
    const move = (planned: string, trueOn: string) =>
      coordinator.record('milestone', 'breitband:abnahme', {
        content: {
          ...{ programmeId: 'breitband', slug: 'abnahme', title: 'Abnahme', titleEn: null, planned, actual: null },
          ...{ note: null, noteEn: null, position: 99 },
        },
        trueOn,
        citation: `Mitteilung vom ${trueOn}`,
      })
    await move('2022-06', '2021-05-01')
    await move('2023-03', '2022-01-10')
    const html = (await file((await make({ asOf: '2022-03-28' })).id, 'html')).toString()
    const [, row = ''] = /<tr>((?:(?!<\/tr>).)*Abnahme<(?:(?!<\/tr>).)*)<\/tr>/s.exec(html) ?? []
    const cells = [...row.matchAll(/<t[dh][^>]*>(.*?)<\/t[dh]>/gs)].map(([, cell = '']) => cell.replace(/<[^>]+>/g, ''))
    expect(cells.slice(0, 4)).toEqual(['Abnahme', 'Juni 2022', 'März 2023 (1-mal verschoben)', '–'])
    const steps = /<h2[^>]*>Nächste Schritte<\/h2>(.*?)<h2/s.exec(html)?.[1] ?? ''
    expect(steps).toMatch(/Abnahme<\/a> – März 2023/)
    expect(steps.indexOf('2022')).toBeLessThan(steps.indexOf('März 2023'))
  })

  it('has the same bytes again: from another process, and after later changes to everything there is', async () => {
    const report = await make({ asOf: '2022-03-28', since: '2021-09-20' })
    const scoped = await make({ asOf: '2022-03-28', programmeId: 'breitband', districtId: 'opladen' })
    const formats = ['html', 'pdf', 'xlsx'] as const
    const files = (from = reader) =>
      Promise.all([report, scoped].flatMap(({ id }) => formats.map((format) => file(id, format, from))))
    const before = await files()
    const told = new Set<string>()
    for (const [kind, changes] of Object.entries(laterChanges) as [FactKindName, object][]) {
      for (const { id } of (await coordinator.facts(kind)).slice(0, 3)) {
        await coordinator.record(kind, id, { content: { ...changes }, trueOn: '2022-03-28', citation: 'Spätere Angabe' })
        told.add(kind)
      }
    }
    expect([...told].toSorted()).toEqual(Object.keys(factKinds).toSorted())
    const undone = await coordinator.record('stage', 'breitband:manfort:civil_works', {
      content: { ...emptyStage, sectionId: 'breitband:manfort', trade: 'civil_works', actualStart: '2022-03' },
      trueOn: '2022-03-27',
    })
    await body(await coordinator.send('POST', `/api/changes/${undone}/undo`))
    await recordAll()
    const release = await body<{ revision: number }>(
      await coordinator.send('POST', '/api/counts/releases', { stand: '2022-03-28', reason: 'Später gezählt' }),
    )
    const after = await files(client(other))
    for (const [index, bytes] of before.entries()) expect(after[index]?.equals(bytes), formats[index % 3]).toBe(true)
    const today = await make({ asOf: '2022-03-28', since: '2021-09-20' })
    const html = (await file(today.id, 'html')).toString()
    expect(html).toContain('Spätere Angabe')
    expect(html).toContain('gezählt: Potenzial')
    const path = `/api/counts/releases/${release.revision}/withdrawal`
    await body(await coordinator.send('POST', path, { reason: 'Verzählt' }))
    expect((await file(today.id, 'html')).toString()).toBe(html)
  })

  it('says so when it can no longer be had as it was', async () => {
    const report = await make({ asOf: '2022-03-28' })
    expect((await file(report.id, 'html')).toString()).not.toContain('nicht mehr')
    const publication = { actorName: 'Nachtrag', reason: 'Ältere Meldung gefunden', knownAt: '2022-03-01', assumed: false }
    await publishedChange(app.context.database, publication, (trx) =>
      trx.raw(`insert into targets (id, true_on, source_id, programme_id, quantity, scope, value, approximate)
        select 'breitband:household:nachtrag', '2022-02', min(id), 'breitband', 'household', 'nachtrag', 77, false from sources`),
    )
    const html = (await file(report.id, 'html')).toString()
    expect(html).toContain('Dieser Bericht lässt sich nicht mehr unverändert erzeugen')
    expect(html).toContain(report.sha256.slice(0, 32))
    expect(readPdf(await file(report.id, 'pdf')).objects).toMatch(/^%PDF-1\.7/)
  })

  it('is a PDF that a screen reader can read (PDF/UA-1)', async () => {
    const report = await make({ asOf: '2022-03-28', since: '2021-09-20' })
    const { objects, streams } = readPdf(await file(report.id, 'pdf'))
    expect(objects).toMatch(/^%PDF-1\.7/)
    expect(objects).toMatch(/\/Marked true/)
    expect(objects).toMatch(/\/Lang \(de-DE\)/)
    expect(objects).toMatch(/\/DisplayDocTitle true/)
    expect(objects).toMatch(/\/StructTreeRoot/)
    expect(objects + streams).toMatch(/<pdfuaid:part>1<\/pdfuaid:part>/)
    for (const type of [
      'Document',
      'H1',
      'H2',
      'P',
      'L',
      'LI',
      'Lbl',
      'LBody',
      'Table',
      'Caption',
      'TR',
      'TH',
      'TD',
      'Figure',
      'Link',
    ])
      expect(objects, type).toMatch(new RegExp(`/S /${type}\\b`))
    expect(objects).toMatch(/\/Scope \/Column/)
    expect(objects).toMatch(/\/Scope \/Row/)
    const figures = objects.match(/\/S \/Figure/g) ?? []
    expect(objects.match(/\/S \/Figure[\s\S]{0,200}?\/Alt /g)).toHaveLength(figures.length)
    // Everything drawn is either in the structure or marked as decoration.
    for (const content of streams.split('\n').filter((line) => /\bT[jJ]\b/.test(line))) expect(content).not.toBe('')
    const opened = streams.match(/\bB(?:DC|MC)\b/g)?.length
    expect(opened).toBe(streams.match(/\bEMC\b/g)?.length)
    // Every link annotation belongs to the structure.
    const annotations = objects.match(/\/Subtype \/Link/g)?.length ?? 0
    expect(annotations).toBeGreaterThan(40)
    expect(objects.match(/\/StructParent \d+/g)).toHaveLength(annotations)
    expect(objects).not.toMatch(/\/Type1\b.*Helvetica/)
  })

  it('tells released counts of premises beside targets, and withheld ones as withheld', async () => {
    await loadDemo(app.context.database)
    const stand = '2023-04-12'
    await body(await coordinator.send('POST', '/api/counts/releases', { stand, reason: 'Bericht an den Rat' }))
    const report = await make({ asOf: new Date().toISOString().slice(0, 10), programmeId: 'breitband' })
    const html = (await file(report.id, 'html')).toString()
    expect(html).toMatch(/gezählt: Potenzial<\/td><td><a [^>]+counted_figures[^>]+>1\.388<\/a>/)
    expect(html).toContain('Beispieldaten')
    const small = await make({ asOf: report.asOf, programmeId: 'breitband', districtId: 'wiesdorf' })
    expect((await file(small.id, 'html')).toString()).toContain('nicht genannt (Datenschutz)')

    const untouched = await make({ asOf: '2022-03-28', programmeId: 'friedenstal' })
    const before = await file(untouched.id, 'pdf')
    await removeDemo(app.context.database)
    await app.context.revisions.refresh()
    expect((await file(untouched.id, 'pdf')).equals(before)).toBe(true)
    expect((await file(untouched.id, 'html')).toString()).toContain('Beispieldaten')
    const gone = (await file(report.id, 'html')).toString()
    expect(gone).toContain('Die Beispieldaten, auf denen er beruhte, sind verändert oder entfernt.')
    expect(gone).not.toContain('gezählt: Potenzial')
    const real = await make({ asOf: report.asOf })
    expect((await file(real.id, 'html')).toString()).not.toContain('Beispieldaten')
    await loadDemo(app.context.database)
    await app.context.revisions.refresh()
    expect((await file(real.id, 'html')).toString()).not.toContain('Beispieldaten')
  })

  it('goes on from the last one of the same scope, and refuses what cannot be', async () => {
    const first = await make({ asOf: '2021-09-20', districtId: 'opladen' })
    expect(first.since).toBeNull()
    expect((await make({ asOf: '2022-03-28', districtId: 'opladen' })).since).toBe('2021-09-20')
    const { reports } = await read<{ reports: CouncilReport[] }>(coordinator, '/api/reports/council')
    expect(reports[0]).toMatchObject({ asOf: '2022-03-28', districtId: 'opladen' })
    const post = (wish: object) => coordinator.send('POST', '/api/reports/council', { ...scope, ...wish })
    expect((await refused(await post({ asOf: '2099-01-01' }), 422)).errors?.[0]?.field).toBe('asOf')
    expect((await refused(await post({ asOf: '2022-03-28', since: '2022-03-28' }), 422)).errors?.[0]?.field).toBe('since')
    await refused(await post({ asOf: '2022-03-28', districtId: 'atlantis' }), 404)
    await refused(await post({ asOf: '2022-03-28', programmeId: 'atlantis' }), 404)
    await refused(await reader.get('/bericht/999999.pdf'), 404)
    await refused(await reader.get('/bericht/1.docx'), 400)
  })
})
