import { trades } from './codes.ts'
import { formatImpreciseDate } from './dates.ts'
import { type AnnouncedDate, type Announcement, announcedSteps, announcementKinds, type DayRange } from './schedule.ts'
import type { Language } from './text.ts'

const words = {
  first: { de: 'zuerst genannt für', en: 'first named for' },
  never: { de: 'nicht verschoben', en: 'not moved' },
  once: { de: 'einmal verschoben', en: 'moved once' },
  times: { de: '-mal verschoben', en: ' times moved' },
  now: { de: 'jetzt', en: 'now' },
  none: { de: 'nicht mehr genannt oder zurückgenommen', en: 'no longer named or withdrawn' },
  happened: { de: 'eingetreten', en: 'happened' },
  same: { de: 'derselbe Tag', en: 'the same day' },
  later: { de: 'Tage später', en: 'days later' },
  earlier: { de: 'Tage früher', en: 'days earlier' },
  precision: { de: 'je nach Genauigkeit der Termine', en: 'depending on the precision of the dates' },
  atLeast: { de: 'mindestens', en: 'at least' },
  atMost: { de: 'höchstens', en: 'at most' },
  to: { de: 'bis', en: 'to' },
  overdue: {
    de: 'Der zuerst genannte Termin ist verstrichen, nichts ist gemeldet.',
    en: 'The first named date has passed, nothing is reported.',
  },
}

/** "Ende Tiefbau", "Start der Dienste": what the date is about. */
export function announcedName({ what, trade, title, titleEn }: AnnouncedDate, language: Language): string {
  if (trade === null) return (language === 'en' && titleEn) || title || announcedSteps.labels[what][language]
  return `${trades.labels[trade][language]}: ${announcedSteps.labels[what][language]}`
}

/** "365 Tage später (je nach Genauigkeit der Termine 244 bis 486)". */
export function daysText({ days, least, most }: DayRange, language: Language): string {
  const direction = days < 0 ? words.earlier : words.later
  const counted = days === 0 ? words.same[language] : `${Math.abs(days)} ${direction[language]}`
  if (least === days && most === days) return counted
  const range =
    least === null
      ? `${words.atMost[language]} ${signed(most)}`
      : most === null
        ? `${words.atLeast[language]} ${signed(least)}`
        : `${signed(least)} ${words.to[language]} ${signed(most)}`
  return `${counted} (${words.precision[language]} ${range})`
}

function signed(days: number | null): string {
  return days === null ? '' : days < 0 ? `−${-days}` : `+${days}`
}

/** "zuerst genannt für Ende 2022, 2-mal verschoben, jetzt 30.06.2024: 547 Tage später (…)." */
export function announcedSentence(date: AnnouncedDate, language: Language): string {
  const { firstNamed, named, timesMoved, actual, shift, slip, outcome } = date
  const day = (value: string) => formatImpreciseDate(value, language)
  const times =
    timesMoved === 0 ? words.never[language] : timesMoved === 1 ? words.once[language] : `${timesMoved}${words.times[language]}`
  const parts = [`${words.first[language]} ${day(firstNamed)}`, times]
  if (timesMoved > 0 && named) parts.push(`${words.now[language]} ${day(named)}: ${daysText(shift, language)}`)
  if (named === null && actual === null) parts.push(words.none[language])
  if (actual && slip) parts.push(`${words.happened[language]} ${day(actual)}: ${daysText(slip, language)}`)
  return `${parts.join(', ')}.${outcome === 'overdue' ? ` ${words.overdue[language]}` : ''}`
}

/** "verschoben auf Ende 2023, 365 Tage später (…)". */
export function announcementText({ kind, date, before, shift }: Announcement, language: Language): string {
  const said = announcementKinds.labels[kind][language]
  const named = date ?? before
  return [named ? `${said}: ${formatImpreciseDate(named, language)}` : said, shift && daysText(shift, language)]
    .filter(Boolean)
    .join(', ')
}
