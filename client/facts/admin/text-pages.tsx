import { currentFacts, useFacts } from '../../workbench/data.ts'
import { addressWith, go, place } from '../../workbench/place.ts'
import { FactPanel } from '../fact-panel.tsx'
import { FactRows } from '../fact-rows.tsx'
import { addressOfOpened, type Opened, readOpened } from '../opened.ts'

/** Impressum, Datenschutz, Barrierefreiheit, Leichte Sprache: the city's texts, in Markdown with preview. */
export function TextPages() {
  useFacts('page')
  const opened = readOpened(place.value.query.get('angabe'), () => ({ language: 'de' }))
  const open = (next: Opened) => go(addressWith({ angabe: addressOfOpened(next) }))
  if (opened) {
    return (
      <div class="page page--wide">
        <h1>Textseiten</h1>
        <FactPanel key={addressOfOpened(opened)} opened={opened} onClose={() => go(addressWith({ angabe: null }))} />
      </div>
    )
  }
  const pages = currentFacts('page').toSorted((a, b) => a.id.localeCompare(b.id, 'de'))
  return (
    <div class="page">
      <h1>Textseiten</h1>
      <p>Diese Texte stehen im öffentlichen Auftritt. Auch sie sind zuerst Entwürfe.</p>
      <FactRows
        kind="page"
        title="Texte"
        facts={pages}
        fresh={{ language: 'de' }}
        addLabel="Textseite anlegen"
        empty={<p>Noch keine Textseiten.</p>}
        onOpen={open}
      />
    </div>
  )
}
