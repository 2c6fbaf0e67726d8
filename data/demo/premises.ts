import type { ConnectionState, PremisesKind } from '../../server/contract/objects/codes.ts'
import { type DistrictPlan, deliveryDays, districtPlans, programmeId } from './plan.ts'
import { randomFrom } from './random.ts'
import { along, type Position, type Stretch } from './streets.ts'

/** An invented address. */
export interface Address {
  id: string
  districtId: string
  districtName: string
  street: number
  houseNumber: number
  point: Position
}

/** Invented premises and when they came how far (number of the delivery that tells it). */
export interface Invented {
  key: string
  address: Address
  kind: PremisesKind
  units: number
  name: string | null
  history: { state: ConnectionState; day: string }[]
}

const names = {
  business: 'Beispielbetrieb',
  educational_institution: 'Beispielschule',
  hospital: 'Beispielkrankenhaus',
} as const

/** Distance between neighbouring houses on one side, and of houses from the middle of the street (m). */
const apartM = 24
const asideM = 11

/** Houses on both sides of the stretches of a district, in walking order; odd numbers left, even ones right. */
function houses(districtId: string, stretches: Stretch[]): { address: Address; stretch: Stretch }[] {
  const last = new Map<number, number>()
  return stretches.flatMap((stretch) => {
    const places = Math.floor(stretch.lengthM / apartM)
    return Array.from({ length: places * 2 }, (_, index) => {
      const houseNumber = (last.get(stretch.street) ?? 0) + 1
      last.set(stretch.street, houseNumber)
      const point = along(stretch, (Math.floor(index / 2) + 0.5) * apartM, index % 2 === 0 ? asideM : -asideM)
      const id = `demo-${districtId}-${stretch.street}-${houseNumber}`
      return {
        stretch,
        address: { id, districtId, districtName: stretch.districtName, street: stretch.street, houseNumber, point },
      }
    })
  })
}

/** What is still to be given a house. */
interface Demand {
  kind: PremisesKind
  units: number
  name: string | null
}

function demandOf(plan: DistrictPlan, random: () => number): Demand[] {
  const named = (['business', 'educational_institution', 'hospital'] as const).flatMap((kind) =>
    Array.from({ length: plan[kind] }, (_, index) => ({ kind, units: 1, name: `${names[kind]} ${index + 1}` })),
  )
  const homes = inventHouseholds(random, plan.household).map((units) => ({ kind: 'household' as const, units, name: null }))
  return [...homes, ...named]
    .map((demand) => ({ demand, order: random() }))
    .toSorted((a, b) => a.order - b.order)
    .map(({ demand }) => demand)
}

/**
 * Premises spread evenly along the stretches where something is built, exactly as many units of each kind as the plan says.
 * `builtIn` is the number of the delivery in which a stretch is built.
 */
export function inventPremises(stretches: Stretch[], builtIn: (stretch: Stretch) => number): Invented[] {
  return Object.entries(districtPlans).flatMap(([districtId, plan], number) => {
    const random = randomFrom(1000 + number)
    const demands = demandOf(plan, random)
    const free = houses(
      districtId,
      stretches.filter((stretch) => stretch.districtId === districtId),
    )
    if (free.length < demands.length) throw new Error(`not enough invented houses in ${districtId}`)
    return demands.map((demand, index): Invented => {
      const house = free[Math.floor((index * free.length) / demands.length)]
      if (!house) throw new RangeError('a house beyond the last')
      const { address, stretch } = house
      const history = inventHistory(random, plan.begins, builtIn(stretch))
      return { ...demand, address, history, key: `${address.id}-${demand.kind.replaceAll('_', '-')}` }
    })
  })
}

/** Sizes of buildings that sum up to so many dwellings: mostly one, some up to eight. */
function inventHouseholds(random: () => number, total: number): number[] {
  const sizes: number[] = []
  let missing = total
  while (missing > 0) {
    const units = Math.min(missing, random() < 0.78 ? 1 : 2 + Math.floor(random() * 7))
    sizes.push(units)
    missing -= units
  }
  return sizes
}

/** A day in the quarter that ends with the delivery; null: after the last one. */
function dayIn(random: () => number, delivery: number): string | null {
  const end = deliveryDays[delivery]
  if (end === undefined) return null
  const month = Number(end.slice(5, 7)) - Math.floor(random() * 3)
  return `${end.slice(0, 5)}${String(month).padStart(2, '0')}-${String(1 + Math.floor(random() * 28)).padStart(2, '0')}`
}

/** Consent of the owner and works, step by step; a refusing owner's house is passed, but not connected. */
function inventHistory(random: () => number, begins: number, builtIn: number): Invented['history'] {
  const answer = random() < 0.82 ? 'consent_given' : random() < 0.5 ? 'consent_refused' : 'no_response'
  const isQuick = random() < 0.7
  const steps: [ConnectionState, number][] = [
    ['owner_contacted', begins],
    [answer, begins],
    ['passed', builtIn],
  ]
  if (answer === 'consent_given') {
    steps.push(['prepared', builtIn], ['connected', builtIn + (isQuick ? 1 : 2)], ['bookable', builtIn + 2])
    if (random() < 0.45) steps.push(['activated', builtIn + 3])
  }
  const dated = steps.map(([state, delivery]) => ({ state, day: dayIn(random, delivery) }))
  const days = dated.flatMap(({ day }) => (day ? [day] : [])).toSorted()
  const reached = dated.slice(0, days.length).map(({ state }, index) => ({ state, day: days[index] as string }))
  return [{ state: 'eligible', day: '2021-03-31' }, ...reached]
}

/** What a delivery of that day says about the premises; geometry in EPSG:25832. */
export function describePremises({ key, address, kind, units, name, history }: Invented, day: string) {
  const reached = history.filter((step) => step.day <= day)
  return {
    ...{ key, kind, units, name, programmeId, schoolType: null, note: null, sectionId: null, fundingClass: 'funded' },
    externalId: `Beispielstraße ${address.street}, Haus ${address.houseNumber} (${address.districtName})`,
    addressId: address.id,
    districtId: address.districtId,
    operator: 'EVL',
    state: reached.at(-1)?.state ?? 'not_served',
    steps: Object.fromEntries(reached.map((step) => [step.state, step.day])),
    geom: { type: 'Point', coordinates: address.point },
  }
}
