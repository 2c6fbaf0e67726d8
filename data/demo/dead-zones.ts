import type { Knex } from 'knex'
import type { IsoDate } from '../../server/contract/dates.ts'
import type { DayPart } from '../../server/contract/dead-zones.ts'
import { addDays } from '../../server/contract/working-days.ts'
import type { Middles } from './mobile.ts'
import type { Position } from './streets.ts'

interface Plan {
  district: string
  /** Metres east and north of the district's middle. */
  offset: Position
  operator: 'telekom' | 'vodafone' | 'telefonica' | '1und1' | 'unknown'
  technology: 'none' | '2g' | '4g' | '5g'
  surroundings: 'indoors' | 'outdoors' | 'vehicle'
  /** Days ago. */
  seen: number
  dayPart: DayPart
  /** Left out: nobody has decided yet. */
  isPublished?: true
}

const published = { isPublished: true } as const
const white: Pick<Plan, 'district' | 'offset'> = { district: 'bergisch-neukirchen', offset: [430, 390] }

const plans: readonly Plan[] = [
  { ...published, ...white, operator: 'telekom', technology: 'none', surroundings: 'outdoors', seen: 70, dayPart: 'afternoon' },
  { ...published, ...white, operator: 'vodafone', technology: 'none', surroundings: 'vehicle', seen: 64, dayPart: 'morning' },
  {
    ...{ ...published, district: 'bergisch-neukirchen', offset: [180, 300], operator: 'telefonica', technology: '2g' },
    ...{ surroundings: 'indoors', seen: 52, dayPart: 'evening' },
  },
  {
    ...{ ...published, district: 'steinbuechel', offset: [910, 360], operator: 'vodafone', technology: 'none' },
    ...{ surroundings: 'vehicle', seen: 47, dayPart: 'morning' },
  },
  {
    ...{ ...published, district: 'luetzenkirchen', offset: [340, -190], operator: 'telekom', technology: '2g' },
    ...{ surroundings: 'outdoors', seen: 40, dayPart: 'afternoon' },
  },
  {
    ...{ ...published, district: 'manfort', offset: [170, -410], operator: 'telekom', technology: '2g' },
    ...{ surroundings: 'indoors', seen: 36, dayPart: 'evening' },
  },
  {
    ...{ district: 'hitdorf', offset: [-480, 440], operator: 'telefonica', technology: 'none' },
    ...{ surroundings: 'outdoors', seen: 6, dayPart: 'afternoon' },
  },
  {
    ...{ district: 'schlebusch', offset: [690, -480], operator: 'unknown', technology: '4g' },
    ...{ surroundings: 'indoors', seen: 3, dayPart: 'night' },
  },
]

/** Invented reports: some published, two that wait for a decision. Returns how many. */
export async function loadDeadZones(trx: Knex, middles: Middles, today: IsoDate): Promise<number> {
  for (const { district, offset, seen, isPublished, operator, technology, surroundings, dayPart } of plans) {
    const [x, y] = middles.get(district) ?? [0, 0]
    const { rows } = await trx.raw<{ rows: [{ id: number }] }>(
      `insert into dead_zone_reports (received_on, operator, technology, surroundings, seen_on, day_part, cell)
       select :receivedOn, :operator, :technology, :surroundings, :seenOn, :dayPart,
         grid_cell(100 * floor(st_x(p.point) / 100)::integer, 100 * floor(st_y(p.point) / 100)::integer)
       from (select st_transform(st_setsrid(st_point(:x, :y), 25832), 3035) as point) p returning id`,
      {
        ...{ operator, technology, surroundings, dayPart, x: x + offset[0], y: y + offset[1] },
        ...{ receivedOn: addDays(today, 1 - seen), seenOn: addDays(today, -seen) },
      },
    )
    const [{ id }] = rows
    await trx('demo_dead_zones').insert({ report_id: id })
    await trx('dead_zone_remarks').insert({ report_id: id, remark: 'Erfundene Meldung zum Ausprobieren' })
    const change = { change_id: trx.raw("current_setting('history.change')::bigint") }
    if (isPublished) await trx('dead_zone_decisions').insert({ report_id: id, status: 'published', ...change })
  }
  return plans.length
}
