import type * as z from 'zod/mini'
import { phases, quantities } from '../contract/codes.ts'
import { formatDay, formatImpreciseDate, formatMoment, hasPassed, today } from '../contract/dates.ts'
import { formatKm, formatNumber } from '../contract/numbers.ts'
import type { MilestoneView, Provenance, SectionSummary, TargetView } from '../contract/portal.ts'
import type { Language, Text } from '../contract/text.ts'
import type { Clocks } from '../http/clocks.ts'

export const words = {
  atlas: { de: 'Ausbauatlas', en: 'Ausbauatlas' },
  asOf: { de: 'Stand', en: 'As of' },
  source: { de: 'Quelle', en: 'Source' },
  start: { de: 'Beginn', en: 'start' },
  end: { de: 'Abschluss', en: 'completion' },
  announced: { de: 'Angekündigt', en: 'Announced' },
  wasAnnounced: { de: 'Angekündigt war', en: 'Announced had been' },
  notKnownWhetherKept: {
    de: 'Ob dieser Termin eingehalten wurde, ist nicht veröffentlicht',
    en: 'Whether this date was kept has not been published',
  },
  planned: { de: 'geplant', en: 'planned' },
  about: { de: 'rund', en: 'about' },
  nothing: { de: 'Dazu ist kein Stand veröffentlicht.', en: 'Nothing has been published about this.' },
  overviewTitle: { de: 'Glasfaserausbau', en: 'Fibre rollout' },
  overview: {
    de: 'Wo wird Glasfaser gebaut, was ist fertig, was ist angekündigt? Alle Stadtteile auf der Karte und als Tabelle, mit Stand und Quelle.',
    en: 'Where is fibre being built, what is done, what is announced? All districts on the map and as a table, with date and source.',
  },
  lastPublished: { de: 'Letzter veröffentlichter Stand', en: 'Last published state' },
  districts: { de: 'Stadtteile', en: 'Districts' },
  shownDay: { de: 'Gezeigt wird der Stand am', en: 'Shown is the state on' },
  shownKnowledge: { de: 'Gezeigt wird, was man wusste am', en: 'Shown is what was known on' },
  neighbours: { de: 'Nachbarstadtteile', en: 'Neighbouring districts' },
  programmes: { de: 'Programme', en: 'Programmes' },
  sections: { de: 'Bauabschnitte', en: 'Build sections' },
  targets: { de: 'Ziele', en: 'Targets' },
  milestones: { de: 'Meilensteine', en: 'Milestones' },
  map: {
    de: 'Karte und Zeitleiste brauchen JavaScript. Dieselben Angaben ohne JavaScript:',
    en: 'Map and time slider need JavaScript. The same information without JavaScript:',
  },
  home: { de: 'Alle Stadtteile', en: 'All districts' },
  table: { de: 'Bauabschnitte mit Ausbaustand als Tabelle', en: 'build sections with their phase as a table' },
  data: { de: 'alle Daten', en: 'all data' },
  contact: { de: 'Kontakt', en: 'Contact' },
  contactText: {
    de: 'Einen Fehler oder eine Barriere melden. Das Formular braucht JavaScript.',
    en: 'Report an error or a barrier. The form needs JavaScript.',
  },
  deadZone: { de: 'Funkloch melden', en: 'Report a dead zone' },
  deadZoneText: {
    de: 'Kein oder kaum Netz? Ein Funkloch ohne Konto melden; gespeichert wird der Ort nur auf 100 m genau. Das Formular braucht JavaScript.',
    en: 'Little or no service? Report a dead zone without an account; the place is kept to 100 m only. The form needs JavaScript.',
  },
  mobile: { de: 'Mobilfunk', en: 'Mobile' },
  missing: { de: 'Diese Seite gibt es nicht', en: 'This page does not exist' },
  away: { de: 'Die Daten sind gerade nicht erreichbar', en: 'The data cannot be reached right now' },
  awayText: { de: 'Bitte versuchen Sie es in einigen Minuten erneut.', en: 'Please try again in a few minutes.' },
} satisfies Record<string, Text>

/** Says which past is shown; null: today. */
export function pastText({ asOf, knownAt }: Clocks, language: Language): string | null {
  if (knownAt !== null) return `${words.shownKnowledge[language]} ${formatMoment(knownAt, language)}.`
  return asOf === today() ? null : `${words.shownDay[language]} ${formatDay(asOf, language)}.`
}

/** "Stand 28.03.2022, Quelle: Sachstandsbericht" */
export function provenanceText({ trueOn, citation }: z.infer<typeof Provenance>, language: Language): string {
  return `${words.asOf[language]} ${formatImpreciseDate(trueOn, language)}, ${words.source[language]}: ${citation}`
}

/** "Tiefbau abgeschlossen. Angekündigt: Abschluss Frühjahr 2023. Stand 28.03.2022, Quelle: …"; says when nobody told whether a date was kept. */
export function sectionText(section: z.infer<typeof SectionSummary>, asOf: string, language: Language): string {
  const { plannedStart, plannedEnd } = section
  const dates = [
    plannedStart && `${words.start[language]} ${formatImpreciseDate(plannedStart, language)}`,
    plannedEnd && `${words.end[language]} ${formatImpreciseDate(plannedEnd, language)}`,
  ].filter(Boolean)
  const next = plannedEnd ?? plannedStart
  const isOver = next !== null && hasPassed(next, asOf)
  return [
    phases.labels[section.phase][language],
    ...(dates.length > 0 ? [`${words[isOver ? 'wasAnnounced' : 'announced'][language]}: ${dates.join(', ')}`] : []),
    ...(isOver ? [words.notKnownWhetherKept[language]] : []),
    provenanceText(section.provenance, language),
  ].join('. ')
}

/** "Privathaushalte: 1.376 (Stand …)", "Glasfaserkabel: rund 82 km (Stand …)"; a note says what else must be known. */
export function targetText(target: z.infer<typeof TargetView>, language: Language): string {
  const amount = target.unit === 'm' ? formatKm(target.value, language) : formatNumber(target.value, language)
  const about = target.approximate ? `${words.about[language]} ` : ''
  const note = (language === 'en' && target.noteEn) || target.note
  const source = provenanceText(target.provenance, language)
  return `${quantities.labels[target.quantity][language]}: ${about}${amount} (${[note, source].filter(Boolean).join(' ')})`
}

/** "Zuschlag: April 2019 (Stand …)" */
export function milestoneText(milestone: z.infer<typeof MilestoneView>, language: Language): string {
  const planned = milestone.planned && `${words.planned[language]} ${formatImpreciseDate(milestone.planned, language)}`
  const date = milestone.actual ? formatImpreciseDate(milestone.actual, language) : planned
  const title = nameOf({ name: milestone.title, nameEn: milestone.titleEn }, language)
  return `${title}${date ? `: ${date}` : ''} (${provenanceText(milestone.provenance, language)})`
}

export function nameOf(named: { name: string; nameEn: string | null }, language: Language): string {
  return (language === 'en' && named.nameEn) || named.name
}
