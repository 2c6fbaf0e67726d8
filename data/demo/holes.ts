import type { MobileOperator, MobileTechnology } from '../../server/contract/mobile/codes.ts'
import type { Middles } from './mobile.ts'
import type { Position } from './streets.ts'

/** A round place, its middle given from that of a district: metres east and north. */
interface Place {
  district: string
  offset: Position
  radiusM: number
}

/** A place where some operators have no network. */
interface HolePlan extends Place {
  operators: readonly MobileOperator[]
  technologies: readonly MobileTechnology[]
}

const all: readonly MobileOperator[] = ['telekom', 'vodafone', 'telefonica']
const both: readonly MobileTechnology[] = ['4g', '5g']

/** Holes of 4G and 5G: white spots where no operator has a network, grey ones where one or two have none. All invented. */
const holes: readonly HolePlan[] = [
  { district: 'bergisch-neukirchen', offset: [420, 380], radiusM: 290, operators: all, technologies: both },
  { district: 'bergisch-neukirchen', offset: [150, 250], radiusM: 520, operators: ['telefonica'], technologies: both },
  { district: 'bergisch-neukirchen', offset: [600, 500], radiusM: 450, operators: ['vodafone'], technologies: both },
  { district: 'steinbuechel', offset: [900, 350], radiusM: 330, operators: all, technologies: both },
  { district: 'steinbuechel', offset: [600, 300], radiusM: 560, operators: ['vodafone'], technologies: both },
  { district: 'luetzenkirchen', offset: [350, -200], radiusM: 380, operators: ['telekom', 'telefonica'], technologies: both },
  { district: 'hitdorf', offset: [-500, 450], radiusM: 310, operators: ['vodafone', 'telefonica'], technologies: both },
  { district: 'manfort', offset: [160, -420], radiusM: 280, operators: ['telekom'], technologies: both },
  { district: 'schlebusch', offset: [700, -500], radiusM: 480, operators: ['telefonica'], technologies: both },
  { district: 'rheindorf', offset: [-250, 300], radiusM: 800, operators: ['telefonica'], technologies: ['5g'] },
  { district: 'hitdorf', offset: [0, 0], radiusM: 1400, operators: ['vodafone'], technologies: ['5g'] },
  { district: 'steinbuechel', offset: [500, 200], radiusM: 1100, operators: ['telekom'], technologies: ['5g'] },
  { district: 'bergisch-neukirchen', offset: [0, 0], radiusM: 1200, operators: ['telefonica'], technologies: ['5g'] },
  { district: 'schlebusch', offset: [300, 200], radiusM: 900, operators: ['vodafone'], technologies: ['5g'] },
]

/** The fourth operator has a network of its own only here. */
const islands: readonly Place[] = [
  { district: 'wiesdorf', offset: [100, 50], radiusM: 1300 },
  { district: 'opladen', offset: [0, 0], radiusM: 900 },
]

/** A place on the map (EPSG:25832, m). */
export interface Disc {
  x: number
  y: number
  radius: number
}

/** Where an operator has a network of a technology: everywhere but in the discs, or only there. */
export interface Reach {
  operator: MobileOperator
  technology: MobileTechnology
  isOnlyThere: boolean
  discs: readonly Disc[]
}

/** Invented reach of each operator and technology, around the middles of districts. */
export function inventReach(middles: Middles): Reach[] {
  const put = ({ district, offset, radiusM }: Place): Disc[] => {
    const middle = middles.get(district)
    return middle ? [{ x: middle[0] + offset[0], y: middle[1] + offset[1], radius: radiusM }] : []
  }
  const networks = all.flatMap((operator) =>
    both.map((technology): Reach => {
      const own = holes.filter((hole) => hole.operators.includes(operator) && hole.technologies.includes(technology))
      return { operator, technology, isOnlyThere: false, discs: own.flatMap(put) }
    }),
  )
  return [...networks, { operator: '1und1', technology: '5g', isOnlyThere: true, discs: islands.flatMap(put) }]
}
