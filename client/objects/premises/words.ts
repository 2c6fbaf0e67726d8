import { compareImprecise, formatImpreciseDate, hasPassed, today } from '../../../server/contract/dates.ts'
import { formatNumber } from '../../../server/contract/numbers.ts'
import {
  type ConnectionState,
  connectionStates,
  type PremisesKind,
  premisesKinds,
} from '../../../server/contract/objects/codes.ts'
import type { ObjectRow } from '../../../server/contract/objects.ts'

/** The two strands of the steps: what the owner agrees to, and what is built. */
export const consentStrand = ['eligible', 'owner_contacted', 'no_response', 'consent_given', 'consent_refused'] as const
export const worksStrand = ['passed', 'passed_plus', 'prepared', 'connected', 'bookable', 'activated', 'not_possible'] as const

/** What premises say, in the shape of their declaration. */
export interface PremisesContent {
  key: string
  externalId: string | null
  addressId: string | null
  districtId: string
  kind: PremisesKind
  schoolType: string | null
  name: string | null
  units: number
  programmeId: string | null
  sectionId: string | null
  fundingClass: string | null
  operator: string | null
  state: ConnectionState
  steps: Readonly<Partial<Record<ConnectionState, string>>>
  note: string | null
  geom: { type: string; coordinates: readonly number[] } | null
}

export function contentOf(row: { content: Readonly<Record<string, unknown>> }): PremisesContent {
  return row.content as unknown as PremisesContent
}

/** What premises are called: their address, else their name, else the id at the source. */
export function titleOf(row: Pick<ObjectRow, 'address' | 'content'>): string {
  const { name, externalId, key } = contentOf(row)
  return row.address ?? name ?? externalId ?? key
}

export function stateWords(state: string): string {
  return connectionStates.labels[state as ConnectionState]?.de ?? state
}

export function kindWords(kind: string): string {
  return premisesKinds.labels[kind as PremisesKind]?.de ?? kind
}

const units: Readonly<Record<PremisesKind, readonly [one: string, many: string]>> = {
  household: ['Wohnung', 'Wohnungen'],
  business: ['Betrieb', 'Betriebe'],
  educational_institution: ['Bildungseinrichtung', 'Bildungseinrichtungen'],
  hospital: ['Krankenhaus', 'Krankenhäuser'],
  public_building: ['öffentliches Gebäude', 'öffentliche Gebäude'],
  mobile_site: ['Mobilfunkstandort', 'Mobilfunkstandorte'],
}

/** "1.240 Wohnungen": units of one kind. */
export function unitWords(kind: string, count: number): string {
  const [one, many] = units[kind as PremisesKind] ?? ['Einheit', 'Einheiten']
  return `${formatNumber(count, 'de')} ${count === 1 ? one : many}`
}

/** "128 Anschlussobjekte". */
export function amountWords(count: number): string {
  return count === 1 ? '1 Anschlussobjekt' : `${formatNumber(count, 'de')} Anschlussobjekte`
}

/** Steps in the order they happened. */
export function stepsOf({ steps }: Pick<PremisesContent, 'steps'>): [state: ConnectionState, date: string][] {
  return (Object.entries(steps) as [ConnectionState, string][]).toSorted(([, a], [, b]) => compareImprecise(a, b))
}

/** The step that happened last; null: none has a date. Announced ones have not happened. */
export function lastStep(content: Pick<PremisesContent, 'steps'>, day = today()): [state: ConnectionState, date: string] | null {
  return stepsOf(content).findLast(([, date]) => hasPassed(date, day)) ?? null
}

export function dateWords(date: string): string {
  return formatImpreciseDate(date, 'de')
}
