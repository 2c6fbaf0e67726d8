import { describe, expect, it } from 'vitest'
import { minimumCases, type Outcome } from '../../server/contract/schedule.ts'
import { type LedgerCase, ledgerOf, medianOf, outcomeOf, rangeBetween } from '../../server/schedule/rules.ts'
import {
  backTest,
  bandOf,
  type Duration,
  drawCurves,
  kaplanMeier,
  quantileOf,
  randomFrom,
} from '../../server/schedule/survival.ts'

const ended = (...days: number[]): Duration[] => days.map((one) => ({ days: one, isOver: true }))
const predict = (cases: Duration[], seed: string, age = 0, rounds?: number) => {
  const draws = drawCurves(cases, seed, rounds)
  return draws && bandOf(draws, age)
}
const running = (...days: number[]): Duration[] => days.map((one) => ({ days: one, isOver: false }))

describe('differences between imprecise dates', () => {
  it('count from last day to last day and say what the precision leaves open', () => {
    expect(rangeBetween('2022-end', '2023-end')).toEqual({ days: 365, least: 244, most: 486 })
    expect(rangeBetween('2022-03-28', '2022-04-01')).toEqual({ days: 4, least: 4, most: 4 })
    expect(rangeBetween('2022-end', 'by 2023-03-31')).toEqual({ days: 90, least: null, most: 211 })
    expect(rangeBetween('by 2022-12-31', '2023-01-31')).toEqual({ days: 31, least: 31, most: null })
  })

  it('decide between on time and late only where both precisions do', () => {
    expect(outcomeOf('2022-end', '2022-10', '2024-01-01')).toBe('on_time')
    expect(outcomeOf('2022-06-30', '2022-06-30', '2024-01-01')).toBe('on_time')
    expect(outcomeOf('2022-end', '2023-01', '2024-01-01')).toBe('late')
    expect(outcomeOf('2022-06-30', '2022', '2024-01-01')).toBe('undecided')
    expect(outcomeOf('2020-winter', 'by 2022-03-28', '2024-01-01')).toBe('undecided')
    expect(outcomeOf('2022-end', null, '2022-12-31')).toBe('open')
    expect(outcomeOf('2022-end', null, '2023-01-01')).toBe('overdue')
  })
})

describe('the ledger', () => {
  const one = (outcome: Outcome, slipDays: number | null, more: Partial<LedgerCase> = {}): LedgerCase => ({
    ...{ operator: 'EVL', timesMoved: 0, isWithdrawn: false, outcome, slipDays },
    ...more,
  })

  it('gives no median and no share below the minimum, and both from it on', () => {
    const cases = Array.from({ length: minimumCases - 1 }, (_, index) => one('late', 10 * (index + 1)))
    expect(ledgerOf(cases)[0]).toMatchObject({ happened: 7, medianSlipDays: null, onTimeShare: null })
    const [line] = ledgerOf([...cases, one('undecided', 0), one('overdue', null, { timesMoved: 2 })])
    expect(line).toMatchObject({ announced: 9, happened: 8, moved: 1, overdue: 1, medianSlipDays: 35 })
    expect(line?.onTimeShare).toEqual({ least: 0, most: 1 / 8 })
  })

  it('puts dates without an operator last', () => {
    const lines = ledgerOf([one('open', null, { operator: null }), one('open', null, { operator: null }), one('open', null)])
    expect(lines.map(({ operator, announced }) => [operator, announced])).toEqual([
      ['EVL', 1],
      [null, 2],
    ])
  })

  it('takes the mean of the middle two of an even number', () => {
    expect([medianOf([3, 1, 2]), medianOf([4, 1, 2, 3]), medianOf([])]).toEqual([2, 2.5, null])
  })
})

describe('the survival curve', () => {
  it('agrees with an example worked out by hand', () => {
    // At risk 6: one of 6 ends at 6 (5/6); at 7 one of 4 at risk (the one of 6+ is gone), at 10 both last ones of 2.
    const curve = kaplanMeier([...ended(6, 7, 10, 10), ...running(6, 8)])
    expect(curve.map(({ days }) => days)).toEqual([6, 7, 10])
    expect(curve.map(({ survival }) => survival)).toEqual([5 / 6, expect.closeTo((5 / 6) * (3 / 4)), 0])
  })

  it('agrees with the 6-MP arm of Freireich 1963, the textbook case', () => {
    const curve = kaplanMeier([
      ...ended(6, 6, 6, 7, 10, 13, 16, 22, 23),
      ...running(6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35),
    ])
    const survival = [0.857, 0.807, 0.753, 0.69, 0.627, 0.538, 0.448]
    expect(curve.map((step) => Number(step.survival.toFixed(3)))).toEqual(survival)
    expect(quantileOf(curve, 0.5)).toBe(23)
  })

  it('is open where it does not fall far enough, and shortens to those that last longer than the age', () => {
    const curve = kaplanMeier([...ended(10, 20, 30, 40), ...running(50)])
    expect(quantileOf(curve, 0.5)).toBe(30)
    expect(quantileOf(curve, 0.9)).toBe(Number.POSITIVE_INFINITY)
    expect(quantileOf(curve, 0.5, 25)).toBe(40)
  })
})

describe('the forecast', () => {
  it('says nothing below eight ended cases, however many run', () => {
    expect(predict([...ended(1, 2, 3, 4, 5, 6, 7), ...running(9, 9, 9, 9)], 'a')).toBeNull()
    expect(backTest(ended(1, 2, 3, 4, 5, 6, 7), 'a')).toBeNull()
    expect(predict(ended(1, 2, 3, 4, 5, 6, 7, 8), 'a')).not.toBeNull()
  })

  it('is the same for the same cases and seed, and never ends before what has passed', () => {
    const cases = [...ended(100, 120, 130, 150, 160, 190, 220, 300), ...running(180)]
    expect(predict(cases, 'manfort', 170)).toEqual(predict(cases, 'manfort', 170))
    expect(predict(cases, 'manfort', 170)?.from).toBeGreaterThan(170)
    expect(predict(cases, 'manfort', 400)).toEqual({ from: Infinity, median: Infinity, to: Infinity })
  })

  it('widens where the dates are imprecise', () => {
    const exact = ended(200, 200, 200, 200, 200, 200, 200, 200)
    expect(predict(exact, 'a')).toEqual({ from: 200, median: 200, to: 200 })
    const vague = exact.map((one) => ({ ...one, least: 100, most: 300 }))
    const band = predict(vague, 'a')
    expect(band?.from).toBeLessThan(140)
    expect(band?.to).toBeGreaterThan(260)
  })

  it('holds the actual end in 70 to 90 of 100 simulated programmes', () => {
    const random = randomFrom('simulated programmes')
    // Skewed like real works: most take some months, few take very long; a fifth still run when looked at.
    const duration = () => Math.round(60 + 180 * (-Math.log(1 - random())) ** 0.7)
    const draw = () => {
      const days = duration()
      const seen = random() < 0.2 ? Math.round(days * random()) + 1 : Number.POSITIVE_INFINITY
      return seen < days ? { days: seen, isOver: false } : { days, isOver: true }
    }
    let inside = 0
    const programmes = 400
    for (let index = 0; index < programmes; index += 1) {
      const cases = Array.from({ length: 12 + (index % 30) }, draw)
      const band = predict(cases, `programme ${index}`, 0, 300)
      const actual = duration()
      if (band && actual >= band.from && actual <= band.to) inside += 1
    }
    expect(inside / programmes).toBeGreaterThan(0.7)
    expect(inside / programmes).toBeLessThan(0.9)
  })

  it('is tried on each ended case by leaving it out', () => {
    const test = backTest([...ended(100, 110, 120, 130, 140, 150, 160, 170, 180, 1000), ...running(90)], 'a')
    expect(test?.cases).toBe(10)
    // The shortest and the one that ran away lie outside what the others show.
    expect(test?.inside).toBeGreaterThanOrEqual(7)
    expect(test?.inside).toBeLessThanOrEqual(9)
    expect(test?.medianErrorDays).toBeGreaterThan(10)
    expect(test?.medianErrorDays).toBeLessThan(60)
  })
})
