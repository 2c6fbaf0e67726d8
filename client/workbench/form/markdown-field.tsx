import type { Token, Tokens } from 'marked'
import { type ComponentChildren, h } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { TextArea } from '../../ui/field.tsx'
import { type FieldInputProps, wiring } from './field-input.tsx'

/** Markdown with the page as it will look beside it. */
export function MarkdownField(props: FieldInputProps) {
  const text = props.form.input.typed[props.name]
  return (
    <div class="markdown-field">
      <TextArea {...wiring(props)} hint="Markdown: ## Überschrift, **fett**, - Aufzählung, [Text](https://…)" rows={18} />
      <section class="markdown-preview" aria-label="Vorschau des Textes">
        <p class="kern-label">Vorschau</p>
        <MarkdownPreview text={typeof text === 'string' ? text : ''} />
      </section>
    </div>
  )
}

/** The parser comes only when a text is edited. */
function MarkdownPreview({ text }: { text: string }) {
  const [tokens, setTokens] = useState<readonly Token[]>([])
  useEffect(() => {
    let current = true
    void import('marked').then(({ lexer }) => current && setTokens(lexer(text, { gfm: true })))
    return () => {
      current = false
    }
  }, [text])
  return <div class="prose">{blocks(tokens)}</div>
}

function blocks(tokens: readonly Token[] | undefined): ComponentChildren {
  return tokens?.map((token, index) => <Block key={`${index}-${token.type}`} token={token} />)
}

/** Elements instead of HTML text: whatever the Markdown says, nothing in it can run. Raw HTML stays visible as text. */
function Block({ token }: { token: Token }) {
  switch (token.type) {
    case 'space':
    case 'def':
      return null
    case 'heading':
      return h(`h${Math.max(2, (token as Tokens.Heading).depth)}`, {}, blocks(token.tokens))
    case 'paragraph':
      return <p>{blocks(token.tokens)}</p>
    case 'strong':
      return <strong>{blocks(token.tokens)}</strong>
    case 'em':
      return <em>{blocks(token.tokens)}</em>
    case 'del':
      return <del>{blocks(token.tokens)}</del>
    case 'br':
      return <br />
    case 'hr':
      return <hr />
    case 'link':
      return <span class="preview-link">{blocks(token.tokens)}</span>
    case 'blockquote':
      return <blockquote>{blocks(token.tokens)}</blockquote>
    case 'list':
      return h((token as Tokens.List).ordered ? 'ol' : 'ul', {}, blocks((token as Tokens.List).items))
    case 'list_item':
      return <li>{blocks(token.tokens)}</li>
    case 'code':
    case 'codespan':
      return <code>{(token as Tokens.Code).text}</code>
    case 'table':
      return <Table token={token as Tokens.Table} />
    default:
      return <>{'tokens' in token && token.tokens ? blocks(token.tokens) : plainText(token)}</>
  }
}

/** The parser escapes what it hands out as text; here it is text again. */
function plainText(token: Token): string {
  return 'text' in token && typeof token.text === 'string' ? token.text : token.raw
}

function Table({ token }: { token: Tokens.Table }) {
  return (
    <table>
      <thead>
        <tr>
          {token.header.map((cell) => (
            <th key={cell.text}>{blocks(cell.tokens)}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {token.rows.map((row) => (
          <tr key={row.map((cell) => cell.text).join()}>
            {row.map((cell) => (
              <td key={cell.text}>{blocks(cell.tokens)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
