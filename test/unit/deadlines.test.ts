import { describe, expect, it, test } from 'vitest'
import { type DeadlineLength, dueDay, lightOf, type Pause, remaining } from '../../server/contract/deadlines.ts'
import { type FederalState, federalStateOf } from '../../server/contract/federal-state.ts'
import { addWorkingDays, daysBetween, holidayName, isWorkingDay } from '../../server/contract/working-days.ts'
import { randomFrom } from '../../server/schedule/survival.ts'

/** A calendar computed another way: Easter after Meeus, Jones and Butcher, the holidays of NRW by hand, every day written down once. */
interface ReferenceDay {
  iso: string
  isWorking: boolean
  holiday: boolean
}

function easterDayOfMarch(year: number): number {
  const a = year % 19
  const [b, c] = [Math.floor(year / 100), year % 100]
  const [d, e] = [Math.floor(b / 4), b % 4]
  const g = Math.floor((8 * b + 13) / 25)
  const h = (19 * a + b - d - g + 15) % 30
  const [i, k] = [Math.floor(c / 4), c % 4]
  const l = (32 + 2 * e + 2 * i - h - k) % 7
  const m = Math.floor((a + 11 * h + 22 * l) / 451)
  const month = Math.floor((h + l - 7 * m + 114) / 31)
  const day = ((h + l - 7 * m + 114) % 31) + 1
  return month === 3 ? day : day + 31
}

function holidaysOfNrw(year: number): Set<string> {
  const afterEaster = [-2, 1, 39, 50, 60].map((days) =>
    new Date(Date.UTC(year, 2, easterDayOfMarch(year) + days)).toISOString().slice(0, 10),
  )
  const fixed = ['01-01', '05-01', '10-03', '11-01', '12-25', '12-26', ...(year === 2017 ? ['10-31'] : [])]
  return new Set([...afterEaster, ...fixed.map((day) => `${year}-${day}`)])
}

/** Days within which every case of the tests ends. */
const window = 1500
const firstYear = 1999
const lastYear = 2105
const reference: ReferenceDay[] = []
const indexOf = new Map<string, number>()
for (let year = firstYear; year <= lastYear; year += 1) {
  const holidays = holidaysOfNrw(year)
  for (const walk = new Date(Date.UTC(year, 0, 1)); walk.getUTCFullYear() === year; walk.setUTCDate(walk.getUTCDate() + 1)) {
    const iso = walk.toISOString().slice(0, 10)
    indexOf.set(iso, reference.length)
    const holiday = holidays.has(iso)
    reference.push({ iso, holiday, isWorking: !holiday && walk.getUTCDay() % 6 !== 0 })
  }
}

const at = (iso: string) => indexOf.get(iso) as number
const day = (index: number) => (reference[index] as ReferenceDay).iso

/** The due day by the reference: all days that count in a row, the n-th of them taken; then the first it may fall on. */
function referenceDue(receivedOn: string, { amount, unit, rollsForward }: DeadlineLength, pauses: readonly Pause[]) {
  const stop = pauses.filter(({ to }) => to === null).map(({ from }) => at(from))
  const end = Math.min(at(receivedOn) + window, ...stop)
  const paused = new Set(pauses.flatMap(({ from, to }) => range(at(from), to === null ? end : at(to))))
  const open = range(at(receivedOn) + 1, end).filter((index) => !paused.has(index))
  const counted = open.filter((index) => unit !== 'working_days' || reference[index]?.isWorking)
  const wanted = unit === 'weeks' ? 7 * amount : amount
  const raw = counted[wanted - 1]
  const due = raw === undefined ? undefined : open.find((index) => index >= raw && (!rollsForward || reference[index]?.isWorking))
  if (due === undefined || raw === undefined)
    return { dueOn: null, countedOn: null, daysLeft: Math.max(0, wanted - counted.length) }
  return { dueOn: day(due), countedOn: day(raw), daysLeft: null }
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index)
}

const days30: DeadlineLength = { amount: 30, unit: 'days', rollsForward: true }
const weeks8: DeadlineLength = { amount: 8, unit: 'weeks', rollsForward: true }
const due = (receivedOn: string, length: DeadlineLength, ...pauses: Pause[]) =>
  dueDay({ receivedOn, length, pauses, state: 'NW' })

describe('working days', () => {
  test('holidays and working days of NRW are those of the reference calendar on every day from 2000 to 2100', () => {
    const wanted = reference.filter(({ iso }) => iso >= '2000' && iso < '2101')
    expect(wanted).toHaveLength(36_890)
    const told = wanted.map(({ iso }) => ({ iso, holiday: holidayName(iso, 'NW') !== null, isWorking: isWorkingDay(iso, 'NW') }))
    expect(told).toEqual(wanted)
  })

  test('Reformation Day was a holiday in NRW in 2017 only, and Christmas Eve and New Year’s Eve never are', () => {
    expect(holidayName('2017-10-31', 'NW')).toBe('Reformationstag')
    expect(['2016-10-31', '2018-10-31', '2025-12-24', '2025-12-31'].map((iso) => holidayName(iso, 'NW'))).toEqual(
      Array(4).fill(null),
    )
  })

  test('the holidays are those of the Land named by the municipality key', () => {
    expect(['05316000', '09162000', '11000000', ''].map(federalStateOf)).toEqual(['NW', 'BY', 'BE', 'NW'])
    expect(isWorkingDay('2026-01-06', 'BY')).toBe(false)
    expect(isWorkingDay('2026-01-06', 'NW')).toBe(true)
  })

  test('no time zone of the machine moves a holiday', () => {
    const before = process.env.TZ
    const zones: [zone: string, state: FederalState][] = [
      ['Pacific/Auckland', 'HE'],
      ['America/Los_Angeles', 'SL'],
    ]
    for (const [zone, state] of zones) {
      process.env.TZ = zone
      expect(new Date(2031, 0, 1).getTimezoneOffset()).not.toBe(0)
      expect([holidayName('2031-05-01', state), holidayName('2031-05-02', state)]).toEqual(['Tag der Arbeit', null])
    }
    if (before === undefined) delete process.env.TZ
    else process.env.TZ = before
  })

  test('counting on and back over 3,000 random spans agrees with the reference', () => {
    const random = randomFrom('working days')
    const working = reference.flatMap(({ isWorking }, index) => (isWorking ? [index] : []))
    for (let round = 0; round < 3000; round += 1) {
      const from = 400 + Math.floor(random() * 36_000)
      const count = 1 + Math.floor(random() * 60)
      const later = working[working.findIndex((index) => index > from) + count - 1] as number
      expect(addWorkingDays(day(from), count, 'NW')).toBe(day(later))
      const earlier = working[working.findLastIndex((index) => index < from) - count + 1] as number
      expect(addWorkingDays(day(from), -count, 'NW')).toBe(day(earlier))
      expect(remaining(day(later), day(from), 'NW')).toEqual({ days: later - from, workingDays: count })
      expect(remaining(day(from), day(later), 'NW')).toEqual({ days: from - later, workingDays: -count })
    }
  })
})

describe('the due day', () => {
  test.each<
    [name: string, receivedOn: string, length: DeadlineLength, pauses: Pause[], dueOn: string | null, countedOn: string | null]
  >([
    ['30 days, the day of receipt not counted', '2026-03-02', days30, [], '2026-04-01', '2026-04-01'],
    ['an end on Good Friday goes past Easter', '2026-03-04', days30, [], '2026-04-07', '2026-04-03'],
    ['an end on a Saturday that is no holiday', '2026-01-29', days30, [], '2026-03-02', '2026-02-28'],
    ['without rolling it ends where it ends', '2026-03-04', { ...days30, rollsForward: false }, [], '2026-04-03', '2026-04-03'],
    ['8 weeks end on the same weekday', '2026-09-08', weeks8, [], '2026-11-03', '2026-11-03'],
    [
      '8 weeks from a Sunday end on a Monday, across the end of summer time',
      '2026-09-06',
      weeks8,
      [],
      '2026-11-02',
      '2026-11-01',
    ],
    ['across Christmas and the end of the year', '2026-12-01', days30, [], '2026-12-31', '2026-12-31'],
    ['New Year’s Day on a Friday goes to Monday', '2026-12-02', days30, [], '2027-01-04', '2027-01-01'],
    ['a leap day counts', '2028-02-01', days30, [], '2028-03-02', '2028-03-02'],
    [
      'ten working days across Easter',
      '2026-03-30',
      { amount: 10, unit: 'working_days', rollsForward: false },
      [],
      '2026-04-15',
      '2026-04-15',
    ],
    [
      'a day on which the clocks change',
      '2026-03-29',
      { amount: 1, unit: 'days', rollsForward: false },
      [],
      '2026-03-30',
      '2026-03-30',
    ],
    ['a pause of seven days', '2026-03-02', days30, [{ from: '2026-03-10', to: '2026-03-17' }], '2026-04-08', '2026-04-08'],
    ['a pause of no day', '2026-03-02', days30, [{ from: '2026-03-10', to: '2026-03-10' }], '2026-04-01', '2026-04-01'],
    ['a pause before receipt', '2026-03-02', days30, [{ from: '2026-02-01', to: '2026-03-03' }], '2026-04-01', '2026-04-01'],
    [
      'two pauses that overlap count once',
      '2026-03-02',
      days30,
      [
        { from: '2026-03-10', to: '2026-03-17' },
        { from: '2026-03-12', to: '2026-03-18' },
      ],
      '2026-04-09',
      '2026-04-09',
    ],
    ['the due day itself paused', '2026-03-02', days30, [{ from: '2026-04-01', to: '2026-04-02' }], '2026-04-02', '2026-04-02'],
    ['paused while it rolls', '2026-03-04', days30, [{ from: '2026-04-07', to: '2026-04-09' }], '2026-04-09', '2026-04-03'],
    ['a pause after the due day', '2026-03-02', days30, [{ from: '2026-04-02', to: null }], '2026-04-01', '2026-04-01'],
  ])('%s', (_, receivedOn, length, pauses, dueOn, countedOn) => {
    expect(due(receivedOn, length, ...pauses)).toEqual({ dueOn, countedOn, daysLeft: null })
  })

  test('an open pause leaves no due day, but what is left', () => {
    expect(due('2026-03-02', days30, { from: '2026-03-10', to: null })).toEqual({ dueOn: null, countedOn: null, daysLeft: 23 })
    expect(due('2026-03-02', days30, { from: '2026-03-03', to: null })).toMatchObject({ daysLeft: 30 })
    const tenDays: DeadlineLength = { amount: 10, unit: 'working_days', rollsForward: true }
    expect(due('2026-03-02', tenDays, { from: '2026-03-09', to: null })).toMatchObject({ dueOn: null, daysLeft: 6 })
    expect(due('2026-03-04', days30, { from: '2026-04-05', to: null })).toMatchObject({ dueOn: null, daysLeft: 0 })
  })

  test('6,000 random deadlines with and without pauses agree with the reference', () => {
    const random = randomFrom('deadlines')
    const whole = (most: number) => Math.floor(random() * most)
    const edges = ['12-2', '02-2', '03-2', '10-2', '03-3', '10-3', '01-0']
    const met = { rolled: 0, open: 0, paused: 0 }
    for (let round = 0; round < 6000; round += 1) {
      const near = `${2000 + whole(100)}-${edges[whole(edges.length)]}${1 + whole(8)}`
      const from = round % 2 === 0 ? 366 + whole(36_600) : (indexOf.get(near) ?? 400)
      const unit = (['days', 'weeks', 'working_days'] as const)[whole(3)] ?? 'days'
      const length = { amount: 1 + whole(unit === 'weeks' ? 20 : 90), unit, rollsForward: random() < 0.7 }
      const pauses = Array.from({ length: whole(4) }, (): Pause => {
        const begin = from - 20 + whole(150)
        return { from: day(begin), to: random() < 0.15 ? null : day(begin + whole(40)) }
      })
      const told = due(day(from), length, ...pauses)
      expect(told, JSON.stringify([day(from), length, pauses])).toEqual(referenceDue(day(from), length, pauses))
      if (told.dueOn === null) met.open += 1
      else if (told.dueOn !== told.countedOn) met.rolled += 1
      if (pauses.length > 0) met.paused += 1
    }
    expect(Math.min(...Object.values(met))).toBeGreaterThan(500)
  })

  test('a pause never makes a deadline end earlier, and days added are days paused', () => {
    const random = randomFrom('pauses')
    for (let round = 0; round < 1000; round += 1) {
      const from = 400 + Math.floor(random() * 36_000)
      const length: DeadlineLength = { amount: 10 + Math.floor(random() * 40), unit: 'days', rollsForward: false }
      const paused = Math.floor(random() * 30)
      const pause = { from: day(from + 5), to: day(from + 5 + paused) }
      expect(daysBetween(due(day(from), length).dueOn as string, due(day(from), length, pause).dueOn as string)).toBe(paused)
    }
  })
})

describe('the traffic light', () => {
  const light = (today: string, metOn: string | null = null, pauses: Pause[] = [], warnsFrom?: number) =>
    lightOf({
      received: { receivedOn: '2026-03-04', length: days30, pauses, state: 'NW' },
      ...{ today, metOn },
      ...(warnsFrom === undefined ? {} : { warnsFrom }),
    })

  it('turns yellow as many working days before Easter Tuesday as told, red on the last one, and missed after it', () => {
    const days = [
      '2026-03-05',
      '2026-03-29',
      '2026-03-30',
      '2026-03-31',
      '2026-04-01',
      '2026-04-02',
      '2026-04-06',
      '2026-04-07',
      '2026-04-08',
    ]
    const lights = ['green', 'green', 'yellow', 'yellow', 'yellow', 'red', 'red', 'red', 'missed']
    expect(days.map((today) => light(today, null, [], 4))).toEqual(lights)
    expect(light('2026-03-27')).toBe('yellow')
    expect(light('2026-03-26')).toBe('green')
  })

  it('is met on the due day and missed after it, whatever today is', () => {
    expect(light('2026-06-01', '2026-04-07')).toBe('met')
    expect(light('2026-06-01', '2026-04-08')).toBe('missed')
    expect(light('2026-03-20', '2026-03-18', [{ from: '2026-03-10', to: null }])).toBe('met')
  })

  it('stands still in a pause, open or not, but not once the due day has passed', () => {
    expect(light('2026-05-01', null, [{ from: '2026-03-10', to: null }])).toBe('paused')
    expect(light('2026-03-12', null, [{ from: '2026-03-10', to: '2026-03-13' }])).toBe('paused')
    expect(light('2026-03-13', null, [{ from: '2026-03-10', to: '2026-03-13' }])).toBe('green')
    expect(light('2026-05-01', null, [{ from: '2026-04-08', to: null }])).toBe('missed')
  })
})
