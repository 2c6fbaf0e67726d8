export type DurationResult = { ok: true; minutes: number } | { ok: false; reason: string }

const examples = 'Beispiele: 1:30, 90, 1,5 h.'

/**
 * Reads a duration as people type it: "1:30", "90" and "90 min" (minutes), "1,5" and "1,5 h" (hours), "1 h 30". A bare number below
 * ten is refused: it could be hours as well.
 */
export function parseDuration(text: string): DurationResult {
  const typed = text
    .trim()
    .toLowerCase()
    .replace(/\s*(stunden|stunde|std\.?|h)\s*/g, 'h')
    .replace(/\s*(minuten|minute|min\.?|m)$/, 'm')
  if (typed === '') return { ok: false, reason: `Bitte geben Sie eine Dauer an. ${examples}` }
  if (/^\d$/.test(typed))
    return { ok: false, reason: `„${text.trim()}“ ist nicht eindeutig: Bitte „${typed} h“ oder „${typed} min“ schreiben.` }
  const minutes = clock(typed) ?? hours(typed) ?? plain(typed)
  if (minutes === null) return { ok: false, reason: `„${text.trim()}“ ist keine Dauer. ${examples}` }
  return minutes > 0 ? { ok: true, minutes } : { ok: false, reason: 'Eine Dauer ist länger als null Minuten.' }
}

/** "1:30", "1h30". */
function clock(typed: string): number | null {
  const [, hour, minute] = /^(\d{1,3})(?::|h)([0-5]\d)(?:h|m)?$/.exec(typed) ?? []
  return hour === undefined ? null : Number(hour) * 60 + Number(minute)
}

/** "1,5h", "2h", and "1,5": what has a comma is hours. */
function hours(typed: string): number | null {
  const [, number] = /^(\d{1,3}(?:[,.]\d{1,2})?)h$/.exec(typed) ?? /^(\d{1,3}[,.]\d{1,2})$/.exec(typed) ?? []
  return number === undefined ? null : Math.round(Number(number.replace(',', '.')) * 60)
}

function plain(typed: string): number | null {
  const [, number] = /^(\d{1,4})m?$/.exec(typed) ?? []
  return number === undefined ? null : Number(number)
}

/** "1:30 h"; sums too: "128:05 h". */
export function formatDuration(minutes: number): string {
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}\u00a0h`
}
