import { readFile } from 'node:fs/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import type { DeliveryDetail, Mapping } from '../../server/contract/deliveries.ts'
import { newerLine } from '../support/addresses.ts'
import { testApp } from '../support/app.ts'
import { body, refused, staff } from '../support/facts.ts'
import { sheetRow, workbookOf, zipOf } from '../support/formats.ts'
import { inbox } from '../support/inbox.ts'

const app = await testApp()
const { database } = app.context
const coordinator = await staff(app, 'gigabitCoordinator')
const { register, upload, deliver, map, judge, publish, rows } = inbox(app, coordinator)

const csv = (...lines: string[]) => Buffer.from(`${lines.join('\r\n')}\r\n`)
const packed = async (path: Promise<string>) => readFile(await path)
const workbook = (sheet: string, after = '', more: Record<string, string> = {}) =>
  packed(workbookOf([{ name: 'Liste', rows: sheet, after }], more))
const compound = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(3_000)])

beforeAll(async () => {
  const houses = [1, 2, 3, 4, 5, 6].map((houseNumber) => ({ id: `DENW0${houseNumber}`, street: 'Färberstraße', houseNumber }))
  await register(`${houses.map(newerLine).join('\n')}\n`)
})

const countStatements = async () =>
  Number((await database.raw('select (select count(*) from premises) + (select count(*) from routes) as n')).rows[0].n)

/** Whatever came in, the next file is read. */
async function expectAlive(): Promise<void> {
  const { delivery } = await deliver('gut.csv', csv('Strasse;Hausnr.', 'Färberstraße;1'))
  expect(delivery.status).toBe('mapping')
}

describe('a file that cannot be read is refused with a sentence that says why, keeps nothing and stops nobody:', () => {
  const nested = `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":${'['.repeat(1e6)}${']'.repeat(1e6)}}}]}`
  test.each<[what: string, name: string, bytes: () => Buffer | Promise<Buffer>, said: RegExp]>([
    [
      'broken zip',
      'daten.zip',
      async () => (await packed(zipOf('x.zip', { 'a.csv': 'a;b\n'.repeat(5_000) }))).subarray(0, 60),
      /Zip-Datei ist beschädigt/,
    ],
    [
      'zip bomb',
      'daten.zip',
      () => packed(zipOf('x.zip', { 'a.csv': Buffer.alloc(40 * 2 ** 20, '1;2\n') })),
      /beim Entpacken unverhältnismäßig groß/,
    ],
    [
      'macro file',
      'liste.xlsm',
      () => workbook(sheetRow(1, ['a']) + sheetRow(2, [1]), '', { 'xl/vbaProject.bin': 'x' }),
      /enthält Makros/,
    ],
    ['0 rows', 'leer.csv', () => csv('Strasse;Hausnr.;Status'), /enthält keine Zeilen/],
    ['0 rows of a workbook', 'leer.xlsx', () => workbook(sheetRow(1, ['Strasse', 'Hausnr.'])), /enthält keine Zeilen/],
    [
      'cell of 20 MB, before it is read to its end',
      'riesig.csv',
      () => Buffer.concat([csv('Strasse;Hausnr.', 'Färberstraße;1'), Buffer.from('"'), Buffer.alloc(20 * 2 ** 20, 'x')]),
      /In Zeile 3 ist ein Wert viel zu lang/,
    ],
    ['Excel of 1997', 'alt.xls', () => compound, /im alten Excel-Format/],
    [
      'workbook with a password',
      'geheim.xlsx',
      () => Buffer.concat([compound, Buffer.from('EncryptedPackage', 'utf16le'), Buffer.alloc(90)]),
      /mit einem Kennwort geschützt/,
    ],
    [
      'OpenDocument',
      'liste.ods',
      () => packed(zipOf('x.ods', { mimetype: 'application/vnd.oasis.opendocument.spreadsheet', 'content.xml': '<x/>' })),
      /OpenDocument; bitte speichern/,
    ],
    ['PDF under another name', 'liste.xlsx', () => Buffer.from('%PDF-1.7\n%âãÏÓ\n'), /ein PDF/],
    ['NUL in a table', 'liste.csv', () => Buffer.from('Strasse;Nr\nFärber\0straße;1\n'), /keine Tabelle/],
    [
      'zip in a zip',
      'daten.zip',
      async () => packed(zipOf('x.zip', { 'innen.zip': await packed(zipOf('y.zip', { 'a.csv': 'a;b\n1;2\n' })) })),
      /enthält weitere Zip-Dateien/,
    ],
    ['shapefile without its geometries', 'netz.zip', () => packed(zipOf('x.zip', { 'a.dbf': 'x' })), /fehlt .*\(\.shp\)/],
  ])('%s', async (_what, name, bytes, said) => {
    const { delivery, tables } = await deliver(name, await bytes())
    expect(delivery).toMatchObject({ status: 'refused', problem: expect.stringMatching(said), counts: null })
    expect(tables).toEqual([])
    expect(await database('delivery_rows').where('delivery_id', delivery.id)).toEqual([])
    expect(await countStatements()).toBe(0)
    await refused(await coordinator.send('POST', `/api/deliveries/${delivery.id}/publish`, { releaseFigures: false }), 409)
    await expectAlive()
  })

  test('brackets a million deep are an unreadable object', async () => {
    const delivered = await deliver('tief.geojson', Buffer.from(nested))
    const judged = await judge(delivered, { kind: 'route', columns: {}, defaults: { status: 'laid' } })
    expect((await rows(judged.id)).map(({ judgement }) => judgement)).toEqual(['refused'])
    await expectAlive()
  })
})

const premises = { kind: 'premises', defaults: {}, columns: {} } as const
const listed = ['Lfd. Nr.', 'Strasse', 'Hausnr.', 'Objektart', 'WE', 'Status', 'Anschluss am'] as const
const ofList = {
  ...{ externalId: 'Lfd. Nr.', street: 'Strasse', houseNumber: 'Hausnr.', kind: 'Objektart', units: 'WE', state: 'Status' },
  stateOn: 'Anschluss am',
}
const list = (...lines: string[]) => csv(listed.join(';'), ...lines)

/** A table whose first row is good and whose others are not: what a clerk reads of the table and of each row, and what is recorded of it. */
async function told(name: string, bytes: Buffer, said: Partial<Mapping>) {
  const before = await countStatements()
  const delivered = await deliver(name, bytes)
  const judged = await judge(delivered, { senderName: name, ...said })
  expect(judged.status, judged.problem ?? '').toBe('review')
  const found = await rows(judged.id)
  const accepted = found.filter(({ decision }) => decision === 'accepted').length
  expect((await publish(judged.id)).status).toBe('published')
  expect((await countStatements()) - before, 'only what was accepted is recorded').toBe(accepted)
  const textsOf = (remarks: readonly { text: string }[]) => remarks.map(({ text }) => text).join(' ')
  return {
    delivered,
    table: textsOf(delivered.tables[0]?.remarks ?? []),
    rows: found.map(({ judgement, remarks }) => [judgement, textsOf(remarks)]),
  }
}

describe('what is wrong in a table of premises is said where it stands:', () => {
  test('two header rows and merged cells', async () => {
    const sheet = [
      sheetRow(1, ['Adresse', null, 'Anschluss', null]),
      sheetRow(2, ['Strasse', 'Hausnr.', 'Objektart', 'Status']),
      sheetRow(3, ['Färberstraße', 1, 'Wohnhaus', 'HC']),
      sheetRow(4, [null, 2, 'Wohnhaus', 'HC']),
    ].join('')
    const merged = '<mergeCells><mergeCell ref="A1:B1"/><mergeCell ref="C1:D1"/><mergeCell ref="A3:A4"/></mergeCells>'
    const { table, rows: found } = await told('koepfe.xlsx', await workbook(sheet, merged), {
      ...premises,
      columns: {
        ...{ street: 'Adresse / Strasse', houseNumber: 'Adresse / Hausnr.' },
        ...{ kind: 'Anschluss / Objektart', state: 'Anschluss / Status' },
      },
    })
    expect(table).toMatch(/verbundene Zellen; .* in den Zeilen 1 und 2 und wurden zusammengefasst/)
    expect(found.map(([judgement]) => judgement)).toEqual(['new', 'new'])
  })

  test('formulas', async () => {
    const sheet = [
      sheetRow(1, [...listed]),
      sheetRow(2, ['f1', 'Färberstraße', 3, 'Wohnhaus', '<c><f>1+1</f><v>2</v></c>', 'HC']),
      sheetRow(3, ['f2', 'Färberstraße', 4, 'Wohnhaus', '<c><f>1+1</f></c>', 'HC']),
      sheetRow(4, ['f3', 'Färberstraße', 4, 'Wohnhaus', '<c t="e"><v>#NV</v></c>', 'HC']),
    ].join('')
    const { rows: found } = await told('formeln.xlsx', await workbook(sheet), { ...premises, columns: ofList })
    expect(found).toEqual([
      ['new', ''],
      ['refused', expect.stringMatching(/Formel hat kein gespeichertes Ergebnis/)],
      ['refused', expect.stringMatching(/Excel-Fehler #NV/)],
    ])
  })

  test('dates as text, unknown codes and doubled keys', async () => {
    const { rows: found, delivered } = await told(
      'worte.csv',
      list(
        'w1;Färberstraße;1;Wohnhaus;1;HC;Ende 2022',
        'w2;Färberstraße;2;Wohnhaus;1;HC;demnächst',
        'w3;Färberstraße;3;Wohnhaus;1;HC;31.02.2026',
        'w4;Färberstraße;4;Luftschloss;1;HC;',
        'w1;Färberstraße;5;Wohnhaus;2;HC;',
      ),
      { ...premises, columns: ofList },
    )
    expect(delivered.unknownWords.kind).toEqual([{ word: 'Luftschloss', count: 1 }])
    expect(found).toEqual([
      ['new', ''],
      ['refused', expect.stringMatching(/„demnächst“ ist kein Datum/)],
      ['refused', expect.stringMatching(/„31\.02\.2026“ ist kein Datum/)],
      ['refused', expect.stringMatching(/Was „Luftschloss“ bedeutet, ist nicht bekannt/)],
      ['doubtful', expect.stringMatching(/Dasselbe Objekt steht schon weiter oben/)],
    ])
  })

  test('addresses that are not whole, not there or not sure', async () => {
    const { rows: found } = await told(
      'adressen.csv',
      list(
        'a1;Färberstraße;1;Wohnhaus;1;HC;',
        'a2;Färberstraße;;Wohnhaus;1;HC;',
        'a3;Färberstr.;99;Wohnhaus;1;HC;',
        'a4;Färbergasse;2;Wohnhaus;1;HC;',
        'a5;Gibtsnichtallee;3;Wohnhaus;1;HC;',
        'a6;;;Wohnhaus;1;HC;',
      ),
      { ...premises, columns: ofList },
    )
    expect(found).toEqual([
      ['new', ''],
      ['doubtful', 'Die Hausnummer fehlt.'],
      ['doubtful', '„Färberstraße“: Die Hausnummer 99 steht nicht im Adressregister.'],
      ['doubtful', 'Die Adresse ist nicht sicher zu erkennen.'],
      ['doubtful', 'Die Adresse steht nicht im Adressregister.'],
      ['doubtful', 'Die Zeile nennt weder Adresse noch Lage; der Stadtteil ist nicht bekannt.'],
    ])
  })

  test('German and English decimals mixed, and a cell of two million letters', async () => {
    const { rows: found } = await told(
      'zahlen.csv',
      list(
        'z1;Färberstraße;1;Wohnhaus;1;HC;',
        'z2;Färberstraße;2;Wohnhaus;1.376;HC;',
        'z3;Färberstraße;3;Wohnhaus;2,0;HC;',
        'z4;Färberstraße;4;Wohnhaus;3.0;HC;',
        `z5;${'x'.repeat(2e6)};5;Wohnhaus;1;HC;`,
      ),
      { ...premises, columns: ofList },
    )
    expect(found).toEqual([
      ['new', ''],
      ['refused', expect.stringMatching(/„1\.376“ (ist nicht eindeutig|kann zweierlei heißen)/)],
      ['new', ''],
      ['new', expect.stringMatching(/anders geschrieben als die übrigen|^$/)],
      ['doubtful', expect.stringMatching(/Inhalt der Zelle ist viel zu lang/)],
    ])
  })

  test('letters no database keeps: NUL and halves of letters', async () => {
    const properties = { id_t: 'a\0b', status: 'verlegt', note: '\ud800', 'leer\0': 1 }
    const { rows: found } = await told(
      'halb.geojson',
      Buffer.from(JSON.stringify({ type: 'FeatureCollection', features: [{ type: 'Feature', properties, geometry: good }] })),
      { ...routes, columns: { ...routes.columns, note: 'note' } },
    )
    expect(found).toEqual([['doubtful', expect.stringMatching(/In „a\ufffdb“ sind Zeichen verloren.*In „\ufffd“ sind Zeichen/)]])
  })

  test('mojibake', async () => {
    const { rows: found } = await told(
      'umlaute.csv',
      list('u1;Färberstraße;1;Wohnhaus;1;HC;', 'u2;FÃ¤rberstraÃŸe;2;Wohnhaus;1;HC;', 'u3;F?rberstra?e;3;Wohnhaus;1;HC;'),
      { ...premises, columns: ofList },
    )
    expect(found).toEqual([
      ['new', ''],
      ['doubtful', expect.stringMatching(/Umlaute waren zerstört: „FÃ¤rberstraÃŸe“ wurde als „Färberstraße“ gelesen/)],
      ['doubtful', expect.stringMatching(/Adresse|Zeichen verloren/)],
    ])
  })
})

const line = (x: number, y: number) => [
  [x, y],
  [x + 100, y + 50],
]
const features = (geometries: readonly unknown[], crs = 'EPSG:25832') =>
  Buffer.from(
    JSON.stringify({
      ...{ type: 'FeatureCollection', crs: { type: 'name', properties: { name: crs } } },
      features: geometries.map((geometry, n) => ({ type: 'Feature', properties: { id_t: `${n}`, status: 'verlegt' }, geometry })),
    }),
  )
const of = (coordinates: unknown) => ({ type: 'LineString', coordinates })
const good = of(line(360_000, 5_655_000))
const routes = { kind: 'route', columns: { externalId: 'id_t', status: 'status' }, defaults: {} } as const

describe('what is wrong with coordinates is said where it stands:', () => {
  test('a wrong CRS', async () => {
    const { table, rows: found } = await told('falsch.geojson', features([good], 'EPSG:3857'), routes)
    expect(table).toMatch(/nennt als Koordinatensystem .*3857.*passen aber nur zu .*25832/)
    expect(found).toEqual([['new', '']])
    const { rows: lengths } = await database.raw("select round(st_length(geom)) as m from routes where id like 'r:falsch%'")
    expect(lengths).toEqual([{ m: 112 }])
  })

  test('a missing CRS is asked for, with the field named', async () => {
    const delivered = await deliver('ohne.geojson', features([of(line(2_600_000, 1_200_000))], 'EPSG:2056'))
    expect(delivered.tables[0]).toMatchObject({ needsCrs: true, crs: null })
    expect(delivered.tables[0]?.remarks[0]?.text).toMatch(/EPSG:2056.*hier nicht gelesen wird/)
    const problem = await refused(await map(delivered, { ...routes, crs: null }), 422)
    expect(problem.errors).toEqual([{ field: 'crs', detail: 'Bitte wählen Sie das Koordinatensystem.' }])
  })

  test('exchanged axes, of the whole file and of a row', async () => {
    const exchanged = of(line(360_000, 5_655_000).map(([x, y]) => [y, x]))
    const whole = await told('gedreht.geojson', features([exchanged, exchanged]), routes)
    expect(whole.table).toMatch(/sind in der Datei vertauscht und wurden richtig zugeordnet/)
    const many = Array.from({ length: 20 }, (_, n) => of(line(360_000 + n, 5_655_000)))
    const one = await told('eine.geojson', features([...many, exchanged]), routes)
    expect(one.rows.at(-1)).toEqual(['refused', expect.stringMatching(/in dieser Zeile vermutlich vertauscht/)])
  })

  test('places outside the Land, empty geometries, crossing lines, heights and measures', async () => {
    const knot = [
      [360_000, 5_655_000],
      [360_100, 5_655_100],
      [360_100, 5_655_000],
      [360_000, 5_655_100],
    ]
    const { rows: found } = await told(
      'linien.geojson',
      features([
        good,
        of(line(691_600, 5_334_700)),
        of([]),
        null,
        of(knot),
        of(line(360_300, 5_655_000).map(([x, y]) => [x, y, 48.5])),
        of(line(360_400, 5_655_000).map(([x, y]) => [x, y, 48.5, 7])),
      ]),
      routes,
    )
    expect(found).toEqual([
      ['new', ''],
      ['refused', expect.stringMatching(/nicht in Nordrhein-Westfalen.*km außerhalb der Stadt/)],
      ['refused', expect.stringMatching(/Geometrie ist leer/)],
      ['refused', expect.stringMatching(/hat keine Geometrie.*fehlt/)],
      ['refused', expect.stringMatching(/kreuzt sich selbst/)],
      ['new', expect.stringMatching(/Höhen \(Z-Werte\) werden nicht übernommen/)],
      ['new', expect.stringMatching(/Höhen \(Z-Werte\) werden nicht übernommen/)],
    ])
    const { rows: flat } = await database.raw("select distinct st_ndims(geom) as n from routes where id like 'r:linien%'")
    expect(flat).toEqual([{ n: 2 }])
  })

  test('curves of a drawing become lines, and that is said', async () => {
    const entity = (...groups: (string | number)[]) => groups.join('\n')
    const dxf = entity(
      ...[0, 'SECTION', 2, 'ENTITIES'],
      ...[0, 'LINE', 100, 'AcDbEntity', 8, 'Trasse', 100, 'AcDbLine', 10, 360_000, 20, 5_655_000, 11, 360_100, 21, 5_655_000],
      ...[
        0,
        'ARC',
        100,
        'AcDbEntity',
        8,
        'Trasse',
        100,
        'AcDbCircle',
        10,
        360_200,
        20,
        5_655_000,
        40,
        50,
        100,
        'AcDbArc',
        50,
        0,
        51,
        90,
      ],
      ...[0, 'ENDSEC', 0, 'EOF', ''],
    )
    const { rows: found, table } = await told('bogen.dxf', Buffer.from(dxf), {
      ...routes,
      columns: {},
      defaults: { status: 'laid' },
    })
    expect(`${table} ${found[1]?.[1]}`).toMatch(/Kurve.*in (eine Linie|Linien)/)
    const { rows: lengths } = await database.raw(
      "select round(st_length(geom)) as m from routes where id like 'r:bogen%' order by 1",
    )
    expect(lengths).toEqual([{ m: 79 }, { m: 100 }])
  })
})

test('a name with folders, umlauts or more letters than a name may have does no harm', async () => {
  const file = csv('Strasse;Hausnr.', 'Färberstraße;1')
  const odd = await deliver('../../etc/Größe „März“.csv', file)
  expect(odd.delivery).toMatchObject({ status: 'mapping', fileName: '../../etc/Größe „März“.csv' })
  const long = await upload(`/api/deliveries?name=${encodeURIComponent('ä'.repeat(300))}.csv`, file)
  expect((await refused(long, 400)).errors).toEqual([{ field: 'name', detail: expect.stringMatching(/höchstens 255 Zeichen/) }])
  const list = await body<{ deliveries: DeliveryDetail['delivery'][] }>(await coordinator.get('/api/deliveries'))
  expect(list.deliveries.some(({ fileName }) => fileName.includes('ää'))).toBe(false)
})
