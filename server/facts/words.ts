import { type Quantity, type Unit, unitOf, units } from '../contract/codes.ts'
import { formatImpreciseDate } from '../contract/dates.ts'
import type { Field } from '../contract/facts/fact.ts'
import type { FactKindName } from '../contract/facts/index.ts'
import { formatNumber } from '../contract/numbers.ts'
import { type Content, kindOf } from './content.ts'
import type { FactOf, World } from './world.ts'

/** Longest piece of a text that is quoted in a sentence. */
const quoteLength = 60
export const noValue = 'keine Angabe'

/** A value as people read it: names instead of ids, German dates and numbers with their unit. */
export function wordsOf(kind: FactKindName, key: string, content: Content, world: World): string {
  const field = kindOf(kind).fields[key]
  const value = content[key]
  if (field?.input === 'unknownBoolean' && value === null) return 'nicht bekannt'
  if (value === null || value === undefined) return noValue
  if (typeof value === 'boolean') return value ? 'ja' : 'nein'
  if (typeof value === 'number') return numberWords(field, value, content)
  if (field?.input === 'impreciseDate') return formatImpreciseDate(value as string, 'de')
  if (field?.codes) return field.codes[value as string]?.de ?? String(value)
  if (field?.refersTo)
    return [value]
      .flat()
      .map((id) => nameOf(field.refersTo as string, id as string, world))
      .join(', ')
  return quote(String(value))
}

function numberWords(field: Field | undefined, value: number, content: Content): string {
  if (field?.unit) return `${formatNumber(value, 'de')}${noBreak}${field.unit.replace('EUR', '€')}`
  return content.quantity ? amount(value, content.quantity as Quantity) : formatNumber(value, 'de')
}

const noBreak = '\u00a0'
const singular: Partial<Record<Unit, string>> = { connections: 'Anschluss', persons: 'Person' }

/** "1.376 Anschlüsse": what is counted decides the unit. */
export function amount(value: number, quantity: Quantity): string {
  const unit = unitOf(quantity)
  const word = (value === 1 ? singular[unit] : undefined) ?? units.labels[unit].de
  return unit === 'count' ? formatNumber(value, 'de') : `${formatNumber(value, 'de')}${noBreak}${word}`
}

function quote(text: string): string {
  const line = text.replace(/\s+/g, ' ')
  return `„${line.length > quoteLength ? `${line.slice(0, quoteLength)}…` : line}“`
}

/** Name of a district or a fact; its id where it is not known by name. */
export function nameOf(refersTo: string, id: string, world: World): string {
  if (refersTo === 'district') return world.districts.get(id) ?? id
  if (refersTo === 'programme') return world.facts.programme.get(id)?.name ?? id
  if (refersTo === 'funding') return world.facts.funding.get(id)?.giver ?? id
  if (refersTo === 'department') return world.facts.department.get(id)?.name ?? id
  const section = world.facts.section.get(id)
  return section ? sectionName(section, world) : id
}

/** A section bears its own name or its district's; its programme is added where the name alone could mean another one. */
function sectionName(section: FactOf<'section'>, world: World): string {
  const ownName = (one: FactOf<'section'>) => one.name ?? nameOf('district', one.districtId, world)
  const name = ownName(section)
  const namesakes = [...world.facts.section.values()].filter((other) => ownName(other) === name)
  return namesakes.length > 1 ? `${name} (${nameOf('programme', section.programmeId, world)})` : name
}

/** The value that names a fact in a sentence. */
export const titleKeys: Partial<Record<FactKindName, string>> = {
  programme: 'name',
  milestone: 'title',
  funding: 'giver',
  page: 'title',
  department: 'name',
  deadline_rule: 'name',
  text_module: 'title',
  letter_template: 'name',
  funding_frame: 'name',
}

/** Kinds that are not named by what identifies them. */
const ownNames: Partial<Record<FactKindName, (content: Content, world: World) => string>> = {
  section: (content, world) => sectionName(content as unknown as FactOf<'section'>, world),
  building_law_rule: (content, world) =>
    `${['area', 'mastKind'].map((key) => wordsOf('building_law_rule', key, content, world)).join(', ')} (${content.slug})`,
}

/** What a sentence is about: "Opladen, Tiefbau", "Ziel Breitband, Privathaushalte". */
export function subjectOf(kind: FactKindName, content: Content, world: World): string {
  const { identity, label } = kindOf(kind)
  const title = titleKeys[kind]
  const pieces = Object.keys(identity.shape)
    .filter((key) => content[key] !== null && content[key] !== undefined)
    .map((key) => (title && key === 'slug' ? String(content[title]) : wordsOf(kind, key, content, world)))
  const name = ownNames[kind]?.(content, world) ?? pieces.join(', ')
  return kind === 'stage' ? name : `${label.de} ${name}`
}
