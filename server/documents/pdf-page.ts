/** A4 with room for the lines at head and foot (points). */
export const page = { width: 595.28, height: 841.89, left: 56, right: 56, top: 64, bottom: 78 }
export const margins = { left: page.left, right: page.right, top: page.top, bottom: page.bottom }
export const textWidth = page.width - page.left - page.right

export const colours = { text: '#171a2b', muted: '#4b5169', link: '#171a9c', line: '#8b91ab', shade: '#f1f2f7' }
export const sizes = { 1: 20, 2: 14, 3: 11.5, text: 10, small: 8 }

/** What the typings of the library do not know yet: scope of header cells, place of a figure on its page. */
export type StructureOptions = PDFKit.Mixins.StructureElementOptions & {
  scope?: 'Column' | 'Row'
  bbox?: readonly [left: number, top: number, right: number, bottom: number]
}
