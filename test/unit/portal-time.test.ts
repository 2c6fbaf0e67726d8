import { describe, expect, it } from 'vitest'
import { dayFrom, dayNumber, quarterStep } from '../../client/portal/days.ts'
import { type Bar, barOf, extentOf, ticksOf } from '../../client/portal/periods.ts'

/** A bar with its days as dates. */
function days(bar: Bar | null) {
  return (
    bar && {
      possible: [dayFrom(bar.possible.from), dayFrom(bar.possible.to)],
      certain: bar.certain && [dayFrom(bar.certain.from), dayFrom(bar.certain.to)],
    }
  )
}

describe('Days', () => {
  it('are numbered and read back', () => {
    expect(dayFrom(dayNumber('2022-03-28'))).toBe('2022-03-28')
    expect(dayNumber('2022-03-28') - dayNumber('2022-03-27')).toBe(1)
  })

  it.each([
    ['2022-03-28', -1, '2022-01-01'],
    ['2022-01-01', -1, '2021-10-01'],
    ['2022-03-28', 1, '2022-04-01'],
    ['2022-11-05', 1, '2023-01-01'],
    ['2022-04-01', 1, '2022-07-01'],
  ] as const)('step from %s by %i quarter to %s', (day, direction, result) => {
    expect(quarterStep(day, direction)).toBe(result)
  })
})

describe('A period with imprecise dates', () => {
  it('is certain between the last day it can have begun and the first it can have ended', () => {
    expect(days(barOf('2021-03', '2022-Q1'))).toEqual({
      possible: ['2021-03-01', '2022-03-31'],
      certain: ['2021-03-31', '2022-01-01'],
    })
  })

  it('has no certain day up to an upper bound', () => {
    expect(days(barOf('2021-03', 'by 2021-09-20'))).toEqual({ possible: ['2021-03-01', '2021-09-20'], certain: null })
  })

  it('goes on to the day shown, certain only as far as it was reported', () => {
    const running = { reported: '2022-03-28', asOf: '2026-11-21' }
    expect(days(barOf('2021-04', null, running))).toEqual({
      possible: ['2021-04-01', '2026-11-21'],
      certain: ['2021-04-30', '2022-03-28'],
    })
    expect(days(barOf('2021-04', null, { ...running, asOf: '2021-06-01' }))?.certain).toEqual(['2021-04-30', '2021-06-01'])
  })

  it('that only has an end begins in the open', () => {
    const bar = barOf(null, '2022-end')
    expect(bar).toMatchObject({ openStart: true, openEnd: false, certain: null })
    expect(days(bar)?.possible[1]).toBe('2022-12-31')
  })

  it('does not exist without dates', () => {
    expect(barOf(null, null)).toBeNull()
  })
})

describe('The axis', () => {
  it('covers whole years, the day shown included', () => {
    const bar = barOf('2021-03', '2022-06') as Bar
    const extent = extentOf([bar], '2023-02-01')
    expect([dayFrom(extent.from), dayFrom(extent.to)]).toEqual(['2021-01-01', '2024-01-01'])
  })

  it('has quarters where there is room, else years, else every second one', () => {
    const extent = { from: dayNumber('2021-01-01'), to: dayNumber('2023-01-01') }
    expect(ticksOf(extent, 8)).toHaveLength(8)
    expect(ticksOf(extent, 7).map((tick) => tick.year)).toEqual([2021, 2022])
    expect(ticksOf({ from: extent.from, to: dayNumber('2025-01-01') }, 2).map((tick) => tick.year)).toEqual([2021, 2023])
  })
})
