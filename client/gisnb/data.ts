import type * as z from 'zod/mini'
import {
  checkGisNb,
  downloadGisNb,
  type GisNbPhase,
  type GisNbSubmission,
  type gisNbCrs,
  listGisNbSubmissions,
  listGisNbVersions,
} from '../../server/contract/gisnb.ts'
import { addressOf } from '../api.ts'
import { resource } from '../ui/resource.tsx'
import { place } from '../workbench/place.ts'
import { ask } from '../workbench/staff.ts'

export type Version = z.output<(typeof listGisNbVersions)['response']>['versions'][number]
export type Check = z.output<(typeof checkGisNb)['response']>

/** Which package is meant; kept in the address. */
export interface Wish {
  programmeId: string
  version: string
  phase: GisNbPhase
}

export const versions = resource(async () => (await ask(listGisNbVersions)).versions)
export const submissions = resource(async () => (await ask(listGisNbSubmissions)).submissions)
export const check = resource(async (wish: Wish) => ask(checkGisNb, { query: { ...wish } }))

/** The package the address names, as far as there is such a one. */
export function readWish(query: URLSearchParams, known: readonly Version[], programmes: readonly { id: string }[]): Wish | null {
  const version = known.find(({ id }) => id === query.get('fassung')) ?? known.at(-1)
  const programme = programmes.find(({ id }) => id === query.get('programm')) ?? programmes[0]
  if (!version || !programme) return null
  const phase = version.phases.find((one) => one === query.get('phase')) ?? version.phases.at(-1)
  return phase ? { programmeId: programme.id, version: version.id, phase } : null
}

/** How a file is wanted. */
export interface FileWish {
  format: 'shp' | 'gpkg'
  crs: (typeof gisNbCrs)[number]
}

export function packageAddress(wish: Wish, file: FileWish): string {
  return addressOf(downloadGisNb.path, {}, { ...wish, ...file })
}

export function isOf({ programmeId, version, phase }: Wish): (submission: GisNbSubmission) => boolean {
  return (one) => one.programmeId === programmeId && one.version === version && one.phase === phase
}

/** Page of the workbench that shows an object. */
export function objectAddress(id: string): string {
  const page = id.startsWith('p:') ? 'anschluesse' : 'netz'
  return `/arbeitsplatz/${page}?objekt=${encodeURIComponent(id)}`
}

export const query = () => place.value.query
