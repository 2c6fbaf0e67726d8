import type { Field } from '../../../server/contract/facts/fact.ts'
import { formatNumber } from '../../../server/contract/numbers.ts'
import { networkStatuses } from '../../../server/contract/objects/codes.ts'
import type { NetworkKind } from '../../../server/contract/objects.ts'
import { nameOf } from '../../workbench/data.ts'
import { type Content, declarationOf, typedFrom } from '../../workbench/form/values.ts'

export const kindWords: Readonly<Record<NetworkKind, { one: string; many: string; new: string }>> = {
  route: { one: 'Trasse', many: 'Trassen', new: 'Neue Trasse' },
  duct: { one: 'Leerrohr', many: 'Leerrohre', new: 'Neues Leerrohr' },
  cable: { one: 'Glasfaserkabel', many: 'Glasfaserkabel', new: 'Neues Glasfaserkabel' },
  structure: { one: 'Bauwerk', many: 'Bauwerke', new: 'Neues Bauwerk' },
}

/** "1.204,3 m", "81,9 km". */
export function metres(lengthM: number): string {
  return lengthM < 10_000 ? `${formatNumber(lengthM, 'de', 1)} m` : `${formatNumber(lengthM / 1000, 'de', 1)} km`
}

export function statusWord(status: string): string {
  return networkStatuses.labels[status as 'laid']?.de ?? status
}

/** What an object is called: its designation, else the id at the source, else its key. */
export function titleOf(content: Content): string {
  return String(content.designation ?? content.externalId ?? content.key ?? '')
}

/** What is special of a kind, in a few words: "Rohrverband 7/4 ×2, neu", "96 Fasern". */
export function detailOf(kind: NetworkKind, content: Content): string {
  const { fields } = declarationOf(kind)
  const code = (name: string) => fields[name]?.codes?.[String(content[name])]?.de
  const times = Number(content.count) > 1 ? ` ×${content.count}` : ''
  const words: Record<NetworkKind, (string | undefined)[]> = {
    route: [code('layingMethod'), code('surface'), content.coLaying ? 'Mitverlegung' : undefined],
    duct: [`${code('ductType') ?? ''}${times}`, code('condition')],
    cable: [`${content.fibreCount} Fasern${times}`],
    structure: [code('structureType'), code('condition')],
  }
  return words[kind].filter(Boolean).join(', ')
}

/** One value as people read it; null is a dash. */
export function valueWords(name: string, field: Field, content: Content): string {
  const value = content[name]
  if (value === null || value === undefined) return '–'
  if (typeof value === 'boolean') return value ? 'ja' : 'nein'
  if (field.codes) return field.codes[String(value)]?.de ?? String(value)
  if (field.refersTo) return nameOf(field.refersTo, String(value))
  return String(typedFrom(name, field, value, content))
}
