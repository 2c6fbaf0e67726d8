import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { language, say } from '../ui/language.ts'
import { dayNumber } from './days.ts'
import { type Bar, extentOf, type Span, ticksOf } from './periods.ts'

export interface GanttRow {
  id: string
  name: string
  /** The dates in words. */
  text: string
  planned: Bar | null
  actual: Bar | null
  /** What was announced before and holds no more. */
  ghosts: readonly Bar[]
}

const words = {
  planned: { de: 'geplant', en: 'planned' },
  actual: { de: 'tatsächlich', en: 'actual' },
  vague: { de: 'Zeitraum ungenau', en: 'period not exact' },
  before: { de: 'früher angekündigt', en: 'announced before' },
  asOf: { de: 'Stand', en: 'As of' },
}

const rowHeight = 76
const axisHeight = 26

/** Planned (outline) against actual (filled), earlier announcements as ghosts. A picture: the table below says the same. */
export function Gantt({ rows, asOf, title }: { rows: readonly GanttRow[]; asOf: string; title: string }) {
  const [width, frame] = useWidth()
  const id = useId()
  const bars = rows.flatMap((row) => [row.planned, row.actual, ...row.ghosts].filter((bar) => bar !== null))
  const extent = extentOf(bars, asOf)
  const scale = (day: number) => ((day - extent.from) / (extent.to - extent.from)) * width
  const height = rows.length * rowHeight + axisHeight
  return (
    <figure class="gantt" ref={frame}>
      <svg
        role="img"
        aria-labelledby={`${id}-title`}
        aria-describedby={`${id}-text`}
        width="100%"
        height={height}
        viewBox={`0 0 ${width} ${height}`}
      >
        <title id={`${id}-title`}>{title}</title>
        <desc id={`${id}-text`}>{rows.map((row) => `${row.name}: ${row.text}`).join('. ')}</desc>
        <defs>
          <pattern id={`${id}-vague`} width="6" height="6" patternUnits="userSpaceOnUse">
            <path d="M-1 1L1 -1M0 6L6 0M5 7L7 5" class="gantt__vague" />
          </pattern>
        </defs>
        <Axis extent={extent} scale={scale} width={width} height={height} asOf={asOf} />
        {rows.map((row, index) => (
          <g key={row.id} transform={`translate(0 ${index * rowHeight})`}>
            <text y="16" class="gantt__name">
              {row.name}
            </text>
            <text y="34" class="gantt__dates">
              {row.text}
            </text>
            {row.ghosts.map((ghost) => (
              <Rect
                key={`${ghost.possible.from}-${ghost.possible.to}`}
                span={ghost.possible}
                scale={scale}
                y={61}
                height={8}
                look="gantt__ghost"
              />
            ))}
            {row.planned && <Rect span={row.planned.possible} scale={scale} y={42} height={16} look="gantt__planned" />}
            {row.actual && <Actual bar={row.actual} scale={scale} vague={`url(#${id}-vague)`} />}
          </g>
        ))}
      </svg>
      <Key hasGhosts={rows.some((row) => row.ghosts.length > 0)} hasPlanned={rows.some((row) => row.planned)} />
    </figure>
  )
}

type Scale = (day: number) => number

function Rect(props: { span: Span; scale: Scale; y: number; height: number; look: string; fill?: string }) {
  const x = props.scale(props.span.from)
  const width = Math.max(props.scale(props.span.to) - x, 2)
  return <rect x={x} y={props.y} width={width} height={props.height} rx="2" class={props.look} fill={props.fill} />
}

/** Certain days filled, possible ones hatched; what has not ended points on. */
function Actual({ bar, scale, vague }: { bar: Bar; scale: Scale; vague: string }) {
  const end = scale(bar.possible.to)
  return (
    <>
      <Rect span={bar.possible} scale={scale} y={44} height={12} look="gantt__possible" fill={vague} />
      {bar.certain && <Rect span={bar.certain} scale={scale} y={44} height={12} look="gantt__actual" />}
      {bar.openEnd && <path d={`M${end - 1} 44l7 6l-7 6z`} class="gantt__actual" />}
    </>
  )
}

function Axis(props: { extent: Span; scale: Scale; width: number; height: number; asOf: string }) {
  const { scale, height } = props
  const now = scale(dayNumber(props.asOf))
  const ticks = ticksOf(props.extent, Math.max(2, Math.floor(props.width / 56)))
  return (
    <>
      {ticks.map(({ year, month, day }) => (
        <g key={day}>
          <line x1={scale(day)} x2={scale(day)} y1="40" y2={height - axisHeight + 4} class="gantt__grid" />
          <text x={scale(day) + 4} y={height - 6} class="gantt__year">
            {month === 1 ? year : monthName(month)}
          </text>
        </g>
      ))}
      <line x1={now} x2={now} y1="38" y2={height - axisHeight + 4} class="gantt__now" />
    </>
  )
}

/** "Apr" */
function monthName(month: number): string {
  return new Intl.DateTimeFormat(language.value, { month: 'short', timeZone: 'UTC' }).format(Date.UTC(2000, month - 1, 1))
}

function Key({ hasGhosts, hasPlanned }: { hasGhosts: boolean; hasPlanned: boolean }) {
  const entries = [
    ...(hasPlanned ? [{ look: 'key key--planned', word: words.planned }] : []),
    { look: 'key key--actual', word: words.actual },
    { look: 'key key--vague', word: words.vague },
    ...(hasGhosts ? [{ look: 'key key--ghost', word: words.before }] : []),
    { look: 'key key--now', word: words.asOf },
  ]
  return (
    <figcaption class="gantt__key" lang={language.value}>
      {entries.map(({ look, word }) => (
        <span key={look} class="gantt__entry">
          <span class={look} aria-hidden="true" />
          {say(word)}
        </span>
      ))}
    </figcaption>
  )
}

/** Width of the figure in pixels, so that writing in it keeps its size. */
function useWidth() {
  const frame = useRef<HTMLElement>(null)
  const [width, setWidth] = useState(380)
  useEffect(() => {
    if (!frame.current) return
    const observer = new ResizeObserver(([entry]) => {
      if (entry && entry.contentRect.width > 0) setWidth(Math.round(entry.contentRect.width))
    })
    observer.observe(frame.current)
    return () => observer.disconnect()
  }, [])
  return [width, frame] as const
}
