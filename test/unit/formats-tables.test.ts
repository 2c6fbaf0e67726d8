import { describe, expect, test } from 'vitest'
import { openFile, parseNumber } from '../../server/formats/index.ts'
import { isDateFormat } from '../../server/formats/xlsx-parts.ts'
import { dateOfSerial } from '../../server/formats/xlsx-sheet.ts'
import { codesOf, fileOf, readTable, sheetRow, workbookOf } from '../support/formats.ts'

const csv = (content: string | Buffer) => fileOf('lieferung.csv', content)
const codes = (said: readonly { code: string }[]) => said.map(({ code }) => code)

describe('the encoding of a CSV is recognised', () => {
  const text = 'Straße;Ort\r\nMüllerweg;Köln\r\nÖdländer Gäßchen;Überlingen\r\n'
  const cp850: Record<string, number> = { ß: 0xe1, ü: 0x81, ö: 0x94, Ö: 0x99, ä: 0x84, Ü: 0x9a }
  const macintosh: Record<string, number> = { ß: 0xa7, ü: 0x9f, ö: 0x9a, Ö: 0x85, ä: 0x8a, Ü: 0x86 }
  const bytes = (table: Record<string, number>) => Buffer.from([...text].map((letter) => table[letter] ?? letter.charCodeAt(0)))
  test.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-16 with mark', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16 without mark', Buffer.from(text, 'utf16le')],
    ['UTF-16 big endian', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
    ['Windows-1252', Buffer.from(text, 'latin1')],
    ['Macintosh', bytes(macintosh)],
    ['DOS', bytes(cp850)],
  ])('%s', async (_name, content) => {
    const { rows } = await readTable(await csv(content))
    expect(rows.map(({ values }) => values)).toEqual([
      { Straße: 'Müllerweg', Ort: 'Köln' },
      { Straße: 'Ödländer Gäßchen', Ort: 'Überlingen' },
    ])
  })

  test('also when the first letter beyond ASCII comes late', async () => {
    const late = Buffer.concat([
      Buffer.from(`Straße;Nr\n${'Am Wald;1\n'.repeat(300_000)}`.replace('ß', 'ss')),
      Buffer.from('Müllerweg;2\n', 'latin1'),
    ])
    const { rows } = await readTable(await csv(late))
    expect(rows.at(-1)?.values).toEqual({ Strasse: 'Müllerweg', Nr: 2 })
  })
})

test.each([';', ',', '\t', '|'])('the separator %j is recognised, also where values contain the others', async (separator) => {
  const other = separator === ',' ? ';' : ','
  const content = `a${separator}b\n1${separator}"x${separator}y"\n2${separator}p${other}q\n`
  const { rows } = await readTable(await csv(content))
  expect(rows.map(({ values }) => values)).toEqual([
    { a: 1, b: `x${separator}y` },
    { a: 2, b: `p${other}q` },
  ])
})

test('the line sep= of Excel decides and is no row', async () => {
  const { rows } = await readTable(await csv('sep=|\r\na,b|c\r\n1|2\r\n'))
  expect(rows).toMatchObject([{ rowNumber: 2, values: { 'a,b': 1, c: 2 } }])
})

test('encoding and separator can be chosen by a person', async () => {
  const path = await csv(Buffer.from('a,b;c\nB\xe1r,1;2\n', 'latin1'))
  expect((await readTable(path)).rows[0]?.values).toEqual({ 'a,b': 'Bßr,1', c: 2 })
  const { rows } = await readTable(path, { csv: { encoding: 'windows-1252', separator: ',' } })
  expect(rows[0]?.values).toEqual({ a: 'Bár', 'b;c': '1;2' })
})

test('rows carry the number Excel shows, whatever blank lines and line ends within values', async () => {
  const { rows } = await readTable(await csv('a;b\n\n"x\ny";1\n;;\nz;2\n'))
  expect(rows.map(({ rowNumber, values }) => [rowNumber, values.a])).toEqual([
    [3, 'x\ny'],
    [5, 'z'],
  ])
})

describe('numbers of a CSV', () => {
  test('are read in German and in English notation', async () => {
    const { rows } = await readTable(await csv('de;en\n1.376,50;1,376.50\n12,5;12.5\n1.376;1,376\n'))
    expect(rows.map(({ values }) => values)).toEqual([
      { de: 1376.5, en: 1376.5 },
      { de: 12.5, en: 12.5 },
      { de: 1376, en: 1376 },
    ])
    expect(rows.flatMap(codesOf)).toEqual([])
  })

  test('in mixed notation are read where they are clear and left alone, with a remark, where they are not', async () => {
    const { rows } = await readTable(await csv('nr;m\n1;12,5\n2;12.5\n3;1.376\n4;7\n'))
    expect(rows.map(({ values }) => values.m)).toEqual([12.5, 12.5, '1.376', 7])
    expect(rows.map(codesOf)).toEqual([[], [], ['number-ambiguous'], []])
    expect(rows[2]?.remarks[0]).toMatchObject({ column: 'm', text: expect.stringContaining('1376 oder 1,376') })
  })

  test('with leading zeros or more digits than a number holds are ids', async () => {
    const { table, rows } = await readTable(await csv('plz;schluessel\n01067;05316000000001001\n51373;5316000000001002\n'))
    expect(table.columns.map(({ type }) => type)).toEqual(['text', 'text'])
    expect(rows[1]?.values).toEqual({ plz: '51373', schluessel: '5316000000001002' })
  })

  test('one dirty value does not make a column of numbers text', async () => {
    const { rows } = await readTable(await csv(`n\n${'5\n'.repeat(20)}keine\n`))
    expect(rows.map(({ values }) => values.n)).toEqual([...Array(20).fill(5), 'keine'])
  })
})

test('dates as text become dates where the column is one of dates; others stay as they are written', async () => {
  const { rows } = await readTable(await csv(`Nr;am\n${'1;01.03.2024\n'.repeat(20)}2;Ende 2024\n3;3/4/2024\n`))
  expect(rows.slice(-3).map(({ values }) => values.am)).toEqual(['2024-03-01', 'Ende 2024', '3/4/2024'])
  expect(rows.slice(-3).map(codesOf)).toEqual([[], [], ['date-ambiguous']])
})

test('destroyed umlauts are mended and said; lost ones are said', async () => {
  const { rows } = await readTable(await csv('Straße;Nr\nMÃ¼llerstraÃŸe;1\nM\ufffdllerstraße;2\nÃ–lweg;3\n'))
  expect(rows.map(({ values }) => values.Straße)).toEqual(['Müllerstraße', 'M\ufffdllerstraße', 'Ölweg'])
  expect(rows.map(codesOf)).toEqual([['mojibake'], ['characters-lost'], ['mojibake']])
})

test('doubled and missing column names are made unique and said', async () => {
  const { table, rows } = await readTable(await csv('Ort;Ort;;Nr\na;b;c;1\n'))
  expect(rows[0]?.values).toEqual({ Ort: 'a', 'Ort (2)': 'b', 'Spalte C': 'c', Nr: 1 })
  expect(codes(table.remarks)).toEqual(['doubled-column', 'nameless-column'])
})

test('a stray separator in one row is said there and makes no column', async () => {
  const { table, rows } = await readTable(await csv(`a;b\n${'1;2\n'.repeat(30)}3;4;5\n`))
  expect(table.columns).toHaveLength(2)
  expect(codesOf(rows.at(-1))).toEqual(['too-many-cells'])
})

test('numbers that stand as text in a workbook can be read in the notation of their column', async () => {
  const cells = (...values: string[]) => values.map((value, index) => sheetRow(index + 2, [`r${index}`, value])).join('')
  const read = async (...values: string[]) => {
    const { table, rows } = await readTable(
      await workbookOf([{ name: 'Blatt', rows: sheetRow(1, ['id', 'm']) + cells(...values) }]),
    )
    return rows.map((row) => parseNumber(String(row.values.m), table.columns[1]?.notation ?? null))
  }
  expect(await read('12,5', '1.376', '1.376,25', '7')).toEqual([12.5, 1376, 1376.25, 7])
  expect(await read('12.5', '1.376', 'x', '1,376')).toEqual([12.5, 1.376, null, 1376])
  expect(await read('12.5', '12,5', '1.376', '8')).toEqual([12.5, 12.5, 'ambiguous', 8])
})

test.each([
  [1, false, '1900-01-01'],
  [59, false, '1900-02-28'],
  [61, false, '1900-03-01'],
  [45_352, false, '2024-03-01'],
  [43_890, true, '2024-03-01'],
  [45_352.5, false, '2024-03-01T12:00:00'],
  [0.75, false, '18:00:00'],
])('day %d of Excel (from 1904: %s) is %s', (serial, isFrom1904, expected) => {
  expect(dateOfSerial(serial, isFrom1904)).toBe(expected)
})

test.each([
  ['dd.mm.yyyy', true],
  ['[$-407]d. mmmm yyyy;@', true],
  ['TT.MM.JJJJ', true],
  ['[h]:mm', true],
  ['#,##0.00 "Tage"', false],
  ['[Red]0.0', false],
  ['0.00E+00', false],
  ['Standard', false],
])('the format %s shows a date: %s', (code, expected) => {
  expect(isDateFormat(code)).toBe(expected)
})

describe('headers', () => {
  test('below a title are found, and what is above is said', async () => {
    const { table, rows } = await readTable(await csv('Lieferung März 2024;;\n;;\nStraße;Nr;WE\nAm Wald;1;3\nAm Feld;2;4\n'))
    expect(table.header).toEqual({ row: 3, rows: 1 })
    expect(codes(table.remarks)).toContain('header-not-first')
    expect(rows).toMatchObject([{ rowNumber: 4, values: { Straße: 'Am Wald', Nr: 1, WE: 3 } }, { rowNumber: 5 }])
  })

  test('of two rows are joined', async () => {
    const { table, rows } = await readTable(
      await csv('Adresse;;Ausbau;\nStraße;Nr;Tiefbau;Montage\nAm Wald;1;01.03.2024;02.03.2024\n'),
    )
    expect(table.header).toEqual({ row: 1, rows: 2 })
    expect(rows[0]?.values).toEqual({
      'Adresse / Straße': 'Am Wald',
      'Adresse / Nr': 1,
      'Ausbau / Tiefbau': '2024-03-01',
      'Ausbau / Montage': '2024-03-02',
    })
  })

  test('can be chosen by a person', async () => {
    const path = await csv('x;y\nStraße;Ort\nAm Wald;Köln\n')
    const { rows } = await readTable(path, { choices: { lieferung: { header: { row: 2, rows: 1 } } } })
    expect(rows.map(({ values }) => values)).toEqual([{ Straße: 'Am Wald', Ort: 'Köln' }])
  })

  test('where there are none, columns get letters', async () => {
    const { table, rows } = await readTable(await csv('1;2\n3;4\n'))
    expect(codes(table.remarks)).toContain('no-header')
    expect(rows.map(({ values }) => values)).toEqual([
      { 'Spalte A': 1, 'Spalte B': 2 },
      { 'Spalte A': 3, 'Spalte B': 4 },
    ])
  })
})

describe('a workbook', () => {
  const header = sheetRow(1, ['Nr', 'Wert', 'am'])

  test('gives shared texts, dates, truth values and cached results of formulas', async () => {
    const rows = `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="inlineStr"><is><t>am</t></is></c><c r="D1" t="str"><f>"x"</f><v>Summe</v></c><c r="E1" t="inlineStr"><is><t>ok</t></is></c></row>
      <row r="2"><c r="A2" t="inlineStr"><is><t>Am_x0020_Wald</t></is></c><c r="B2"><v>7</v></c><c r="C2" s="1"><v>45352</v></c><c r="D2"><f>1+2</f><v>3</v></c><c r="E2" t="b"><v>1</v></c></row>
      <row r="3"><c r="C3" s="1"><v>45352.604166666664</v></c><c r="E3" t="b"><v>0</v></c></row>`
    const { rows: read } = await readTable(await workbookOf([{ name: 'Blatt', rows }]))
    expect(read.map(({ values }) => values)).toEqual([
      { Straße: 'Am Wald', Hausnummer: 7, am: '2024-03-01', Summe: 3, ok: true },
      { Straße: null, Hausnummer: null, am: '2024-03-01T14:30:00', Summe: null, ok: false },
    ])
  })

  test('says of formulas without result, errors of Excel, and hidden rows', async () => {
    const rows = `${header}${sheetRow(2, [1, '<c><f>A1*2</f></c>', '<c t="e"><v>#BEZUG!</v></c>'])}${sheetRow(3, [2, 5, 'x']).replace('<row', '<row hidden="1"')}`
    const { rows: read } = await readTable(await workbookOf([{ name: 'Blatt', rows }]))
    expect(read[0]?.values).toEqual({ Nr: 1, Wert: null, am: null })
    expect(read[0]?.remarks).toMatchObject([
      { code: 'formula-without-value', column: 'Wert' },
      { code: 'cell-error', column: 'am', text: expect.stringContaining('#BEZUG!') },
    ])
    expect(codesOf(read[1])).toEqual(['hidden-row'])
  })

  test('merged cells give their value to each of their cells', async () => {
    const rows = `${header}${sheetRow(2, ['a', 1, 'x'])}${sheetRow(3, [null, 2, 'y'])}${sheetRow(4, ['b', 3, 'z'])}`
    const { table, rows: read } = await readTable(
      await workbookOf([{ name: 'Blatt', rows, after: '<mergeCells count="1"><mergeCell ref="A2:A3"/></mergeCells>' }]),
    )
    expect(read.map(({ values }) => values.Nr)).toEqual(['a', 'a', 'b'])
    expect(codes(table.remarks)).toContain('merged-cells')
  })

  test('two header rows with merged cells are joined', async () => {
    const rows = `${sheetRow(1, ['Adresse', null, 'Stand'])}${sheetRow(2, ['Straße', 'Nr', null])}${sheetRow(3, ['Am Wald', 1, 5])}`
    const after = '<mergeCells><mergeCell ref="A1:B1"/><mergeCell ref="C1:C2"/></mergeCells>'
    const { rows: read } = await readTable(await workbookOf([{ name: 'Blatt', rows, after }]))
    expect(read[0]?.values).toEqual({ 'Adresse / Straße': 'Am Wald', 'Adresse / Nr': 1, Stand: 5 })
  })

  test('has its sheets, but not the hidden and the empty ones, which are said', async () => {
    const rows = `${header}${sheetRow(2, [1, 2, 'x'])}`
    const path = await workbookOf([
      { name: 'Eins', rows },
      { name: 'Zwei', rows },
      { name: 'Leer', rows: '' },
      { name: 'Geheim', rows, state: 'hidden' },
    ])
    const { file } = await readTable(path)
    expect(file.tables.map(({ name }) => name)).toEqual(['Eins', 'Zwei'])
    expect(codes(file.remarks)).toEqual(['hidden-sheet', 'empty-table'])
  })

  test('a number in a column of texts is a text: house numbers', async () => {
    const rows = `${sheetRow(1, ['Straße', 'Hausnummer'])}${sheetRow(2, ['Am Wald', 12])}${sheetRow(3, ['Am Wald', '12a'])}`
    const { rows: read } = await readTable(await workbookOf([{ name: 'Blatt', rows }]))
    expect(read.map(({ values }) => values.Hausnummer)).toEqual(['12', '12a'])
  })
})

test('the content decides what a file is, not its name', async () => {
  const { file } = await readTable(await fileOf('lieferung.xlsx', 'a;b\n1;2\n'))
  expect(file.format).toBe('csv')
  expect(codes(file.remarks)).toContain('wrong-ending')
})

test('reading stops when it is cancelled', async () => {
  const path = await csv(`a;b\n${'1;2\n'.repeat(200_000)}`)
  const controller = new AbortController()
  await using file = await openFile(path, { name: 'a.csv', signal: controller.signal })
  let count = 0
  const reading = (async () => {
    for await (const { rows } of file.readRows('a', { signal: controller.signal })) {
      count += rows.length
      controller.abort()
    }
  })()
  await expect(reading).rejects.toThrow(/abort/i)
  expect(count).toBeLessThan(200_000)
})
