import { formatMoney, formatNumber, type NumberResult, parseGermanNumber } from '../../../server/contract/numbers.ts'

/** Units a number is kept in; the form accepts the usual other ones and converts. */
export type MeasureUnit = 'm' | 'm2' | 'EUR' | '%' | 'connections' | 'persons' | 'count'

interface Measure {
  /** Factor of every accepted spelling; an empty one stands for a bare number. Without it a unit must be named. */
  factors: Readonly<Record<string, number>>
  format: (value: number) => string
  example: string
}

const noBreak = '\u00a0'
const plain: Measure = { factors: { '': 1 }, format: (value) => formatNumber(value, 'de'), example: '1.376' }

/** The larger unit only where it says the value to the full, so that showing and reading again changes nothing. */
function formatScaled(value: number, factor: number, large: string, small: string): string {
  const scaled = Number((value / factor).toFixed(3))
  const isExact = value >= factor && scaled * factor === value
  return isExact ? `${formatNumber(scaled, 'de')}${noBreak}${large}` : `${formatNumber(value, 'de')}${noBreak}${small}`
}

const measures: Record<MeasureUnit, Measure> = {
  m: { factors: { m: 1, km: 1000 }, format: (value) => formatScaled(value, 1000, 'km', 'm'), example: '49 km oder 300 m' },
  m2: {
    factors: { 'm²': 1, m2: 1, qm: 1, ha: 1e4, 'km²': 1e6, km2: 1e6, qkm: 1e6 },
    format: (value) => formatScaled(value, 1e6, 'km²', 'm²'),
    example: '6,25 km² oder 3.500 m²',
  },
  EUR: {
    factors: { '': 1, '€': 1, eur: 1, euro: 1, 'tsd. €': 1e3, 'tsd. eur': 1e3, 'mio. €': 1e6, 'mio. eur': 1e6, 'mio €': 1e6 },
    format: (value) => formatMoney(value),
    example: '446.000 oder 7,5 Mio. €',
  },
  '%': { factors: { '': 1, '%': 1 }, format: (value) => `${formatNumber(value, 'de')}${noBreak}%`, example: '82,5' },
  connections: plain,
  persons: plain,
  count: plain,
}

/** Whether a bare number would leave its unit open. */
export function needsUnit(unit: MeasureUnit): boolean {
  return measures[unit].factors[''] === undefined
}

/** Examples of what may be typed, for the hint under the field. */
export function exampleOf(unit: MeasureUnit): string {
  return measures[unit].example
}

/** "49 km" as 49,000 (m), "7,5 Mio. €" as 7,500,000 (EUR), "1.376" as 1,376. The reason of a refusal is German. */
export function parseMeasure(text: string, unit: MeasureUnit): NumberResult {
  const [, digits = '', suffix = ''] = /^(.*?[\d,. ]*)\s*([^\d\s,.-][^\d]*)?$/.exec(text.trim().replace(/\s+/g, ' ')) ?? []
  const { factors, example } = measures[unit]
  const factor = factors[suffix.trim().toLowerCase()]
  const number = parseGermanNumber(digits.trim() ? digits : text)
  if (!number.ok) return number
  if (factor === undefined) {
    const complaint = suffix ? `„${suffix.trim()}“ ist hier keine Einheit.` : 'Bitte die Einheit dazuschreiben.'
    return { ok: false, reason: `${complaint} Beispiel: ${example}.` }
  }
  return { ok: true, value: Number((number.value * factor).toFixed(6)) }
}

/** How the value is shown and written into the field again; reads back as the same value. */
export function formatMeasure(value: number, unit: MeasureUnit): string {
  return measures[unit].format(value)
}
