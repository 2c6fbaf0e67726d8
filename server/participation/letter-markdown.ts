import { Lexer, type Token, type Tokens } from 'marked'
import type { Block, Inline } from '../documents/document.ts'

/** Markdown as blocks of a document: headings, paragraphs, lists, tables, links. HTML in it is text. */
export function blocksOf(markdown: string): Block[] {
  return new Lexer({ gfm: true }).lex(markdown).flatMap(blockOf)
}

function blockOf(token: Token): Block[] {
  if (token.type === 'heading') return [{ kind: 'heading', level: token.depth <= 2 ? 2 : 3, text: textOf(token.tokens ?? []) }]
  if (token.type === 'list') return listOf(token as Tokens.List)
  if (token.type === 'table') return [tableOf(token as Tokens.Table)]
  if (token.type === 'blockquote') return (token.tokens ?? []).flatMap(blockOf)
  if (token.type === 'space' || token.type === 'hr') return []
  const content = partsOf(token)
  return content.length > 0 ? [{ kind: 'paragraph', content }] : []
}

/** Numbers are written out: those of the document in brackets are for sources. */
function listOf({ items, ordered, start }: Tokens.List): Block[] {
  const texts = items.map((item) => item.tokens.filter(({ type }) => type !== 'list').flatMap(partsOf))
  const inner = items.map((item) => item.tokens.filter(({ type }) => type === 'list').flatMap(blockOf))
  if (ordered)
    return texts.flatMap((content, index): Block[] => [
      { kind: 'paragraph', content: [`${Number(start) + index}. `, ...content] },
      ...(inner[index] ?? []),
    ])
  if (inner.every((blocks) => blocks.length === 0)) return [{ kind: 'list', items: texts }]
  return texts.flatMap((content, index): Block[] => [{ kind: 'list', items: [content] }, ...(inner[index] ?? [])])
}

function tableOf({ header, rows }: Tokens.Table): Block {
  const cell = ({ tokens }: Tokens.TableCell): Inline => textOf(tokens)
  const columns = header.map((one) => ({ label: textOf(one.tokens), share: 1, numeric: one.align === 'right' }))
  return { kind: 'table', caption: 'Übersicht', columns, rows: rows.map((row) => row.map(cell)) }
}

/** What stands in a paragraph or item; of what has no parts (code, HTML) the text itself. */
function partsOf(token: Token): Inline[] {
  return 'tokens' in token && token.tokens ? inlines(token.tokens) : [token.raw.trim()]
}

/** Runs of text one after the other; links of the web and mail stay links. */
function inlines(tokens: readonly Token[]): Inline[] {
  const runs = tokens.flatMap((token): Inline[] => {
    if (token.type === 'link' && /^(https?|mailto):/.test(token.href))
      return [{ text: textOf(token.tokens ?? []), href: token.href }]
    return [textOf([token])]
  })
  const joined: Inline[] = []
  for (const run of runs) {
    const last = joined.at(-1)
    if (typeof last === 'string' && typeof run === 'string') joined[joined.length - 1] = last + run
    else joined.push(run)
  }
  return joined
}

function textOf(tokens: readonly Token[]): string {
  return tokens
    .map((token): string => {
      if (token.type === 'br') return '\n'
      if ('tokens' in token && token.tokens) return textOf(token.tokens)
      const text = 'text' in token ? String(token.text) : token.raw
      return text.replaceAll('\n', ' ')
    })
    .join('')
}
