import { describe, expect, test } from 'vitest'
import { readEdit, typedWith } from '../../client/objects/premises/edit.ts'
import { filterChange, readFilter, readSort, toggled } from '../../client/objects/premises/filter.ts'
import {
  countOf,
  noSelection,
  readSelection,
  selectRange,
  toggle,
  writeSelection,
} from '../../client/objects/premises/selection.ts'
import { lastStep, type PremisesContent, unitWords } from '../../client/objects/premises/words.ts'

const loaded = ['a', 'b', 'c', 'd']

describe('the filter in the address', () => {
  test('is read with all its parts; codes that do not exist are left out', () => {
    const query = new URLSearchParams('stadtteil=opladen,manfort&zustand=connected,gibtesnicht&suche=Kölner&rahmen=7,51,8&x=1')
    expect(readFilter(query)).toEqual({ districtId: 'opladen,manfort', state: 'connected', q: 'Kölner' })
  })

  test('gains and loses values; the last one takes the part away', () => {
    expect(toggled({ state: 'passed' }, 'state', 'connected')).toBe('passed,connected')
    expect(filterChange('state', toggled({ state: 'passed' }, 'state', 'passed'))).toEqual({ zustand: null })
    expect(toggled({ operator: 'Müller, Meier' }, 'operator', 'Müller, Meier')).toBe('')
  })

  test('sorts by address unless a column is named', () => {
    expect(readSort(new URLSearchParams('sortierung=-units'))).toEqual({ key: 'units', descending: true })
    expect(readSort(new URLSearchParams('sortierung=unsinn'))).toEqual({ key: 'address', descending: false })
  })
})

describe('choosing', () => {
  test('a range adds to what is chosen, in either direction', () => {
    const some = toggle(noSelection, 'a', loaded)
    expect(selectRange(some, 'd', 'c', loaded)).toEqual({ all: false, ids: new Set(['a', 'c', 'd']) })
  })

  test('one taken out of all leaves what is loaded', () => {
    expect(countOf({ all: true }, 1240)).toBe(1240)
    expect(toggle({ all: true }, 'b', loaded)).toEqual({ all: false, ids: new Set(['a', 'c', 'd']) })
  })

  test('survives a reload', () => {
    for (const selection of [noSelection, { all: true } as const, selectRange(noSelection, 'b', 'd', loaded)])
      expect(readSelection(writeSelection(selection))).toEqual(selection)
  })
})

describe('what is typed', () => {
  test('sets the touched fields only; empty text takes a value away', () => {
    const { set, errors, understood } = readEdit({ state: 'connected', 'step:connected': '28.3.2022', operator: '', units: '12' })
    expect(set).toEqual({ state: 'connected', operator: null, units: 12, steps: { connected: '2022-03-28' } })
    expect(errors).toEqual({})
    expect(understood).toEqual({ 'step:connected': '28.03.2022' })
  })

  test('says what it does not understand at the field', () => {
    const { errors } = readEdit({ 'step:connected': 'bald mal', units: '0', state: '' })
    expect(Object.keys(errors).sort()).toEqual(['state', 'step:connected', 'units'])
  })

  test('counts a field as untouched that says again what is known', () => {
    const known = { operator: 'EVL', steps: { connected: '2022-03-28' } } as unknown as PremisesContent
    const typed = typedWith({}, 'operator', 'Telekom', known)
    expect(typed).toEqual({ operator: 'Telekom' })
    expect(typedWith(typed, 'operator', 'EVL', known)).toEqual({})
    expect(typedWith({}, 'step:connected', '28.03.2022', known)).toEqual({})
  })
})

test('the last step is the latest that has happened, whatever is announced', () => {
  const steps = { eligible: '2021', connected: '2022-03', activated: '2030' }
  expect(lastStep({ steps }, '2026-11-21')).toEqual(['connected', '2022-03'])
  expect(lastStep({ steps: {} })).toBeNull()
})

test('units of different kinds have words of their own', () => {
  expect(unitWords('household', 1240)).toBe('1.240 Wohnungen')
  expect(unitWords('hospital', 1)).toBe('1 Krankenhaus')
})
