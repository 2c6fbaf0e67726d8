import type { FactKindName } from '../../contract/facts/index.ts'
import type { Remark } from '../../http/remark.ts'
import type { Content } from '../content.ts'
import type { AreaFindings } from '../geometry.ts'
import type { FactOf, World } from '../world.ts'

/** A draft as its rules see it. Rules are pure: everything they need is in here. */
export interface Case<K extends FactKindName = FactKindName> {
  id: string
  content: FactOf<K>
  trueOn: string
  /** The statement in force now and the day from which it is; null: none. */
  before: { content: FactOf<K>; trueOn: string; holdsFrom: string } | null
  /** Day of the publication, in Germany. */
  today: string
  /** Everything known, this draft and those published with it included. */
  world: World
  /** What PostGIS says about the geometry of the draft; null where it has none. */
  area: AreaFindings | null
}

/** The same without its type, as code for every kind passes it on. */
export type AnyCase = Omit<Case, 'content' | 'before'> & {
  content: Content
  before: { content: Content; trueOn: string; holdsFrom: string } | null
}

/** A rule of one kind: says nothing when all is well. */
export type Rule<K extends FactKindName> = (one: Case<K>) => Iterable<Remark>

export { type Remark, refuse, warn } from '../../http/remark.ts'
