import { type Delivery, type DeliveryStatus, Judgement } from '../../server/contract/deliveries.ts'

/** Judgements in the order they want attention. */
export const judgementWords: Readonly<Record<Judgement, string>> = {
  doubtful: 'zweifelhaft',
  refused: 'abgelehnt',
  new: 'neu',
  changed: 'geändert',
  removed: 'entfallen',
  unchanged: 'unverändert',
}
export const judgementOrder = Object.keys(judgementWords) as readonly Judgement[]

/** The same in the address. */
export const judgementInAddress: Readonly<Record<Judgement, string>> = {
  doubtful: 'zweifelhaft',
  refused: 'abgelehnt',
  new: 'neu',
  changed: 'geaendert',
  removed: 'entfallen',
  unchanged: 'unveraendert',
}

export function readJudgement(word: string | null): Judgement | null {
  return Judgement.options.find((judgement) => judgementInAddress[judgement] === word) ?? null
}

export const decisionWords = {
  open: 'noch offen',
  accepted: 'wird übernommen',
  parked: 'zurückgestellt',
  declined: 'geht an den Absender zurück',
} as const

export const workWords: Readonly<Partial<Record<DeliveryStatus, string>>> = {
  reading: 'wird gelesen',
  judging: 'wird geprüft',
  publishing: 'wird veröffentlicht',
}

/** Whether the server is at work on it. */
export function isAtWork({ status }: Delivery): boolean {
  return status in workWords
}

/** Whether it waits for a person. */
export function isWaiting({ status }: Delivery): boolean {
  return status === 'mapping' || status === 'review' || status === 'failed'
}

/** In what state a delivery is, in a few words. */
export function stateOf(delivery: Delivery): string {
  const { status, progress, openDoubts } = delivery
  const work = workWords[status]
  if (work) return progress === null ? work : `${work}, ${Math.floor(progress * 100)} %`
  if (status === 'mapping') return 'Zuordnung nötig'
  if (status === 'refused') return 'nicht lesbar'
  if (status === 'cancelled') return 'abgebrochen'
  if (status === 'failed') return 'fehlgeschlagen'
  if (status === 'published') return 'veröffentlicht'
  return openDoubts === 0 ? 'bereit' : doubts(openDoubts)
}

/** "1 zweifelhafte Zeile", "12 zweifelhafte Zeilen". */
export function doubts(count: number): string {
  return count === 1 ? '1 zweifelhafte Zeile' : `${number(count)} zweifelhafte Zeilen`
}

/** "1 Zeile", "300 Zeilen". */
export function rowCount(count: number): string {
  return count === 1 ? '1 Zeile' : `${number(count)} Zeilen`
}

export function number(value: number): string {
  return value.toLocaleString('de-DE')
}

/** "12 KB", "3,4 MB". */
export function size(bytes: number): string {
  if (bytes < 1_000_000) return `${number(Math.max(1, Math.round(bytes / 1000)))} KB`
  return `${(bytes / 1_000_000).toLocaleString('de-DE', { maximumFractionDigits: 1 })} MB`
}

/** The mail that goes with the error list, ready to send. */
export function mailToSender({ fileName, trueOn }: Delivery, returned: number, stand: string): string {
  const rows = returned === 1 ? 'eine Zeile' : `${number(returned)} Zeilen`
  return [
    'Guten Tag,',
    '',
    `vielen Dank für Ihre Lieferung „${fileName}“${trueOn ? ` (Stand ${stand})` : ''}. Wir haben sie übernommen, bis auf ${rows}, die wir nicht sicher zuordnen konnten.`,
    '',
    'In der beigefügten Liste steht zu jeder dieser Zeilen, was uns fehlt oder nicht passt. Bitte berichtigen Sie die Angaben und schicken Sie uns die Datei noch einmal; Sie können die ganze Lieferung schicken, bereits Übernommenes ändert sich dadurch nicht.',
    '',
    'Mit freundlichen Grüßen',
  ].join('\n')
}
