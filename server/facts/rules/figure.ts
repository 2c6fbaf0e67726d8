import { figureStates, type Quantity, quantities, unitOf } from '../../contract/codes.ts'
import { formatNumber } from '../../contract/numbers.ts'
import { amount } from '../words.ts'
import type { FactOf, World } from '../world.ts'
import { type Case, type Remark, type Rule, refuse, warn } from './remark.ts'

type Figure = FactOf<'figure'>
type FigureCase = Case<'figure'>

/** Counts and lengths are whole; only areas may have decimals. */
export function isWhole(value: number, quantity: Quantity): boolean {
  return quantity === 'area' || Number.isInteger(value)
}

/** Impossible: a length that is passed or connected, a connection that is laid, a state of what is not built. */
function* stateFitsQuantity({ content: { quantity, state, fundingClass } }: FigureCase): Iterable<Remark> {
  const unit = unitOf(quantity)
  const name = quantities.labels[quantity].de
  if (state !== null) {
    const allowed = unit === 'm' ? ['laid'] : unit === 'connections' ? ['passed', 'connected', 'activated'] : []
    const stateName = figureStates.labels[state].de
    if (!allowed.includes(state)) yield refuse('state', `${name} gibt es nicht im Zustand „${stateName}“.`)
  }
  if (fundingClass !== null && unit !== 'm' && unit !== 'connections') {
    yield refuse('fundingClass', `${name} hat keine Förderklasse.`)
  }
}

/** Impossible: half a connection, a fraction of a metre. */
function* valueIsWhole({ content: { quantity, value } }: FigureCase): Iterable<Remark> {
  if (!isWhole(value, quantity)) yield refuse('value', `${quantities.labels[quantity].de}: nur ganze Zahlen.`)
}

function isOfTarget(figure: Figure, target: FactOf<'target'>): boolean {
  // Targets are those of the grant: what is built beside it (extended reach, market-driven) does not count against them.
  const counts = figure.fundingClass === null || figure.fundingClass === 'funded'
  return counts && figure.programmeId === target.programmeId && figure.quantity === target.quantity
}

/** Impossible: more reported than the programme aims at. Where the target is outdated, a new one comes first (or along). */
function* withinTarget({ content, world }: FigureCase): Iterable<Remark> {
  for (const target of world.facts.target.values()) {
    if (!isOfTarget(content, target) || content.value <= target.value) continue
    const limit = amount(target.value, target.quantity)
    if (target.districtIds === null) {
      yield refuse('value', `Der Wert übersteigt das Ziel des Programms (${limit}). Ist das Ziel überholt, ändern Sie es zuerst.`)
    } else if (content.districtId !== null && target.districtIds.includes(content.districtId)) {
      yield warn(
        'beyond-partial-target',
        'value',
        `Der Wert übersteigt das Teilziel (${limit}), das auch für diesen Stadtteil gilt.`,
      )
    }
  }
}

function isSameSeries(a: Figure, b: Figure): boolean {
  return a.programmeId === b.programmeId && a.quantity === b.quantity && a.state === b.state && a.fundingClass === b.fundingClass
}

function sumOfDistricts(world: World, figure: Figure): number {
  return [...world.facts.figure.values()]
    .filter((other) => other.districtId !== null && isSameSeries(other, figure))
    .reduce((sum, { value }) => sum + value, 0)
}

/** Implausible: the districts together have more than the whole city, or than the target. */
function* districtsFitCity({ content, world }: FigureCase): Iterable<Remark> {
  const sum = sumOfDistricts(world, content)
  const city = [...world.facts.figure.values()].find((other) => other.districtId === null && isSameSeries(other, content))
  if (city && sum > city.value) {
    yield warn(
      'districts-exceed-city',
      'value',
      `Die Stadtteile zusammen (${amount(sum, content.quantity)}) übersteigen den Wert der Stadt (${amount(city.value, content.quantity)}).`,
    )
  }
  const target = [...world.facts.target.values()].find((one) => one.districtIds === null && isOfTarget(content, one))
  if (target && content.value <= target.value && sum > target.value) {
    yield warn(
      'districts-exceed-target',
      'value',
      `Die Stadtteile zusammen (${amount(sum, content.quantity)}) übersteigen das Ziel (${amount(target.value, content.quantity)}).`,
    )
  }
}

const nested = ['activated', 'connected', 'passed'] as const

/** Implausible: what is in operation is connected, what is connected is passed; these are nested sets. */
function* statesNested({ content, world }: FigureCase): Iterable<Remark> {
  const valueIn = (state: Figure['state']) =>
    [...world.facts.figure.values()].find(
      (other) => other.districtId === content.districtId && isSameSeries(other, { ...content, state }),
    )?.value
  for (const [index, inner] of nested.entries()) {
    for (const outer of nested.slice(index + 1)) {
      const [less, more] = [valueIn(inner), valueIn(outer)]
      if ((content.state !== inner && content.state !== outer) || less === undefined || more === undefined || less <= more)
        continue
      const [lessName, moreName] = [figureStates.labels[inner].de, figureStates.labels[outer].de]
      yield warn(
        `${inner}-exceeds-${outer}`,
        'value',
        `Mehr ${lessName} (${formatNumber(less, 'de')}) als ${moreName} (${formatNumber(more, 'de')}).`,
      )
    }
  }
}

/** Implausible: what was reached grows; a smaller value is a correction or a slip. */
function* valueNotFallen({ content, before }: FigureCase): Iterable<Remark> {
  if (content.state === null || !before || content.value >= before.content.value) return
  yield warn('figure-fell', 'value', `Der Wert ist kleiner als zuvor (${amount(before.content.value, content.quantity)}).`)
}

export const figureRules: readonly Rule<'figure'>[] = [
  stateFitsQuantity,
  valueIsWhole,
  withinTarget,
  districtsFitCity,
  statesNested,
  valueNotFallen,
]
