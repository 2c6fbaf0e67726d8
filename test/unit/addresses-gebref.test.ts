import { createWriteStream } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { afterAll, describe, expect, it } from 'vitest'
import { ZipFile } from 'yazl'
import { readRegister } from '../../server/addresses/read-register.ts'
import { isStreetList, readStreetList } from '../../server/addresses/read-streets.ts'
import { newerLine, olderLine } from '../support/addresses.ts'

const directory = await mkdtemp(join(tmpdir(), 'ausbauatlas-gebref-'))
afterAll(() => rm(directory, { recursive: true }))
let files = 0

async function fileOf(content: string | Buffer): Promise<string> {
  files += 1
  const path = join(directory, `file-${files}`)
  await writeFile(path, content)
  return path
}

async function zipOf(entries: Record<string, string>): Promise<string> {
  const zip = new ZipFile()
  for (const [name, text] of Object.entries(entries)) zip.addBuffer(Buffer.from(text), name)
  zip.end()
  files += 1
  const path = join(directory, `file-${files}.zip`)
  await pipeline(zip.outputStream, createWriteStream(path))
  return path
}

async function read(path: string) {
  const rows = []
  let progress = { lines: 0, kept: 0, broken: 0, remarks: [] as { line: number; text: string }[] }
  for await (const batch of readRegister(path, '05316000')) {
    rows.push(...batch.rows)
    progress = batch.progress
  }
  return { rows, ...progress }
}

const text = async (content: string | Buffer) => read(await fileOf(content))
const many = (count: number) => Array.from({ length: count }, (_, n) => newerLine({ id: `DENW${n}`, houseNumber: n + 1 }))

describe('the register of the Land', () => {
  it('is read in its newer form, UTF-8', async () => {
    const { rows } = await text(newerLine({ id: 'DENW0000AB', street: 'Küppersteger Straße', suffix: 'A', east: '359980.123' }))
    expect(rows).toEqual([
      {
        line: 1,
        id: 'denw0000ab',
        streetKey: '02001',
        locationKey: '0000',
        street: 'Küppersteger Straße',
        houseNumber: 1,
        suffix: 'a',
        quality: 'A',
        registerDate: '2026-01-15',
        east: 359980.123,
        north: 5659400,
      },
    ])
  })

  it('is read in its older form, ISO-8859-1, decimal comma, zone before the easting', async () => {
    const { rows } = await text(Buffer.from(olderLine({ id: 'DENW1', street: 'Am Büchelter Hof' }), 'latin1'))
    expect(rows).toMatchObject([{ street: 'Am Büchelter Hof', east: 359980.06, north: 5659400.386, registerDate: '2022-01-01' }])
  })

  it('is filtered by municipality, also when the line of the example says another one', async () => {
    const elsewhere = 'N;DENW000002207504;A;05;1;58;028;0000;12741;6;;32349925,060;5685090,386;Minoritenstraße;2022-01-01'
    const { rows, lines, kept } = await text([elsewhere, olderLine({ id: 'DENW1' }), elsewhere].join('\r\n'))
    expect({ ids: rows.map(({ id }) => id), lines, kept }).toEqual({ ids: ['denw1'], lines: 3, kept: 1 })
  })

  it('knows a header, a byte order mark, quotes and unpadded keys', async () => {
    const header =
      'nba;oid;qua;landschl;land;regbezschl;regbez;kreisschl;kreis;gmdschl;gmd;ottschl;ott;strschl;str;hnr;adz;zone;east;north;date'
    const quoted = newerLine({ id: 'DENW1', street: '"Weg; hinten"', streetKey: '2001' })
    const { rows } = await text(`\ufeff${header}\n${quoted}\n`)
    expect(rows).toMatchObject([{ street: 'Weg; hinten', streetKey: '02001' }])
  })

  it('is read out of the zip of the Land, the largest text in it', async () => {
    const path = await zipOf({ 'liesmich.txt': 'Hinweise', 'gebref/gebref.txt': many(30).join('\n') })
    expect((await read(path)).kept).toBe(30)
  })

  it('keeps lines over the borders of chunks whole', async () => {
    const { rows, kept } = await text(many(20_000).join('\n'))
    expect(kept).toBe(20_000)
    expect(new Set(rows.map(({ id }) => id)).size).toBe(20_000)
  })

  it('goes on over single broken lines and says which', async () => {
    const lines = many(300)
    lines[41] = 'N;kaputt'
    lines[99] = newerLine({ id: 'DENWX', houseNumber: 'ohne' })
    const { kept, remarks } = await text(lines.join('\n'))
    expect(kept).toBe(298)
    expect(remarks).toEqual([
      { line: 42, text: 'Die Zeile hat 2 statt 21 Spalten.' },
      { line: 100, text: 'Die Hausnummer fehlt oder ist keine Zahl.' },
    ])
  })

  it.each([
    ['nothing', '', /Datei ist leer/],
    ['blank lines only', '\n\r\n', /Datei ist leer/],
    ['another table', 'a;b;c\n1;2;3', /erste Zeile hat 3 Spalten.*21.*15/],
    [
      'another municipality',
      newerLine({ id: 'DENW1', ags: '05315000' }),
      /keine Adresse der Gemeinde 05316000, sondern solche von 05315000/,
    ],
    ['too many broken lines', [...many(10), 'N;kaputt'].join('\n'), /1 Zeilen sind nicht lesbar \(zuerst Zeile 11/],
    ['a file that ends in the middle of a line', many(300).join('\n').slice(0, -40), /endet mitten in Zeile 300/],
    ['coordinates elsewhere', newerLine({ id: 'DENW1', east: 700_000 }), /außerhalb von Nordrhein-Westfalen/],
    ['swapped axes', newerLine({ id: 'DENW1', east: 5_659_400, north: 359_980 }), /vertauscht/],
    ['no number as coordinate', newerLine({ id: 'DENW1', east: 'x' }), /Koordinate ist keine Zahl/],
    ['UTF-16', Buffer.from(newerLine({ id: 'DENW1' }), 'utf16le'), /UTF-16/],
    ['mojibake', newerLine({ id: 'DENW1', street: 'LindenstraÃŸe' }), /falsch kodiert.*LindenstraÃŸe/],
    ['a broken zip', Buffer.from('PK\u0003\u0004 und dann nichts'), /Zip-Datei ist beschädigt/],
  ])('refuses %s with a sentence', async (_name, content, sentence) => {
    await expect(text(content)).rejects.toThrow(sentence)
  })

  it('refuses a zip without a text', async () => {
    await expect(read(await zipOf({ 'bild.png': 'x' }))).rejects.toThrow(/keine Textdatei/)
  })

  it('stops when asked to', async () => {
    const path = await fileOf(many(5).join('\n'))
    const reading = readRegister(path, '05316000', AbortSignal.abort())
    await expect(reading.next()).rejects.toThrow(/abort/i)
  })
})

describe('the list of street keys', () => {
  it('is told from the register by its header, and read', async () => {
    const path = await fileOf(
      '\ufeffstrassenschluessel;bezeichnung;geometry\n05316000000001001;A.-Straße;POINT (6.98 51.03)\n05316000000001002;B;\n',
    )
    expect(await isStreetList(path)).toBe(true)
    expect(await isStreetList(await fileOf(newerLine({ id: 'x' })))).toBe(false)
    expect(await readStreetList(path)).toEqual([
      { key: '05316000000001001', name: 'A.-Straße', geom: { type: 'Point', coordinates: [6.98, 51.03] } },
      { key: '05316000000001002', name: 'B', geom: null },
    ])
  })

  it('is refused when it holds no row', async () => {
    await expect(readStreetList(await fileOf('strassenschluessel;bezeichnung;geometry\n'))).rejects.toThrow(/keine Zeile/)
  })
})
