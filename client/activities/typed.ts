import type { Activity } from '../../server/contract/activities/activity.ts'
import { parseDay } from '../../server/contract/activities/day-input.ts'
import { formatDuration, parseDuration } from '../../server/contract/activities/duration.ts'
import type { Expense } from '../../server/contract/activities/expense.ts'
import { parseImpreciseDate } from '../../server/contract/date-input.ts'
import { formatDay, formatImpreciseDate, today } from '../../server/contract/dates.ts'
import { formatNumber, parseGermanNumber } from '../../server/contract/numbers.ts'

/** What stands in the inputs of an entry, by name. */
export type Typed = Readonly<Record<string, string>>
export type Content = Readonly<Record<string, unknown>>

/** Period and knowledge the log is asked for; left out: from the first entry, to today, as known now. */
export interface LogQuestion {
  from?: string
  to?: string
  knownAt?: string
}

/** What is typed means: content for the server, what is wrong by field, and how a field was understood where that is not what it says. */
export interface EntryReading {
  content: Content
  errors: Readonly<Record<string, string>>
  understood: Readonly<Record<string, string>>
}

interface Read {
  value: unknown
  error?: string
  understood?: string
}

const missing = 'Bitte ausfüllen.'
const textOf = (text = ''): Read => ({ value: text.trim() || null })
const needed = (text = ''): Read => (text.trim() ? { value: text.trim() } : { value: null, error: missing })

function collected(reads: Readonly<Record<string, Read>>): EntryReading {
  const entries = Object.entries(reads)
  const named = (part: 'error' | 'understood') =>
    Object.fromEntries(entries.flatMap(([name, read]) => (read[part] === undefined ? [] : [[name, read[part]]])))
  return {
    content: Object.fromEntries(entries.map(([name, { value }]) => [name, value])),
    errors: named('error'),
    understood: named('understood'),
  }
}

function understood(value: unknown, words: string, typed: string): Read {
  return words.replaceAll('\u00a0', ' ') === typed.trim() ? { value } : { value, understood: words }
}

function readDay(typed = '', now: string): Read {
  if (typed.trim() === '') return { value: null, error: missing }
  const day = parseDay(typed, now)
  if (day === null) return { value: null, error: `„${typed.trim()}“ ist kein Tag. Beispiele: heute, gestern, 28.3., 28.03.2026.` }
  return day > now ? { value: day, error: 'Der Tag liegt in der Zukunft.' } : understood(day, formatDay(day, 'de'), typed)
}

function readDuration(typed = ''): Read {
  const duration = parseDuration(typed)
  if (!duration.ok) return { value: null, error: duration.reason }
  const words = formatDuration(duration.minutes)
  return /^\d+:\d\d$/.test(typed.trim()) ? { value: duration.minutes } : understood(duration.minutes, words, typed)
}

export function readActivity(typed: Typed, now = today()): EntryReading {
  return collected({
    day: readDay(typed.day, now),
    minutes: readDuration(typed.minutes),
    kind: needed(typed.kind),
    task: needed(typed.task),
    role: needed(typed.role),
    requestId: textOf(typed.requestId),
    partners: textOf(typed.partners),
    description: needed(typed.description),
  })
}

function readDated(typed = '', now: string): Read {
  if (typed.trim() === '') return { value: null, error: missing }
  const date = parseDay(typed, now) ?? parseImpreciseDate(typed)
  if (date === null || !/^\d{4}-\d{2}(-\d{2})?$/.test(date))
    return { value: null, error: `„${typed.trim()}“ ist weder Tag noch Monat. Beispiele: heute, 28.03.2026, März 2026.` }
  return date.slice(0, 10) > now.slice(0, date.length)
    ? { value: date, error: 'Der Zeitpunkt liegt in der Zukunft.' }
    : understood(date, formatImpreciseDate(date, 'de'), typed)
}

function readAmount(typed = ''): Read {
  if (typed.trim() === '') return { value: null, error: missing }
  const number = parseGermanNumber(typed.replace(/(€|EUR|Euro)\s*$/i, ''))
  if (!number.ok) return { value: null, error: number.reason }
  return number.value > 0 ? { value: number.value } : { value: null, error: 'Der Betrag ist größer als null.' }
}

export function readExpense(typed: Typed, now = today()): EntryReading {
  return collected({
    dated: readDated(typed.dated, now),
    kind: needed(typed.kind),
    amountEur: readAmount(typed.amountEur),
    eligible: { value: typed.eligible === 'ja' },
    note: textOf(typed.note),
    voucherId: { value: typed.voucherId ? Number(typed.voucherId) : null },
  })
}

/** An entry as it is typed, for its correction. */
export function typedActivity(content: Activity): Typed {
  const { day, minutes, requestId, partners, ...rest } = content
  const [hours, rest60] = [Math.floor(minutes / 60), String(minutes % 60).padStart(2, '0')]
  return {
    ...rest,
    day: formatDay(day, 'de'),
    minutes: `${hours}:${rest60}`,
    requestId: requestId ?? '',
    partners: partners ?? '',
  }
}

export function typedExpense({ dated, kind, amountEur, eligible, note, voucherId }: Expense): Typed {
  return {
    ...{ kind, dated: formatImpreciseDate(dated, 'de'), amountEur: formatNumber(amountEur, 'de', 2), note: note ?? '' },
    ...{ eligible: eligible ? 'ja' : '', voucherId: voucherId === null ? '' : String(voucherId) },
  }
}
