import type * as z from 'zod/mini'
import { getForecast, getLedger } from '../../server/contract/schedule.ts'
import { resource } from '../ui/resource.tsx'
import type { Clocks } from '../workbench/clocks.tsx'
import { ask } from '../workbench/staff.ts'

export type Ledger = z.output<(typeof getLedger)['response']>
export type ForecastAnswer = z.output<(typeof getForecast)['response']>

export const ledger = resource((query: Clocks) => ask(getLedger, { query }))
export const forecast = resource((query: Clocks) => ask(getForecast, { query }))
