import type { Knex } from 'knex'
import type { z } from 'zod/mini'
import { today } from '../contract/dates.ts'
import type { FactKindName } from '../contract/facts/index.ts'
import type { importGeoJson, Statement } from '../contract/facts.ts'
import type { SignedInUser } from '../http/context.ts'
import { invalid } from '../http/problem.ts'
import { assess } from './assess.ts'
import { type Content, kindOf } from './content.ts'
import { type DraftRow, findDraftsOf, upsertDraft } from './drafts.ts'
import { type ImportedArea, readAreas } from './import-areas.ts'
import { findKnownStatements } from './queries.ts'
import { sortRemarks } from './rules/index.ts'
import { warn } from './rules/remark.ts'
import { loadWorld } from './world.ts'

type Import = z.infer<typeof importGeoJson.body>
type Report = z.infer<typeof importGeoJson.response>['features']

/** A feature of the file on its way to a draft. */
interface Candidate {
  name: string | null
  id: string | null
  identity: Content
  values: Content
  refusals: string[]
  area: ImportedArea
}

/** Makes a draft of every feature that passes the checks of a draft, and reports on each. */
export async function importFeatures(database: Knex, user: SignedInUser, input: Import): Promise<Report> {
  const areas = await readAreas(database, input.collection.features, sridOf(input))
  const world = await loadWorld(database)
  const candidates = input.collection.features.map((feature, index) =>
    toCandidate(input, lowerCased(feature.properties ?? {}), areas[index] as ImportedArea, world.districts),
  )
  refuseDuplicates(candidates)
  const accepted = candidates.filter(({ refusals }) => refusals.length === 0)
  const ids = accepted.map(({ id }) => id as string)
  const known = await findKnownStatements(database, input.kind, ids)
  const drafts = accepted.map((candidate, index) => toDraftRow(input, user, candidate, known, -1 - index))
  const others = (await findDraftsOf(database, user.id)).filter((draft) => !ids.includes(draft.factId))
  const assessments = await assess(database, drafts, { world, today: today(), alongside: others })
  const report: Report = []
  for (const candidate of candidates) {
    const assessment = assessments[accepted.indexOf(candidate)]
    const refusals = [...candidate.refusals, ...(assessment?.refusals.map(({ detail }) => detail) ?? [])]
    const draft = assessment && refusals.length === 0 ? await upsertDraft(database, user, assessment.draft) : null
    const warnings = draft ? [...mended(candidate.area), ...(assessment?.warnings ?? [])] : []
    report.push({ name: candidate.name, factId: candidate.id, draftId: draft?.id ?? null, refusals, warnings })
  }
  return report
}

function mended({ isMended }: ImportedArea) {
  const text = 'Die Fläche überschnitt sich selbst und wurde berichtigt, ohne dass sich ihre Größe ändert.'
  return isMended ? sortRemarks([warn('geometry-mended', 'geom', text)]).warnings : []
}

/** GeoJSON is WGS84; older files may name EPSG:25832 in the member `crs` of the 2008 format. */
function sridOf({ collection }: Import): number {
  const name = collection.crs?.properties.name
  if (name === undefined || /(CRS84|EPSG:+4326)$/i.test(name)) return 4326
  if (/EPSG:+(\d+(\.\d+)*:)?25832$/i.test(name)) return 25832
  throw invalid([
    { field: 'collection.crs', detail: `Das Koordinatensystem „${name}“ wird nicht gelesen, nur WGS84 und EPSG:25832.` },
  ])
}

function lowerCased(properties: Content): Content {
  return Object.fromEntries(Object.entries(properties).map(([key, value]) => [key.toLowerCase(), value]))
}

/** "Küppersteg", "KUEPPERSTEG" and "Kuppersteg" are the same name. */
export function foldName(name: string): string {
  return name
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '')
    .replace(/([aou])e/g, '$1')
    .replace(/[^a-z0-9]+/g, '')
}

function toCandidate(input: Import, properties: Content, area: ImportedArea, districts: ReadonlyMap<string, string>): Candidate {
  const name = textOf(properties.name)
  const districtOf = (text: string | null) => [...districts].find(([, other]) => text && foldName(other) === foldName(text))?.[0]
  const candidate = { name, id: null, identity: {}, values: {}, refusals: [], area }
  if (name === null) return { ...candidate, refusals: ['Die Eigenschaft „name“ fehlt.'] }
  if (area.refusal) return { ...candidate, refusals: [area.refusal] }
  if (input.kind === 'district_boundary') {
    const districtId = districtOf(name)
    if (!districtId) return { ...candidate, refusals: [`Einen Stadtteil „${name}“ gibt es nicht.`] }
    const identity = { districtId }
    const values = { official: input.official, attribution: input.attribution, geom: area.parts }
    return { ...candidate, identity, values, id: idOf(input.kind, identity) }
  }
  const named = textOf(properties.district)
  const districtId = named === null ? (districtOf(name) ?? area.districtId) : districtOf(named)
  if (!districtId)
    return {
      ...candidate,
      refusals: [named ? `Einen Stadtteil „${named}“ gibt es nicht.` : 'Der Abschnitt liegt in keinem Stadtteil.'],
    }
  const isWhole = districtOf(name) === districtId
  const identity = { programmeId: input.programmeId, districtId, part: isWhole ? null : slugOf(name) }
  const buildPhase = properties.buildphase ?? properties.build_phase
  const values = { name: isWhole ? null : name, geom: area.geometry, ...(buildPhase === undefined ? {} : { buildPhase }) }
  return { ...candidate, identity, values, id: idOf(input.kind, identity) }
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null
}

function slugOf(name: string): string {
  const words: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' }
  const ascii = name.toLowerCase().replace(/[äöüß]/g, (letter) => words[letter] ?? letter)
  return ascii
    .normalize('NFD')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 80)
}

function idOf(kind: FactKindName, identity: Content): string {
  return kindOf(kind).idOf(identity as never)
}

function refuseDuplicates(candidates: Candidate[]): void {
  const seen = new Set<string>()
  for (const candidate of candidates) {
    if (candidate.id === null) continue
    if (seen.has(candidate.id)) candidate.refusals = ['Diese Fläche kommt in der Datei mehrmals vor.']
    seen.add(candidate.id)
  }
}

/** What the file does not say stays as it is published. */
function toDraftRow(input: Import, user: SignedInUser, candidate: Candidate, known: readonly Statement[], key: number): DraftRow {
  const inForce = known.find(({ id }) => id === candidate.id)
  const empty = Object.fromEntries(Object.keys(kindOf(input.kind).values.shape).map((name) => [name, null]))
  return {
    id: key,
    kind: input.kind,
    factId: candidate.id as string,
    author: user.id,
    authorName: user.name,
    content: { ...empty, ...inForce?.content, ...candidate.identity, ...candidate.values },
    trueOn: input.trueOn,
    citation: input.source.citation,
    sourceUrl: input.source.url,
    reason: input.reason,
    retracted: false,
    base: inForce?.version ?? null,
    updatedAt: '',
  }
}
