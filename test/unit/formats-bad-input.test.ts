import { appendFile, readdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { openFile } from '../../server/formats/index.ts'
import { codesOf, fileOf, readTable, refusalOf, sheetRow, workbookOf, workDirectory, zipOf } from '../support/formats.ts'

/** A zip of one entry, byte by byte: names, sizes and flags that no honest program writes. */
function rawZip(entry: { name: string; content: Buffer; method?: number; flags?: number; announced?: number }): Buffer {
  const { name, content, method = 0, flags = 0, announced = content.length } = entry
  const packed = method === 8 ? deflateRawSync(content) : content
  const common = Buffer.alloc(26)
  common.writeUInt16LE(20, 0)
  common.writeUInt16LE(flags, 2)
  common.writeUInt16LE(method, 4)
  common.writeUInt32LE(packed.length, 14)
  common.writeUInt32LE(announced, 18)
  common.writeUInt16LE(Buffer.byteLength(name), 22)
  const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name), packed])
  const central = Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), common, Buffer.alloc(14), Buffer.from(name)])
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(local.length, 16)
  return Buffer.concat([local, central, end])
}

const csv = 'a;b\n1;2\n'

describe('a zip is refused, with a reason, when it', () => {
  test('is cut short', async () => {
    const whole = await readFile(await zipOf('x.zip', { 'a.csv': csv.repeat(1_000) }))
    expect(await refusalOf(await fileOf('x.zip', whole.subarray(0, whole.length - 30)))).toMatchObject({
      code: 'broken-zip',
      message: expect.stringContaining('beschädigt'),
    })
  })

  test('has broken data inside', async () => {
    const whole = await readFile(
      await zipOf('x.zip', { 'a.csv': Array.from({ length: 5_000 }, (_, n) => `${n * 7919};${n}\n`).join('') }),
    )
    whole.fill(0xff, 200, 400)
    expect((await refusalOf(await fileOf('x.zip', whole))).code).toBe('broken-zip')
  })

  test('unpacks to more than it may, by its own account', async () => {
    const bomb = await zipOf('x.zip', { 'a.csv': Buffer.alloc(40 * 2 ** 20, '1;2\n') })
    expect((await refusalOf(bomb)).code).toBe('zip-bomb')
    expect((await refusalOf(await zipOf('y.zip', { 'a.csv': csv.repeat(100) }), { limits: { unpackedBytes: 500 } })).code).toBe(
      'zip-bomb',
    )
  })

  test('unpacks to more than it announces', async () => {
    const liar = rawZip({ name: 'a.csv', content: Buffer.from(csv.repeat(10_000)), method: 8, announced: 100 })
    expect((await refusalOf(await fileOf('x.zip', liar))).code).toBe('zip-bomb')
  })

  test('has too many entries', async () => {
    const many = await zipOf('x.zip', Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`${n}.txt`, 'x'])))
    expect((await refusalOf(many, { limits: { entries: 20 } })).code).toBe('zip-entries')
  })

  test.each(['../../etc/passwd.csv', '/etc/passwd.csv', 'a/../../b.csv', 'C:/b.csv'])('leads elsewhere: %s', async (name) => {
    expect((await refusalOf(await fileOf('x.zip', rawZip({ name, content: Buffer.from(csv) })))).code).toBe('zip-path')
  })

  test('is encrypted', async () => {
    const locked = rawZip({ name: 'a.csv', content: Buffer.from(csv), method: 8, flags: 1 })
    expect(await refusalOf(await fileOf('x.zip', locked))).toMatchObject({
      code: 'encrypted',
      message: expect.stringContaining('Kennwort'),
    })
  })

  test('is encrypted by AES', async () => {
    const locked = rawZip({ name: 'a.csv', content: Buffer.from(csv), method: 99, flags: 1 })
    expect((await refusalOf(await fileOf('x.zip', locked))).code).toBe('encrypted')
  })

  test('is packed by an unknown method', async () => {
    expect((await refusalOf(await fileOf('x.zip', rawZip({ name: 'a.csv', content: Buffer.from(csv), method: 14 })))).code).toBe(
      'zip-method',
    )
  })

  test('holds zips, or a zip called something else', async () => {
    const inner = await readFile(await zipOf('inner.zip', { 'a.csv': csv }))
    expect((await refusalOf(await zipOf('x.zip', { 'inner.zip': inner }))).code).toBe('nested-zip')
    expect((await refusalOf(await zipOf('x.zip', { 'inner.csv': inner }))).code).toBe('nested-zip')
  })

  test('holds nothing that is read, or several files with data', async () => {
    expect((await refusalOf(await zipOf('x.zip', { 'a.pdf': 'x' }))).code).toBe('zip-without-data')
    expect((await refusalOf(await zipOf('x.zip', { 'a.csv': csv, 'b.csv': csv }))).message).toContain('a.csv, b.csv')
    expect((await refusalOf(await zipOf('x.zip', { 'a.dbf': 'x', 'a.shx': 'x' }))).code).toBe('shapefile-incomplete')
  })
})

test('a zip with one workbook, beside a README, is read', async () => {
  const book = await readFile(await workbookOf([{ name: 'Blatt', rows: sheetRow(1, ['a', 'b']) + sheetRow(2, [1, 2]) }]))
  expect(
    (await readTable(await zipOf('x.zip', { 'README.txt': 'Felder', '__MACOSX/._a.xlsx': 'x', 'a.xlsx': book }))).rows,
  ).toHaveLength(1)
})

describe('a workbook is refused when it', () => {
  const rows = sheetRow(1, ['a', 'b']) + sheetRow(2, [1, 2])

  test('has macros, whatever it is called', async () => {
    const path = await workbookOf([{ name: 'Blatt', rows }], { 'xl/vbaProject.bin': 'x' })
    expect(await refusalOf(path)).toMatchObject({ code: 'macros', message: expect.stringContaining('Makros') })
  })

  test('is encrypted or of the old kind', async () => {
    const compound = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(3_000)])
    expect((await refusalOf(await fileOf('x.xls', compound))).code).toBe('old-excel')
    const locked = Buffer.concat([compound, Buffer.from('EncryptedPackage', 'utf16le'), Buffer.alloc(100)])
    expect((await refusalOf(await fileOf('x.xlsx', locked))).code).toBe('encrypted')
  })

  test('is broken, or written as .xlsb', async () => {
    const broken = await workbookOf([{ name: 'Blatt', rows: '<row r="1"><c r="A1"><v>1</row>' }])
    expect((await refusalOf(broken)).code).toBe('broken-workbook')
    expect((await refusalOf(await zipOf('x.xlsx', { 'xl/workbook.bin': 'x' }))).code).toBe('binary-excel')
    expect((await refusalOf(await zipOf('x.xlsx', { 'xl/workbook.xml': '<workbook/>' }))).code).toBe('broken-workbook')
  })

  test('has no rows, or a header only', async () => {
    expect((await refusalOf(await workbookOf([{ name: 'Blatt', rows: '' }]))).code).toBe('no-rows')
    expect((await refusalOf(await workbookOf([{ name: 'Blatt', rows: sheetRow(1, ['a', 'b']) }]))).code).toBe('no-rows')
  })
})

test('entities of a workbook are not expanded', async () => {
  const doctype = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
  const sheet = `${doctype}<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>`
  const path = await workbookOf([{ name: 'Blatt', rows: '' }], { 'xl/worksheets/sheet1.xml': sheet })
  expect((await refusalOf(path)).code).toBe('broken-workbook')
})

describe('a cell that is far too long', () => {
  test('of a workbook is an error of its row', async () => {
    const rows = sheetRow(1, ['a', 'b']) + sheetRow(2, ['x'.repeat(100 * 2 ** 20), 2]) + sheetRow(3, ['y', 3])
    const path = await workbookOf([{ name: 'Blatt', rows }])
    const { rows: read } = await readTable(path, { limits: { ratio: 2_000 } })
    expect(read.map(({ values }) => values)).toEqual([
      { a: null, b: 2 },
      { a: 'y', b: 3 },
    ])
    expect(codesOf(read[0])).toEqual(['cell-too-large'])
  })

  test('of a CSV is an error of its row, or of the file with the row named', async () => {
    const { rows } = await readTable(await fileOf('a.csv', `a;b\n${'x'.repeat(2_000_000)};2\ny;3\n`))
    expect(rows.map(codesOf)).toEqual([['cell-too-large'], []])
    const huge = await fileOf('b.csv', `a;b\n1;2\n"${'x'.repeat(2 ** 20)}`)
    for (let turn = 0; turn < 20; turn++) await appendFile(huge, 'x'.repeat(5 * 2 ** 20))
    expect(await refusalOf(huge)).toMatchObject({ code: 'cell-too-large', message: expect.stringContaining('Zeile 3') })
  })

  test('of a feature is an error of its row', async () => {
    const feature = (name: string) => `{"type":"Feature","properties":{"name":"${name}"},"geometry":null}`
    const path = await fileOf(
      'a.geojson',
      `{"type":"FeatureCollection","features":[${feature('x'.repeat(100 * 2 ** 20))},${feature('b')}]}`,
    )
    const { rows } = await readTable(path)
    expect(rows.map(({ values, remarks }) => [values.name, remarks[0]?.code])).toEqual([
      [null, 'feature-too-large'],
      ['b', undefined],
    ])
  })
})

describe('a table of text is refused when', () => {
  test('it is empty, has a header only, or nothing but blanks', async () => {
    expect((await refusalOf(await fileOf('a.csv', ''))).code).toBe('empty-file')
    expect((await refusalOf(await fileOf('a.csv', '\ufeff \r\n'))).code).toBe('empty-file')
    expect((await refusalOf(await fileOf('a.csv', 'a;b\n'))).code).toBe('no-rows')
    expect((await refusalOf(await fileOf('a.csv', 'a;b\n;;\n;\n'))).code).toBe('no-rows')
  })

  test('a quotation mark is never closed: the row is named', async () => {
    expect(await refusalOf(await fileOf('a.csv', `a;b\n1;2\n"x;3\n${'4;5\n'.repeat(10)}`))).toMatchObject({
      code: 'unclosed-quote',
      message: expect.stringContaining('Zeile 3'),
    })
  })

  test('it has too many columns, or is too large', async () => {
    const wide = Array.from({ length: 60 }, (_, n) => `c${n}`).join(';')
    expect(
      (await refusalOf(await fileOf('a.csv', `${wide}\n${wide.replaceAll('c', '')}\n`), { limits: { columns: 50 } })).code,
    ).toBe('too-many-columns')
    expect((await refusalOf(await fileOf('a.csv', csv.repeat(100)), { limits: { fileBytes: 100 } })).code).toBe('too-large')
  })
})

test.each([
  ['x.pdf', '%PDF-1.7 ...', 'PDF'],
  ['x.dwg', 'AC1032\0\0', 'DWG'],
  ['x.shp', Buffer.from('0000270a00000000', 'hex'), 'Zip-Datei'],
  ['x.csv', Buffer.from([0, 1, 2, 3, 0, 0, 0, 255]), 'keine Tabelle'],
  ['x.xls', '<html><table><tr><td>1</td></tr></table></html>', 'Webseite'],
  ['x.gml', '<gml:FeatureCollection xmlns:gml="x"/>', 'GML'],
  ['x.xml', '<?xml version="1.0"?><a/>', 'kein KML'],
  ['x.gz', Buffer.from('1f8b0800', 'hex'), 'gzip'],
])('%s is refused by its content, saying what it is', async (name, content, word) => {
  expect(await refusalOf(await fileOf(name, content))).toMatchObject({
    code: 'unknown-format',
    message: expect.stringContaining(word),
  })
})

describe('GeoJSON is refused when', () => {
  test.each([
    ['it is other JSON', '{"a":1}', 'not-geojson'],
    ['it is a list', '[{"a":1},{"a":2}]', 'not-geojson'],
    ['it ends in the middle', '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"a":1}', 'unreadable'],
    ['it has no features', '{"type":"FeatureCollection","features":[]}', 'no-rows'],
  ])('%s', async (_name, content, code) => {
    expect((await refusalOf(await fileOf('a.geojson', content))).code).toBe(code)
  })
})

test('one unreadable feature is an error of its row', async () => {
  const lines = [
    '{"type":"Feature","properties":{"a":1},"geometry":null}',
    '{"type":"Feature","properties":{"a":,},"geometry":null}',
    '{"type":"Feature","properties":{"a":3},"geometry":null}',
    `{"type":"Feature","properties":{"a":${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}},"geometry":null}`,
  ]
  const { rows } = await readTable(await fileOf('a.geojsonl', lines.join('\n')))
  expect(rows.map(({ values, remarks }) => [values.a, remarks[0]?.code])).toEqual([
    [1, undefined],
    [null, 'feature-unreadable'],
    [3, undefined],
    [null, 'feature-unreadable'],
  ])
})

test.each([
  ['x.gpkg', 'SQLite format 3\0'],
  ['x.dxf', '0\nSECTION\n2\nHEADER\n'],
])('a broken %s is refused and the process lives', async (name, start) => {
  expect((await refusalOf(await fileOf(name, Buffer.concat([Buffer.from(start), Buffer.alloc(5_000, 7)])))).code).toMatch(
    /unreadable|no-rows/,
  )
})

test('a shapefile whose parts are not what they are called is refused', async () => {
  expect((await refusalOf(await zipOf('x.zip', { 'a.shp': 'not a shapefile', 'a.dbf': 'x', 'a.shx': 'x' }))).code).toBe(
    'unreadable',
  )
})

test('a job of GDAL ends when it is cancelled, and the next one runs', async () => {
  const point = '0\nPOINT\n8\nTrasse\n10\n360000\n20\n5655000\n'
  const path = await fileOf('x.dxf', `0\nSECTION\n2\nENTITIES\n${point.repeat(50_000)}0\nENDSEC\n0\nEOF\n`)
  const timed = async (work: () => Promise<unknown>) => {
    const startedAt = performance.now()
    await work()
    return performance.now() - startedAt
  }
  const openAll = (signal?: AbortSignal) =>
    openFile(path, { name: 'x.dxf', ...(signal ? { signal } : {}) }).then((file) => file.close())
  const wholeMs = await timed(openAll)
  const cancelledMs = await timed(() => expect(openAll(AbortSignal.timeout(Math.round(wholeMs / 5)))).rejects.toThrow(/abort/i))
  expect(cancelledMs).toBeLessThan(wholeMs * 0.7)
  expect((await readTable(path)).rows).toHaveLength(50_000)
}, 60_000)

test('nothing is left behind, refused or not', async () => {
  const before = (await readdir(tmpdir())).filter((name) => name.startsWith('ausbauatlas-file-')).length
  await refusalOf(await zipOf('x.zip', { 'inner.csv': await readFile(await zipOf('i.zip', { a: 'b' })) }))
  const path = join(await workDirectory(), 'a.csv')
  await writeFile(path, csv)
  await using file = await openFile(path, { name: 'a.csv' })
  expect(() => file.readRows('b')).toThrow('Eine Tabelle „b“ gibt es in der Datei nicht.')
  await file.close()
  expect((await readdir(tmpdir())).filter((name) => name.startsWith('ausbauatlas-file-')).length).toBeLessThanOrEqual(before)
})
