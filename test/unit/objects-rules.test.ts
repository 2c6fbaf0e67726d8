import { describe, expect, it } from 'vitest'
import { nearestOf, type Position } from '../../client/objects/network/snapping.ts'
import type { ObjectKindName } from '../../server/contract/objects/index.ts'
import { type Content, completed, parseContent, parseValues } from '../../server/objects/kinds.ts'
import { refusalsOf, warningsOf } from '../../server/objects/remark.ts'
import { judge, type World } from '../../server/objects/rules.ts'
import { describeDifferences } from '../../server/objects/words.ts'
import { fold } from '../../server/objects/words-sought.ts'

const world: World = {
  districts: new Map([['opladen', 'Opladen']]),
  programmes: new Map([['breitband', 'Breitband']]),
  sections: new Map([['breitband:opladen', { name: 'Opladen', programmeId: 'breitband', districtId: 'opladen' }]]),
}

const premises: Content = completed('premises', { key: 'a', districtId: 'opladen', kind: 'household', state: 'passed' })
const route: Content = completed('route', { key: 'r', status: 'planned' })
const duct: Content = completed('duct', { key: 'd', status: 'planned', ductType: 15 })

/** Ids of the warnings and fields of the refusals about content as it is to be. */
function said(name: ObjectKindName, change: Content, before: Content | null = null, trueOn = '2026-11-20') {
  const base = before ?? { premises, route, duct, cable: completed('cable', {}), structure: completed('structure', {}) }[name]
  const content = { ...base, ...change }
  const inForce = before && { content: before, trueOn: '2022-03-28', holdsFrom: '2022-03-28' }
  const touched = new Set(Object.keys(before ? change : content))
  const remarks = judge({ name, content, touched, trueOn, before: inForce, today: '2026-11-21', world, geometry: null })
  return remarks.map((remark) => ('warning' in remark ? remark.warning.rule : `!${remark.refusal.field}`))
}

describe('rules of premises', () => {
  it.each<[Content, string[]]>([
    [{ state: 'passed', steps: { passed: '2022-01' } }, []],
    [{ state: 'passed', steps: { connected: '2022-01' } }, ['!state']],
    [{ state: 'consent_given', steps: { passed: '2022-01' } }, ['!state']],
    [{ state: 'not_possible', steps: { consent_refused: '2022-01' } }, []],
    [{ state: 'connected', steps: { passed: '2022-05', connected: '2022-01' } }, ['steps-out-of-order']],
    [{ state: 'connected', steps: { passed: '2022', connected: '2022-01' } }, []],
    [{ state: 'connected', steps: { connected: '2027-01' } }, ['!steps']],
    [{ schoolType: 'primary' }, ['!schoolType']],
    [{ schoolType: 'primary', kind: 'educational_institution' }, []],
    [{ units: 400 }, ['many-units']],
    [{ programmeId: 'nie' }, ['!programmeId']],
    [{ programmeId: 'breitband', sectionId: 'breitband:opladen' }, []],
  ])('%j says %j', (change, expected) => expect(said('premises', change)).toEqual(expected))

  it('warns when the works go backwards, not when the owner changes their mind', () => {
    const before = { ...premises, state: 'connected', steps: {} }
    expect(said('premises', { state: 'passed' }, before)).toEqual(['state-backwards'])
    expect(said('premises', { state: 'activated' }, before)).toEqual([])
    expect(said('premises', { state: 'consent_refused' }, { ...premises, state: 'consent_given' })).toEqual([])
  })

  it('judges only what a change touches', () => {
    const odd = { ...premises, state: 'passed', steps: { connected: '2022-01' }, units: 900 }
    expect(said('premises', { note: 'x' }, odd)).toEqual([])
    expect(said('premises', { note: 'x' }, odd, '2021')).toEqual(['older-than-in-force'])
    expect(said('premises', { note: 'x' }, odd, '2027-01')).toEqual(['!trueOn'])
  })
})

describe('rules of the network', () => {
  it.each<[ObjectKindName, Content, string[]]>([
    ['route', { status: 'planned', startedOn: '2022-01' }, ['!status']],
    ['route', { status: 'under_construction', laidOn: '2022-01' }, ['!status']],
    ['route', { status: 'laid' }, ['laid-without-date']],
    ['route', { status: 'laid', startedOn: '2022-03', laidOn: '2022-01' }, ['!laidOn']],
    ['route', { status: 'laid', laidOn: '2022-01' }, []],
    ['route', { plannedOn: '2099' }, ['implausible-year']],
    ['duct', { ductType: 99 }, ['!ductTypeText']],
    ['duct', { ductType: 99, ductTypeText: 'Altrohr' }, []],
    ['duct', { tubesPerBundle: 7, tubesReserved: 8 }, ['!tubesReserved']],
    ['duct', { count: 2, tubesPerBundle: 7, tubesReserved: 8 }, []],
    ['cable', { status: 'planned', fibreCount: 96, fibresReserved: 97 }, ['!fibresReserved']],
    ['structure', { status: 'planned', structureType: 'other' }, ['!structureTypeText']],
  ])('%s %j says %j', (name, change, expected) => {
    return expect(said(name, change)).toEqual(expected)
  })

  it('warns of a status that goes back', () => {
    const laid = { ...route, status: 'laid', laidOn: null }
    expect(said('route', { status: 'under_construction' }, laid)).toEqual(['status-backwards'])
  })
})

describe('content of objects', () => {
  it('is read as declared, every broken value named once', () => {
    const { errors } = parseContent(
      'route',
      { ...route, geom: { type: 'LineString', coordinates: [[1], [2]] }, extra: 1 },
      'content',
    )
    expect(errors.map(({ field }) => field).toSorted()).toEqual(['content.extra', 'content.geom'])
    expect(parseValues('premises', { steps: { connected: null, passed: '2022' } }).content).toEqual({
      steps: { connected: null, passed: '2022' },
    })
    expect(parseValues('premises', { steps: { unsinn: '2022' } }).errors[0]?.field).toBe('set.steps')
    expect(parseValues('premises', { key: 'b' }).errors[0]?.field).toBe('set.key')
  })

  it('is searched without regard to case and spelling of street', () => {
    expect(fold('Kölner Straße 12-14')).toBe('kölner str 12 14')
    expect(fold('KÖLNER STR. 12')).toBe('kölner str 12')
  })
})

describe('differences in words', () => {
  it('name the steps that differ, in the order of the works', () => {
    const before = { ...premises, steps: { passed: '2021-10', eligible: '2021-03', owner_contacted: '2021-04' } }
    const after = { ...premises, state: 'connected', steps: { connected: '2022-03-28', passed: '2021-11', eligible: '2021-03' } }
    expect(describeDifferences('premises', before, after, world)).toEqual([
      'Anschlusszustand Glasfaser liegt vor dem Grundstück → angeschlossen',
      'Daten der Schritte: Eigentümer angeschrieben entfernt, Glasfaser liegt vor dem Grundstück November 2021 (bisher Oktober 2021), angeschlossen 28.03.2022',
    ])
  })
})

describe('remarks about many objects', () => {
  it('are told once with how many they concern', () => {
    const remarks = [{ warning: { rule: 'r', field: 'f', text: 't' } }, { refusal: { field: 'units', detail: 'Nein.' } }]
    const judged = Array.from({ length: 7 }, (_, index) => ({ id: `p:${index}`, remarks }))
    expect(warningsOf(judged)).toEqual([
      { rule: 'r', field: 'f', text: 't', count: 7, examples: ['p:0', 'p:1', 'p:2', 'p:3', 'p:4'] },
    ])
    expect(refusalsOf(judged, 'set')).toEqual([{ field: 'set.units', detail: 'Nein. (7 von 7 Objekten, z. B. p:0)' }])
  })
})

describe('snapping', () => {
  const project = ([x, y]: Position) => ({ x: x * 100, y: y * 100 })
  const line: Position[] = [
    [0, 0],
    [1, 0],
  ]
  it('prefers a corner, takes a place on a line, leaves the rest', () => {
    expect(nearestOf([0.05, 0.05], [line], project, 10)).toEqual([0, 0])
    expect(nearestOf([0.5, 0.05], [line], project, 10)).toEqual([0.5, 0])
    expect(nearestOf([0.5, 0.5], [line], project, 10)).toBeUndefined()
  })
})
