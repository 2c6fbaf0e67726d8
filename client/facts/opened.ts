import { type FactKindName, factKinds } from '../../server/contract/facts/index.ts'
import type { Content } from '../workbench/form/values.ts'

/** What is opened in the editor: a fact, or a new one with what the place knows about it. */
export interface Opened {
  kind: FactKindName
  /** null: a new fact. */
  id: string | null
  fresh?: Content
}

/** As it stands in the address: `stage/breitband:manfort:civil_works`, `figure/neu`. */
export function addressOfOpened({ kind, id }: Opened): string {
  return `${kind}/${id ?? 'neu'}`
}

/** Reads the address; `freshOf` says what a fact that is not known yet begins with at this place. */
export function readOpened(text: string | null, freshOf: (kind: FactKindName, id: string | null) => Content): Opened | null {
  const [, kind = '', id = ''] = /^([a-z_]+)\/([a-z0-9:_-]+)$/.exec(text ?? '') ?? []
  if (!(kind in factKinds)) return null
  const known = kind as FactKindName
  const opened = id === 'neu' ? null : id
  return { kind: known, id: opened, fresh: freshOf(known, opened) }
}
