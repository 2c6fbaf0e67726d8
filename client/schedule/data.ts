import type * as z from 'zod/mini'
import { getForecast, getLedger } from '../../server/contract/schedule.ts'
import { resource } from '../ui/resource.tsx'
import { ask } from '../workbench/staff.ts'

export type Ledger = z.output<(typeof getLedger)['response']>
export type ForecastAnswer = z.output<(typeof getForecast)['response']>
/** Empty values are left out: as of today, as known now. */
export type Clocks = { asOf?: string; knownAt?: string }

export const ledger = resource((query: Clocks) => ask(getLedger, { query }))
export const forecast = resource((query: Clocks) => ask(getForecast, { query }))

/** Clocks in the address of the page, named as on the public pages. */
export function readClocks(query: URLSearchParams): Clocks {
  const [asOf, knownAt] = [query.get('datum'), query.get('stand')]
  return { ...(asOf && { asOf }), ...(knownAt && { knownAt }) }
}
