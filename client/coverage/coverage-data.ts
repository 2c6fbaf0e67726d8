import type * as z from 'zod/mini'
import {
  type CoverageEdition,
  type CoverageImport,
  type CoverageWish,
  getCoverageComparison,
  getCoverageDesk,
  getCoverageTrend,
  receiveCoverage,
} from '../../server/contract/coverage.ts'
import { type CoverageDataset, methodOfDataset } from '../../server/contract/coverage-codes.ts'
import { formatImpreciseDate, today } from '../../server/contract/dates.ts'
import { mobileOperators, mobileTechnologies } from '../../server/contract/mobile/codes.ts'
import { formatNumber } from '../../server/contract/numbers.ts'
import { addressOf, call } from '../api.ts'
import { resource } from '../ui/resource.tsx'
import { postFile } from '../workbench/post-file.ts'
import { ask } from '../workbench/staff.ts'

export type Desk = z.output<(typeof getCoverageDesk)['response']>
export type Trend = z.output<(typeof getCoverageTrend)['response']>
export type Comparison = z.output<(typeof getCoverageComparison)['response']>
export type ComparisonQuestion = Pick<Comparison, 'dataset' | 'usableFromDbm'>

/** Editions and imports. */
export const desk = resource((_question: null) => ask(getCoverageDesk))

export const trend = resource((_question: null, signal) => call(getCoverageTrend, { query: {}, signal }))

export const comparison = resource(({ dataset, usableFromDbm }: ComparisonQuestion, signal) =>
  call(getCoverageComparison, { query: { dataset: dataset as 'authority_coverage', usableFromDbm }, signal }),
)

/** Reads everything on the page anew. */
export async function readAnew(): Promise<void> {
  await Promise.all([desk.again(), trend.again(), comparison.again()])
}

interface Sending {
  signal: AbortSignal
  /** Share sent, 0 to 1. */
  onProgress: (share: number) => void
}

/** Hands a file in, to be read on the server. Throws `ApiError`; a sending that was cancelled ends quietly. */
export async function sendCoverage(file: File, dataset: CoverageDataset | null, sending: Sending): Promise<void> {
  const query = { name: file.name.slice(0, 255), ...(dataset && { dataset }) }
  try {
    await postFile(addressOf(receiveCoverage.path, {}, query), file, sending)
  } catch (error) {
    if (!sending.signal.aborted) throw error
  }
}

/** "Telekom 4G", "alle Betreiber zusammen". */
export function partName({ operator, technology }: CoverageEdition['parts'][number]): string {
  const words = [operator && mobileOperators.labels[operator].de, technology && mobileTechnologies.labels[technology].de]
  return words.filter(Boolean).join(' ') || 'alle Betreiber zusammen'
}

/** "−110 dBm". */
export function level(dbm: number): string {
  return `${formatNumber(dbm, 'de', 1).replace('-', '−')} dBm`
}

/** What somebody says about a received file, as typed. */
export interface Typed
  extends Omit<CoverageWish, 'trueOn' | 'source' | 'operator' | 'technology' | 'methodNote' | 'methodBreak'> {
  trueOn: string
  citation: string
  url: string
  operator: string
  technology: string
  methodNote: string
  methodBreak: string
}

const modelNote = 'Modellrechnung der Netzbetreiber nach Vorgabe der Bundesnetzagentur; im Freien, 1,5 m Höhe, Raster 100 m.'

/** What can be said before anybody has: of the authority's data nearly all. */
export function suggested({ found, fileName }: CoverageImport, before: CoverageEdition | undefined): Typed {
  const dataset = found?.dataset ?? 'operator_count'
  const isOfAuthority = dataset !== 'operator_coverage' && dataset !== 'drive_test'
  const month = formatImpreciseDate((found?.lastDay ?? today()).slice(0, 7), 'de')
  return {
    dataset,
    title: dataset === 'drive_test' ? `Messfahrt ${month}` : fileName.replace(/\.[^.]+$/, '').replaceAll('_', ' '),
    trueOn: found?.lastDay ? formatImpreciseDate(found.lastDay, 'de') : '',
    citation: isOfAuthority ? 'Bundesnetzagentur, Mobilfunkmonitoring' : (before?.source.citation ?? ''),
    url: before?.source.url ?? '',
    attribution: isOfAuthority ? '© Bundesnetzagentur' : (before?.attribution ?? ''),
    methodNote: before?.methodNote ?? (methodOfDataset[dataset] === 'predicted' ? modelNote : ''),
    methodBreak: '',
    operator: '',
    technology: '',
    missingIsNone: false,
  }
}

const keptKey = (id: number) => `ausbauatlas.ausgabe.${id}`

/** What was typed for an import and not sent: it survives a reload. */
export function keepTyped(id: number, typed: Typed): void {
  sessionStorage.setItem(keptKey(id), JSON.stringify(typed))
}

export function dropTyped(id: number): void {
  sessionStorage.removeItem(keptKey(id))
}

export function keptTyped(id: number): Partial<Typed> {
  try {
    return JSON.parse(sessionStorage.getItem(keptKey(id)) ?? '{}') as Partial<Typed>
  } catch {
    return {}
  }
}
