import { deliveryDays, lengthsM, programmeId } from './plan.ts'
import { type Stretch, shorten } from './streets.ts'

/** A stretch with what lies in it and when it is built (number of the delivery; one beyond the last: not yet). */
export interface Work {
  stretch: Stretch
  key: string
  builtIn: number
  /** Ducts in a trench of its own, or the use of a duct that is there. */
  ducts: { condition: 'new' | 'reused'; type: number }[]
  cables: number
}

/** The first stretches up to so many metres in all; the last one is cut to fit. */
function upTo(stretches: Stretch[], metres: number): { taken: Stretch[]; rest: Stretch[] } {
  const taken: Stretch[] = []
  let missing = metres
  for (const [index, stretch] of stretches.entries()) {
    if (missing <= 0) return { taken, rest: stretches.slice(index) }
    taken.push(stretch.lengthM <= missing ? stretch : shorten(stretch, missing))
    missing -= stretch.lengthM
  }
  if (missing > 0) throw new Error('the streets are too short for the network')
  return { taken, rest: [] }
}

/**
 * The network: trenches in the streets, quarter by quarter, with two new ducts along the first and one along the others; links
 * between the quarters, and the last streets, in reused ducts; cable in all of them and a second one in some, up to exactly the
 * lengths of the plan.
 */
export function planNetwork(stretches: Stretch[], builtIn: (stretch: Stretch) => number): Work[] {
  const rank = { spine: 0, side: 1, link: 2 }
  const streets = stretches
    .filter(({ role }) => role !== 'link')
    .toSorted((a, b) => rank[a.role] - rank[b.role] || a.quarter - b.quarter)
  const links = stretches.filter(({ role }) => role === 'link')
  const twice = lengthsM.newDuct - lengthsM.trench
  const double = upTo(streets, twice)
  const single = upTo(double.rest, lengthsM.trench - twice)
  const reused = upTo([...links, ...single.rest], lengthsM.reused)
  const works = [
    ...double.taken.map((stretch) => work(stretch, ['new', 'new'])),
    ...single.taken.map((stretch) => work(stretch, ['new'])),
    ...reused.taken.map((stretch) => work(stretch, ['reused'])),
  ]
  return withSecondCables(works, lengthsM.cable - lengthsM.trench - lengthsM.reused)

  function work(stretch: Stretch, conditions: ('new' | 'reused')[]): Work {
    const ducts = conditions.map((condition, index) => ({ condition, type: condition === 'reused' ? 23 : index === 0 ? 15 : 11 }))
    return { stretch, key: keyOf(stretch), builtIn: builtIn(stretch), ducts, cables: 1 }
  }
}

function keyOf({ districtId, street, part }: Stretch): string {
  return `demo-${districtId}-${street}-${part + 1}`
}

/** A second cable on so many metres; the stretch where they end is cut in two. */
function withSecondCables(works: Work[], metres: number): Work[] {
  const { taken } = upTo(
    works.map(({ stretch }) => stretch),
    metres,
  )
  return works.flatMap((work, index) => {
    const second = taken[index]
    if (!second) return [work]
    if (second.lengthM === work.stretch.lengthM) return [{ ...work, cables: 2 }]
    const rest = { ...work.stretch, from: second.to, lengthM: work.stretch.lengthM - second.lengthM }
    return [
      { ...work, stretch: second, cables: 2 },
      { ...work, stretch: rest, key: `${work.key}-b` },
    ]
  })
}

/** What a part of the network has in common, as the delivery with this number says it. */
function progress({ builtIn }: Work, delivery: number) {
  const day = deliveryDays[builtIn]
  const isLaid = delivery >= builtIn
  const isBegun = delivery >= builtIn - 1
  return {
    programmeId,
    sectionId: null,
    operator: 'EVL',
    status: isLaid ? 'laid' : isBegun ? 'under_construction' : 'planned',
    plannedOn: day?.slice(0, 7) ?? '2023',
    startedOn: isBegun ? (deliveryDays[builtIn - 1]?.slice(0, 7) ?? '2021-03') : null,
    laidOn: isLaid && day ? day.slice(0, 7) : null,
    note: null,
  }
}

function line({ from, to }: Stretch) {
  return { type: 'LineString', coordinates: [from, to] }
}

/** What the delivery with this number says about the work, by kind of object; geometry in EPSG:25832. */
export function describeWork(work: Work, delivery: number) {
  const common = progress(work, delivery)
  const geom = line(work.stretch)
  const isTrench = work.ducts[0]?.condition === 'new'
  const methods = ['open_trench', 'reduced_depth', 'trenching', 'horizontal_drilling', 'press_boring']
  const variety = work.stretch.street % methods.length
  const named = (key: string) => ({ ...common, key, externalId: key.toUpperCase() })
  return {
    route: isTrench
      ? [
          {
            ...named(work.key),
            geom,
            layingMethod: methods[variety],
            surface: variety % 2 ? 'unsealed' : 'sealed',
            coLaying: variety === 4,
          },
        ]
      : [],
    duct: work.ducts.map(({ condition, type }, index) => ({
      ...named(`${work.key}-${index + 1}`),
      ...{
        geom,
        condition,
        ductType: type,
        ductTypeText: null,
        count: 1,
        tubesPerBundle: type === 15 ? 12 : 1,
        tubesReserved: 1,
      },
    })),
    cable: Array.from({ length: work.cables }, (_, index) => ({
      ...named(`${work.key}-k${index + 1}`),
      ...{ geom, fibreCount: index === 0 ? 144 : 48, fibresReserved: 12, count: 1 },
    })),
  }
}

/** A point of presence in the middle of each district, a cabinet in that of each quarter, a chamber where every third street begins. */
export function describeStructures(works: Work[], delivery: number) {
  return works.flatMap((work, index) => {
    const { role, part, quarter, street, from } = work.stretch
    const isCentre = role === 'spine' && part === 0
    const type = isCentre
      ? quarter === 0
        ? 'pop'
        : 'distribution_cabinet'
      : role === 'side' && street % 3 === 0
        ? 'cable_chamber'
        : null
    if (!type) return []
    const key = `${work.key}-s`
    return [
      {
        ...progress(work, delivery),
        ...{
          key,
          externalId: key.toUpperCase(),
          structureType: type,
          structureTypeText: null,
          designation: `Beispiel ${index + 1}`,
        },
        ...{ condition: 'new', collocation: false, geom: { type: 'Point', coordinates: from } },
      },
    ]
  })
}
