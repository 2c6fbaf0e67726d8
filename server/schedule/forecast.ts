import type { DurationCase, Forecast, Pool } from '../contract/schedule.ts'
import type { DurationRow } from './queries.ts'
import { addDays } from './rules.ts'
import { type Band, backTest, bandOf, type Duration, drawCurves } from './survival.ts'

/** Pools of comparable durations and the forecast of every running section and trade. The same rows give the same answer. */
export function forecastOf(rows: readonly DurationRow[]): { pools: Pool[]; forecasts: Forecast[] } {
  const groups = Map.groupBy(rows, poolId)
  const cases = new Map([...groups].map(([id, own]) => [id, own.map(toDuration)]))
  const draws = new Map([...cases].map(([id, own]) => [id, drawCurves(own, id)]))
  const running = rows.filter(({ doneOn }) => doneOn === null)
  return {
    pools: [...groups].map(([id, own]) => toPool(id, own, cases.get(id) ?? [])),
    forecasts: running.map((row) => toForecast(row, draws.get(poolId(row)) ?? null)),
  }
}

/** Sections and trades of one operator are compared across programmes; where none is named, within the programme. */
function poolId({ trade, operator, programmeId }: DurationRow): string {
  return `${trade ?? 'section'}:${operator ?? programmeId}`
}

function toDuration({ days, doneOn, least, most }: DurationRow): Duration {
  if (doneOn === null) return { days, isOver: false }
  // Without a first day an upper bound can have been any day from the start on.
  return { days, isOver: true, least: Math.min(least ?? 0, days), most: Math.max(most ?? days, days) }
}

function toPool(id: string, rows: readonly DurationRow[], cases: readonly Duration[]): Pool {
  const { trade, operator, programme } = rows[0] as DurationRow
  const completed = cases.filter(({ isOver }) => isOver).length
  return {
    ...{ id, trade, name: operator ?? programme, completed, running: cases.length - completed },
    cases: rows.map(toCase),
    backTest: backTest(cases, id),
  }
}

function toCase({
  sectionId,
  section,
  programmeId,
  actualStart,
  actualEnd,
  doneOn,
  reportedOn,
  days,
}: DurationRow): DurationCase {
  return { sectionId, section, programmeId, started: actualStart, ended: doneOn && actualEnd, reportedOn, days }
}

function toForecast(row: DurationRow, draws: ReturnType<typeof drawCurves>): Forecast {
  return {
    factId: row.id,
    poolId: poolId(row),
    sectionId: row.sectionId,
    section: row.section,
    programmeId: row.programmeId,
    trade: row.trade,
    started: row.actualStart,
    reportedOn: row.reportedOn,
    announcedEnd: row.plannedEnd,
    band: datesOf(row.begunOn, draws && bandOf(draws, row.days)),
  }
}

function datesOf(begunOn: string, band: Band | null): Forecast['band'] {
  const day = (days: number) => (Number.isFinite(days) ? addDays(begunOn, days) : null)
  return band && { from: day(band.from), median: day(band.median), to: day(band.to) }
}
