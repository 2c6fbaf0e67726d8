import type { Config } from '../config.ts'
import { shortestPassword } from '../contract/accounts.ts'
import type { Role } from '../contract/endpoint.ts'

const minute = 60_000

/** A session ends after a long working day in any case, and earlier when it is not used (both in minutes). */
export const longestSessionMinutes = 10 * 60
export const longestPauseMinutes = 2 * 60

export const invitationHours = 24

/** The first wrong passwords cost nothing: people mistype. Then 30 s, doubling up to a quarter of an hour. */
export function signInDelayMs(failures: number): number {
  const free = 5
  return failures < free ? 0 : Math.min((minute / 2) * 2 ** (failures - free), 15 * minute)
}

/** Whether an account has to set up a second factor before it may do anything else. The city's sign-in service has its own. */
export function mustSetUpSecondFactor(
  required: Config['requireTotp'],
  account: { roles: readonly Role[]; signIn: 'password' | 'city'; secondFactor: boolean },
): boolean {
  if (account.secondFactor || account.signIn === 'city') return false
  return required === 'all' || (required === 'admin' && account.roles.includes('admin'))
}

const commonWords = [
  ...['passwort', 'password', 'kennwort', 'geheim', 'secret', 'willkommen', 'welcome', 'hallo', 'sommer', 'winter', 'herbst'],
  ...['leverkusen', 'ausbauatlas', 'ausbau', 'glasfaser', 'breitband', 'gigabit', 'mobilfunk', 'bayer', 'verwaltung', 'stadt'],
  ...['administrator', 'admin', 'master', 'user', 'login', 'test', 'iloveyou', 'ichliebedich', 'letmein', 'dragon', 'schatz'],
]
const rows = ['abcdefghijklmnopqrstuvwxyz', '01234567890', 'qwertzuiopü', 'qwertyuiop', 'asdfghjklöä', 'yxcvbnm', 'zxcvbnm']
const runs = rows.flatMap((row) => [row, [...row].reverse().join('')])

/**
 * Why a password is too easy to guess, or null. What counts is what remains after taking away common words, the person's
 * own names, neighbours on the keyboard and repetitions. No rules on kinds of characters (NIST SP 800-63B, 3.1.1.2).
 */
export function passwordWeakness(password: string, person: { username: string; name: string }): string | null {
  if (new Set(password).size < 5) return 'Das Kennwort hat zu wenige verschiedene Zeichen.'
  const ownNames = [...person.username.split(/[._-]/), person.username, ...person.name.split(/[\s-]+/)].map(lowerCase)
  const guessable = [...ownNames.filter((name) => name.length >= 3), ...commonWords].toSorted((a, b) => b.length - a.length)
  let rest = lowerCase(password)
  for (const word of guessable) rest = rest.replaceAll(word, '')
  rest = withoutRuns(rest).replaceAll(/(.+?)\1+/g, '$1')
  if (rest.length >= shortestPassword / 2) return null
  return 'Das Kennwort ist zu leicht zu erraten: Bitte keine Namen, geläufigen Wörter, Zeichenfolgen und Wiederholungen.'
}

function lowerCase(text: string): string {
  return text.toLocaleLowerCase('de')
}

/** Takes away every run of three or more neighbours, e.g. "1234", "qwertz", "cba". */
function withoutRuns(text: string): string {
  let rest = ''
  for (let start = 0; start < text.length; ) {
    const length = runLength(text, start)
    if (length < 3) rest += text[start]
    start += length < 3 ? 1 : length
  }
  return rest
}

function runLength(text: string, start: number): number {
  let length = 1
  while (start + length < text.length && runs.some((run) => run.includes(text.slice(start, start + length + 1)))) length += 1
  return length
}
