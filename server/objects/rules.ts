import { certainlyBefore, earliest, type ImpreciseDate, isUpperBound, latest } from '../contract/dates.ts'
import { type ConnectionState, connectionStates, networkStatuses } from '../contract/objects/codes.ts'
import type { ObjectKindName } from '../contract/objects/index.ts'
import type { GeometryFindings } from './geometry.ts'
import { geometryRemarks } from './geometry-rules.ts'
import { type Content, isLine, kindOf } from './kinds.ts'
import { type Remark, refuse, warn } from './remark.ts'

/** Programmes, sections and districts objects refer to. */
export interface World {
  districts: ReadonlyMap<string, string>
  programmes: ReadonlyMap<string, string>
  sections: ReadonlyMap<string, { name: string; programmeId: string; districtId: string }>
}

/** What is to be said about an object, as its rules see it. Rules are pure: everything they need is in here. */
export interface Case {
  name: ObjectKindName
  content: Content
  /** Fields the change names; of a new object all. Only what is touched is judged, except where values contradict each other. */
  touched: ReadonlySet<string>
  trueOn: string
  /** The statement in force now and the day from which it holds; null: a new object. */
  before: { content: Content; trueOn: string; holdsFrom: string } | null
  /** Day of the change, in Germany. */
  today: string
  world: World
  /** What PostGIS says about a geometry that is set; null: none is. */
  geometry: GeometryFindings | null
}

/** SQL: premises_rank. Works begin at 4 (passed). */
const ranks: Readonly<Record<ConnectionState, number>> = {
  not_served: 0,
  not_possible: 0,
  eligible: 1,
  owner_contacted: 2,
  no_response: 2,
  consent_refused: 2,
  consent_given: 3,
  passed: 4,
  passed_plus: 5,
  prepared: 6,
  connected: 7,
  bookable: 8,
  activated: 9,
}
const works = 4

/** How far a state of premises is. */
export const rankOf = (state: unknown) => ranks[state as ConnectionState] ?? 0
const stateWord = (state: unknown) => connectionStates.labels[state as ConnectionState]?.de ?? String(state)

/** Whether the date, however it is read, lies after the day. Of "bis …" the named date counts. */
function isAfter(date: ImpreciseDate, day: string): boolean {
  const first = earliest(isUpperBound(date) ? date.slice('by '.length) : date)
  return first !== null && first > day
}

function* dates({ name, content, touched, trueOn, today }: Case): Iterable<Remark> {
  if (isAfter(trueOn, today)) yield refuse('trueOn', 'Der Stand liegt in der Zukunft.')
  const steps = Object.entries((content.steps ?? {}) as Record<string, ImpreciseDate>)
  const happened = [
    ...(touched.has('steps') ? steps.map(([, date]) => ['steps', date] as const) : []),
    ...happenedOf(name, content),
  ]
  for (const [field, date] of happened) {
    if (touched.has(field) && isAfter(date, today))
      yield refuse(field, 'Was tatsächlich geschehen ist, kann nicht in der Zukunft liegen.')
    const year = Number(latest(date).slice(0, 4))
    if (touched.has(field) && year < 2010) yield warn('implausible-year', field, `Ist das Jahr ${year} richtig?`)
  }
  const planned = content.plannedOn
  if (typeof planned === 'string' && touched.has('plannedOn')) {
    const year = Number(latest(planned).slice(0, 4))
    if (year < 2010 || year > Number(today.slice(0, 4)) + 15)
      yield warn('implausible-year', 'plannedOn', `Ist das Jahr ${year} richtig?`)
  }
}

function happenedOf(name: ObjectKindName, content: Content): (readonly [string, ImpreciseDate])[] {
  if (name === 'premises') return []
  return ['startedOn', 'laidOn'].flatMap((field) =>
    typeof content[field] === 'string' ? [[field, content[field]] as const] : [],
  )
}

function* references({ name, content, touched, world }: Case): Iterable<Remark> {
  const known = { programme: world.programmes, section: world.sections, district: world.districts }
  for (const [field, { refersTo, label }] of Object.entries(kindOf(name).fields)) {
    const id = content[field]
    const all = known[refersTo as keyof typeof known]
    if (all && touched.has(field) && typeof id === 'string' && !all.has(id))
      yield refuse(field, `${label.de}: „${id}“ gibt es nicht.`)
  }
  const section = world.sections.get(String(content.sectionId))
  if (!section || !['sectionId', 'programmeId', 'districtId'].some((field) => touched.has(field))) return
  if (content.programmeId !== null && content.programmeId !== section.programmeId)
    yield warn('section-of-other-programme', 'sectionId', `Der Bauabschnitt „${section.name}“ gehört zu einem anderen Programm.`)
  if (name === 'premises' && content.districtId !== section.districtId)
    yield warn('section-in-other-district', 'sectionId', `Der Bauabschnitt „${section.name}“ liegt in einem anderen Stadtteil.`)
}

/** An older Stand than the one in force stands beside it and is not shown as the present state. */
function* stand({ trueOn, before, today }: Case): Iterable<Remark> {
  const holdsFrom = latest(trueOn) < today ? latest(trueOn) : today
  if (before && holdsFrom < before.holdsFrom)
    yield warn('older-than-in-force', 'trueOn', 'Der Stand ist älter als der geltende. Angezeigt wird weiter der neuere.')
}

function* premisesRules({ name, content, touched, before, today }: Case): Iterable<Remark> {
  if (name !== 'premises') return
  const steps = (content.steps ?? {}) as Readonly<Record<string, ImpreciseDate>>
  if (touched.has('state') || touched.has('steps')) {
    yield* stepsFitState(content.state, steps, today)
    yield* stepsInOrder(steps)
  }
  if (
    before &&
    touched.has('state') &&
    rankOf(before.content.state) >= works &&
    rankOf(content.state) < rankOf(before.content.state)
  )
    yield warn(
      'state-backwards',
      'state',
      `Der Zustand geht zurück: von „${stateWord(before.content.state)}“ auf „${stateWord(content.state)}“. Bitte nennen Sie den Grund.`,
    )
  if (
    content.schoolType !== null &&
    content.kind !== 'educational_institution' &&
    (touched.has('schoolType') || touched.has('kind'))
  )
    yield refuse('schoolType', 'Eine Art der Bildungseinrichtung haben nur Bildungseinrichtungen.')
  if (touched.has('units') && content.kind === 'household' && Number(content.units) > 300)
    yield warn('many-units', 'units', `Sind ${content.units} Wohnungen in einem Haus richtig?`)
}

/** Impossible: a date says a later step has been reached than the state does. */
function* stepsFitState(state: unknown, steps: Readonly<Record<string, ImpreciseDate>>, today: string): Iterable<Remark> {
  for (const [step, date] of Object.entries(steps)) {
    if (rankOf(step) < works || rankOf(step) <= rankOf(state) || isAfter(date, today)) continue
    yield refuse(
      'state',
      `Der Zustand „${stateWord(state)}“ widerspricht dem Datum für „${stateWord(step)}“. Bitte ändern oder entfernen Sie eines von beiden.`,
    )
  }
}

function* stepsInOrder(steps: Readonly<Record<string, ImpreciseDate>>): Iterable<Remark> {
  const inOrder = Object.entries(steps)
    .filter(([step]) => rankOf(step) >= works)
    .toSorted(([a], [b]) => rankOf(a) - rankOf(b))
  for (const [index, [step, date]] of inOrder.entries()) {
    const next = inOrder[index + 1]
    if (next && certainlyBefore(next[1], date))
      yield warn('steps-out-of-order', 'steps', `„${stateWord(next[0])}“ liegt vor „${stateWord(step)}“.`)
  }
}

const statusOrder: readonly unknown[] = networkStatuses.keys
const statusWord = (status: unknown) => networkStatuses.labels[status as 'laid']?.de ?? String(status)

function* networkRules({ name, content, touched, before }: Case): Iterable<Remark> {
  if (name === 'premises') return
  const { status, startedOn, laidOn } = content
  if (['status', 'startedOn', 'laidOn'].some((field) => touched.has(field))) {
    if (status === 'planned' && typeof startedOn === 'string')
      yield refuse('status', 'Der Status „geplant“ widerspricht dem Datum des Beginns.')
    if (status !== 'laid' && typeof laidOn === 'string')
      yield refuse('status', `Der Status „${statusWord(status)}“ widerspricht dem Datum, an dem verlegt wurde.`)
    if (typeof startedOn === 'string' && typeof laidOn === 'string' && certainlyBefore(laidOn, startedOn))
      yield refuse('laidOn', 'Verlegt wurde vor dem Beginn.')
    if (status === 'laid' && laidOn === null)
      yield warn('laid-without-date', 'laidOn', 'Wann verlegt wurde, fehlt: Die Meter zählen erst ab dem Stand dieser Angabe.')
  }
  if (before && touched.has('status') && statusOrder.indexOf(status) < statusOrder.indexOf(before.content.status))
    yield warn(
      'status-backwards',
      'status',
      `Der Status geht zurück: von „${statusWord(before.content.status)}“ auf „${statusWord(status)}“. Bitte nennen Sie den Grund.`,
    )
  yield* amounts(content)
  if (isLine(name) || name === 'structure') yield* otherTypes(content)
}

function* amounts({ fibreCount, fibresReserved, tubesPerBundle, tubesReserved, count }: Content): Iterable<Remark> {
  if (typeof fibreCount === 'number' && typeof fibresReserved === 'number' && fibresReserved > fibreCount)
    yield refuse('fibresReserved', 'Es können nicht mehr Fasern in Reserve sein, als das Kabel hat.')
  const tubes = Number(count) * (typeof tubesPerBundle === 'number' ? tubesPerBundle : 1)
  if (typeof tubesReserved === 'number' && tubesReserved > tubes)
    yield refuse('tubesReserved', 'Es können nicht mehr Rohre in Reserve sein, als auf der Linie liegen.')
}

/** "Sonstiges" needs a word. */
function* otherTypes(content: Content): Iterable<Remark> {
  if (content.ductType === 99 && content.ductTypeText === null)
    yield refuse('ductTypeText', 'Bei „Sonstiges“ fehlt die Rohrart in Worten.')
  if (content.structureType === 'other' && content.structureTypeText === null)
    yield refuse('structureTypeText', 'Bei „Sonstiges“ fehlt die Art in Worten.')
}

/** Everything that is to be said about an object. */
export function judge(one: Case): Remark[] {
  return [
    ...dates(one),
    ...stand(one),
    ...references(one),
    ...premisesRules(one),
    ...networkRules(one),
    ...geometryRemarks(one.name, one.content, one.geometry),
  ]
}
