import type { Readable } from 'node:stream'
import { SaxesParser } from 'saxes'
import type { Entry } from 'yauzl'
import { refusals } from './remarks.ts'
import type { Zip } from './zip.ts'

/** The parts of a workbook besides its sheets (ECMA-376 Part 1, SpreadsheetML). */
export interface Workbook {
  sheets: { name: string; entry: Entry; isHidden: boolean }[]
  strings: string[]
  /** By style of a cell: whether it shows a number as a date. */
  dateStyles: boolean[]
  /** Days are counted from 1904 on (old Macs). */
  isFrom1904: boolean
}

type Attributes = Record<string, string>

interface Handlers {
  open?: (name: string, attributes: Attributes) => void
  close?: (name: string) => void
  text?: (text: string) => void
}

const withoutPrefix = (name: string) => name.slice(name.indexOf(':') + 1)

/** A parser of one part; names come without their prefix. Entities of a DTD are not resolved (saxes knows none). */
export function xmlParser({ open, close, text }: Handlers): SaxesParser {
  const parser = new SaxesParser({ position: false })
  parser.on('opentag', (tag) => open?.(withoutPrefix(tag.name), tag.attributes as Attributes))
  parser.on('closetag', ({ name }) => close?.(withoutPrefix(name)))
  if (text) {
    parser.on('text', text)
    parser.on('cdata', text)
  }
  parser.on('error', () => {
    throw refusals.brokenWorkbook()
  })
  return parser
}

async function parsePart(zip: Zip, entry: Entry | undefined, handlers: Handlers, signal?: AbortSignal): Promise<void> {
  if (!entry) return
  const parser = xmlParser(handlers)
  for await (const text of decoded(await zip.read(entry))) {
    signal?.throwIfAborted()
    parser.write(text)
  }
  parser.close()
}

export async function* decoded(stream: Readable): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  for await (const chunk of stream) yield decoder.decode(chunk, { stream: true })
}

/** Texts that all cells share stay in memory while sheets are read; beyond this many characters a workbook is refused. */
const mostSharedCharacters = 400 * 2 ** 20

export async function readWorkbook(zip: Zip, signal?: AbortSignal): Promise<Workbook> {
  const relations = new Map<string, string>()
  await parsePart(zip, zip.find('xl/_rels/workbook.xml.rels'), {
    open: (name, { Id, Target }) => {
      if (name === 'Relationship' && Id && Target) relations.set(Id, Target.startsWith('/') ? Target.slice(1) : `xl/${Target}`)
    },
  })
  const sheets: Workbook['sheets'] = []
  let isFrom1904 = false
  await parsePart(zip, zip.find('xl/workbook.xml'), {
    open: (name, attributes) => {
      if (name === 'workbookPr') isFrom1904 = attributes.date1904 === '1' || attributes.date1904 === 'true'
      if (name !== 'sheet') return
      const target = relations.get(
        attributes['r:id'] ?? Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1] ?? '',
      )
      const entry = target?.includes('worksheets/') ? zip.find(target) : undefined
      if (entry) sheets.push({ name: attributes.name ?? '', entry, isHidden: (attributes.state ?? 'visible') !== 'visible' })
    },
  })
  if (sheets.length === 0) throw refusals.brokenWorkbook()
  const dateStyles = await readDateStyles(zip)
  return { sheets, strings: await readStrings(zip, signal), dateStyles, isFrom1904 }
}

async function readStrings(zip: Zip, signal?: AbortSignal): Promise<string[]> {
  const strings: string[] = []
  let current = ''
  let characters = 0
  let isText = false
  let phonetic = 0
  await parsePart(
    zip,
    zip.find('xl/sharedStrings.xml'),
    {
      open: (name) => {
        if (name === 'rPh') phonetic += 1
        isText = name === 't' && phonetic === 0
      },
      close: (name) => {
        isText = false
        if (name === 'rPh') phonetic -= 1
        if (name !== 'si') return
        strings.push(decodeEscapes(current))
        characters += current.length
        current = ''
        if (characters > mostSharedCharacters) throw refusals.memory()
      },
      text: (text) => {
        if (isText) current += text
        if (current.length > mostSharedCharacters) throw refusals.memory()
      },
    },
    signal,
  )
  return strings
}

/** "_x000D_" stands for a character XML cannot hold (ECMA-376 Part 1, 22.9.2.19). */
export function decodeEscapes(text: string): string {
  return text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text
}

/** Built-in formats that show a date or a time, German and East Asian ones included (18.8.30). */
const isBuiltInDate = (id: number) =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58)

/** Whether a format code shows a date: day, month, year or hour outside of quotation marks, brackets and escapes. */
export function isDateFormat(code: string): boolean {
  return /[dmyhs]/i.test(code.replace(/"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]|General|Standard/gi, ''))
}

async function readDateStyles(zip: Zip): Promise<boolean[]> {
  const custom = new Map<number, boolean>()
  const styles: boolean[] = []
  let isInCellFormats = false
  await parsePart(zip, zip.find('xl/styles.xml'), {
    open: (name, { numFmtId, formatCode }) => {
      if (name === 'numFmt') custom.set(Number(numFmtId), isDateFormat(formatCode ?? ''))
      if (name === 'cellXfs') isInCellFormats = true
      if (name === 'xf' && isInCellFormats) styles.push(custom.get(Number(numFmtId)) ?? isBuiltInDate(Number(numFmtId)))
    },
    close: (name) => {
      if (name === 'cellXfs') isInCellFormats = false
    },
  })
  return styles
}
