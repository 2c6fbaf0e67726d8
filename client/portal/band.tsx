import { useEffect } from 'preact/hooks'
import { formatDay } from '../../server/contract/dates.ts'
import { demoNotice } from '../../server/contract/text.ts'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { language, say } from '../ui/language.ts'
import { announce } from '../ui/toast.tsx'
import { overview, settings } from './data.ts'
import { districtStates } from './districts.ts'
import { isLive } from './live.ts'
import { summarySentence } from './sentences.ts'
import { texts } from './texts.ts'
import { backToToday, isPast, navigate, topic, view } from './view.ts'

const words = {
  past: {
    de: (day: string) => `Sie sehen den Stand vom ${day}.`,
    en: (day: string) => `You see the state of ${day}.`,
  },
  known: {
    de: (day: string) => `Sie sehen, was am ${day} bekannt war.`,
    en: (day: string) => `You see what was known on ${day}.`,
  },
  both: {
    de: (day: string, known: string) => `Sie sehen den Stand vom ${day}, wie er am ${known} bekannt war.`,
    en: (day: string, known: string) => `You see the state of ${day} as it was known on ${known}.`,
  },
  demo: { de: demoNotice, en: 'Example data: partly invented' },
  region: { de: 'Hinweise', en: 'Notes' },
  back: { de: 'Zurück zu heute', en: 'Back to today' },
}

/** The two dates in words; empty today. */
export function clockText(): string {
  const { asOf, knownAt } = view.value
  const [day, known] = [asOf, knownAt].map((one) => one && formatDay(one, language.value))
  if (day && known && day !== known) return say(words.both)(day, known)
  if (known) return say(words.known)(known)
  return day ? say(words.past)(day) : ''
}

/** Says everywhere that this is not today, until one returns; and when changes cannot arrive. */
export function Band() {
  useSpokenTime()
  return (
    <aside class="bands" aria-label={say(words.region)}>
      {settings.answer.value?.isDemo && (
        <div class="band band--warning" data-demo>
          <Icon name="warning" />
          <span class="band__text">{say(words.demo)}</span>
        </div>
      )}
      {isPast.value && (
        <div class="band" data-past>
          <Icon name="calendar" />
          <span class="band__text">{clockText()}</span>
          <Button small look="primary" onClick={() => navigate(backToToday)}>
            {say(words.back)}
          </Button>
        </div>
      )}
      {!isLive.value && (
        <div class="band band--warning" role="status">
          <Icon name="warning" />
          <span class="band__text">{say(texts.offline)}</span>
        </div>
      )}
    </aside>
  )
}

/** Reads out what a move in time has changed, once it is there. */
function useSpokenTime(): void {
  const answer = overview.answer.value
  const key = answer && `${answer.clocks.asOf} ${answer.clocks.knownAt} ${settings.answer.value?.today}`
  useEffect(() => {
    if (!answer || !isPast.value) return
    const summary = topic.value === 'fibre' ? summarySentence(districtStates(answer, view.value.programme), language.value) : ''
    announce(`${clockText()} ${summary}`)
  }, [key])
}
