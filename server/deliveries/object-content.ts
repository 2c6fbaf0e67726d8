import type { ObjectKindName } from '../contract/objects/index.ts'
import type { MappedRow } from './map-row.ts'

const network = {
  ...{
    externalId: null,
    programmeId: null,
    sectionId: null,
    operator: null,
    plannedOn: null,
    startedOn: null,
    laidOn: null,
    note: null,
  },
}

const defaults: Record<ObjectKindName, Readonly<Record<string, unknown>>> = {
  premises: {
    ...{
      externalId: null,
      addressId: null,
      schoolType: null,
      name: null,
      units: 1,
      programmeId: null,
      sectionId: null,
      fundingClass: null,
    },
    ...{ operator: null, steps: {}, note: null },
  },
  route: { ...network, layingMethod: null, surface: null, coLaying: false },
  duct: { ...network, ductTypeText: null, count: 1, tubesPerBundle: null, tubesReserved: null },
  cable: { ...network, fibresReserved: null, count: 1 },
  structure: { ...network, structureTypeText: null, designation: null, condition: 'new', collocation: false },
}

/** What a new object has that its file does not tell. */
export function defaultsOf(kind: ObjectKindName): Readonly<Record<string, unknown>> {
  return defaults[kind]
}

const ranks: Readonly<Record<string, number>> = {
  eligible: 1,
  owner_contacted: 2,
  no_response: 2,
  consent_refused: 2,
  consent_given: 3,
  passed: 4,
  passed_plus: 5,
  prepared: 6,
  connected: 7,
  bookable: 8,
  activated: 9,
}

/** How far a state is (SQL: premises_rank). Works begin at 4. */
export function rankOf(state: unknown): number {
  return ranks[String(state)] ?? 0
}

/** States that say nothing about the works. */
const silentOnWorks = ['owner_contacted', 'no_response', 'consent_refused', 'not_possible']

/** Dates known before and dates of the row. A works step beyond the state has not happened, unless the state is silent about works. */
export function mergeSteps(before: unknown, { steps, stateOn, values }: MappedRow, state: string): Record<string, string> {
  const all = { ...(before as Record<string, string> | undefined), ...steps }
  if (stateOn !== null && values.state !== undefined) all[state] = stateOn
  if (silentOnWorks.includes(state)) return all
  const reached = rankOf(state)
  return Object.fromEntries(Object.entries(all).filter(([step]) => rankOf(step) < 4 || rankOf(step) <= reached))
}
