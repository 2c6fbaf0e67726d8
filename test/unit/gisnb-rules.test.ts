import { describe, expect, it } from 'vitest'
import { type GisNbPhase, type GisNbRuleId, gisNbRules } from '../../server/contract/gisnb.ts'
import type { GisNbFeature } from '../../server/gisnb/features.ts'
import { checkPackage, compare, completeness, validate } from '../../server/gisnb/validate.ts'
import { gisNbVersions } from '../../server/gisnb/versions.ts'

const [version] = gisNbVersions.filter(({ id }) => id === '5.1')
const layer = (name: string) => {
  const found = version?.layers.find((one) => one.name === name)
  if (!found) throw new Error(name)
  return found
}

interface Wish extends Partial<Omit<GisNbFeature, 'shape' | 'properties'>> {
  properties?: GisNbFeature['properties']
  shape?: Partial<GisNbFeature['shape']>
}

const feature = (properties: GisNbFeature['properties'], { shape, properties: changed, ...rest }: Wish = {}): GisNbFeature => ({
  objectId: 'x',
  number: 1,
  raw: {},
  geometry: null,
  status: 'laid',
  ...rest,
  properties: { ...properties, ...changed },
  shape: { type: 'Point', isEmpty: false, invalid: null, lengthM: 0, key: 'k', awayM: 0, ...shape },
})

const line = { type: 'LineString', lengthM: 120.04 }
const cabinet = (wish: Wish = {}) =>
  feature({ id: 1, art: 14, art_sonst: null, kollokatio: 0, zustand: 1, bezeichner: 'NVt 1', id_tech: -1 }, wish)
const customer = (wish: Wish = {}) => feature({ id: 7, endkunde: 1, id_netze: 1 }, wish)
const trench = (wish: Wish = {}) => feature({ id: 3, trassenb: 11, mitverleg: 0 }, { ...wish, shape: { ...line, ...wish.shape } })
const duct = (wish: Wish = {}) =>
  feature(
    { id: 4, lr_art: 15, lr_sonst: null, lr_anzahl: 12, anzahl: 1, lr_reserv: 1, lae_lr: 120, zustand: 2 },
    { ...wish, shape: { ...line, ...wish.shape } },
  )

function found(layers: Record<string, readonly GisNbFeature[]>, phase: GisNbPhase = '2', missing: string[] = []): GisNbRuleId[] {
  const filled = Object.entries(layers).map(([name, features]) => ({ layer: layer(name), features, missing }))
  return [...new Set(validate(filled, phase).map(({ rule }) => rule))].toSorted()
}

const sound = { Bauten_und_Netztechnik: [cabinet()], Endverbraucher: [customer()], Trassenbau: [trench()], Leerrohre: [duct()] }

/** For each rule a package that breaks it and nothing else; all of them pass once that is put right (`sound`). */
const broken: Record<GisNbRuleId, { layers: Record<string, readonly GisNbFeature[]>; phase?: GisNbPhase; missing?: string[] }> = {
  G01: { layers: { Leerrohre: [duct({ properties: { lr_anzahl: null } })] } },
  G02: { layers: { Leerrohre: [duct({ properties: { anzahl: 1.5 } })] } },
  G03: { layers: { Leerrohre: [duct({ properties: { lr_art: 98 } })] } },
  G04: { layers: { Bauten_und_Netztechnik: [cabinet({ raw: { art: 'other' }, properties: { art: null } })] } },
  G05: { layers: { Bauten_und_Netztechnik: [cabinet({ properties: { bezeichner: 'x'.repeat(81) } })] } },
  G06: { layers: { Leerrohre: [duct({ properties: { lr_art: 99 } })] } },
  G07: { layers: { Trassenbau: [trench(), trench({ shape: { key: 'other' } })] } },
  G08: { layers: { Bauten_und_Netztechnik: [cabinet()], Endverbraucher: [customer({ properties: { id_netze: 99 } })] } },
  G09: { layers: { Trassenbau: [trench({ shape: { invalid: 'Self-intersection' } })] } },
  G10: { layers: { Trassenbau: [trench({ shape: { type: 'Point' } })] } },
  G11: { layers: { Leerrohre: [duct({ properties: { lae_lr: 121 } })] } },
  G12: { layers: { Trassenbau: [trench({ shape: { lengthM: 0.3 } })] } },
  G13: { layers: { Trassenbau: [trench(), trench({ number: 2, properties: { id: 5 } })] } },
  G14: { layers: { Trassenbau: [] } },
  G15: { layers: { Trassenbau: [trench({ properties: { verlegetiefe: 60 } })] } },
  G16: { layers: { Trassenbau: [trench({ shape: { awayM: 900 } })] } },
  G17: { layers: { Leerrohre: [duct({ status: 'planned' })] }, phase: '4' },
  G18: { layers: { Trassenbau: [trench()] }, missing: ['mitverleg'] },
}

describe('the GIS-NB validator', () => {
  it('finds nothing in a sound package', () => {
    expect(found(sound)).toEqual([])
    expect(found(sound, '4')).toEqual([])
  })

  it.each(Object.keys(gisNbRules) as GisNbRuleId[])('%s is found where it is broken, and nothing else', (rule) => {
    const { layers, phase, missing } = broken[rule]
    expect(found(layers, phase, missing)).toEqual([rule])
  })

  it.each<[string, Record<string, readonly GisNbFeature[]>]>([
    [
      'G05: a text of just the length allowed',
      { Bauten_und_Netztechnik: [cabinet({ properties: { bezeichner: 'x'.repeat(80) } })] },
    ],
    ['G06: “other” with its text', { Leerrohre: [duct({ properties: { lr_art: 99, lr_sonst: 'Sonderrohr' } })] }],
    ['G11: a length rounded to a tenth', { Leerrohre: [duct({ properties: { lae_lr: 120.1 } })] }],
    ['G12: a line of half a metre', { Trassenbau: [trench({ shape: { lengthM: 0.5 } })] }],
    ['G13: the same place, said otherwise', { Trassenbau: [trench(), trench({ properties: { id: 5, trassenb: 12 } })] }],
    ['G16: 500 m away', { Trassenbau: [trench({ shape: { awayM: 500 } })] }],
    ['G17: planned, before the end', { Leerrohre: [duct({ status: 'planned' })] }],
  ])('%s passes', (_name, layers) => {
    expect(found(layers)).toEqual([])
  })

  it('does not call a code wrong where the list of codes is known in part only', () => {
    expect(found({ Bauten_und_Netztechnik: [cabinet({ properties: { art: 13 } })] })).toEqual(['G04'])
  })

  it('refuses what has an error of its own, each object with a doubled id, and nothing else', () => {
    const [right, wrong] = [trench({ number: null }), trench({ number: null, properties: { mitverleg: 7, id: 9 } })]
    const [one, other] = [duct(), duct({ shape: { key: 'other' } })]
    const layers = [
      { layer: layer('Trassenbau'), features: [right, wrong], missing: ['id'] },
      { layer: layer('Leerrohre'), features: [one, other] },
    ]
    expect(checkPackage(layers, '2').refused).toEqual(new Set([wrong, one, other]))
  })

  it('takes an empty geometry and a reference to nothing (-1) for what they are', () => {
    expect(found({ Trassenbau: [trench({ shape: { isEmpty: true } })] })).toEqual(['G09'])
    expect(found({ Endverbraucher: [customer({ properties: { id_netze: -1 } })] })).toEqual([])
  })
})

describe('a package', () => {
  it('is complete when every required value is there, and never when it is empty', () => {
    expect(completeness({ layer: layer('Trassenbau'), features: [trench()] }, '2')).toEqual({ present: 3, required: 3 })
    const half = trench({ properties: { trassenb: null } })
    expect(completeness({ layer: layer('Trassenbau'), features: [trench(), half] }, '2')).toEqual({ present: 5, required: 6 })
    expect(completeness({ layer: layer('Trassenbau'), features: [] }, '2')).toEqual({ present: 0, required: 0 })
    // Phases 3 and 4 of version 5.1 have no id for trenches.
    expect(completeness({ layer: layer('Trassenbau'), features: [trench()] }, '3').required).toBe(2)
  })

  it('is compared with an earlier one by the numbers of its objects', () => {
    const before = [trench(), trench({ number: 2 }), trench({ number: 3 })]
    const after = [trench(), trench({ number: 2, properties: { trassenb: 12 } }), trench({ number: 4 })]
    expect(compare(before, after)).toEqual({ added: 1, removed: 1, changed: 1 })
  })

  it('has field names that dBase can hold in every version', () => {
    const names = gisNbVersions.flatMap(({ layers }) => layers.flatMap(({ fields }) => fields.map(({ name }) => name)))
    expect(names.filter((name) => name.length > 10)).toEqual([])
    expect(gisNbVersions.map(({ id }) => id)).toEqual(['4.1', '5.1'])
  })
})
