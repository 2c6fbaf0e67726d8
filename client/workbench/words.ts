import { figureStates, fundingClasses, fundingRoles, programmeKinds, quantities, trades } from '../../server/contract/codes.ts'
import { formatDay, formatImpreciseDate } from '../../server/contract/dates.ts'
import { deadlineUnits } from '../../server/contract/deadlines.ts'
import type { FactKindName } from '../../server/contract/facts/index.ts'
import { builtAreas, ruledMastKinds, silences, spotKinds } from '../../server/contract/mobile/codes.ts'
import { type Validity, validityWords } from '../../server/contract/validity.ts'
import { type Content, declarationOf, type FormKind, plainUnit, typedFrom } from './form/values.ts'
import { describeGeometry, type Geometry } from './map/geometry.ts'

/** German names of districts and of facts that others refer to, by kind and id. */
export type Names = (kind: string, id: string) => string

function words(labels: Readonly<Record<string, { de: string }>>, code: unknown): string {
  return typeof code === 'string' ? (labels[code]?.de ?? code) : ''
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

const nameOfKind: Record<FactKindName, (content: Content, names: Names) => string> = {
  programme: (content) => text(content.name),
  section: (content, names) => text(content.name) || names('district', text(content.districtId)),
  stage: (content, names) => `${names('section', text(content.sectionId))}, ${words(trades.labels, content.trade)}`,
  target: (content, names) => {
    const where = districts(content.districtIds, names)
    return words(quantities.labels, content.quantity) + (where && ` (${where})`)
  },
  figure: (content, names) =>
    join([
      content.districtId ? names('district', text(content.districtId)) : 'Ganze Stadt',
      words(quantities.labels, content.quantity),
      words(figureStates.labels, content.state),
      words(fundingClasses.labels, content.fundingClass),
    ]),
  milestone: (content) => text(content.title),
  funding: (content) => join([text(content.giver), words(fundingRoles.labels, content.role)]),
  district_boundary: (content, names) => `Grenze von ${names('district', text(content.districtId))}`,
  page: (content) => `${text(content.title)} (${content.language === 'en' ? 'englisch' : 'deutsch'})`,
  department: (content) => [text(content.code), text(content.name)].filter(Boolean).join(' '),
  deadline_rule: (content) => named(text(content.name), content.period),
  building_law_rule: (content) =>
    named(join([words(builtAreas.labels, content.area), words(ruledMastKinds.labels, content.mastKind)]), content.slug),
  spot_rule: (content) => named(words(spotKinds.labels, content.slug), content.period),
  text_module: (content) => text(content.title),
  letter_template: (content) => text(content.name),
  funding_frame: (content) => text(content.name),
}

/** Periods of the same rule bear its name: what tells them apart stands behind. */
function named(name: string, period: unknown): string {
  return name && period ? `${name} (${period})` : name
}

function districts(ids: unknown, names: Names): string {
  return Array.isArray(ids) ? ids.map((id) => names('district', String(id))).join(', ') : ''
}

function join(pieces: readonly string[]): string {
  return pieces.filter(Boolean).join(', ')
}

/** What a fact is called: "Manfort, Tiefbau". */
export function factName(kind: FactKindName, content: Content, names: Names): string {
  return nameOfKind[kind](content, names)
}

function range(start: unknown, end: unknown): string {
  const from = start ? formatImpreciseDate(String(start), 'de') : ''
  const to = end ? formatImpreciseDate(String(end), 'de') : ''
  if (from && to) return `${from} – ${to}`
  if (from) return `ab ${from}`
  return to ? (to.startsWith('bis ') ? to : `bis ${to}`) : ''
}

function stageValue({ plannedStart, plannedEnd, actualStart, actualEnd, percent, onHold, cancelled }: Content): string {
  const planned = range(plannedStart, plannedEnd)
  const actual = [
    actualStart && `begonnen ${formatImpreciseDate(String(actualStart), 'de')}`,
    actualEnd && `beendet ${formatImpreciseDate(String(actualEnd), 'de')}`,
  ].filter(Boolean)
  return [
    ...actual,
    planned && `geplant ${planned}`,
    typeof percent === 'number' && `${String(percent).replace('.', ',')} %`,
    onHold && 'unterbrochen',
    cancelled && 'eingestellt',
  ]
    .filter(Boolean)
    .join(' · ')
}

function amount(kind: FactKindName, name: string, content: Content): string {
  const field = declarationOf(kind).fields[name]
  const unit = field && plainUnit(field)
  const written = field ? String(typedFrom(name, field, content[name], content)) : ''
  const value = unit ? `${written}\u00a0${unit}` : written
  return content.approximate ? `rund ${value}` : value
}

const valueOfKind: Partial<Record<FactKindName, (content: Content) => string>> = {
  programme: (content) => words(programmeKinds.labels, content.kind),
  section: (content) => (content.buildPhase ? `${content.buildPhase}. Bauphase` : ''),
  stage: stageValue,
  target: (content) => amount('target', 'value', content),
  figure: (content) => amount('figure', 'value', content),
  milestone: ({ planned, actual }) =>
    [actual && formatImpreciseDate(String(actual), 'de'), planned && `geplant ${formatImpreciseDate(String(planned), 'de')}`]
      .filter(Boolean)
      .join(' · '),
  funding: (content) => amount('funding', 'amountEur', content),
  district_boundary: (content) => (content.official ? 'amtlich' : 'vereinfacht, nicht amtlich'),
  department: (content) =>
    [text(content.email), `ohne Antwort: ${words(silences.labels, content.silence)}`, !content.active && 'wird nicht beteiligt']
      .filter(Boolean)
      .join(' · '),
  deadline_rule: (content) =>
    valid(`${amount('deadline_rule', 'amount', content)} ${words(deadlineUnits.labels, content.unit)}`, content),
  building_law_rule: (content) =>
    valid(
      content.maxHeightM === null
        ? 'verfahrensfrei ohne Begrenzung der Höhe'
        : `verfahrensfrei bis ${amount('building_law_rule', 'maxHeightM', content)}`,
      content,
    ),
  spot_rule: (content) => valid(text(content.label), content),
  text_module: (content) => text(content.text),
  letter_template: (content) => text(content.subject),
  funding_frame: (content) =>
    content.grantedEur === null
      ? 'kein Zuwendungsbescheid erfasst'
      : `bewilligt ${amount('funding_frame', 'grantedEur', content)}, ab ${formatImpreciseDate(text(content.firstMonth), 'de')}`,
}

/** "30 Tage · ab 01.01.2027". */
function valid(value: string, content: Content): string {
  return `${value} · ${validityWords(content as unknown as Validity)}`
}

/** What is said of a fact, in one line; empty where the name says it all. */
export function factValue(kind: FactKindName, content: Content): string {
  return valueOfKind[kind]?.(content) ?? ''
}

/** One value as people read it; null is a dash. */
export function fieldWords(kind: FormKind, name: string, content: Content, names: Names): string {
  const field = declarationOf(kind).fields[name]
  const value = content[name]
  if (!field || value === null || value === undefined) return '–'
  if (field.input === 'boolean' || field.input === 'unknownBoolean') return value ? 'ja' : 'nein'
  if (field.input === 'codes')
    return (value as readonly unknown[]).map((code) => words(field.codes ?? {}, code)).join(', ') || '–'
  if (field.codes) return words(field.codes, value)
  if (field.input === 'day') return formatDay(String(value), 'de')
  if (field.input === 'references') return districts(value, names)
  if (field.input === 'reference') return names(field.refersTo ?? '', String(value))
  if (field.input === 'geometry') return describeGeometry(value as Geometry)
  return `${typedFrom(name, field, value, content)}${plainUnit(field) ? ` ${plainUnit(field)}` : ''}`
}
