import { readdir } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { CoverageImport } from '../../server/contract/coverage.ts'
import { coverageDirectory, followCoverage } from '../../server/coverage/jobs.ts'
import { receiveCoverageFile } from '../../server/coverage/receive.ts'
import { testApp } from '../support/app.ts'
import { areas, coverageDesk, driveHeader, driveTest, everywhere, wishOf } from '../support/coverage.ts'
import { body, refused } from '../support/facts.ts'

const app = await testApp()
const { database, config } = app.context
const desk = await coverageDesk(app)
const { coordinator } = desk

/** Nothing of a refused file may remain anywhere. */
async function nothingRemains(): Promise<void> {
  for (const table of ['coverage_import_cells', 'coverage_import_areas', 'coverage_editions', 'coverage_cells'])
    expect(await database(table).select()).toEqual([])
  await expect.poll(() => readdir(coverageDirectory(config.dataDir))).toEqual([])
}

const good = '2026-06-01T10:00:00;6.9893;51.0325;26201;LTE;-90;-9'
const goods = (count: number) =>
  Array.from({ length: count }, (_, index) => good.replace('10:00', `10:${String(index % 60).padStart(2, '0')}`))
const rectangle = [360_000, 5_655_000, 361_000, 5_656_000] as const

describe('a file that cannot be used is refused with a reason, and nothing remains:', () => {
  const outside = areas([{ properties: { mobilesBB_AnzahlMNB: 0 }, box: [500_000, 5_700_000, 501_000, 5_701_000] }])
  test.each<[string, string, string, RegExp]>([
    ['only a header', 'leer.csv', `${driveHeader}\n`, /keine Zeilen mit Daten/],
    ['no header', 'fahrt.csv', `${goods(3).join('\n')}\n`, /nicht bekannt.*ohne Überschriften.*„Spalte A“.*Erwartet:.*Messfahrt/],
    ['one column', 'fahrt.csv', 'RSRP\n-90\n-91\n', /mit der einen Spalte „RSRP“.*Erwartet/],
    ['no position', 'fahrt.csv', 'Zeit;Betreiber;RSRP\n2026-06-01;Telekom;-90\n', /ohne Lage/],
    ['a cell of 100 MB', 'fahrt.csv', `${driveTest([good])}"${'x'.repeat(100_000_000)}`, /Zeile 3.*(zu lang|zu groß)/],
    [
      'another edition',
      'neu.geojson',
      areas([{ properties: { MNB_Summe: 3, LAND: 'NW' }, box: rectangle }]),
      /nicht bekannt. Gefunden: „neu“ \(Flächen\) mit den Spalten „MNB_Summe“, „LAND“\. Erwartet: .*„mobilesBB_AnzahlMNB“/,
    ],
    [
      'another CRS',
      'gk4.geojson',
      areas([{ properties: { mobilesBB_AnzahlMNB: 3 }, box: [4_400_000, 5_600_000, 4_401_000, 5_601_000] }], 31468),
      /„EPSG:31468“.*Erwartet wird .*EPSG:25832.*EPSG:3035/,
    ],
    ['nothing in the city', 'anderswo.geojson', outside, /„Zahl der Netzbetreiber.*nichts davon liegt in der Stadt/],
    ['neither table nor map', 'bild.csv', `PNG${'\u0000\u0001'.repeat(3)}\u0002`, /keine Tabelle und kein Geodatenformat/],
  ])('%s', async (_what, name, content, reason) => {
    expect(await desk.refusal(name, content)).toMatch(reason)
    await nothingRemains()
  })

  test('something else than it was said to be', async () => {
    const problem = await desk.refusal('fahrt.csv', driveTest([good]), 'operator_count')
    expect(problem).toMatch(/nicht „Zahl der Netzbetreiber.*Gefunden: .*„RSRP“.*Erwartet: .*„mobilesBB_AnzahlMNB“/)
  })

  test('an empty one is not even taken in', async () => {
    expect((await refused(await desk.send('leer.csv', ''), 422)).errors?.[0]).toEqual({
      field: 'file',
      detail: 'Die Datei ist leer.',
    })
    await nothingRemains()
  })

  test('more than half of its rows of no use', async () => {
    const rows = [...goods(2), ...Array.from({ length: 3 }, () => good.replace('-90', '-300'))]
    const problem = await desk.refusal('fahrt.csv', driveTest(rows))
    expect(problem).toMatch(
      /^Mehr als die Hälfte der Zeilen ist nicht brauchbar \(3 von 5\)\. Zuerst Zeile 4: Der Pegel \(RSRP\) „-300“ ist nicht möglich \(−156 bis −31 dBm\)/,
    )
    await nothingRemains()
  })
})

describe('rows of a drive test', () => {
  test('that cannot be right are listed with number and reason; the others count', async () => {
    const bad: [string, RegExp][] = [
      [good.replace('-90', '-157'), /RSRP.*nicht möglich/],
      [good.replace('-90', '-30.5'), /RSRP.*nicht möglich/],
      [good.replace('-90', 'n/a'), /RSRP.*keine Zahl/],
      [good.replace('-90', ''), /RSRP.*fehlt/],
      [good.replace(/-9$/, '21'), /RSRQ.*nicht möglich \(−43 bis 20 dB\)/],
      [good.replace('2026-06-01T10:00:00', '2099-01-01T00:00:00'), /liegt in der Zukunft/],
      [good.replace('2026-06-01T10:00:00', '31.12.1999 10:00'), /vor dem Jahr 2000/],
      [good.replace('2026-06-01T10:00:00', 'gestern'), /„gestern“ ist nicht lesbar/],
      [good.replace('2026-06-01T10:00:00', ''), /Zeit der Messung fehlt/],
      [good.replace('6.9893', ''), /Position fehlt/],
      [good.replace('LTE', 'UMTS'), /Technik „UMTS“ wird nicht geführt/],
      [good.replace('26201', ''), /Betreiber fehlt/],
    ]
    const { found } = await desk.inspect('fahrt.csv', driveTest([...goods(20), ...bad.map(([line]) => line)]))
    expect(found).toMatchObject({ rows: 32, used: 20, unusable: 12, outside: 0 })
    expect(found.problems.map(({ row }) => row)).toEqual(bad.map((_, index) => index + 22))
    for (const [index, [, reason]] of bad.entries()) expect(found.problems[index]?.text).toMatch(reason)
    expect(found.kinds[0]).toMatchObject({ count: 2 })
    expect(found.warnings).toContain('Nicht brauchbar: 12 von 32 Zeilen. Sie zählen nicht.')
  })

  test('with exchanged axes are put right, all of them or some, and that is said', async () => {
    const swapped = (line: string) => line.replace('6.9893;51.0325', '51.0325;6.9893')
    const all = await desk.inspect('fahrt.csv', driveTest(goods(5).map(swapped)))
    expect(all.found).toMatchObject({ used: 5, outside: 0 })
    expect(all.found.reasons.join(' ')).toContain('sind in der Datei vertauscht und wurden richtig zugeordnet')
    const some = await desk.inspect('fahrt.csv', driveTest(goods(20).map((line, index) => (index === 7 ? swapped(line) : line))))
    expect(some.found).toMatchObject({ used: 20, outside: 0, unusable: 0 })
    expect(some.found.warnings).toContain('Länge und Breite vertauscht: 1 Zeile. Das wurde richtiggestellt.')
  })

  test('may have other names, German decimals, commas, times and codes of networks', async () => {
    const forms = [
      'Datum,Uhrzeit,Breitengrad,Längengrad,MCC,MNC,Technologie,Pegel\n01.06.2026,10:00,51.0325,6.9893,262,1,4G,-90\n',
      'timestamp\tlat\tlon\toperator\trat\tss_rsrp\n1780304400\t51.0325\t6.9893\tT-Mobile D\tNR NSA\t-90.5\n',
      'Zeitstempel;Lat;Lon;Anbieter;Netztyp;RSRP (dBm);RSRQ (dB)\n2026-06-01T10:00:00.250+02:00;51,0325;6,9893;1&1;LTE;-90,5;-9,5\n',
      'Zeit;X;Y;Netz;Technik;RSRP\n01.06.2026 10:00:00;359014,6;5655362,8;Telefónica o2;GSM;-90\n',
    ]
    const parts = []
    for (const form of forms) {
      const { found } = await desk.inspect('fahrt.csv', form)
      expect(found).toMatchObject({ used: 1, firstDay: '2026-06-01', asksOperator: false })
      parts.push(...found.parts.map(({ operator, technology }) => `${operator} ${technology}`))
    }
    expect(parts).toEqual(['telekom 4g', 'telekom 5g', '1und1 4g', 'telefonica 2g'])
  })
})

test('a number of operators that is none is listed by row', async () => {
  const file = areas([
    ...[0, 1, 2].map((count) => ({ properties: { mobilesBB_AnzahlMNB: count as unknown }, box: rectangle })),
    { properties: { mobilesBB_AnzahlMNB: 'viele' }, box: rectangle },
    { properties: { mobilesBB_AnzahlMNB: 12 }, box: rectangle },
  ])
  const { found } = await desk.inspect('anzahl.geojson', file)
  expect(found.problems).toEqual([
    { row: 4, text: 'Die Zahl der Betreiber „viele“ ist keine ganze Zahl von 0 bis 9.' },
    { row: 5, text: 'Die Zahl der Betreiber „12“ ist keine ganze Zahl von 0 bis 9.' },
  ])
  // The same cells three times: once each, with the highest number.
  expect(found.counts).toEqual([{ operators: 2, cells: found.cells }])
  expect(found.warnings.join(' ')).toContain('werden mehrmals genannt')
})

test('put aside, a file leaves nothing, and cannot be imported any more', async () => {
  const { id, found } = await desk.inspect('anzahl.geojson', areas([{ properties: { mobilesBB_AnzahlMNB: 1 }, box: everywhere }]))
  const { status, problem } = await body<CoverageImport>(await coordinator.send('POST', `/api/coverage/imports/${id}/cancel`))
  expect([status, problem]).toEqual(['cancelled', expect.stringContaining('Es wurde nichts übernommen.')])
  expect(await database('coverage_import_cells').where('import_id', id)).toEqual([])
  await refused(await desk.confirming(id, wishOf(found)), 409)
  await refused(await coordinator.send('POST', `/api/coverage/imports/${id}/cancel`), 409)
  await refused(await coordinator.send('POST', '/api/coverage/imports/9999/cancel'), 404)
})

test('stopped while it is read, a file is read anew at the next start; what nobody waits for is removed', async () => {
  const rows = Array.from({ length: 40_000 }, (_, index) =>
    good.replace('10:00:00', `10:00:00.${index}`).replace('-90', `-${60 + (index % 60)}`),
  )
  const sender = { fileName: 'fahrt.csv', wishedDataset: null, actor: 'test', actorName: 'Test' }
  const directory = `${config.dataDir}/other`
  const id = await receiveCoverageFile(database, directory, Readable.from([driveTest(rows)]), sender)
  const statusOf = async () =>
    (await database('coverage_imports').where('id', id).first('status', 'found')) as {
      status: string
      found: { used: number } | null
    }
  const first = await followCoverage(database, directory)
  await first.close()
  expect(await statusOf()).toEqual({ status: 'reading', found: null })
  expect(await database('coverage_import_cells').where('import_id', id)).toEqual([])
  expect(await readdir(coverageDirectory(directory))).toEqual([`import-${id}`])
  const second = await followCoverage(database, directory)
  for (let turn = 0; turn < 600 && (await statusOf()).status === 'reading'; turn += 1) await wait(50)
  await second.close()
  expect(await statusOf()).toMatchObject({ status: 'ready', found: { used: 60, duplicates: 39_940 } })
  expect(await readdir(coverageDirectory(directory))).toEqual([])
})
