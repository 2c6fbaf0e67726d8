import type * as z from 'zod/mini'
import { type CountRow, type Counts, getCounts, getLengths, listReleases, type StatedRow } from '../../server/contract/counts.ts'
import { exportObjects } from '../../server/contract/exports.ts'
import { type DefinitionId, type Measure, metricDefinitions, publicDefinition } from '../../server/contract/metrics.ts'
import { connectionStates, type PremisesKind, premisesKinds } from '../../server/contract/objects/codes.ts'
import { addressOf } from '../api.ts'
import { resource } from '../ui/resource.tsx'
import { type Clocks, readClocks } from '../workbench/clocks.tsx'
import { ask } from '../workbench/staff.ts'

export type CountsAnswer = z.output<(typeof getCounts)['response']>
export type LengthsAnswer = z.output<(typeof getLengths)['response']>

export const counts = resource((query: Clocks & { definition: DefinitionId }) => ask(getCounts, { query }))
export const lengths = resource((query: Clocks) => ask(getLengths, { query }))
export const releases = resource((_: null) => ask(listReleases))

/** What the page shows; kept in the address. */
export interface Shown {
  programmeId: string
  kind: PremisesKind
  definition: DefinitionId
  clocks: Clocks
}

/** What the address asks for, as far as there is such a thing; the programme is the first with premises otherwise. */
export function readShown(query: URLSearchParams, programmes: readonly { id: string }[], answer: CountsAnswer | null): Shown {
  const [programme, kind, definition] = ['programm', 'art', 'definition'].map((name) => query.get(name) ?? '')
  const first = answer?.counted[0]?.programmeId ?? answer?.targets[0]?.programmeId ?? programmes[0]?.id ?? ''
  return {
    programmeId: programmes.some(({ id }) => id === programme) ? (programme as string) : first,
    kind: Object.hasOwn(premisesKinds.labels, kind ?? '') ? (kind as PremisesKind) : 'household',
    definition: Object.hasOwn(metricDefinitions, definition ?? '') ? (definition as DefinitionId) : publicDefinition,
    clocks: readClocks(query),
  }
}

export const levels: readonly Measure[] = ['potential', 'passed', 'connected', 'activated']

export function addUp(rows: readonly CountRow[]): Counts {
  const sum: Counts = { potential: 0, passed: 0, connected: 0, activated: 0 }
  for (const row of rows) for (const level of levels) sum[level] += row.counts[level]
  return sum
}

/** What a report (or, for the potential, a target) says of exactly these connections. */
export function findStated(answer: CountsAnswer, shown: Shown, districtId: string | null, level: Measure): StatedRow | undefined {
  const rows = level === 'potential' ? answer.targets : answer.reported.filter((row) => row.state === level)
  return rows.find(
    (row) =>
      row.programmeId === shown.programmeId &&
      row.quantity === shown.kind &&
      row.fundingClass === null &&
      (districtId === null ? row.districtIds === null : row.districtIds?.length === 1 && row.districtIds[0] === districtId),
  )
}

/** The premises behind a number: the page that lists them, or for a past day their list as a file. */
export function premisesAddress(
  { programmeId, kind, definition, clocks }: Shown,
  districtId: string | null,
  level: Measure,
): string {
  const states = connectionStates.keys
  const counted = level === 'potential' ? [] : states.slice(states.indexOf(metricDefinitions[definition].from[level]))
  const state = counted.filter((one) => one !== 'not_possible').join(',')
  const isPast = Object.keys(clocks).length > 0
  const address = isPast
    ? addressOf(
        exportObjects.path,
        { kind: 'premises' },
        { programmeId, premisesKind: kind, districtId, state, format: 'xlsx', ...clocks },
      )
    : addressOf('/arbeitsplatz/anschluesse', {}, { programm: programmeId, art: kind, stadtteil: districtId, zustand: state })
  return address.replaceAll('%3A', ':').replaceAll('%2C', ',')
}
