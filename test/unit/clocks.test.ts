import { describe, expect, it } from 'vitest'
import { resolveClocks } from '../../server/http/clocks.ts'

const now = new Date('2026-11-21T10:00:00Z')

describe('resolveClocks', () => {
  it('means today and everything known when nothing is said', () => {
    expect(resolveClocks({}, now)).toEqual({ asOf: '2026-11-21', knownAt: null })
  })

  it('takes the day in Germany, not in UTC', () => {
    expect(resolveClocks({}, new Date('2026-11-20T23:30:00Z')).asOf).toBe('2026-11-21')
  })

  it('reads a bare day of knownAt as its end in Germany, in summer and in winter', () => {
    expect(resolveClocks({ knownAt: '2021-10-01' }, now)).toEqual({ asOf: '2021-10-01', knownAt: '2021-10-01T21:59:59.999Z' })
    expect(resolveClocks({ knownAt: '2022-01-15' }, now)).toEqual({ asOf: '2022-01-15', knownAt: '2022-01-15T22:59:59.999Z' })
  })

  it('is right on the days the clock changes', () => {
    expect(resolveClocks({ knownAt: '2021-10-31' }, now).knownAt).toBe('2021-10-31T22:59:59.999Z')
    expect(resolveClocks({ knownAt: '2021-03-28' }, now).knownAt).toBe('2021-03-28T21:59:59.999Z')
  })

  it('lets asOf differ from knownAt', () => {
    expect(resolveClocks({ asOf: '2021-06-01', knownAt: '2022-04-01T00:00:00Z' }, now)).toEqual({
      asOf: '2021-06-01',
      knownAt: '2022-04-01T00:00:00.000Z',
    })
  })

  it.each([
    ['asOf', '2021-02-30'],
    ['asOf', '28.03.2022'],
    ['asOf', '2018-12-31'],
    ['asOf', '2026-11-22'],
    ['asOf', ''],
    ['knownAt', '2022-13-01'],
    ['knownAt', 'yesterday'],
    ['knownAt', '2022'],
    ['knownAt', '2026-11-22'],
    ['knownAt', '2026-11-21T10:00:01Z'],
  ])('refuses %s=%s and names it', (parameter, value) => {
    expect(() => resolveClocks({ [parameter]: value }, now)).toThrow(
      expect.objectContaining({ status: 400, errors: [expect.objectContaining({ field: parameter })] }),
    )
  })
})
