import { useEffect, useRef } from 'preact/hooks'
import { formatDay } from '../../server/contract/dates.ts'
import { phaseLegend } from '../../server/contract/layers/phase-look.ts'
import { demoNotice } from '../../server/contract/text.ts'
import { Credits } from '../map/credits.tsx'
import { Entries } from '../map/legend.tsx'
import { DataTable } from '../ui/data-table.tsx'
import { language, say } from '../ui/language.ts'
import { isPrinting, theme } from '../ui/theme.ts'
import { overview, settings, today } from './data.ts'
import { cityMap } from './map-start.ts'
import { cityTitle } from './overview-page.tsx'
import { sectionColumns, sectionRows } from './table-view.tsx'
import { texts } from './texts.ts'
import { page, view } from './view.ts'

const words = {
  asOf: { de: 'Stand', en: 'As of' },
  known: { de: 'Kenntnisstand', en: 'Known by' },
  table: { de: 'Ausbaustand der Bauabschnitte', en: 'Phases of the build sections' },
}

const patience = 4_000

/** Prints the view in light colours: a dark map is drawn anew first. */
export async function printView(): Promise<void> {
  const map = cityMap.peek()?.map
  const mustRedraw = theme.peek() === 'dark' && map
  isPrinting.value = true
  if (mustRedraw) await Promise.race([map.once('idle'), new Promise((resolve) => setTimeout(resolve, patience))])
  print()
  isPrinting.value = false
}

/** What only paper shows, first: title, the pair of dates and where this comes from. */
export function PrintHead() {
  const answer = overview.answer.value
  if (!answer) return null
  const known = formatDay(view.value.knownAt ?? today.value, language.value)
  return (
    <div class="print-head" aria-hidden="true">
      <strong>
        {say(texts.product)} · {cityTitle()}
      </strong>
      <span>
        {say(words.asOf)}: {formatDay(answer.clocks.asOf, language.value)} · {say(words.known)}: {known}
      </span>
      {settings.answer.value?.isDemo && <strong>{demoNotice}</strong>}
      <span>{location.href}</span>
    </div>
  )
}

/** What only paper shows, last: the map as a picture with legend and credit, and the table. */
export function PrintFrame() {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => preparePaper(canvas), [])
  const answer = overview.answer.value
  if (!answer) return null
  return (
    <div class="print-frame" data-page={page.value.kind} aria-hidden="true">
      <figure class="print-frame__map">
        <canvas ref={canvas} width="0" height="0" />
        <figcaption>
          <Entries entries={phaseLegend} />
          <Credits credits={[answer.boundaries.attribution]} />
        </figcaption>
      </figure>
      <DataTable caption={say(words.table)} columns={sectionColumns()} rows={sectionRows(answer)} rowKey={(row) => row.id} />
    </div>
  )
}

/** Before printing, also by the browser's own menu: light colours, everything folded open, the map copied. And back afterwards. */
function preparePaper(canvas: { current: HTMLCanvasElement | null }): () => void {
  const root = document.documentElement
  const before = () => {
    root.dataset.kernTheme = 'light'
    for (const details of document.querySelectorAll<HTMLDetailsElement>('.panel details:not([open])')) {
      details.open = true
      details.dataset.opened = ''
    }
    paintMap(canvas.current)
  }
  const after = () => {
    root.dataset.kernTheme = theme.peek()
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
}

/** The map's own canvas keeps the size of the screen in print: a copy scales. It can be read only right after it was drawn. */
function paintMap(target: HTMLCanvasElement | null): void {
  const map = cityMap.peek()?.map
  if (!target || !map) return
  map.redraw()
  const source = map.getCanvas()
  target.width = source.width
  target.height = source.height
  target.getContext('2d')?.drawImage(source, 0, 0)
}
