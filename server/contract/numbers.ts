import type { Language } from './text.ts'

export type NumberResult = { ok: true; value: number } | { ok: false; reason: string }

/**
 * Reads a number in German notation: "1.376", "1 376", "82,5", "1.376,50", "12 %" (12, not 0.12), "-3".
 * A dot groups thousands when exactly three digits follow; any other dot is refused, since "1.37" could be meant either way.
 */
export function parseGermanNumber(text: string): NumberResult {
  const typed = text.trim().replace(/\s+/g, ' ')
  const digits = typed.replace(/ ?%$/, '').replace(/^[−–]/, '-')
  if (digits === '') return refused('Bitte geben Sie eine Zahl ein.')
  if (!/^-?(\d+|[1-9]\d{0,2}(?:([. ])\d{3})(?:\2\d{3})*)(,\d+)?$/.test(digits)) return refused(reasonAgainst(typed, digits))
  const value = Number(digits.replace(/[. ]/g, '').replace(',', '.'))
  if (Math.abs(value) > Number.MAX_SAFE_INTEGER) return refused('Die Zahl ist zu groß.')
  return { ok: true, value: value === 0 ? 0 : value }
}

function refused(reason: string): NumberResult {
  return { ok: false, reason }
}

function reasonAgainst(typed: string, digits: string): string {
  return /^-?\d+\.\d+$/.test(digits)
    ? `„${typed}“ ist nicht eindeutig. Bitte Nachkommastellen mit Komma schreiben (82,5), Tausender mit Punkt (1.376).`
    : `„${typed}“ ist keine Zahl. Beispiele: 1.376 oder 82,5.`
}

const locales: Record<Language, string> = { de: 'de-DE', en: 'en-GB' }

/** Numbers and their units never part at the end of a line. */
const noBreak = '\u00a0'

/** "1.376" or "1,376"; at most `decimals` digits after the comma (default 3), none that are zero. */
export function formatNumber(value: number, language: Language, decimals = 3): string {
  // Adding 0 turns -0 into 0.
  const rounded = Number(value.toFixed(decimals)) + 0
  return new Intl.NumberFormat(locales[language], {
    maximumFractionDigits: decimals,
  }).format(rounded)
}

/** Length given in metres: "49 km", "3,2 km"; below a kilometre "300 m". */
export function formatKm(metres: number, language: Language): string {
  return Math.abs(Math.round(metres)) < 1000
    ? `${formatNumber(metres, language, 0)}${noBreak}m`
    : `${formatNumber(metres / 1000, language, 1)}${noBreak}km`
}

/** Percentage from 0 to 100: "82,5 %" or "82.5%". What is not complete never reads 100. */
export function formatPercent(percent: number, language: Language): string {
  const shown = percent < 100 ? Math.min(percent, 99.9) : percent
  return `${formatNumber(shown, language, 1)}${language === 'de' ? noBreak : ''}%`
}

/** "446.000 €", "87.296,50 €"; whole ten thousands from a million on as "7,5 Mio. €", so that nothing is rounded away. */
export function formatMoney(euro: number, language: Language = 'de'): string {
  const inMillions = Math.abs(euro) >= 1e6 && euro % 1e4 === 0
  if (inMillions) {
    const millions = formatNumber(euro / 1e6, language, 2)
    return language === 'de' ? `${millions}${noBreak}Mio.${noBreak}€` : `€${millions}${noBreak}million`
  }
  const cents = Number.isInteger(euro) ? 0 : 2
  return new Intl.NumberFormat(locales[language], {
    style: 'currency',
    currency: 'EUR',
    minimumFractionDigits: cents,
    maximumFractionDigits: cents,
  }).format(euro)
}
