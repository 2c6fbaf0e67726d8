import { type LayerSpecification, validateStyleMin } from '@maplibre/maplibre-gl-style-spec'
import { describe, expect, it } from 'vitest'
import { phases } from '../../server/contract/codes.ts'
import { layers } from '../../server/contract/layers/index.ts'
import type { Layer, Theme } from '../../server/contract/layers/layer.ts'
import { type MobileLook, mobileLooks } from '../../server/contract/layers/mobile-look.ts'
import { patterns } from '../../server/contract/layers/patterns.ts'
import { ground, phaseLooks } from '../../server/contract/layers/phase-look.ts'

const themes: Theme[] = ['light', 'dark']
const drawn = layers.filter((layer): layer is Layer & { style: NonNullable<Layer['style']> } => layer.style !== undefined)
const hex = /^#[0-9a-f]{6}$/

function linear(hexColor: string): number[] {
  return [1, 3, 5].map((start) => {
    const channel = Number.parseInt(hexColor.slice(start, start + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
}

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = linear(color)
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** WCAG contrast ratio. */
function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (high + 0.05) / (low + 0.05)
}

/** Lightness and yellow-blue of a colour as seen with deuteranopia (Viénot, Brettel, Mollon 1999), in CIELAB units. */
function deuteranopia(color: string): [number, number] {
  const [red = 0, green = 0, blue = 0] = linear(color)
  const seenRed = 0.29275 * red + 0.70725 * green
  const seenBlue = -0.02234 * red + 0.02234 * green + blue
  const lab = (value: number) => (value > 0.008856 ? Math.cbrt(value) : 7.787 * value + 16 / 116)
  const y = 0.9278 * seenRed + 0.0722 * seenBlue
  const z = (0.1385 * seenRed + 0.9505 * seenBlue) / 1.089
  return [116 * lab(y) - 16, 200 * (lab(y) - lab(z))]
}

describe('Layers as MapLibre style', () => {
  it.each(drawn.flatMap((layer) => themes.map((theme) => [layer.id, theme, layer] as const)))(
    '%s is valid in %s',
    (_id, theme, layer) => {
      const style = {
        version: 8 as const,
        glyphs: 'https://example.org/{fontstack}/{range}',
        sources: { [layer.id]: { type: 'vector' as const, tiles: ['https://example.org/{z}/{x}/{y}.mvt'] } },
        layers: layer.style(theme, 'de'),
      }
      expect(validateStyleMin(style).map((error) => error.message)).toEqual([])
    },
  )

  it('draw only from the source and tile layer named like the layer, with ids of their own', () => {
    const ids: string[] = []
    for (const layer of drawn) {
      for (const part of layer.style('light', 'en') as (LayerSpecification & { source: string; 'source-layer': string })[]) {
        expect(part.source).toBe(layer.id)
        expect(part['source-layer']).toBe(layer.id)
        expect(part.id.startsWith(`${layer.id}-`)).toBe(true)
        ids.push(part.id)
      }
    }
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('read declared properties only', () => {
    for (const layer of drawn) {
      const read = [...JSON.stringify(layer.style('light', 'en')).matchAll(/\["get","([^"]+)"\]/g)].map((match) => match[1])
      for (const property of read) expect(Object.keys(layer.properties)).toContain(property)
    }
  })

  it('have the same parts in both themes', () => {
    for (const layer of drawn) {
      expect(layer.style('dark', 'en').map((part) => part.id)).toEqual(layer.style('light', 'en').map((part) => part.id))
    }
  })

  it('have colours as hex, since the map refuses oklch', () => {
    for (const look of [...Object.values(phaseLooks), ...Object.values(mobileLooks)]) {
      for (const theme of themes) expect([look.color[theme], look.ink[theme]].every((color) => hex.test(color))).toBe(true)
    }
    for (const pair of Object.values(ground)) for (const theme of themes) expect(pair[theme]).toMatch(hex)
  })
})

interface Look {
  color: string
  ink: string
  pattern: string | null
}

/** The pattern of one can be seen on itself and stands out from the other, which has not the same. */
function marksItself(one: Look, other: Look): boolean {
  const standsOut = contrast(one.ink, one.color) >= 3 && contrast(one.ink, other.color) >= 3
  return one.pattern !== null && one.pattern !== other.pattern && standsOut
}

function areApart(one: Look, other: Look): boolean {
  return contrast(one.color, other.color) >= 3 || marksItself(one, other) || marksItself(other, one)
}

/** What is shown on one map and may lie side by side. */
const shownTogether: MobileLook[][] = [
  ['mobile-2g', 'mobile-4g', 'mobile-5g', 'mobile-5g_sa'],
  ['mobile-white', 'mobile-grey', 'mobile-deficit'],
  ['mobile-good', 'mobile-usable', 'mobile-weak'],
  ['site-agreed', 'site-under-construction', 'site-in-operation', 'site-municipal'],
  ['mobile-reported'],
]

describe.each(themes)('Mobile coverage in %s', (theme) => {
  const lookOf = (name: MobileLook) => ({
    ...mobileLooks[name],
    color: mobileLooks[name].color[theme],
    ink: mobileLooks[name].ink[theme],
  })

  it('tells apart what is shown together, by 3:1 in colour or by a pattern that does', () => {
    for (const names of shownTogether)
      for (const one of names)
        for (const other of names) if (one < other) expect(areApart(lookOf(one), lookOf(other)), `${one} and ${other}`).toBe(true)
    expect(shownTogether.flat().sort()).toEqual(Object.keys(mobileLooks).sort())
  })

  it('carries readable ink, and an outline that stands out from the ground', () => {
    for (const name of shownTogether.flat()) {
      const { color, ink } = lookOf(name)
      expect(contrast(ink, color), name).toBeGreaterThanOrEqual(4.5)
      expect(Math.max(contrast(ink, ground.land[theme]), contrast(color, ground.land[theme])), name).toBeGreaterThanOrEqual(3)
    }
  })
})

describe.each(themes)('Phases in %s', (theme) => {
  const looks = phases.keys.map((phase) => ({
    phase,
    ...phaseLooks[phase],
    color: phaseLooks[phase].color[theme],
    ink: phaseLooks[phase].ink[theme],
  }))

  it('differ from their neighbours in the legend by 3:1 in colour or by a pattern that does', () => {
    for (const [index, look] of looks.entries()) {
      const next = looks[index + 1]
      if (next) expect(areApart(look, next), `${look.phase} beside ${next.phase}`).toBe(true)
    }
  })

  it('stay apart without colour: plain ones by brightness, the others by a pattern of their own', () => {
    const plain = looks.filter((look) => look.pattern === null)
    for (const one of plain) {
      for (const other of plain) {
        if (one !== other && one.phase !== 'unknown' && other.phase !== 'unknown') {
          expect(contrast(one.color, other.color), `${one.phase} and ${other.phase}`).toBeGreaterThanOrEqual(2.9)
        }
      }
    }
    const used = looks.flatMap((look) => (look.pattern ? [look.pattern] : []))
    expect(new Set(used).size).toBe(used.length)
    expect(used.sort()).toEqual(Object.keys(patterns).sort())
  })

  it('stay apart with deuteranopia: by colour or by pattern', () => {
    for (const one of looks) {
      for (const other of looks) {
        if (one.phase >= other.phase || one.pattern !== other.pattern) continue
        const [lightness, yellow] = deuteranopia(one.color)
        const [otherLightness, otherYellow] = deuteranopia(other.color)
        expect(Math.hypot(lightness - otherLightness, yellow - otherYellow), `${one.phase} and ${other.phase}`).toBeGreaterThan(
          10,
        )
      }
    }
  })

  it('carry readable ink: 4.5:1 for writing and patterns', () => {
    for (const look of looks) expect(contrast(look.ink, look.color), look.phase).toBeGreaterThanOrEqual(4.5)
  })

  it('draw boundaries and labels that stand out from the ground and from every plain phase', () => {
    expect(contrast(ground.boundary[theme], ground.land[theme])).toBeGreaterThanOrEqual(3)
    expect(contrast(ground.boundary[theme], ground.outside[theme])).toBeGreaterThanOrEqual(3)
    expect(contrast(ground.text[theme], ground.halo[theme])).toBeGreaterThanOrEqual(7)
  })
})
