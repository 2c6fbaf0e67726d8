import { type GisNbFinding, type GisNbPhase, type GisNbRuleId, gisNbRules } from '../contract/gisnb.ts'
import type { Value } from '../formats/format.ts'
import type { GisNbFeature } from './features.ts'
import { fieldsOf, type GisNbField, type GisNbLayer } from './versions.ts'

/** A layer with what is in it. `missing`: fields a file should have and has not; `isMissing`: the layer itself. */
export interface FilledLayer {
  layer: GisNbLayer
  features: readonly GisNbFeature[]
  missing?: readonly string[]
  isMissing?: boolean
}

const shortestM = 0.5
/** Lengths are given to a tenth of a metre. */
const lengthToleranceM = 0.1
/** Further from the sections of the programme than this is no rounding. */
const nearbyM = 500

/** What a rule found; `feature` null: about the whole layer. */
interface Finding extends Pick<GisNbFinding, 'rule' | 'field' | 'text'> {
  feature: GisNbFeature | null
}

/** What was found in a package, and which objects have an error of their own. */
export interface PackageCheck {
  findings: GisNbFinding[]
  refused: ReadonlySet<GisNbFeature>
}

/** Checks a package: every layer for itself, then what refers across layers. Pure; the ids of the rules are in contract/gisnb.ts. */
export function checkPackage(layers: readonly FilledLayer[], phase: GisNbPhase): PackageCheck {
  const structures = new Set(
    layers
      .filter(({ layer }) => layer.object === 'structure')
      .flatMap(({ features }) => features.map(({ properties }) => properties.id)),
  )
  const found = layers.flatMap((filled) =>
    checkLayer(filled, phase, structures).map((finding) => ({ ...finding, layer: filled.layer.name })),
  )
  return {
    findings: found.map(({ feature, ...finding }) => ({
      ...finding,
      objectId: feature?.objectId ?? null,
      number: feature?.number ?? null,
    })),
    refused: new Set(found.flatMap(({ rule, feature }) => (feature && gisNbRules[rule].severity === 'error' ? [feature] : []))),
  }
}

/** What the rules found in a package. */
export function validate(layers: readonly FilledLayer[], phase: GisNbPhase): GisNbFinding[] {
  return checkPackage(layers, phase).findings
}

function checkLayer(
  { layer, features, missing = [], isMissing = false }: FilledLayer,
  phase: GisNbPhase,
  structures: ReadonlySet<Value | undefined>,
): Finding[] {
  const whole = (rule: GisNbRuleId, field: string | null, text: string): Finding => ({ rule, feature: null, field, text })
  if (isMissing) return [whole('G18', null, `Der Layer „${layer.title}“ fehlt.`)]
  const fields = fieldsOf(layer, phase)
  const unknown = [...(features[0] ? Object.keys(features[0].properties) : [])].filter((name) => name.length > 10)
  return [
    ...missing.map((name) => whole('G18', name, `Das Feld „${name}“ fehlt.`)),
    ...unknown.map((name) => whole('G15', name, `„${name}“ hat mehr als zehn Zeichen.`)),
    ...(features.length === 0
      ? [whole('G14', null, `„${layer.title}“ enthält nichts. Eine leere Menge gilt nie als geprüft.`)]
      : []),
    ...findDoubles(features),
    ...features.flatMap((feature) => [
      ...fields.filter(({ name }) => !missing.includes(name)).flatMap((field) => checkField(field, feature, phase, fields)),
      ...checkReference(feature, structures),
      ...checkShape(layer, feature),
      ...checkProgress(feature, phase),
    ]),
  ]
}

function about(feature: GisNbFeature, rule: GisNbRuleId, field: string | null, text: string): Finding {
  return { rule, feature, field, text }
}

function checkField(field: GisNbField, feature: GisNbFeature, phase: GisNbPhase, fields: readonly GisNbField[]): Finding[] {
  const value = feature.properties[field.name] ?? null
  const find = (rule: GisNbRuleId, text: string) => [about(feature, rule, field.name, `${field.label}: ${text}`)]
  if (value === null) {
    const raw = feature.raw[field.name] ?? null
    if (field.codes && raw !== null) return find('G04', `für „${raw}“ ist kein Code bekannt.`)
    if (!field.requiredIn.includes(phase)) return []
    return field.isIncomplete
      ? find('G04', 'kein Code; die Codeliste ist unvollständig bekannt.')
      : find('G01', 'die Angabe fehlt.')
  }
  const wrong = wrongType(field, value)
  if (wrong) return find('G02', wrong)
  if (field.codes && !Object.values(field.codes).includes(Number(value)))
    return field.isIncomplete
      ? find('G04', `der Code ${value} ist hier nicht bekannt; die Codeliste ist unvollständig bekannt.`)
      : find('G03', `den Code ${value} gibt es nicht.`)
  if (typeof value === 'string' && field.length !== undefined && value.length > field.length)
    return find('G05', `${value.length} Zeichen, erlaubt sind ${field.length}.`)
  if (field.from === 'length' && Math.abs(Number(value) - feature.shape.lengthM) > lengthToleranceM)
    return find('G11', `angegeben ${value} m, gemessen ${feature.shape.lengthM.toFixed(1)} m.`)
  return checkOther(field, feature, fields)
}

function wrongType({ type }: GisNbField, value: Value): string | null {
  if (type === 'text') return typeof value === 'string' ? null : `„${value}“ ist kein Text.`
  if (typeof value !== 'number') return `„${value}“ ist keine Zahl.`
  return type === 'integer' && !Number.isInteger(value) ? `„${value}“ ist keine ganze Zahl.` : null
}

function checkOther({ other, name }: GisNbField, feature: GisNbFeature, fields: readonly GisNbField[]): Finding[] {
  if (!other || feature.properties[name] !== other.code || feature.properties[other.textField]) return []
  const label = fields.find((field) => field.name === other.textField)?.label ?? other.textField
  return [about(feature, 'G06', other.textField, `${label}: bei Code ${other.code} ist ein Text nötig.`)]
}

function checkReference(feature: GisNbFeature, structures: ReadonlySet<Value | undefined>): Finding[] {
  const target = feature.properties.id_netze
  if (target === undefined || target === null || target === -1 || structures.has(target)) return []
  return [about(feature, 'G08', 'id_netze', `Bauten und Netztechnik hat kein Objekt ${target}.`)]
}

function checkShape({ geometry }: GisNbLayer, feature: GisNbFeature): Finding[] {
  const { type, isEmpty, invalid, lengthM, awayM } = feature.shape
  if (type === null || isEmpty) return [about(feature, 'G09', null, 'Das Objekt hat keine Geometrie.')]
  if (type.replace('Multi', '') !== geometry) return [about(feature, 'G10', null, `Erwartet ist ${geometry}, vorhanden ${type}.`)]
  return [
    ...(invalid === null ? [] : [about(feature, 'G09', null, `Die Geometrie ist ungültig: ${invalid}.`)]),
    ...(geometry === 'LineString' && lengthM < shortestM
      ? [about(feature, 'G12', null, `Die Linie ist ${lengthM.toFixed(2)} m lang.`)]
      : []),
    ...(awayM !== null && awayM > nearbyM
      ? [about(feature, 'G16', null, `${Math.round(awayM)} m vom Ausbaugebiet entfernt.`)]
      : []),
  ]
}

/** At completion nothing is left to be built. */
function checkProgress(feature: GisNbFeature, phase: GisNbPhase): Finding[] {
  if (phase !== '4' || feature.status === null || feature.status === 'laid') return []
  return [about(feature, 'G17', null, 'Das Objekt ist noch nicht verlegt.')]
}

function findDoubles(features: readonly GisNbFeature[]): Finding[] {
  const byId = Map.groupBy(features, ({ properties }) => properties.id ?? null)
  const doubled = [...byId].flatMap(([id, members]) => (id !== null && members.length > 1 ? members : []))
  const shapes = new Set<string>()
  const repeated = features.filter(({ properties: { id: _, ...rest }, shape }) => {
    if (shape.key === null) return false
    const said = `${shape.key} ${JSON.stringify(rest)}`
    return shapes.size === shapes.add(said).size
  })
  return [
    ...doubled.map((one) => about(one, 'G07', 'id', `Die Kennung ${one.properties.id} kommt mehrmals vor.`)),
    ...repeated.map((one) => about(one, 'G13', null, 'Gleiche Lage und gleiche Angaben wie ein anderes Objekt.')),
  ]
}

/** Share of the required values that are there; null: no object, so nothing is complete. */
export function completeness({ layer, features }: FilledLayer, phase: GisNbPhase): { present: number; required: number } {
  const required = fieldsOf(layer, phase).filter(({ requiredIn }) => requiredIn.includes(phase))
  const present = features.flatMap(({ properties }) => required.filter(({ name }) => (properties[name] ?? null) !== null)).length
  return { present, required: required.length * features.length }
}

/** What differs between two packages, by the number of the objects. */
export function compare(
  before: readonly GisNbFeature[],
  after: readonly GisNbFeature[],
): { added: number; removed: number; changed: number } {
  const text = ({ properties, shape }: GisNbFeature) => `${shape.key} ${JSON.stringify(properties)}`
  const old = new Map(before.map((feature) => [feature.number, text(feature)]))
  const now = new Map(after.map((feature) => [feature.number, text(feature)]))
  const changed = [...now].filter(([number, said]) => old.has(number) && old.get(number) !== said).length
  const added = [...now.keys()].filter((number) => !old.has(number)).length
  return { added, removed: [...old.keys()].filter((number) => !now.has(number)).length, changed }
}
