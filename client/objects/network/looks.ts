import type { Theme } from '../../../server/contract/layers/layer.ts'
import type { NetworkStatus } from '../../../server/contract/objects/codes.ts'
import type { LineKind, NetworkKind } from '../../../server/contract/objects.ts'

type Ink = Readonly<Record<Theme, string>>

// How the network is drawn, on the map and in front of words.

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

/** A laid trench is a double line, and so, thinly, is a duct that was there before: how much of the width is left open inside. */
export const heartShares: Readonly<Record<LineKind, number>> = { route: 0.45, duct: 0.4, cable: 0 }

export function hasHeart(kind: LineKind, status: NetworkStatus, isReused: boolean): boolean {
  return kind === 'route' ? status === 'laid' : kind === 'duct' && isReused
}

/** Dashes of the edge of a structure, in pixels; only what is laid is filled. */
export const structureDashes: Readonly<Record<NetworkStatus, readonly number[] | null>> = {
  planned: [2, 2],
  under_construction: [5, 2],
  laid: null,
}

/** Letter in the sign of a structure. */
export const structureLetters: Readonly<Record<string, string>> = {
  pop: 'P',
  distribution_cabinet: 'V',
  cable_chamber: 'S',
  other: '?',
}
