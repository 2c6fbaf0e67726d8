import { computed, useSignal } from '@preact/signals'
import { useEffect, useId, useRef } from 'preact/hooks'
import { formatDay } from '../../server/contract/dates.ts'
import { Button } from '../ui/button.tsx'
import { language, say } from '../ui/language.ts'
import { overview, settings, timeline, today } from './data.ts'
import { dayFrom, dayNumber, quarterStep } from './days.ts'
import { type EventDay, eventDays, neighbourDay } from './events.ts'
import { KnownAt } from './known-at.tsx'
import { navigate, view } from './view.ts'

const words = {
  time: { de: 'Zeitleiste', en: 'Timeline' },
  slider: { de: 'Stand vom', en: 'As of' },
  help: {
    de: 'Pfeiltasten: von Ereignis zu Ereignis. Bild auf und ab: ein Quartal. Pos1 und Ende: Anfang und heute.',
    en: 'Arrow keys: from event to event. Page up and down: a quarter. Home and End: start and today.',
  },
  play: { de: 'Abspielen', en: 'Play' },
  pause: { de: 'Anhalten', en: 'Pause' },
  today: { de: 'Heute', en: 'Today' },
  back: { de: 'Voriges Ereignis', en: 'Previous event' },
  forward: { de: 'Nächstes Ereignis', en: 'Next event' },
  none: { de: 'kein Ereignis an diesem Tag', en: 'no event on this day' },
}

const stepMs = 1_400
const settleMs = 120

const days = computed<EventDay[]>(() => {
  const { programme } = view.value
  const events = (timeline.value?.events ?? []).filter((event) => programme === null || event.programmeId === programme)
  const names = new Map(overview.answer.value?.districts.map((district) => [district.id, district.name]))
  return eventDays(events, (id) => names.get(id) ?? id, language.value)
})

const start = computed(() => timeline.value?.start ?? settings.answer.value?.timelineStart ?? '2019-01-01')

/** The day shown: chosen, or what the server made of the second clock, or today. */
const shownDay = computed(
  () => view.value.asOf ?? (view.value.knownAt && view.value.knownAt < today.value ? view.value.knownAt : today.value),
)

/** A step in the history when one leaves the present or returns to it; not while sliding through the past. */
function goTo(day: string): void {
  const asOf = day >= today.value && view.peek().knownAt === null ? null : day
  const staysInPast = (view.peek().asOf === null) === (asOf === null)
  navigate({ asOf }, { replace: staysInPast })
}

/** Slider over the years with the real events as ticks. Moves map, panel and table alike. */
export function TimeBar() {
  const sliding = useSignal<string | null>(null)
  const settle = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const day = sliding.value ?? shownDay.value
  const here = days.value.find((one) => one.day === day)
  const eventDaysOnly = days.value.map((one) => one.day)
  const step = (direction: 1 | -1) => goTo(neighbourDay(eventDaysOnly, shownDay.value, direction, start.value, today.value))

  function slide(to: string): void {
    sliding.value = to
    clearTimeout(settle.current)
    settle.current = setTimeout(() => {
      goTo(to)
      sliding.value = null
    }, settleMs)
  }

  return (
    <section class="time" id="time" aria-label={say(words.time)}>
      <div class="time__row">
        <Play day={shownDay.value} next={() => step(1)} />
        <Button look="tertiary" icon="left" iconOnly class="wide-only" onClick={() => step(-1)} disabled={day <= start.value}>
          {say(words.back)}
        </Button>
        <Slider day={day} here={here} onSlide={slide} onStep={step} onJump={goTo} />
        <Button look="tertiary" icon="right" iconOnly class="wide-only" onClick={() => step(1)} disabled={day >= today.value}>
          {say(words.forward)}
        </Button>
        <output class="time__day">{day === today.value ? say(words.today) : formatDay(day, language.value)}</output>
        <Button
          small
          class="time__today"
          onClick={() => navigate({ asOf: null, knownAt: null })}
          disabled={view.value.asOf === null && view.value.knownAt === null}
        >
          {say(words.today)}
        </Button>
        <KnownAt />
      </div>
    </section>
  )
}

interface SliderProps {
  day: string
  here: EventDay | undefined
  onSlide: (day: string) => void
  onStep: (direction: 1 | -1) => void
  onJump: (day: string) => void
}

function Slider({ day, here, onSlide, onStep, onJump }: SliderProps) {
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

/** Plays the events one after the other, from the beginning when one is at the end. */
function Play({ day, next }: { day: string; next: () => void }) {
  const isPlaying = useSignal(false)
  const isAtEnd = day >= today.value
  useEffect(() => {
    if (!isPlaying.value) return
    if (isAtEnd) {
      isPlaying.value = false
      return
    }
    const timer = setTimeout(next, stepMs)
    return () => clearTimeout(timer)
  }, [isPlaying.value, day, isAtEnd, next, isPlaying])
  const toggle = () => {
    if (!isPlaying.value && isAtEnd) goTo(start.value)
    isPlaying.value = !isPlaying.value
  }
  return (
    <Button look="tertiary" icon={isPlaying.value ? 'pause' : 'play'} iconOnly onClick={toggle}>
      {say(isPlaying.value ? words.pause : words.play)}
    </Button>
  )
}
