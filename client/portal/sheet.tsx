import { signal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { say } from '../ui/language.ts'
import { page } from './view.ts'

const words = {
  handle: { de: 'Höhe des Textbereichs', en: 'Height of the text area' },
  low: { de: 'niedrig', en: 'low' },
  half: { de: 'halb', en: 'half' },
  full: { de: 'hoch', en: 'full' },
  help: { de: 'Pfeiltasten oder ziehen: höher und niedriger', en: 'Arrow keys or drag: higher and lower' },
}

const snaps = ['low', 'half', 'full'] as const
type Snap = (typeof snaps)[number]

/** Share of the stage the sheet covers at each height. */
const shares: Record<Snap, number> = { low: 0.26, half: 0.52, full: 1 }

const narrow = matchMedia('(max-width: 63.99rem)')

/** On narrow screens the panel is a sheet over the map; on wide ones it stands beside it. */
export const isNarrow = signal(narrow.matches)
narrow.addEventListener('change', () => {
  isNarrow.value = narrow.matches
})

const snap = signal<Snap>('half')

/** Pixels at the lower edge of the map that the sheet covers; the map keeps what it shows above them. */
export function coveredHeight(): number {
  const stage = document.querySelector('.stage')?.clientHeight ?? 0
  return isNarrow.peek() && snap.peek() !== 'full' ? Math.round(stage * shares[snap.peek()]) : 0
}

/** Lets the map be seen (low) or what the panel says; on wide screens both are. */
export function setSheet(height: 'low' | 'half'): void {
  snap.value = height
}

function step(direction: 1 | -1): void {
  const next = snaps[snaps.indexOf(snap.peek()) + direction]
  if (next) snap.value = next
}

/** The snap whose height is nearest to where the finger let go. */
function nearest(share: number): Snap {
  return snaps.reduce((best, one) => (Math.abs(shares[one] - share) < Math.abs(shares[best] - share) ? one : best))
}

/** Panel beside the map, or sheet with three heights: dragged by its handle, moved by arrow keys or by tapping. */
export function Sheet({ children }: { children: ComponentChildren }) {
  const sheet = useRef<HTMLElement>(null)
  const shown = page.value
  useEffect(() => {
    if (snap.peek() === 'low') snap.value = 'half'
    sheet.current?.querySelector('.panel__body')?.scrollTo(0, 0)
  }, [shown])
  return (
    <main ref={sheet} id="panel" class="panel" data-snap={snap.value}>
      <Handle sheet={sheet} />
      <div class="panel__body">{children}</div>
    </main>
  )
}

function Handle({ sheet }: { sheet: { current: HTMLElement | null } }) {
  const drag = useRef<{ y: number; height: number; moved: boolean } | null>(null)

  function onPointerDown(event: PointerEvent): void {
    const height = sheet.current?.getBoundingClientRect().height ?? 0
    drag.current = { y: event.clientY, height, moved: false }
    ;(event.currentTarget as Element).setPointerCapture(event.pointerId)
  }

  function onPointerMove(event: PointerEvent): void {
    if (!drag.current || !sheet.current) return
    const height = drag.current.height + drag.current.y - event.clientY
    if (Math.abs(drag.current.y - event.clientY) > 4) drag.current.moved = true
    sheet.current.style.setProperty('--drag', `${Math.max(height, 60)}px`)
    sheet.current.dataset.dragging = ''
  }

  function onPointerUp(event: PointerEvent): void {
    if (!drag.current || !sheet.current) return
    const { moved, height, y } = drag.current
    drag.current = null
    delete sheet.current.dataset.dragging
    const stage = sheet.current.parentElement?.querySelector('.stage')?.clientHeight ?? 1
    if (moved) snap.value = nearest((height + y - event.clientY) / stage)
    else if (event.type === 'pointerup')
      snap.value = snap.peek() === 'full' ? 'low' : (snaps[snaps.indexOf(snap.peek()) + 1] ?? 'half')
  }

  function onKeyDown(event: KeyboardEvent): void {
    const isUp = event.key === 'ArrowUp'
    if (!isUp && event.key !== 'ArrowDown') return
    event.preventDefault()
    step(isUp ? 1 : -1)
  }

  return (
    <div
      class="panel__handle"
      role="slider"
      tabIndex={0}
      aria-label={say(words.handle)}
      aria-orientation="vertical"
      aria-valuemin={0}
      aria-valuemax={snaps.length - 1}
      aria-valuenow={snaps.indexOf(snap.value)}
      aria-valuetext={say(words[snap.value])}
      title={say(words.help)}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={onPointerUp}
      onKeyDown={onKeyDown}
    />
  )
}
