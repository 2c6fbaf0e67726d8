import { useEffect } from 'preact/hooks'
import { formatImpreciseDate } from '../../server/contract/dates.ts'
import { type AnnouncedDate, getAnnouncedDates } from '../../server/contract/schedule.ts'
import { announcedName, announcedSentence, announcementText } from '../../server/contract/schedule-words.ts'
import { call } from '../api.ts'
import { Disclosure } from '../ui/disclosure.tsx'
import { language, say } from '../ui/language.ts'
import { Loaded, resource } from '../ui/resource.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { revision } from './data.ts'
import { texts } from './texts.ts'
import { clocks } from './view.ts'

const words = {
  title: { de: 'Angekündigte Termine', en: 'Announced dates' },
  hint: {
    de: 'Was zuerst genannt wurde und was daraus wurde. Ein Termin ohne Tag zählt ab seinem letzten Tag.',
    en: 'What was first named and what became of it. A date without a day counts from its last day.',
  },
  nothing: { de: 'Bis zu diesem Tag ist kein Termin angekündigt.', en: 'No date had been announced by this day.' },
  all: { de: 'Alle Ankündigungen mit Quelle', en: 'All announcements with their source' },
}

type Question = { districtId?: string; programmeId?: string; asOf?: string; knownAt?: string }

const announced = resource(async (query: Question, signal) => (await call(getAnnouncedDates, { query, signal })).dates)
let shown = ''

interface AnnouncedDatesProps {
  of: Pick<Question, 'districtId' | 'programmeId'>
  /** Name of a section where there are several; null: the page says it. */
  nameOf?: (sectionId: string) => string | null
  shows?: (date: AnnouncedDate) => boolean
}

/** How the announced dates of a district or programme moved, with sources. */
export function AnnouncedDates({ of, nameOf = () => null, shows = () => true }: AnnouncedDatesProps) {
  const key = JSON.stringify(of)
  const question = JSON.stringify({ ...of, ...clocks.value })
  useEffect(() => {
    // What was shown of another page must not stand under the new heading.
    if (shown !== key) announced.forget()
    shown = key
    void announced.ask(JSON.parse(question) as Question)
  }, [question, revision.value])
  return (
    <section class="section">
      <h2>{say(words.title)}</h2>
      <Loaded from={announced} skeleton={<Skeleton lines={[90, 70]} />}>
        {(dates) => <AnnouncedList dates={dates.filter(shows)} nameOf={nameOf} />}
      </Loaded>
    </section>
  )
}

function AnnouncedList({ dates, nameOf }: { dates: readonly AnnouncedDate[]; nameOf: (sectionId: string) => string | null }) {
  if (dates.length === 0) return <p>{say(words.nothing)}</p>
  return (
    <>
      <p class="muted">{say(words.hint)}</p>
      {dates.map((date) => (
        <Announced key={date.id} date={date} place={date.sectionId && nameOf(date.sectionId)} />
      ))}
    </>
  )
}

function Announced({ date, place }: { date: AnnouncedDate; place: string | null }) {
  const name = [place, announcedName(date, language.value)].filter(Boolean).join(', ')
  return (
    <article class="announced">
      <h3 class="small-heading">{name}</h3>
      <p>{capital(announcedSentence(date, language.value))}</p>
      <Disclosure
        summary={
          <>
            {say(words.all)}
            <span class="kern-sr-only">: {name}</span>
          </>
        }
      >
        <ol class="statements">
          {date.events.map((event) => (
            <li key={`${event.kind} ${event.knownFrom} ${event.source.citation}`}>
              {capital(announcementText(event, language.value))}.{event.note && ` ${event.note}`}
              <br />
              <span class="muted">
                {say(texts.asOf)} {formatImpreciseDate(event.trueOn, language.value)}. {say(texts.source)}:{' '}
                {event.source.url ? <a href={event.source.url}>{event.source.citation}</a> : event.source.citation}
              </span>
            </li>
          ))}
        </ol>
      </Disclosure>
    </article>
  )
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
