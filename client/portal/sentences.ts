import { type Phase, phases, type Trade, trades } from '../../server/contract/codes.ts'
import { compareImprecise, formatImpreciseDate, hasPassed, isUpperBound } from '../../server/contract/dates.ts'
import type { Provenance, SectionSummary, StageView } from '../../server/contract/portal.ts'
import type { Language } from '../../server/contract/text.ts'
import { countPhases, type DistrictState } from './districts.ts'
import { phaseClauses } from './texts.ts'

/** The answer in words: sentences made of facts, nothing else. Dates keep their precision. */

const joiner = { de: ' und ', en: ' and ' }

/** "A, B und C" */
export function enumerate(parts: readonly string[], language: Language): string {
  return parts.length < 2 ? parts.join('') : parts.slice(0, -1).join(', ') + joiner[language] + parts.at(-1)
}

/** "In 6 von 13 Stadtteilen ist der Tiefbau abgeschlossen, in 7 läuft der Tiefbau." Empty without districts. */
export function summarySentence(states: readonly DistrictState[], language: Language): string {
  const counts = countPhases(states)
  const clauses = counts.map(([phase, count], index) =>
    phaseClauses[phase][language](where(count, states.length, index === 0, language)),
  )
  const sentence = clauses.join(', ')
  return sentence && `${sentence[0]?.toUpperCase()}${sentence.slice(1)}.`
}

function where(count: number, all: number, isFirst: boolean, language: Language): string {
  if (count === all) return { de: `in allen ${all} Stadtteilen`, en: `in all ${all} districts` }[language]
  if (!isFirst) return `in ${count}`
  return { de: `in ${count} von ${all} Stadtteilen`, en: `in ${count} of ${all} districts` }[language]
}

/** "Stand 28.03.2022" */
export function asOfText(provenance: Pick<Provenance, 'trueOn'>, language: Language): string {
  return `${{ de: 'Stand', en: 'As of' }[language]} ${formatImpreciseDate(provenance.trueOn, language)}`
}

/** Words for a date that may be missing. */
export function dateText(date: string | null, language: Language): string {
  return date === null ? '–' : formatImpreciseDate(date, language)
}

/** "März 2021 bis spätestens 28.03.2022", "seit März 2022", "bis Ende 2022"; null when nothing was said. */
export function periodText(start: string | null, end: string | null, language: Language, isRunning = false): string | null {
  const from = start && formatImpreciseDate(start, language)
  const until = end && untilText(end, language)
  if (from && until) return `${from} ${until}`
  if (from) return `${isRunning ? { de: 'seit', en: 'since' }[language] : { de: 'ab', en: 'from' }[language]} ${from}`
  return until || null
}

/** An upper bound says so: the end is not known to be that day. */
function untilText(end: string, language: Language): string {
  const words = formatImpreciseDate(end, language)
  if (isUpperBound(end))
    return { de: words.replace(/^bis /, 'bis spätestens '), en: words.replace(/^by /, 'until no later than ') }[language]
  return `${{ de: 'bis', en: 'until' }[language]} ${words}`
}

export interface Announcement {
  trade: Trade
  /** What is announced of it. */
  of: 'start' | 'end'
  date: string
}

/** What is announced next: the end of work that has begun, else the start (or end) of the trade planned first. */
export function nextAnnouncement(stages: readonly StageView[]): Announcement | null {
  const open = stages.filter((stage) => stage.actualEnd === null && !stage.cancelled)
  const announced = open.flatMap((stage): (Announcement & { hasBegun: boolean })[] => {
    const hasBegun = stage.actualStart !== null
    const { trade, plannedStart, plannedEnd } = stage
    if (!hasBegun && plannedStart) return [{ trade, of: 'start', date: plannedStart, hasBegun }]
    return plannedEnd ? [{ trade, of: 'end', date: plannedEnd, hasBegun }] : []
  })
  const [first] = announced.toSorted((a, b) => Number(b.hasBegun) - Number(a.hasBegun) || compareImprecise(a.date, b.date))
  return first ? { trade: first.trade, of: first.of, date: first.date } : null
}

/** "Angekündigt ist der Abschluss (Tiefbau): Ende 2022." and, when that day has gone by, that nobody has said whether it was kept. */
export function announcementSentences({ trade, of, date }: Announcement, asOf: string, language: Language): string[] {
  const what = { start: { de: 'der Beginn', en: 'start' }, end: { de: 'der Abschluss', en: 'completion' } }[of][language]
  const name = trades.labels[trade][language]
  const when = formatImpreciseDate(date, language)
  const isOver = hasPassed(date, asOf)
  const announced = {
    de: `Angekündigt ${isOver ? 'war' : 'ist'} ${what} (${name}): ${when}.`,
    en: `${isOver ? 'Announced had been the' : 'Announced is the'} ${what} (${name}): ${when}.`,
  }[language]
  return isOver ? [announced, passedSentence(language)] : [announced]
}

export function passedSentence(language: Language): string {
  return {
    de: 'Ob das eingehalten wurde, ist nicht veröffentlicht.',
    en: 'Whether this was kept has not been published.',
  }[language]
}

/** Trades that have begun and not ended, as far as is known. */
function runningTrades(stages: readonly StageView[]): StageView[] {
  return stages.filter((stage) => stage.actualStart && !stage.actualEnd && !stage.onHold && !stage.cancelled)
}

/** "Manfort: Tiefbau seit März 2022." or "Opladen: Tiefbau abgeschlossen. In Arbeit: Spleißen und Messen seit Mai 2022." */
function stateSentences(section: SectionSummary & { stages: readonly StageView[] }, language: Language): string[] {
  const phase = phases.labels[section.phase][language]
  const running = runningTrades(section.stages).map((stage) => ({
    name: trades.labels[stage.trade][language],
    since: periodText(stage.actualStart, null, language, true),
  }))
  const [first] = running
  if (running.length === 1 && first?.name === phase) return [`${section.name}: ${phase} ${first.since}.`]
  const parts = running.map(({ name, since }) => `${name} ${since}`)
  const more = { de: `In Arbeit: ${enumerate(parts, language)}.`, en: `Under way: ${enumerate(parts, language)}.` }[language]
  return [`${section.name}: ${phase}.`, ...(parts.length > 0 ? [more] : [])]
}

export interface PlannedMilestone {
  title: string
  titleEn: string | null
  planned: string | null
  actual: string | null
}

/** "Angekündigt war: Start der Dienste an den geförderten Anschlüssen, Frühjahr 2023." The next milestone of a programme. */
function milestoneSentences(milestones: readonly PlannedMilestone[], asOf: string, language: Language): string[] {
  const open = milestones.flatMap((one) => (one.planned && !one.actual ? [{ ...one, date: one.planned }] : []))
  const [next] = open.toSorted((a, b) => compareImprecise(a.date, b.date))
  if (!next) return []
  const isOver = hasPassed(next.date, asOf)
  const title = (language === 'en' && next.titleEn) || next.title
  const announced = {
    de: `Angekündigt ${isOver ? 'war' : 'ist'}: ${title}, ${formatImpreciseDate(next.date, language)}.`,
    en: `${isOver ? 'Announced had been' : 'Announced'}: ${title}, ${formatImpreciseDate(next.date, language)}.`,
  }[language]
  return isOver ? [announced, passedSentence(language)] : [announced]
}

/** The phases after which nothing is to come. */
const ends: readonly Phase[] = ['usable', 'cancelled']

/** The answer for a section: phase, what is going on, what is announced for it and in its programme, or that nothing is. */
export function sectionAnswer(
  section: SectionSummary & { stages: readonly StageView[] },
  milestones: readonly PlannedMilestone[],
  asOf: string,
  language: Language,
): string[] {
  const states = stateSentences(section, language)
  if (ends.includes(section.phase)) return states
  const next = nextAnnouncement(section.stages)
  const announced = [
    ...(next ? announcementSentences(next, asOf, language) : []),
    ...milestoneSentences(milestones, asOf, language),
  ].filter((sentence, index, all) => sentence !== passedSentence(language) || all.lastIndexOf(sentence) === index)
  const nothing = {
    de: 'Wie es weitergeht, ist nicht veröffentlicht.',
    en: 'What happens next has not been published.',
  }[language]
  return [...states, ...(announced.length > 0 ? announced : [nothing])]
}
