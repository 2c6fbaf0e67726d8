import { formatDay } from '../../server/contract/dates.ts'
import { language, say } from '../ui/language.ts'
import { timeline, today } from './data.ts'
import { publicationDays } from './events.ts'
import { navigate, view } from './view.ts'

const words = {
  title: { de: 'Was wussten wir damals?', en: 'What did we know then?' },
  now: { de: 'Heutiger Kenntnisstand', en: 'What is known today' },
  as: { de: 'Kenntnisstand', en: 'Known by' },
}

const longest = 60

/** The second clock: the days on which something became known. Choosing one hides all that was published later. */
export function KnownAt() {
  const { knownAt } = view.value
  // With the clock set back the server tells only of publications until then: the days heard of before stay to be chosen.
  const known = publicationDays(timeline.answer.value?.publications ?? [])
  for (const one of known) heard.set(one.day, one)
  const days = [...heard.values()].toSorted((a, b) => (a.day < b.day ? 1 : -1))
  const isOther = knownAt !== null && !heard.has(knownAt)
  return (
    <label class="known-at">
      <span class="known-at__label">{say(words.title)}</span>
      <select
        class="known-at__select"
        value={knownAt ?? ''}
        onChange={(event) => {
          const day = event.currentTarget.value || null
          navigate({ knownAt: day, asOf: null })
        }}
      >
        <option value="">{say(words.now)}</option>
        {isOther && <option value={knownAt}>{formatDay(knownAt, language.value)}</option>}
        {days
          .filter((one) => one.day < today.value)
          .map((one) => (
            <option key={one.day} value={one.day}>
              {formatDay(one.day, language.value)}: {shortened(one.citations.join('; '))}
            </option>
          ))}
      </select>
    </label>
  )
}

const heard = new Map<string, { day: string; citations: string[] }>()

function shortened(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)} …` : text
}
