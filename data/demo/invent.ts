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

/** Metres of a quarter with its link, about. */
const quarterM = 2200

/** So many quarters of each district, from its middle outwards, as its premises ask for. */
function chooseStretches(all: Stretch[]): Stretch[] {
  const weights = Object.entries(districtPlans).map(([id, plan]) => [id, plan.household * 0.6 + plan.business + 25] as const)
  const total = weights.reduce((sum, [, weight]) => sum + weight, 0)
  return weights.flatMap(([id, weight]) => {
    const wanted = Math.ceil(((lengthsM.trench + lengthsM.reused) * weight) / total / quarterM)
    return all.filter(({ districtId, quarter }) => districtId === id && quarter < wanted)
  })
}

/** A district is built over three quarters of a year, from its middle outwards. */
function buildingOrder(stretches: Stretch[]): (stretch: Stretch) => number {
  const byDistrict = Map.groupBy(stretches, ({ districtId }) => districtId)
  return ({ districtId, quarter }) => {
    const count = 1 + Math.max(...(byDistrict.get(districtId) ?? []).map((stretch) => stretch.quarter))
    return (districtPlans[districtId]?.begins ?? 0) + Math.floor((quarter * 3) / count)
  }
}

export async function inventCity(trx: Knex): Promise<InventedCity> {
  const stretches = chooseStretches(await drawStreets(trx))
  const builtIn = buildingOrder(stretches)
  const works = planNetwork(stretches, builtIn)
  const premises = inventPremises(
    works.flatMap(({ stretch }) => (stretch.role === 'link' ? [] : [stretch])),
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
