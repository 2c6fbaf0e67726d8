import type { ExpressionSpecification, LayerSpecification } from '@maplibre/maplibre-gl-style-spec'
import type { LegendEntry, Theme } from './layer.ts'
import type { PatternName } from './patterns.ts'
import { ground } from './phase-look.ts'

export type Look = Omit<LegendEntry, 'label'>

const look = (light: [string, string], dark: [string, string], pattern: PatternName | null = null): Look => ({
  color: { light: light[0], dark: dark[0] },
  ink: { light: light[1], dark: dark[1] },
  pattern,
})

/**
 * How statements about mobile coverage look, by name. What is predicted is drawn with lines (a model's drawing), what is measured in
 * plain squares, what is reported as dots, spots with cross and dots. Checked like those of the phases (test/unit/styles.test.ts).
 */
export const mobileLooks = {
  'mobile-2g': look(['#e9edf8', '#3a4a80'], ['#20263a', '#aebdf2'], 'lines'),
  'mobile-4g': look(['#c9dcf7', '#12386f'], ['#1c3357', '#b9d4ff'], 'hatch'),
  'mobile-5g': look(['#4d84c4', '#04101f'], ['#4f88c8', '#04101f'], 'stripes'),
  'mobile-5g_sa': look(['#0d2f5c', '#ffffff'], ['#d5e6ff', '#0a2346'], null),
  'mobile-white': look(['#fff4f2', '#9c1f12'], ['#3b1512', '#ffb4a8'], 'cross'),
  'mobile-grey': look(['#d5d7de', '#2f3340'], ['#3d404b', '#e6e8ee'], 'dots'),
  'mobile-deficit': look(['#fdebc8', '#6b3d00'], ['#4a3100', '#ffd37a'], 'hatch'),
  'mobile-good': look(['#0b4a30', '#ffffff'], ['#cbf9e1', '#04291a'], null),
  'mobile-usable': look(['#8fd0ae', '#06301d'], ['#3a9168', '#04130b'], null),
  'mobile-weak': look(['#f7d9d4', '#8f1d14'], ['#4a1a16', '#ffb4a8'], 'cross'),
  'site-agreed': look(['#ffffff', '#4a1a6b'], ['#241433', '#e3c9f7'], 'dots'),
  'site-under-construction': look(['#e6d3f5', '#4a1a6b'], ['#4b2a68', '#f0dfff'], 'hatch'),
  'site-in-operation': look(['#4a1a6b', '#ffffff'], ['#e3c9f7', '#241433'], null),
  'site-municipal': look(['#fff3c4', '#5c4300'], ['#4a3a08', '#ffe08a'], 'lines'),
  'mobile-reported': look(['#a33b00', '#ffffff'], ['#ffb98a', '#3a1500'], 'dots'),
} as const satisfies Record<string, Look>
export type MobileLook = keyof typeof mobileLooks

type Areas = { id: string; property: string; looks: Readonly<Record<string, MobileLook>>; opacity?: number }

/** Fill, pattern and outline of the areas of a layer, by the value of one of its properties; later values are drawn above earlier ones. */
export function areaStyle({ id, property, looks, opacity = 0.85 }: Areas, theme: Theme): LayerSpecification[] {
  const entries = Object.entries(looks)
  const by = (value: (name: MobileLook, index: number) => string | number, otherwise: string | number) =>
    [
      'match',
      ['get', property],
      ...entries.flatMap(([code, name], index) => [code, value(name, index)]),
      otherwise,
    ] as unknown as ExpressionSpecification
  const from = { source: id, 'source-layer': id }
  const patterned = entries.filter(([, name]) => mobileLooks[name].pattern !== null).map(([code]) => code)
  const order = { 'fill-sort-key': by((_, index) => index, -1) }
  const pattern: LayerSpecification = {
    ...from,
    id: `${id}-pattern`,
    type: 'fill',
    filter: ['in', ['get', property], ['literal', patterned]],
    layout: order,
    paint: { 'fill-pattern': by((name) => `pattern:${name}:${theme}`, ''), 'fill-opacity': opacity },
  }
  return [
    {
      ...from,
      id: `${id}-fill`,
      type: 'fill',
      layout: order,
      paint: { 'fill-color': by((name) => mobileLooks[name].color[theme], ground.land[theme]), 'fill-opacity': opacity },
    },
    ...(patterned.length > 0 ? [pattern] : []),
    {
      ...from,
      id: `${id}-outline`,
      type: 'line',
      paint: { 'line-color': by((name) => mobileLooks[name].ink[theme], ground.boundary[theme]), 'line-width': 0.75 },
    },
  ]
}
