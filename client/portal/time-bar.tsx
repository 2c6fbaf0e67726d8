import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { formatDay } from '../../server/contract/dates.ts'
import { Button } from '../ui/button.tsx'
import { language, say } from '../ui/language.ts'
import { today } from './data.ts'
import { neighbourDay } from './events.ts'
import { KnownAt } from './known-at.tsx'
import { Slider } from './time-slider.tsx'
import { days, shownDay, start } from './timeline.ts'
import { navigate, view } from './view.ts'

const words = {
  time: { de: 'Zeitleiste', en: 'Timeline' },
  play: { de: 'Abspielen', en: 'Play' },
  pause: { de: 'Anhalten', en: 'Pause' },
  today: { de: 'Heute', en: 'Today' },
  back: { de: 'Voriges Ereignis', en: 'Previous event' },
  forward: { de: 'Nächstes Ereignis', en: 'Next event' },
}

const stepMs = 1_400
const settleMs = 120

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
