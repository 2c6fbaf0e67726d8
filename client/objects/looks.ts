import type { Theme } from '../../server/contract/layers/layer.ts'
import type { NetworkStatus, PremisesKind } from '../../server/contract/objects/codes.ts'
import type { LineKind, NetworkKind } from '../../server/contract/objects.ts'

type Ink = Readonly<Record<Theme, string>>

/** Colour of each kind; width and place beside the trench tell them apart without it. Bottom to top in drawing order. */
export const networkInks: Readonly<Record<NetworkKind, Ink>> = {
  route: { light: '#8a5a1c', dark: '#e0a85c' },
  duct: { light: '#0b6e99', dark: '#6cc5ec' },
  cable: { light: '#8a1c6b', dark: '#f08fd3' },
  structure: { light: '#1a2433', dark: '#f2f5fa' },
}

/** Lines lie on each other: ducts are drawn to the left, cables to the right of the trench. Pixels at zoom 16. */
export const lineShapes: Readonly<Record<LineKind, { width: number; offset: number }>> = {
  route: { width: 6, offset: 0 },
  duct: { width: 3, offset: -6 },
  cable: { width: 2, offset: 6 },
}

/** Dashes of a status, in widths of the line: planned is dotted, under construction dashed, laid drawn through. */
export const statusDashes: Readonly<Record<NetworkStatus, readonly number[] | null>> = {
  planned: [0.6, 1.6],
  under_construction: [3, 1.4],
  laid: null,
}

export type Shape = 'circle' | 'square' | 'triangle' | 'cross' | 'diamond' | 'star'

/** Form of each kind of premises. */
export const premisesShapes: Readonly<Record<PremisesKind, Shape>> = {
  household: 'circle',
  business: 'square',
  educational_institution: 'triangle',
  hospital: 'cross',
  public_building: 'diamond',
  mobile_site: 'star',
}

/** How far premises are (`reached` of the tiles): the form is empty, a quarter, half or wholly filled. */
export const reachedWords = ['noch nicht versorgbar', 'versorgbar', 'angeschlossen', 'in Betrieb'] as const

export const premisesInks: readonly Ink[] = [
  { light: '#5c6475', dark: '#b5bccb' },
  { light: '#2c6fa8', dark: '#79b4e6' },
  { light: '#1f7a4f', dark: '#63cf9d' },
  { light: '#063d27', dark: '#cbf9e1' },
]

/** Letter in the sign of a structure. */
export const structureLetters: Readonly<Record<string, string>> = {
  pop: 'P',
  distribution_cabinet: 'V',
  cable_chamber: 'S',
  other: '?',
}
