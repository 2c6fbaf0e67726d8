import { type Phase, phases } from '../codes.ts'
import type { LegendEntry, Theme } from './layer.ts'
import type { PatternName } from './patterns.ts'

export interface PhaseLook {
  color: Record<Theme, string>
  /** Colour of the pattern; of a plain area, that of writing on it. */
  ink: Record<Theme, string>
  pattern: PatternName | null
}

/**
 * How each phase looks. Patterns mark work going on (stripes, dots), what is only announced (hatch: lines on empty ground) and
 * what stands still (cross, lines); reached states are plain and grow darker step by step (lighter on dark ground).
 * Neighbours in the legend differ by 3:1 in colour, or by a pattern whose ink stands out 3:1 on both of them
 * (test/unit/styles.test.ts, also for deuteranopia and achromatopsia).
 */
export const phaseLooks: Readonly<Record<Phase, PhaseLook>> = {
  unknown: { color: { light: '#eceef2', dark: '#2b2e3b' }, ink: { light: '#2f3340', dark: '#e6e8ee' }, pattern: null },
  planning: { color: { light: '#f3f6fd', dark: '#1e2433' }, ink: { light: '#2f5597', dark: '#9dbcf5' }, pattern: 'hatch' },
  civil_works: { color: { light: '#f6b44b', dark: '#7a4a00' }, ink: { light: '#5c3200', dark: '#ffd37a' }, pattern: 'stripes' },
  civil_works_done: { color: { light: '#bfe3f6', dark: '#183e54' }, ink: { light: '#12324a', dark: '#e3f4fd' }, pattern: null },
  fibre_blown: { color: { light: '#3983bd', dark: '#468dc5' }, ink: { light: '#04121d', dark: '#04121d' }, pattern: null },
  connecting: { color: { light: '#1f8556', dark: '#1f7a4f' }, ink: { light: '#ffffff', dark: '#eafff3' }, pattern: 'dots' },
  usable: { color: { light: '#063d27', dark: '#cbf9e1' }, ink: { light: '#ffffff', dark: '#04291a' }, pattern: null },
  on_hold: { color: { light: '#f7d9d4', dark: '#4a1a16' }, ink: { light: '#8f1d14', dark: '#ffb4a8' }, pattern: 'cross' },
  cancelled: { color: { light: '#b9bcc6', dark: '#4a4d58' }, ink: { light: '#33363f', dark: '#e6e8ee' }, pattern: 'lines' },
}

export const phaseLegend: readonly LegendEntry[] = phases.keys.map((phase) => ({
  label: phases.labels[phase],
  ...phaseLooks[phase],
}))

/**
 * Which phase speaks for a place where several sections lie: the furthest one, work that stands still before none.
 * Higher is further; also the drawing order of overlapping areas.
 */
export const phaseRank: Readonly<Record<Phase, number>> = {
  unknown: 0,
  cancelled: 1,
  on_hold: 2,
  planning: 3,
  civil_works: 4,
  civil_works_done: 5,
  fibre_blown: 6,
  connecting: 7,
  usable: 8,
}

/** Quiet colours of the ground the phases are drawn on. */
export const ground: Readonly<Record<'outside' | 'land' | 'boundary' | 'text' | 'halo', Record<Theme, string>>> = {
  outside: { light: '#e3e6ec', dark: '#0d0f16' },
  land: { light: '#f7f8fa', dark: '#1a1c26' },
  boundary: { light: '#4f5668', dark: '#a7adc0' },
  text: { light: '#16181f', dark: '#f4f5f8' },
  halo: { light: '#ffffff', dark: '#0b0c11' },
}

/** Name of the font in styles; the client maps it to its own file (`font-faces`), no glyph server is asked. */
export const mapFont = 'Fira Sans SemiBold'
