import { hasOtherValue } from './suppression-search.ts'
import { hasWitness } from './suppression-witness.ts'

/** Measures of a table, each a part of the one before (nested sets). */
export const released = ['potential', 'passed', 'connected'] as const
export type ReleasedMeasure = (typeof released)[number]

/** Row of the whole programme. */
export const totalRow = ''
/** Figures below this, and differences of published figures below it, are not public (domain: at least four households). */
export const smallest = 4

/** Why a figure is not public: small (or a difference to a published one is), or it would give away another one. */
export type Hidden = 'small' | 'partner' | null

/** Counts of one programme and kind on one day: per district and in all, in the order of `released`. */
export interface CountTable {
  /** ISO day. */
  stand: string
  counts: ReadonlyMap<string, readonly number[]>
  /** Public or not; a row that is missing is public and 0. */
  hidden: ReadonlyMap<string, readonly Hidden[]>
}

/** A sum the public knows from elsewhere (reported figure, target): these districts (or the total) together. */
export interface KnownSum {
  measure: number
  rows: readonly string[]
  value: number
}

/** A figure of one release; `time` is an index into the tables, oldest Stand first. */
export interface Figure {
  row: string
  measure: number
  time: number
}

type Mask = Map<string, Hidden[]>
interface Place {
  row: string
  measure: number
}

const subsets = [
  [true, true, true],
  [true, false, true],
  [true, true, false],
  [true, false, false],
  [false, true, true],
  [false, false, true],
  [false, true, false],
  [false, false, false],
] as const

const isSmall = (value: number) => value > 0 && value < smallest

/** Whether the published figures of a row and the differences between them are all 0 or large enough. */
function isRowSafe(counts: readonly number[], isPublic: (measure: number) => boolean): boolean {
  const shown = [...counts.filter((_, measure) => isPublic(measure)), 0]
  return shown.slice(0, -1).every((value, index) => !isSmall(value - (shown[index + 1] as number)))
}

/**
 * What of a table must not be public, in the knowledge of everything published before (`history`) and elsewhere (`known`).
 * Small figures are hidden first; then, one by one, the figure that helps most, until for every hidden figure of every release there
 * is another value that fits all that is public. At worst everything is hidden, which tells nothing new: so that always ends.
 */
export function suppress(
  table: Pick<CountTable, 'stand' | 'counts'>,
  history: readonly CountTable[],
  known: readonly KnownSum[],
): Map<string, Hidden[]> {
  const mask: Mask = new Map()
  for (const [row, counts] of table.counts) {
    const subset = subsets.find((shown) => isRowSafe(counts, (measure) => shown[measure] === true)) ?? subsets[7]
    mask.set(
      row,
      subset.map((shown) => (shown ? null : 'small')),
    )
  }
  const { audit, isLost } = auditor(table, history, known)
  let open = audit(mask)
  while (open > 0) {
    const next = candidates(table, mask, isLost)
      .map((place) => ({ place, left: audit(withPlace(mask, place, 'partner')) }))
      .reduce<{ place: Place; left: number } | undefined>((best, one) => (best && best.left <= one.left ? best : one), undefined)
    if (!next) break
    hide(mask, next.place)
    open = next.left
  }
  showNeedless(table, mask, audit)
  return mask
}

/**
 * Counts what a mask gives away, beyond what is lost whatever this release shows. Figures that even withholding everything leaves without
 * a simple witness are searched for another value.
 */
function auditor(table: Pick<CountTable, 'stand' | 'counts'>, history: readonly CountTable[], known: readonly KnownSum[]) {
  const everything = new Map([...table.counts.keys()].map((row) => [row, released.map((): Hidden => 'partner')]))
  const inOrder = (hidden: Mask) =>
    [...history, { ...table, hidden }].toSorted((a, b) => (a.stand < b.stand ? -1 : a.stand > b.stand ? 1 : 0))
  const withheld = inOrder(everything)
  const weak = hiddenFigures(withheld).filter((figure) => !hasWitness(withheld, known, figure))
  const fragile = weak.filter((figure) => hasOtherValue(withheld, known, figure))
  const isIn = (figures: readonly Figure[], { row, measure, time }: Figure) =>
    figures.some((one) => one.row === row && one.measure === measure && one.time === time)
  const lost = weak.filter((figure) => !isIn(fragile, figure))
  const now = withheld.findIndex((one) => one.hidden === everything)
  const isLost = (place: Place) => isIn(lost, { ...place, time: now })
  const audit = (hidden: Mask) => {
    const tables = inOrder(hidden)
    const givenAway = hiddenFigures(tables).filter((figure) =>
      isIn(weak, figure) ? isIn(fragile, figure) && !hasOtherValue(tables, known, figure) : !hasWitness(tables, known, figure),
    )
    return givenAway.length + smallRests({ ...table, hidden }, isLost)
  }
  return { audit, isLost }
}

function hiddenFigures(tables: readonly CountTable[]): Figure[] {
  return tables.flatMap((table, time) =>
    [...table.hidden].flatMap(([row, cells]) =>
      cells.flatMap((hidden, measure) => (hidden === null ? [] : [{ row, measure, time }])),
    ),
  )
}

/** Columns whose hidden districts together are less than the smallest public figure: total minus the others tells it. */
function smallRests({ counts, hidden }: CountTable, isLost: (place: Place) => boolean): number {
  return released.filter((_, measure) => {
    if ((hidden.get(totalRow)?.[measure] ?? null) !== null) return false
    const withheld = [...counts.keys()].filter((row) => row !== totalRow && hidden.get(row)?.[measure])
    const rest = withheld.reduce((sum, row) => sum + (counts.get(row)?.[measure] ?? 0), 0)
    return isSmall(rest) && !withheld.every((row) => isLost({ row, measure }))
  }).length
}

/**
 * Public figures that may be given up next: those of districts, small ones first; when none is left the totals, then zeros, which tell
 * least.
 */
function candidates({ counts }: Pick<CountTable, 'counts'>, mask: Mask, isLost: (place: Place) => boolean): Place[] {
  const countOf = ({ row, measure }: Place) => counts.get(row)?.[measure] ?? 0
  const tier = (place: Place) => (countOf(place) === 0 ? 2 : place.row === totalRow ? 1 : 0)
  const shown = [...mask].flatMap(([row, cells]) =>
    cells.flatMap((hidden, measure) => (hidden === null ? [{ row, measure }] : [])),
  )
  const useful = shown.filter((place) => !isLost(place))
  const first = Math.min(...useful.map(tier))
  return useful
    .filter((place) => tier(place) === first)
    .toSorted((a, b) => countOf(a) - countOf(b) || b.measure - a.measure || (a.row < b.row ? -1 : 1))
}

/** Shows again what turned out needless, the largest figures first. */
function showNeedless(table: Pick<CountTable, 'counts'>, mask: Mask, audit: (mask: Mask) => number): void {
  const places = [...mask].flatMap(([row, cells]) =>
    cells.flatMap((hidden, measure) => (hidden === 'partner' ? [{ row, measure }] : [])),
  )
  const value = ({ row, measure }: Place) => (row === totalRow ? 1e9 : 0) + (table.counts.get(row)?.[measure] ?? 0)
  for (const place of places.toSorted((a, b) => value(b) - value(a) || a.measure - b.measure)) {
    const tried = withPlace(mask, place, null)
    const cells = tried.get(place.row) as Hidden[]
    if (isRowSafe(table.counts.get(place.row) ?? [], (measure) => cells[measure] === null) && audit(tried) === 0)
      mask.set(place.row, cells)
  }
}

function withPlace(mask: Mask, { row, measure }: Place, value: Hidden): Mask {
  return new Map(mask).set(row, (mask.get(row) ?? []).with(measure, value))
}

function hide(mask: Mask, { row, measure }: Place): void {
  mask.set(row, (mask.get(row) ?? []).with(measure, 'partner'))
}
