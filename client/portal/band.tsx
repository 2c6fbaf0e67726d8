import { useEffect } from 'preact/hooks'
import { formatDay } from '../../server/contract/dates.ts'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { language, say } from '../ui/language.ts'
import { announce } from '../ui/toast.tsx'
import { overview, settings } from './data.ts'
import { districtStates } from './districts.ts'
import { isLive } from './live.ts'
import { summarySentence } from './sentences.ts'
import { texts } from './texts.ts'
import { backToToday, isPast, navigate, view } from './view.ts'

const words = {
  past: {
    de: (day: string) => `Sie sehen den Stand vom ${day}.`,
    en: (day: string) => `You see the state of ${day}.`,
  },
  known: {
    de: (day: string) => `Kenntnisstand vom ${day}: Später Veröffentlichtes bleibt außer Betracht.`,
    en: (day: string) => `Known by ${day}: what was published later is left out.`,
  },
  back: { de: 'Zurück zu heute', en: 'Back to today' },
}

/** The two dates in words; empty today. */
export function clockText(): string {
  const { asOf, knownAt } = view.value
  const day = asOf ?? overview.answer.value?.clocks.asOf
  const parts = [
    (asOf || knownAt) && day && say(words.past)(formatDay(day, language.value)),
    knownAt && say(words.known)(formatDay(knownAt, language.value)),
  ]
  return parts.filter(Boolean).join(' ')
}

/** Says everywhere that this is not today, until one returns; and when changes cannot arrive. */
export function Band() {
  useSpokenTime()
  return (
    <div class="bands">
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
    </div>
  )
}

/** Reads out what a move in time has changed, once it is there. */
function useSpokenTime(): void {
  const answer = overview.answer.value
  const key = answer && `${answer.clocks.asOf} ${answer.clocks.knownAt} ${settings.answer.value?.today}`
  // biome-ignore lint/correctness/useExhaustiveDependencies: the clocks of the answer are what is spoken of
  useEffect(() => {
    if (answer && isPast.value)
      announce(`${clockText()} ${summarySentence(districtStates(answer, view.value.programme), language.value)}`)
  }, [key])
}
