/** Which premises are chosen: some by their ids, or all that fit the filter, loaded or not. */
export type Selection = { all: true } | { all: false; ids: ReadonlySet<string> }

export const noSelection: Selection = { all: false, ids: new Set() }

export function isSelected(selection: Selection, id: string): boolean {
  return selection.all || selection.ids.has(id)
}

export function countOf(selection: Selection, total: number): number {
  return selection.all ? total : selection.ids.size
}

/** One more or one less. Taken out of all, what is loaded stays chosen. */
export function toggle(selection: Selection, id: string, loaded: readonly string[]): Selection {
  const ids = new Set(selection.all ? loaded : selection.ids)
  if (!ids.delete(id)) ids.add(id)
  return { all: false, ids }
}

/** Everything from `from` to `to` in the order of the list, beside what was chosen before. */
export function selectRange(selection: Selection, from: string, to: string, loaded: readonly string[]): Selection {
  if (selection.all) return selection
  const [start, end] = [loaded.indexOf(from), loaded.indexOf(to)]
  if (start < 0 || end < 0) return toggle(selection, to, loaded)
  return { all: false, ids: new Set([...selection.ids, ...loaded.slice(Math.min(start, end), Math.max(start, end) + 1)]) }
}

/** As kept over a reload; anything else is nothing. */
export function readSelection(text: string | null): Selection {
  if (text === 'all') return { all: true }
  return { all: false, ids: new Set((text ?? '').split(' ').filter(Boolean)) }
}

export function writeSelection(selection: Selection): string {
  return selection.all ? 'all' : [...selection.ids].join(' ')
}
