import { useEffect, useRef } from 'preact/hooks'
import { formatDay } from '../../server/contract/dates.ts'
import { phaseLegend } from '../../server/contract/layers/phase-look.ts'
import { Credits } from '../map/credits.tsx'
import { Entries } from '../map/legend.tsx'
import { DataTable } from '../ui/data-table.tsx'
import { language, say } from '../ui/language.ts'
import { overview, today } from './data.ts'
import { cityMap } from './map-view.tsx'
import { cityTitle } from './overview-page.tsx'
import { sectionColumns, sectionRows } from './table-view.tsx'
import { texts } from './texts.ts'
import { view } from './view.ts'

const words = {
  asOf: { de: 'Stand', en: 'As of' },
  known: { de: 'Kenntnisstand', en: 'Known by' },
  printed: { de: 'Ausgedruckt am', en: 'Printed on' },
  map: { de: 'Karte des Ausbaustands', en: 'Map of the phases' },
  table: { de: 'Ausbaustand der Bauabschnitte', en: 'Phases of the build sections' },
}

/** What only paper shows: title, the pair of dates, the map as a picture with legend and credit, the table. */
export function PrintFrame() {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const before = () => {
      for (const details of document.querySelectorAll<HTMLDetailsElement>('.panel details:not([open])')) {
        details.open = true
        details.dataset.opened = ''
      }
      paintMap(canvas.current)
    }
    const after = () => {
      for (const details of document.querySelectorAll<HTMLDetailsElement>('details[data-opened]')) {
        details.open = false
        delete details.dataset.opened
      }
    }
    addEventListener('beforeprint', before)
    addEventListener('afterprint', after)
    return () => {
      removeEventListener('beforeprint', before)
      removeEventListener('afterprint', after)
    }
  }, [])
  const answer = overview.answer.value
  if (!answer) return null
  const { knownAt } = view.value
  return (
    <section class="print-frame" aria-hidden="true">
      <header class="print-frame__head">
        <strong>
          {say(texts.product)} · {cityTitle()}
        </strong>
        <span>
          {say(words.asOf)}: {formatDay(answer.clocks.asOf, language.value)} · {say(words.known)}:{' '}
          {formatDay(knownAt ?? today.value, language.value)} · {location.href}
        </span>
      </header>
      <figure class="print-frame__map">
        <canvas ref={canvas} width="0" height="0" />
        <figcaption>
          <Entries entries={phaseLegend} />
          <Credits credits={[answer.boundaries.attribution]} />
        </figcaption>
      </figure>
      <DataTable caption={say(words.table)} columns={sectionColumns()} rows={sectionRows(answer)} rowKey={(row) => row.id} />
    </section>
  )
}

/** The map's own canvas keeps the size of the screen in print: a copy scales. It can be read only right after it was drawn. */
function paintMap(target: HTMLCanvasElement | null): void {
  const map = cityMap.peek()?.map
  const figure = target?.closest('figure')
  if (!target || !map || !figure) return
  map.redraw()
  const source = map.getCanvas()
  target.width = source.width
  target.height = source.height
  target.getContext('2d')?.drawImage(source, 0, 0)
}
