import type { MobileOperator } from '../../server/contract/mobile/codes.ts'
import type { Reach } from './holes.ts'
import { randomFrom } from './random.ts'
import { along, type Stretch } from './streets.ts'

/** A measurement of 4G (EPSG:25832, dBm and dB). */
export interface Sample {
  x: number
  y: number
  operator: MobileOperator
  rsrp: number
  rsrq: number
}

/** Districts that are driven through, how many metres lie between two measurements. */
const districts = ['bergisch-neukirchen', 'luetzenkirchen', 'steinbuechel', 'schlebusch']
const apartM = 12

/** Level near an antenna and deep in a hole (dBm); it falls over so many metres at the edge. */
const levels = { best: -78, worst: -122 }
const edgeM = 320

/** A drive along invented streets: levels fall towards the holes of each network and waver, the same each time. */
export function driveThrough(stretches: readonly Stretch[], reach: readonly Reach[]): Sample[] {
  const networks = reach.filter(({ technology, isOnlyThere }) => technology === '4g' && !isOnlyThere)
  const driven = stretches.filter(({ districtId }) => districts.includes(districtId))
  return networks.flatMap(({ operator, discs }, number) => {
    const random = randomFrom(9000 + number)
    return driven.flatMap((stretch) =>
      Array.from({ length: Math.floor(stretch.lengthM / apartM) }, (_, index): Sample => {
        const [x, y] = along(stretch, (index + 0.5) * apartM)
        const outside = Math.min(edgeM, ...discs.map((disc) => Math.hypot(x - disc.x, y - disc.y) - disc.radius))
        const share = Math.max(0, Math.min(1, (outside + edgeM / 2) / (1.5 * edgeM)))
        const rsrp = levels.worst + (levels.best - levels.worst) * share + (random() + random() - 1) * 9
        return { x, y, operator, rsrp: tenths(rsrp), rsrq: tenths(-19 + 9 * share + (random() - 0.5) * 2) }
      }),
    )
  })
}

const tenths = (value: number) => Math.round(value * 10) / 10
