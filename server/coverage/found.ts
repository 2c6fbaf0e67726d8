import type { CoverageFound } from '../contract/coverage.ts'
import { formatNumber } from '../contract/numbers.ts'
import { FileRefused } from '../formats/index.ts'

const mostProblems = 100
const mostForeign = 50

/** Counts what is read of a file, and keeps the first rows that cannot be used. */
export class Tally {
  rows = 0
  used = 0
  outside = 0
  unusable = 0
  mended = 0
  readonly problems: CoverageFound['problems'] = []
  private readonly kinds = new Map<string, { name: string; count: number }>()
  private readonly foreign = new Map<string, number>()

  /** `kind` gathers alike problems; the first text of a kind names it. */
  refuse(row: number, kind: string, text: string): void {
    this.unusable += 1
    const known = this.kinds.get(kind)
    this.kinds.set(kind, { name: known?.name ?? text, count: (known?.count ?? 0) + 1 })
    if (this.problems.length < mostProblems) this.problems.push({ row, text })
  }

  keepApart(word: string): void {
    if (this.foreign.size < mostForeign || this.foreign.has(word)) this.foreign.set(word, (this.foreign.get(word) ?? 0) + 1)
  }

  listForeign(): CoverageFound['foreign'] {
    return [...this.foreign].map(([name, count]) => ({ name, count })).toSorted((a, b) => b.count - a.count)
  }

  listKinds(): CoverageFound['kinds'] {
    return [...this.kinds.values()].toSorted((a, b) => b.count - a.count)
  }

  /** A file of which more than half is of no use is not trusted at all. */
  judge(): void {
    if (this.rows === 0) throw new FileRefused('no-rows', 'Die Datei enthält keine Zeilen mit Daten.')
    if (this.unusable * 2 <= this.rows) return
    const [first] = this.problems
    throw new FileRefused(
      'mostly-unusable',
      `Mehr als die Hälfte der Zeilen ist nicht brauchbar (${count(this.unusable)} von ${count(this.rows)}). Zuerst Zeile ${first?.row}: ${first?.text} ${listOf(this.listKinds())} Es wurde nichts übernommen.`,
    )
  }
}

function listOf(kinds: CoverageFound['kinds']): string {
  return kinds.length < 2
    ? ''
    : `Weitere Gründe: ${kinds
        .slice(1, 4)
        .map(({ name, count: times }) => `${count(times)}-mal „${name}“`)
        .join(', ')}.`
}

/** "1 Zeile", "1.200 Zeilen". */
export const linesOf = (number: number) => `${count(number)} ${number === 1 ? 'Zeile' : 'Zeilen'}`

export const count = (number: number) => formatNumber(number, 'de', 0)
