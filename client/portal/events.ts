import { type Trade, trades } from '../../server/contract/codes.ts'
import { formatImpreciseDate } from '../../server/contract/dates.ts'
import type { TimelineEvent } from '../../server/contract/portal.ts'
import type { Language } from '../../server/contract/text.ts'
import { dayInGermany } from './days.ts'
import { enumerate } from './sentences.ts'

/** What happened on a day, in lines of words. */
export interface EventDay {
  day: string
  lines: string[]
}

const verbs = {
  stage_begun: { de: 'begonnen', en: 'begun' },
  stage_done: { de: 'abgeschlossen', en: 'completed' },
  announcement: { de: 'angekündigt', en: 'announced' },
} as const
const rollout = { de: 'Ausbau', en: 'Rollout' }
const most = 4

/** Events by day, oldest first; the same thing in several districts is one line. */
export function eventDays(
  events: readonly TimelineEvent[],
  nameOf: (district: string) => string,
  language: Language,
): EventDay[] {
  const days = new Map<string, TimelineEvent[]>()
  for (const event of events) days.set(event.day, [...(days.get(event.day) ?? []), event])
  return [...days]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([day, here]) => ({ day, lines: linesOf(here, nameOf, language) }))
}

function linesOf(events: readonly TimelineEvent[], nameOf: (district: string) => string, language: Language): string[] {
  const groups = Map.groupBy(events, (event) => [event.kind, event.programmeId, event.trade, event.title, event.date].join('|'))
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (!first) return []
    const names = [...new Set(group.flatMap((event) => (event.districtId ? [nameOf(event.districtId)] : [])))]
    const when = first.date === first.day ? '' : `${formatImpreciseDate(first.date, language)}: `
    return [when + what(first, language) + (names.length > 0 ? ` (${few(names, language)})` : '')]
  })
}

function what({ kind, trade, title, titleEn }: TimelineEvent, language: Language): string {
  const name = (language === 'en' && titleEn) || title || tradeName(trade, language)
  return kind === 'milestone' ? name : `${name} ${verbs[kind][language]}`
}

function tradeName(trade: Trade | null, language: Language): string {
  return trade ? trades.labels[trade][language] : rollout[language]
}

function few(names: readonly string[], language: Language): string {
  const more = names.length - most
  const others = { de: `${more} weitere`, en: `${more} more` }[language]
  return more > 0 ? enumerate([...names.slice(0, most), others], language) : enumerate(names, language)
}

/** The next day with an event after (before) `day`; the ends of the timeline count as such. */
export function neighbourDay(days: readonly string[], day: string, direction: 1 | -1, start: string, end: string): string {
  const others = [start, ...days, end].filter((one) => (direction === 1 ? one > day : one < day))
  return (direction === 1 ? others.sort()[0] : others.sort().at(-1)) ?? day
}

/** Publications by German day, newest first: what could be known by the end of it. */
export function publicationDays(
  publications: readonly { knownAt: string; citations: readonly string[] }[],
): { day: string; citations: string[] }[] {
  const days = Map.groupBy(publications, (publication) => dayInGermany(publication.knownAt))
  return [...days]
    .map(([day, here]) => ({ day, citations: [...new Set(here.flatMap((one) => one.citations))] }))
    .toSorted((a, b) => (a.day < b.day ? 1 : -1))
}
