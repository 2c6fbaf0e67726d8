import { useSignal } from '@preact/signals'
import { useId } from 'preact/hooks'
import { formatDay } from '../../server/contract/dates.ts'
import { language, say } from '../ui/language.ts'
import { today } from './data.ts'
import { dayFrom, dayNumber, quarterStep } from './days.ts'
import type { EventDay } from './events.ts'
import { days, start } from './timeline.ts'

const words = {
  slider: { de: 'Stand vom', en: 'As of' },
  help: {
    de: 'Pfeiltasten: von Ereignis zu Ereignis. Bild auf und ab: ein Quartal. Pos1 und Ende: Anfang und heute.',
    en: 'Arrow keys: from event to event. Page up and down: a quarter. Home and End: start and today.',
  },
  none: { de: 'kein Ereignis an diesem Tag', en: 'no event on this day' },
}

interface SliderProps {
  day: string
  here: EventDay | undefined
  onSlide: (day: string) => void
  onStep: (direction: 1 | -1) => void
  onJump: (day: string) => void
}

/** A native slider: arrow keys go from event to event, page keys by quarter; ticks and the day itself read out what happened. */
export function Slider({ day, here, onSlide, onStep, onJump }: SliderProps) {
  const id = useId()
  const hovered = useSignal<EventDay | null>(null)
  const isFocused = useSignal(false)
  const [first, last] = [dayNumber(start.value), dayNumber(today.value)]
  const share = (one: string) => (dayNumber(one) - first) / Math.max(1, last - first)
  const spoken = hovered.value ?? (isFocused.value ? here : undefined)

  function onKeyDown(event: KeyboardEvent): void {
    const moves: Record<string, () => void> = {
      ArrowLeft: () => onStep(-1),
      ArrowDown: () => onStep(-1),
      ArrowRight: () => onStep(1),
      ArrowUp: () => onStep(1),
      PageDown: () => onJump(clamp(quarterStep(day, -1))),
      PageUp: () => onJump(clamp(quarterStep(day, 1))),
      Home: () => onJump(start.value),
      End: () => onJump(today.value),
    }
    const move = moves[event.key]
    if (!move || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    move()
  }

  return (
    <div class="slider" style={{ '--share': share(day) }}>
      <Years first={start.value} last={today.value} share={share} />
      <input
        type="range"
        class="slider__range"
        min={first}
        max={last}
        value={dayNumber(day)}
        aria-label={say(words.slider)}
        aria-valuetext={`${formatDay(day, language.value)}. ${here ? here.lines.join('. ') : say(words.none)}`}
        aria-describedby={id}
        onInput={(event) => onSlide(dayFrom(event.currentTarget.valueAsNumber))}
        onKeyDown={onKeyDown}
        onFocus={() => {
          isFocused.value = true
        }}
        onBlur={() => {
          isFocused.value = false
        }}
      />
      <span id={id} hidden>
        {say(words.help)}
      </span>
      <div class="slider__ticks" aria-hidden="true">
        {days.value.map((one) => (
          <button
            key={one.day}
            type="button"
            tabIndex={-1}
            class="slider__tick"
            style={{ '--at': share(one.day) }}
            onMouseEnter={() => {
              hovered.value = one
            }}
            onMouseLeave={() => {
              hovered.value = null
            }}
            onClick={() => onJump(one.day)}
          />
        ))}
      </div>
      {spoken && (
        <div class="slider__bubble" style={{ '--at': share(spoken.day) }} aria-hidden="true">
          <strong>{formatDay(spoken.day, language.value)}</strong>
          {spoken.lines.map((line) => (
            <span key={line}>{line}</span>
          ))}
        </div>
      )}
    </div>
  )
}

function clamp(day: string): string {
  if (day < start.value) return start.value
  return day > today.value ? today.value : day
}

function Years({ first, last, share }: { first: string; last: string; share: (day: string) => number }) {
  const [from, to] = [Number(first.slice(0, 4)), Number(last.slice(0, 4))]
  const years = Array.from({ length: to - from + 1 }, (_, index) => from + index)
  return (
    <div class="slider__years" aria-hidden="true">
      {years.map((year) => (
        <span key={year} style={{ '--at': Math.max(0, share(`${year}-01-01`)) }}>
          {year}
        </span>
      ))}
    </div>
  )
}
