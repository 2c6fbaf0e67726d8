import type { Knex } from 'knex'
import type { FactKindName } from '../contract/facts/index.ts'
import { type Content, type ContentOf, kindNames, kindOf, referencesOf } from './content.ts'
import { contentSql, inForceFirst, knownNow } from './queries.ts'

/** A fact as rules see it: without its geometry, which stays in PostGIS. */
export type FactOf<K extends FactKindName> = Omit<ContentOf<K>, 'geom'>

/** All that is known at one moment: what rules compare with and where names come from. Texts of pages are left out. */
export interface World {
  /** Name of each district. */
  districts: ReadonlyMap<string, string>
  facts: { readonly [K in FactKindName]: ReadonlyMap<string, FactOf<K>> }
}

/** `inForce`: what is known now. `everKnown`: withdrawn facts too, for the names in the history. */
export async function loadWorld(database: Knex, extent: 'inForce' | 'everKnown' = 'inForce'): Promise<World> {
  const kinds = kindNames.filter((name) => name !== 'page')
  const parts = kinds.map((name) => {
    const [where, order] =
      extent === 'inForce' ? [knownNow('s'), inForceFirst(name, 's')] : ['true', 's.known_from desc, s.version desc']
    return `(select distinct on (s.id) '${name}' as kind, s.id, ${contentSql(name, 's', 'none')} as content
      from ${kindOf(name).table} s where ${where} order by s.id, ${order})`
  })
  const { rows } = (await database.raw(parts.join(' union all '))) as {
    rows: { kind: FactKindName; id: string; content: Content }[]
  }
  const districts = await database<{ id: string; name: string }>('districts').select('id', 'name')
  return {
    districts: new Map(districts.map(({ id, name }) => [id, name])),
    facts: groupByKind(rows),
  }
}

function groupByKind(facts: { kind: FactKindName; id: string; content: Content }[]): World['facts'] {
  const groups = new Map(kindNames.map((name) => [name, new Map<string, Content>()]))
  for (const { kind, id, content } of facts) groups.get(kind)?.set(id, content)
  return Object.fromEntries(groups) as unknown as World['facts']
}

/** What would be published: `content` null withdraws the fact. */
export interface Proposal {
  kind: FactKindName
  id: string
  content: Content | null
}

/** The world as it would be after publishing these. */
export function worldAfter(world: World, proposals: readonly Proposal[]): World {
  const facts = Object.fromEntries(kindNames.map((name) => [name, new Map<string, unknown>(world.facts[name])]))
  for (const { kind, id, content } of proposals) {
    if (content === null) facts[kind]?.delete(id)
    else facts[kind]?.set(id, content)
  }
  return { ...world, facts: facts as unknown as World['facts'] }
}

export function hasFact(world: World, refersTo: string, id: string): boolean {
  return refersTo === 'district' ? world.districts.has(id) : world.facts[refersTo as FactKindName].has(id)
}

/** The facts that refer to this one. */
export function referrersTo(
  world: World,
  kind: FactKindName,
  id: string,
): { kind: FactKindName; id: string; content: Content }[] {
  return kindNames.flatMap((name) =>
    [...(world.facts[name] as ReadonlyMap<string, Content>)]
      .filter(([, content]) =>
        referencesOf(name, content).some((reference) => reference.refersTo === kind && reference.ids.includes(id)),
      )
      .map(([referrer, content]) => ({ kind: name, id: referrer, content })),
  )
}
