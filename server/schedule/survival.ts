import { minimumCases } from '../contract/schedule.ts'
import { medianOf } from './rules.ts'

/** A recorded duration in days. `isOver` false: still running when last reported (censored). */
export interface Duration {
  days: number
  isOver: boolean
  /** What the precision of its dates allows; left out: exactly `days`. */
  least?: number
  most?: number
}

/** A step of the survival curve: share of cases that last longer than `days`. */
export interface Step {
  days: number
  survival: number
}

/**
 * Product-limit estimator (Kaplan and Meier 1958): at each duration at which cases end, the share surviving is multiplied by one minus
 * ended over at risk. Cases censored on the same day are still at risk.
 */
export function kaplanMeier(cases: readonly Duration[]): Step[] {
  const sorted = cases.toSorted((a, b) => a.days - b.days || Number(b.isOver) - Number(a.isOver))
  const steps: Step[] = []
  let survival = 1
  for (let index = 0; index < sorted.length; ) {
    const days = (sorted[index] as Duration).days
    const atRisk = sorted.length - index
    let ended = 0
    for (; sorted[index]?.days === days; index += 1) ended += Number(sorted[index]?.isOver)
    if (ended === 0) continue
    survival *= 1 - ended / atRisk
    steps.push({ days, survival })
  }
  return steps
}

/** Smallest duration that a share `p` of those who last longer than `age` does not exceed; Infinity: the curve does not fall so far. */
export function quantileOf(curve: readonly Step[], p: number, age = 0): number {
  const reached = curve.filter(({ days }) => days <= age).at(-1)?.survival ?? 1
  const limit = reached * (1 - p)
  return curve.find(({ days, survival }) => days > age && survival <= limit + 1e-12)?.days ?? Number.POSITIVE_INFINITY
}

/** Band and median in days since the start; Infinity: open. */
export interface Band {
  from: number
  median: number
  to: number
}

const rounds = 1_000
const backTestRounds = 300
/** More cases than these are not left out one by one, but evenly chosen ones: it would take seconds and say no more. */
const mostBackTests = 60

/** A curve from cases drawn anew, and the place on it that is read. */
interface Draw {
  curve: readonly Step[]
  place: number
}

/**
 * Bootstrap: in each round the cases are drawn anew with replacement, each within what the precision of its dates leaves open, and a place
 * on the resulting curve is drawn. The same cases and seed give the same draws. null: fewer than `minimumCases` ended.
 */
export function drawCurves(cases: readonly Duration[], seed: string, draws = rounds): readonly Draw[] | null {
  if (cases.filter(({ isOver }) => isOver).length < minimumCases) return null
  return drawAll(cases, randomFrom(seed), draws)
}

function drawAll(cases: readonly Duration[], random: () => number, draws: number): Draw[] {
  return Array.from({ length: draws }, () => {
    const drawn = cases.map(() => vary(cases[Math.floor(random() * cases.length)] as Duration, random))
    return { curve: kaplanMeier(drawn), place: random() }
  })
}

/** Predictive 80 % band of a duration that has already lasted `age` days: between the 10th and the 90th hundredth of the draws. */
export function bandOf(draws: readonly Draw[], age = 0): Band {
  const ends = draws.map(({ curve, place }) => quantileOf(curve, place, age)).sort((a, b) => a - b)
  const at = (p: number) => ends[Math.min(Math.ceil(p * ends.length), ends.length) - 1] as number
  return { from: at(0.1), median: at(0.5), to: at(0.9) }
}

function vary({ days, isOver, least = days, most = days }: Duration, random: () => number): Duration {
  return { isOver, days: least < most ? Math.round(least + random() * (most - least)) : days }
}

/** How the forecast would have done: each ended case is left out and forecast from the others. null: too few cases. */
export function backTest(
  cases: readonly Duration[],
  seed: string,
): { cases: number; inside: number; medianErrorDays: number | null } | null {
  const ended = cases.filter(({ isOver }) => isOver)
  if (ended.length < minimumCases) return null
  const random = randomFrom(seed)
  const step = Math.ceil(ended.length / mostBackTests)
  const tried = ended.filter((_, index) => index % step === 0)
  const results = tried.map((one) => {
    const others = cases.filter((other) => other !== one)
    const { from, median, to } = bandOf(drawAll(others, random, backTestRounds))
    return { isInside: one.days >= from && one.days <= to, error: Math.abs(median - one.days) }
  })
  const median = medianOf(results.map(({ error }) => error)) ?? Number.POSITIVE_INFINITY
  const inside = results.filter(({ isInside }) => isInside).length
  return { cases: tried.length, inside, medianErrorDays: Number.isFinite(median) ? Math.round(median) : null }
}

/** Numbers from 0 to below 1 that follow from a text: FNV-1a seeds mulberry32. Good enough for drawing, not for secrets. */
export function randomFrom(seed: string): () => number {
  let state = [...seed].reduce((hash, letter) => Math.imul(hash ^ (letter.codePointAt(0) as number), 0x01000193), 0x811c9dc5)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
