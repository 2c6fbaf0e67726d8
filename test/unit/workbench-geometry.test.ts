import { describe, expect, test } from 'vitest'
import { newBasis, readBasis } from '../../client/workbench/form/basis.ts'
import { boxOf, describeGeometry, readGeometry, ringsOf } from '../../client/workbench/map/geometry.ts'

const ring = [
  [7, 51],
  [7.1, 51],
  [7.1, 51.1],
  [7, 51],
]
const triangle = { type: 'Polygon', coordinates: [ring] }

describe('The one area of a GeoJSON text', () => {
  test.each([
    ['a geometry', triangle],
    ['a feature', { type: 'Feature', properties: {}, geometry: triangle }],
    ['a collection of one', { type: 'FeatureCollection', features: [{ type: 'Feature', properties: {}, geometry: triangle }] }],
  ])('is found in %s', (_name, value) => {
    expect(readGeometry(JSON.stringify(value))).toEqual({ ok: true, geometry: triangle })
  })

  test.each([
    ['no JSON', 'POLYGON((7 51))', /nicht als JSON lesen/],
    ['a line', JSON.stringify({ type: 'LineString', coordinates: ring }), /Gebraucht wird eine Fläche/],
    ['an open triangle', JSON.stringify({ type: 'Polygon', coordinates: [ring.slice(0, 2)] }), /Gebraucht wird eine Fläche/],
    ['metres instead of degrees', JSON.stringify({ type: 'Point', coordinates: [359_000, 5_660_000] }), /Grad/],
    ['two features', JSON.stringify({ type: 'FeatureCollection', features: [{}, {}] }), /2 Flächen/],
    ['nothing', 'null', /Gebraucht wird eine Fläche/],
  ])('%s is refused in words', (_name, text, reason) => {
    expect(readGeometry(text)).toMatchObject({ ok: false, reason: expect.stringMatching(reason) })
  })

  test('is described by its corners and parts', () => {
    const geometry = { type: 'MultiPolygon' as const, coordinates: [[ring], [ring]] as [number, number][][][] }
    expect(describeGeometry({ type: 'Polygon', coordinates: [ring] as [number, number][][] })).toBe(
      'eine Fläche mit 3 Eckpunkten',
    )
    expect(describeGeometry(geometry)).toBe('eine Fläche aus 2 Teilen mit 6 Eckpunkten')
    expect(describeGeometry({ type: 'Point', coordinates: [7, 51] })).toMatch(/^ein Punkt/)
    expect(boxOf(geometry)).toEqual([7, 51, 7.1, 51.1])
  })

  test('can be drawn on when it has a single part', () => {
    const parts = [[ring]] as [number, number][][][]
    expect(ringsOf({ type: 'MultiPolygon', coordinates: parts })).toEqual([ring])
    expect(ringsOf({ type: 'MultiPolygon', coordinates: [...parts, ...parts] })).toBeNull()
    expect(ringsOf(null)).toBeNull()
  })
})

describe('What a statement rests on', () => {
  test('reason, source and day are asked for', () => {
    expect(Object.keys(readBasis({ ...newBasis(), trueOn: 'neulich' }).errors).sort()).toEqual(['citation', 'reason', 'trueOn'])
  })

  test('the day may be a period; an address must be one of the web', () => {
    const basis = { ...newBasis(), trueOn: 'märz 22', reason: 'Abnahme', citation: 'Mail', url: 'evl.de' }
    expect(readBasis(basis)).toMatchObject({
      understood: { trueOn: 'März 2022' },
      errors: { url: expect.stringContaining('https://') },
    })
    expect(readBasis({ ...basis, url: 'https://www.evl-gmbh.de' })).toMatchObject({
      value: { trueOn: '2022-03', source: { citation: 'Mail', url: 'https://www.evl-gmbh.de' } },
      errors: {},
    })
  })
})
