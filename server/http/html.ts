/** Finished HTML: everything else that is put into a template is escaped. */
export class Html {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

export type Child = Html | string | number | null | undefined | false | readonly Child[]

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

function render(child: Child): string {
  if (child instanceof Html) return child.text
  if (Array.isArray(child)) return child.map(render).join('')
  if (child === null || child === undefined || child === false) return ''
  return String(child).replace(/[&<>"']/g, (character) => escapes[character] ?? '')
}

/** Template tag: html`<p>${text}</p>`. Attribute values stand in quotes. */
export function html(parts: TemplateStringsArray, ...children: readonly Child[]): Html {
  return new Html(parts.reduce((text, part, index) => text + render(children[index - 1]) + part))
}
