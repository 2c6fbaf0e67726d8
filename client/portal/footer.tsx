import { say } from '../ui/language.ts'
import { pageLinks, texts } from './texts.ts'
import { pageAddress } from './view.ts'

/** What every public site must have, and where the data and the staff door are. */
export function Footer() {
  return (
    <nav class="footer" aria-label={say(texts.footer)}>
      <ul class="links">
        {pageLinks.map(({ slug, label }) => (
          <li key={slug}>
            <a href={pageAddress({ kind: 'text', slug })}>{say(label)}</a>
          </li>
        ))}
        <li>
          <a href={pageAddress({ kind: 'contact' })}>{say(texts.contact)}</a>
        </li>
        <li>
          <a href="/ogc?f=html">{say(texts.openData)}</a>
        </li>
        <li>
          <a href="/arbeitsplatz">{say(texts.staff)}</a>
        </li>
      </ul>
    </nav>
  )
}
