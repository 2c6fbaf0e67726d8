import type * as z from 'zod/mini'
import { codes } from './codes.ts'
import { formatDay, type IsoDate } from './dates.ts'
import { remaining } from './deadlines.ts'
import type { FederalState } from './federal-state.ts'
import type { Opinion, Silence } from './mobile/codes.ts'

/** Opinions that say nothing without words beside them. */
export const needsConditions: readonly Opinion[] = ['agreed_with_conditions', 'concerns']

/** What silence means, said to the department before and after its due day. */
export const silenceSentences: Readonly<Record<Silence, { before: string; after: string }>> = {
  counts_as_agreed: {
    before: 'Ohne Ihre Äußerung bis dahin gilt Ihr Fachbereich als einverstanden.',
    after: 'Der Fachbereich gilt nun als einverstanden.',
  },
  counts_as_not_responsible: {
    before: 'Ohne Ihre Äußerung bis dahin gilt Ihr Fachbereich als nicht zuständig.',
    after: 'Der Fachbereich gilt nun als nicht zuständig.',
  },
  stays_open: { before: 'Ohne Ihre Äußerung bleibt die Anfrage offen.', after: 'Die Anfrage bleibt offen.' },
}

export const reviewStatuses = codes({
  asked: { de: 'angefragt', en: 'asked' },
  taken_up: { de: 'in Arbeit', en: 'taken up' },
  answered: { de: 'beantwortet', en: 'answered' },
  withdrawn: { de: 'zurückgezogen', en: 'withdrawn' },
})
export type ReviewStatus = z.infer<typeof reviewStatuses.schema>

/** How a statement came. */
export const statementSources = codes({
  link: { de: 'über den Link', en: 'by link' },
  mail: { de: 'per E-Mail', en: 'by mail' },
  phone: { de: 'am Telefon', en: 'by phone' },
  meeting: { de: 'im Gespräch', en: 'in a meeting' },
  letter: { de: 'per Brief oder Hauspost', en: 'by letter' },
  silence: { de: 'keine Äußerung in der Frist', en: 'silence' },
})
export type StatementSource = z.infer<typeof statementSources.schema>

export const reviewEvents = codes({
  asked: { de: 'Angefragt', en: 'Asked' },
  taken_up: { de: 'Bearbeitung begonnen', en: 'Taken up' },
  forwarded: { de: 'An die Vertretung weitergegeben', en: 'Forwarded to the deputy' },
  answered: { de: 'Stellungnahme abgegeben', en: 'Answered' },
  answered_again: { de: 'Stellungnahme berichtigt', en: 'Answered again' },
  reminded: { de: 'Erinnert', en: 'Reminded' },
  escalated: { de: 'Frist verstrichen, Leitung benachrichtigt', en: 'Escalated' },
  extended: { de: 'Frist verlängert', en: 'Extended' },
  withdrawn: { de: 'Anfrage zurückgezogen', en: 'Withdrawn' },
  closed: { de: 'Abgeschlossen', en: 'Closed' },
  reopened: { de: 'Wieder geöffnet', en: 'Reopened' },
  silence_applied: { de: 'Keine Äußerung in der Frist', en: 'Silence applied' },
})
export type ReviewEventKind = z.infer<typeof reviewEvents.schema>

const weekdays = ['Sonntag', 'Montag', 'Dienstag', 'Mittwoch', 'Donnerstag', 'Freitag', 'Samstag']

/** "Freitag, 18.12.2026" */
export function weekdayAndDay(day: IsoDate): string {
  return `${weekdays[new Date(day).getUTCDay()]}, ${formatDay(day, 'de')}`
}

/** "bis Freitag, 18.12.2026, noch 9 Arbeitstage" */
export function dueInWords(dueOn: IsoDate, today: IsoDate, state: FederalState): string {
  return `bis ${weekdayAndDay(dueOn)}, ${leftInWords(dueOn, today, state)}`
}

/** "noch 9 Arbeitstage", "heute", "seit 2 Arbeitstagen vorbei" */
export function leftInWords(dueOn: IsoDate, today: IsoDate, state: FederalState): string {
  const { days, workingDays } = remaining(dueOn, today, state)
  if (days === 0) return 'heute'
  if (days < 0) {
    if (workingDays === 0) return days === -1 ? 'seit gestern vorbei' : `seit ${-days} Tagen vorbei`
    return workingDays === -1 ? 'seit einem Arbeitstag vorbei' : `seit ${-workingDays} Arbeitstagen vorbei`
  }
  if (workingDays === 0) return 'kein Arbeitstag mehr'
  return workingDays === 1 ? 'noch ein Arbeitstag' : `noch ${workingDays} Arbeitstage`
}
