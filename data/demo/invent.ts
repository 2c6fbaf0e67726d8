import type { Knex } from 'knex'
import { describeStructures, describeWork, planNetwork, type Work } from './network.ts'
import { deliveryDays, districtPlans, lengthsM } from './plan.ts'
import { describePremises, type Invented, inventPremises } from './premises.ts'
import { drawStreets, type Stretch } from './streets.ts'

/** Everything that is invented, before it is told delivery by delivery. */
export interface InventedCity {
  works: Work[]
  premises: Invented[]
}

/** A part of each district's streets, by how many premises it is to have, in one order over all districts. */
function chooseStretches(all: Stretch[]): Stretch[] {
  const weights = Object.entries(districtPlans).map(([id, plan]) => [id, plan.household * 0.6 + plan.business + 25] as const)
  const total = weights.reduce((sum, [, weight]) => sum + weight, 0)
  const byDistrict = weights.map(([id, weight]) => {
    const own = all.filter(({ districtId }) => districtId === id)
    const wanted = Math.ceil((((lengthsM.trench + lengthsM.reused) * weight) / total / 200) * 1.15)
    return spread(own, wanted).map((stretch, index) => ({ stretch, order: index / wanted }))
  })
  return byDistrict
    .flat()
    .toSorted((a, b) => a.order - b.order)
    .map(({ stretch }) => stretch)
}

/** So many stretches, street by street, from all over the district. */
function spread(stretches: Stretch[], wanted: number): Stretch[] {
  const streets = [...Map.groupBy(stretches, ({ street }) => street).values()]
  const step = Math.max(1, Math.floor(stretches.length / wanted))
  return Array.from({ length: step }, (_, first) => streets.filter((_street, index) => index % step === first))
    .flat(2)
    .slice(0, wanted)
}

/** A district is built over three quarters, street by street. */
function buildingOrder(stretches: Stretch[]): (stretch: Stretch) => number {
  const streets = Map.groupBy(stretches, ({ districtId }) => districtId)
  return ({ districtId, street }) => {
    const numbers = [...new Set(streets.get(districtId)?.map((stretch) => stretch.street))].toSorted((a, b) => a - b)
    return (districtPlans[districtId]?.begins ?? 0) + Math.floor((numbers.indexOf(street) * 3) / numbers.length)
  }
}

export async function inventCity(trx: Knex): Promise<InventedCity> {
  const stretches = chooseStretches(await drawStreets(trx))
  const builtIn = buildingOrder(stretches)
  const works = planNetwork(stretches, builtIn)
  const premises = inventPremises(
    works.map(({ stretch }) => stretch),
    builtIn,
  )
  return { works, premises }
}

/** All that is said on the day of a delivery (-1: before the first one), by kind of object. */
export function describeCity({ works, premises }: InventedCity, delivery: number) {
  const parts = works.map((work) => describeWork(work, delivery))
  const day = deliveryDays[delivery] ?? '2021-03-31'
  return {
    premises: premises.map((invented) => describePremises(invented, day)),
    route: parts.flatMap(({ route }) => route),
    duct: parts.flatMap(({ duct }) => duct),
    cable: parts.flatMap(({ cable }) => cable),
    structure: describeStructures(works, delivery),
  }
}
