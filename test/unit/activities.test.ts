import { describe, expect, test } from 'vitest'
import { namedPeriods } from '../../client/activities/asked-period.ts'
import { readActivity, readExpense, type Typed, typedActivity, typedExpense } from '../../client/activities/typed.ts'
import { budgetOf, type Frame } from '../../server/activities/budget.ts'
import type { Activity } from '../../server/contract/activities/activity.ts'
import { parseDay } from '../../server/contract/activities/day-input.ts'
import { formatDuration, parseDuration } from '../../server/contract/activities/duration.ts'
import type { Expense } from '../../server/contract/activities/expense.ts'

describe('durations', () => {
  test.each([
    ['1:30', 90],
    ['0:05', 5],
    ['90', 90],
    ['90 min', 90],
    ['5 Minuten', 5],
    ['1,5 h', 90],
    ['1.25h', 75],
    ['1,5', 90],
    ['2 Std.', 120],
    ['8 h', 480],
    ['1 h 30', 90],
    ['1h30min', 90],
    ['25:00', 1500],
  ])('%s is read', (text, minutes) => {
    expect(parseDuration(text)).toEqual({ ok: true, minutes })
  })

  test.each([
    ['', /Bitte geben Sie eine Dauer an/],
    ['8', /nicht eindeutig: Bitte „8 h“ oder „8 min“/],
    ['0:00', /länger als null/],
    ['-30', /keine Dauer/],
    ['1:75', /keine Dauer/],
    ['lange', /keine Dauer/],
  ])('„%s“ is refused', (text, reason) => {
    expect(parseDuration(text)).toEqual({ ok: false, reason: expect.stringMatching(reason) })
  })

  test('are written with their unit, sums over a day too', () => {
    expect([5, 90, 7685].map(formatDuration)).toEqual(['0:05\u00a0h', '1:30\u00a0h', '128:05\u00a0h'])
  })
})

test.each([
  ['heute', '2026-03-01'],
  ['Gestern', '2026-02-28'],
  ['vorgestern', '2026-02-27'],
  ['28.2.', '2026-02-28'],
  ['31.12.', '2025-12-31'],
  ['1.3', '2026-03-01'],
  ['28.02.26', '2026-02-28'],
  ['2026-02-28', '2026-02-28'],
  ['30.2.', null],
  ['März 2026', null],
  ['bald', null],
])('the day „%s“ is %s', (text, day) => {
  expect(parseDay(text, '2026-03-01')).toBe(day)
})

describe('the budget', () => {
  const frame: Frame = {
    frameId: 'frame:dik-2026',
    name: 'DIK',
    directive: 'DIK',
    mostEur: 210_000,
    sharePercent: 80,
    months: 36,
    legalNote: null,
    source: { citation: 'Bescheid', url: null, trueOn: '2025-12-01' },
    grantedEur: 180_000,
    firstMonth: '2026-01',
    noticeOn: null,
  }
  const spent = (dated: string, amountEur: number, eligible = true): Expense => ({
    ...{ dated, amountEur, eligible, kind: 'staff', note: null, voucherId: null },
  })
  const at = (day: string, expenses: Expense[] = [], changes: Partial<Frame> = {}) =>
    budgetOf({ ...frame, ...changes }, expenses, day)

  test('never shows as granted what was not', () => {
    expect(at('2026-06-30', [spent('2026-02', 1000)], { grantedEur: null, firstMonth: null })).toMatchObject({
      state: 'not_granted',
      grant: null,
    })
  })

  test('charges the funded share of eligible expenses within the period, a month on its first day', () => {
    const expenses = [
      spent('2025-12', 500),
      spent('2026-01', 5000.1),
      spent('2026-02-10', 200, false),
      spent('2026-06', 5000.2),
      spent('2026-07', 9000),
    ]
    const { grant, state } = at('2026-06-30', expenses)
    expect(state).toBe('running')
    expect(grant).toMatchObject({ firstDay: '2026-01-01', lastDay: '2028-12-31', eligibleEur: 10_000.3, chargedEur: 8000.24 })
    expect(grant).toMatchObject({ monthsPassed: 6, monthsLeft: 30, restEur: 171_999.76 })
    expect(grant?.timeShare).toBeCloseTo(181 / 1096, 6)
    expect(grant?.forecastEur).toBeCloseTo((8000.24 * 1096) / 181, 1)
    expect(at('2026-06-30', expenses, { sharePercent: null }).grant?.chargedEur).toBe(10_000.3)
  })

  test('foretells nothing of a few days, begins and ends', () => {
    expect(at('2025-12-31')).toMatchObject({ state: 'not_begun', grant: { timeShare: 0, monthsPassed: 0, forecastEur: null } })
    expect(at('2026-01-30', [spent('2026-01', 1000)]).grant).toMatchObject({ monthsPassed: 0, forecastEur: null })
    expect(at('2026-01-31').grant).toMatchObject({ monthsPassed: 1, monthsLeft: 35, forecastEur: 0 })
    expect(at('2028-12-31')).toMatchObject({ state: 'running', grant: { timeShare: 1, monthsLeft: 0 } })
    expect(at('2030-01-01', [spent('2029-01', 1000)])).toMatchObject({ state: 'ended', grant: { timeShare: 1, chargedEur: 0 } })
  })
})

describe('what is typed at the desk', () => {
  const now = '2026-03-01'
  const line: Typed = { day: 'heute', minutes: '1,5 h', kind: 'call', task: 'steering', role: 'mobile', description: ' Rückruf ' }

  test('becomes an activity, and what was understood is said where it is not what was typed', () => {
    expect(readActivity(line, now)).toEqual({
      content: {
        ...{ day: '2026-03-01', minutes: 90, kind: 'call', task: 'steering', role: 'mobile' },
        ...{ requestId: null, partners: null, description: 'Rückruf' },
      },
      errors: {},
      understood: { day: '01.03.2026', minutes: '1:30\u00a0h' },
    })
    const { errors } = readActivity({ ...line, day: 'bald', minutes: '8', task: '', description: ' ' }, now)
    expect(errors).toMatchObject({
      ...{ task: 'Bitte ausfüllen.', description: 'Bitte ausfüllen.' },
      ...{ day: expect.stringContaining('kein Tag'), minutes: expect.stringContaining('nicht eindeutig') },
    })
    expect(readActivity({ ...line, day: '02.03.2026' }, now).errors.day).toBe('Der Tag liegt in der Zukunft.')
  })

  test('becomes an expense of a month or a day', () => {
    const typed: Typed = {
      dated: 'Februar 2026',
      kind: 'staff',
      amountEur: '5.821,40 €',
      eligible: 'ja',
      note: '',
      voucherId: '7',
    }
    expect(readExpense(typed, now)).toEqual({
      content: { dated: '2026-02', kind: 'staff', amountEur: 5821.4, eligible: true, note: null, voucherId: 7 },
      errors: {},
      understood: {},
    })
    expect(readExpense({ ...typed, dated: 'heute' }, now)).toMatchObject({
      content: { dated: now },
      understood: { dated: '01.03.2026' },
    })
    for (const [dated, reason] of [
      ['2026', 'weder Tag noch Monat'],
      ['April 2026', 'Zukunft'],
      ['', 'ausfüllen'],
    ] as const)
      expect(readExpense({ ...typed, dated }, now).errors.dated).toContain(reason)
    for (const amountEur of ['-5', '0', '12.34', 'viel', ''])
      expect(readExpense({ ...typed, amountEur }, now).errors, amountEur).toHaveProperty('amountEur')
  })

  test('fills the form of a correction and is read from it unchanged', () => {
    const { content } = readActivity(line, now)
    expect(readActivity(typedActivity(content as Activity), now).content).toEqual(content)
    const spent: Expense = {
      dated: '2026-02',
      kind: 'travel',
      amountEur: 1234.5,
      eligible: false,
      note: 'Fahrt',
      voucherId: null,
    }
    expect(readExpense(typedExpense(spent), now).content).toEqual(spent)
  })

  test('names periods that follow each other, also over the new year', () => {
    const { monat, vormonat, quartal, vorjahr } = namedPeriods('2026-01-15')
    expect([monat, vormonat, quartal, vorjahr].map((period) => [period?.from, period?.to])).toEqual([
      ['2026-01-01', '2026-01-15'],
      ['2025-12-01', '2025-12-31'],
      ['2026-01-01', '2026-01-15'],
      ['2025-01-01', '2025-12-31'],
    ])
    expect(namedPeriods('2024-03-31').vormonat).toMatchObject({ from: '2024-02-01', to: '2024-02-29' })
  })
})
