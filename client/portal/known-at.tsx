import { formatDay } from '../../server/contract/dates.ts'
import { language, say } from '../ui/language.ts'
import { today, wholeTimeline } from './data.ts'
import { publicationDays } from './events.ts'
import { navigate, view } from './view.ts'

const words = {
  title: { de: 'Was wussten wir damals?', en: 'What did we know then?' },
  now: { de: 'Heutiger Kenntnisstand', en: 'What is known today' },
}

const longest = 60

/** The second clock: the days on which something became known. Choosing one hides all that was published later. */
export function KnownAt() {
  const { knownAt } = view.value
  const days = publicationDays(wholeTimeline.answer.value?.publications ?? [])
  const isOther = knownAt !== null && !days.some((one) => one.day === knownAt)
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

function shortened(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)} …` : text
}
