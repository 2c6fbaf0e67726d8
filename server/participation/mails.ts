import { formatDay, type IsoDate } from '../contract/dates.ts'
import { mobileOperators } from '../contract/mobile/codes.ts'
import { silenceSentences, weekdayAndDay } from '../contract/participation-words.ts'
import type { CaseFile, ReviewRow } from './queries.ts'
import { caseName } from './rules.ts'

/** What mails say about a review: no place, no contact, nothing from the case but its name. */
export interface About {
  review: Pick<ReviewRow, 'question' | 'departmentCode' | 'silence' | 'askedName'>
  file: Pick<CaseFile, 'caseNumber' | 'operatorSiteCode' | 'key' | 'operators'>
  dueOn: IsoDate
}

export interface Letter {
  subject: string
  text: string
}

/** People may type what the outbox would take for a placeholder. */
function literally(text: string): string {
  return text.replaceAll('{{', '{ {').replaceAll('}}', '} }')
}

function subjectOf({ file }: Pick<About, 'file'>): string {
  return `Mobilfunkstandort ${literally(caseName(file))}`
}

function operatorsOf({ file }: Pick<About, 'file'>): string {
  return file.operators.map((operator) => mobileOperators.labels[operator].de).join(', ')
}

const link = (what: string) => `${what} (ohne Anmeldung; der Link ist nur für Sie bestimmt):\n{{link}}`

const howToAnswer =
  'Sie können zustimmen, Auflagen oder Bedenken nennen oder mitteilen, dass Sie nicht zuständig sind. Die Unterlagen finden Sie auf der Seite. Falls Sie verhindert sind, geben Sie die Anfrage dort an Ihre Vertretung weiter.'

function body(...paragraphs: readonly string[]): string {
  return `${paragraphs.join('\n\n')}\n`
}

function regards({ review }: About): string {
  return `Mit freundlichen Grüßen\n${literally(review.askedName)}\nMobilfunkkoordination`
}

/** To the department, and a copy to its deputy. */
export function askMail(about: About, isCopy: boolean): Letter {
  const { review, dueOn } = about
  return {
    subject: `${isCopy ? 'Zur Vertretung: ' : ''}Bitte um Stellungnahme: ${subjectOf(about)}`,
    text: body(
      'Guten Tag,',
      `zu ${subjectOf(about)} (${operatorsOf(about)}) bitten wir ${literally(review.departmentCode)} um eine Stellungnahme bis ${weekdayAndDay(dueOn)}.`,
      ...(isCopy ? ['Sie erhalten diese Mail, weil Sie den Fachbereich vertreten.'] : []),
      literally(review.question),
      link('Zur Stellungnahme'),
      howToAnswer,
      silenceSentences[review.silence].before,
      regards(about),
    ),
  }
}

export function reminderMail(about: About): Letter {
  return {
    subject: `Erinnerung: Stellungnahme zu ${subjectOf(about)} bis ${formatDay(about.dueOn, 'de')}`,
    text: body(
      'Guten Tag,',
      `die Stellungnahme von ${literally(about.review.departmentCode)} zu ${subjectOf(about)} steht noch aus. Die Frist läuft bis ${weekdayAndDay(about.dueOn)}.`,
      link('Zur Stellungnahme'),
      silenceSentences[about.review.silence].before,
      regards(about),
    ),
  }
}

export function extensionMail(about: About, reason: string): Letter {
  return {
    subject: `Neue Frist ${formatDay(about.dueOn, 'de')}: ${subjectOf(about)}`,
    text: body(
      'Guten Tag,',
      `für die Stellungnahme von ${literally(about.review.departmentCode)} zu ${subjectOf(about)} haben Sie nun Zeit bis ${weekdayAndDay(about.dueOn)}.`,
      `Grund: ${literally(reason)}`,
      link('Zur Stellungnahme'),
      regards(about),
    ),
  }
}

/** Nothing is wanted any more. */
export function withdrawalMail(about: About, reason: string | null): Letter {
  return {
    subject: `Stellungnahme nicht mehr nötig: ${subjectOf(about)}`,
    text: body(
      'Guten Tag,',
      `die Bitte um Stellungnahme von ${literally(about.review.departmentCode)} zu ${subjectOf(about)} ist zurückgezogen. Sie brauchen nichts weiter zu tun.`,
      ...(reason ? [`Grund: ${literally(reason)}`] : []),
      regards(about),
    ),
  }
}

/** To whoever leads the department: without a link, they do not answer themselves. */
export function escalationMail(about: About): Letter {
  const { review, dueOn } = about
  return {
    subject: `Frist verstrichen: Stellungnahme zu ${subjectOf(about)}`,
    text: body(
      'Guten Tag,',
      `die Frist für die Stellungnahme von ${literally(review.departmentCode)} zu ${subjectOf(about)} ist am ${weekdayAndDay(dueOn)} abgelaufen, ohne dass wir etwas gehört haben.`,
      silenceSentences[review.silence].after,
      'Eine Stellungnahme wird weiterhin angenommen und als verspätet gekennzeichnet. Bitte sorgen Sie dafür, dass sie bald kommt.',
      regards(about),
    ),
  }
}

/** Everything that is open at one address, each once. */
export function digestMail(items: readonly About[]): Letter {
  const [first] = items
  const lines = items.map(
    (about) =>
      `- ${subjectOf(about)} (${operatorsOf(about)}), ${literally(about.review.departmentCode)}: bis ${weekdayAndDay(about.dueOn)}`,
  )
  const count = items.length === 1 ? 'eine Stellungnahme' : `${items.length} Stellungnahmen`
  return {
    subject: `Offene Stellungnahmen zu Mobilfunkstandorten: ${items.length}`,
    text: body(
      'Guten Tag,',
      `zu Mobilfunkstandorten ${items.length === 1 ? 'steht' : 'stehen'} bei Ihnen ${count} aus:`,
      lines.join('\n'),
      link(items.length === 1 ? 'Zur Stellungnahme' : 'Zu allen offenen Stellungnahmen'),
      ...(first ? [regards(first)] : []),
    ),
  }
}

/** The reply to the operator is attached. */
export function replyMail(subject: string, by: string): Letter {
  return {
    subject,
    text: body(
      'Guten Tag,',
      'anbei erhalten Sie unser Antwortschreiben als PDF.',
      `Mit freundlichen Grüßen\n${literally(by)}\nMobilfunkkoordination`,
    ),
  }
}
