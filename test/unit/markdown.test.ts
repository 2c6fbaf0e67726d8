import { expect, test } from 'vitest'
import { renderMarkdown } from '../../server/portal/markdown.ts'

test('text pages become headings below the title, lists, tables and links', () => {
  expect(renderMarkdown('# Kontakt\n\nSchreiben Sie **uns**: [Mail](mailto:a@b.de), [hier](/kontakt "Titel").')).toBe(
    '<h2>Kontakt</h2>\n<p>Schreiben Sie <strong>uns</strong>: <a href="mailto:a@b.de">Mail</a>, <a href="/kontakt">hier</a>.</p>\n',
  )
  expect(renderMarkdown('### Drei\n\n- a\n- b')).toBe('<h3>Drei</h3>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n')
  expect(renderMarkdown('|A|\n|-|\n|1|')).toContain('<td>1</td>')
})

test('raw HTML is shown, not run', () => {
  for (const raw of [
    '<script>alert(1)</script>',
    'Text <b onclick="x()">fett</b>',
    '<!-- Hinweis --><img src=x onerror=alert(1)>',
  ]) {
    expect(renderMarkdown(raw)).not.toMatch(/<(?!\/?p>)/)
  }
  expect(renderMarkdown('a < b & "c"')).toBe('<p>a &lt; b &amp; &quot;c&quot;</p>\n')
})

test.each([
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'java\tscript:alert(1)',
  ' javascript:alert(1)',
  'data:text/html,x',
  'vbscript:x',
  'file:///etc/passwd',
])('a link to %s is only its text', (address) => {
  expect(renderMarkdown(`[hier](<${address}>)`)).not.toContain('href')
  expect(renderMarkdown(`[hier][1]\n\n[1]: <${address}>`)).not.toContain('href')
  expect(renderMarkdown(`<${address}>`)).not.toContain('href')
})

test('an entity in an address stays what was typed', () => {
  expect(renderMarkdown('[x](<&#106;avascript:alert(1)>)')).toBe('<p><a href="&amp;#106;avascript:alert(1)">x</a></p>\n')
})

test('a quotation mark does not get out of an address', () => {
  expect(renderMarkdown('[x](</a" onmouseover="alert(1)>)')).not.toContain('" onmouseover')
})

test('pictures leave their description', () => {
  expect(renderMarkdown('![Wappen "der Stadt"](https://example.org/w.png)')).toBe('<p>Wappen &quot;der Stadt&quot;</p>\n')
})
