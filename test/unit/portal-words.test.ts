import { describe, expect, it } from 'vitest'
import { type DistrictState, districtStates } from '../../client/portal/districts.ts'
import { eventDays, neighbourDay, publicationDays } from '../../client/portal/events.ts'
import { enumerate, periodText, sectionAnswer, summarySentence } from '../../client/portal/sentences.ts'
import type { Phase, Trade } from '../../server/contract/codes.ts'
import type { SectionSummary, StageView, TimelineEvent } from '../../server/contract/portal.ts'

const provenance = {
  citation: 'Sachstandsbericht',
  url: null,
  trueOn: '2022-03-28',
  knownFrom: '2022-03-27T22:00:00.000Z',
  knownAssumed: false,
}

function section(phase: Phase, more: Partial<SectionSummary> = {}): SectionSummary {
  return {
    id: 'breitband:manfort',
    name: 'Manfort',
    programmeId: 'breitband',
    districtId: 'manfort',
    wholeDistrict: true,
    buildPhase: 2,
    phase,
    plannedStart: null,
    plannedEnd: null,
    provenance,
    ...more,
  }
}

function stage(trade: Trade, dates: Partial<StageView>): StageView {
  return {
    id: `breitband:manfort:${trade}`,
    trade,
    plannedStart: null,
    plannedEnd: null,
    actualStart: null,
    actualEnd: null,
    percent: null,
    onHold: false,
    cancelled: false,
    surfaceRestored: null,
    note: null,
    provenance,
    revisions: [],
    ...dates,
  }
}

function state(phase: Phase | null): DistrictState {
  return { id: 'x', name: 'X', borough: 'I', labelPoint: [7, 51], phase, sections: [] }
}

describe('The summary of the city', () => {
  it('counts districts by phase, the furthest first', () => {
    const states = [...Array(6).fill(state('civil_works_done')), ...Array(7).fill(state('civil_works'))]
    expect(summarySentence(states, 'de')).toBe('In 6 von 13 Stadtteilen ist der Tiefbau abgeschlossen, in 7 läuft der Tiefbau.')
    expect(summarySentence(states, 'en')).toBe('In 6 of 13 districts civil works are completed, in 7 civil works are under way.')
  })

  it('says when all districts are alike, and nothing without districts', () => {
    expect(summarySentence(Array(13).fill(state('unknown')), 'de')).toBe('In allen 13 Stadtteilen ist noch kein Ausbau bekannt.')
    expect(summarySentence([], 'de')).toBe('')
  })

  it('leaves out a district of which only a part is known', () => {
    expect(summarySentence([state(null), state('usable')], 'de')).toBe('In 1 von 2 Stadtteilen ist die Glasfaser nutzbar.')
  })
})

describe('The phase of a district', () => {
  const overview = (sections: SectionSummary[]) =>
    ({
      districts: [{ id: 'manfort', name: 'Manfort', borough: 'I', labelPoint: [7, 51], bbox: [7, 51, 7, 51] }],
      sections,
    }) as unknown as Parameters<typeof districtStates>[0]

  it('is that of the furthest section that covers it; work that stands still counts least', () => {
    const both = [section('on_hold'), section('planning', { id: 'market:manfort', programmeId: 'market' })]
    expect(districtStates(overview(both), null)[0]?.phase).toBe('planning')
    expect(districtStates(overview(both), 'breitband')[0]?.phase).toBe('on_hold')
  })

  it('is not that of a part of the district, and unknown without any section', () => {
    expect(districtStates(overview([section('usable', { wholeDistrict: false })]), null)[0]?.phase).toBeNull()
    expect(districtStates(overview([]), null)[0]?.phase).toBe('unknown')
  })
})

describe('The answer for a section', () => {
  const works = stage('civil_works', { actualStart: '2022-03', plannedEnd: '2022-end' })

  it('says since when work goes on and what is announced', () => {
    expect(sectionAnswer({ ...section('civil_works'), stages: [works] }, [], '2022-06-01', 'de')).toEqual([
      'Manfort: Tiefbau seit März 2022.',
      'Angekündigt ist der Abschluss (Tiefbau): Ende 2022.',
    ])
  })

  it('says of an announced date that has gone by that nobody told whether it was kept', () => {
    const answer = sectionAnswer({ ...section('civil_works'), stages: [works] }, [], '2026-01-01', 'de')
    expect(answer.slice(1)).toEqual([
      'Angekündigt war der Abschluss (Tiefbau): Ende 2022.',
      'Ob das eingehalten wurde, ist nicht veröffentlicht.',
    ])
  })

  it('adds the next milestone of the programme and says only once what is not known', () => {
    const start = { title: 'Start der Dienste', titleEn: 'Start of services', planned: '2023-spring', actual: null }
    const done = { title: 'Zuschlag', titleEn: null, planned: '2019', actual: '2019-04' }
    expect(sectionAnswer({ ...section('civil_works'), stages: [works] }, [done, start], '2026-01-01', 'de').slice(1)).toEqual([
      'Angekündigt war der Abschluss (Tiefbau): Ende 2022.',
      'Angekündigt war: Start der Dienste, Frühjahr 2023.',
      'Ob das eingehalten wurde, ist nicht veröffentlicht.',
    ])
    expect(sectionAnswer({ ...section('civil_works_done'), stages: [] }, [start], '2022-06-01', 'en')).toEqual([
      'Manfort: Civil works completed.',
      'Announced: Start of services, spring 2023.',
    ])
  })

  it('says that nothing is published when nothing is announced, except at the end', () => {
    expect(sectionAnswer({ ...section('civil_works_done'), stages: [] }, [], '2026-01-01', 'de')).toEqual([
      'Manfort: Tiefbau abgeschlossen.',
      'Wie es weitergeht, ist nicht veröffentlicht.',
    ])
    expect(sectionAnswer({ ...section('usable'), stages: [] }, [], '2026-01-01', 'de')).toEqual(['Manfort: Nutzbar.'])
  })

  it('does not announce what was cancelled or is over', () => {
    const over = stage('civil_works', { actualEnd: '2022-12-01', plannedEnd: '2022-end' })
    const cancelled = stage('activation', { plannedStart: '2030', cancelled: true })
    const answer = sectionAnswer({ ...section('civil_works_done'), stages: [over, cancelled] }, [], '2023-01-01', 'de')
    expect(answer).toContain('Wie es weitergeht, ist nicht veröffentlicht.')
  })
})

describe('Periods and lists in words', () => {
  it.each([
    ['2021-03', 'by 2022-03-28', false, 'März 2021 bis spätestens 28.03.2022'],
    ['2022-03', null, true, 'seit März 2022'],
    ['2022-03', null, false, 'ab März 2022'],
    [null, '2022-end', false, 'bis Ende 2022'],
    [null, null, false, null],
  ])('%s to %s', (start, end, isRunning, words) => {
    expect(periodText(start, end, 'de', isRunning)).toBe(words)
  })

  it('joins with commas and a last "und"', () => {
    expect(enumerate(['A', 'B', 'C'], 'de')).toBe('A, B und C')
    expect(enumerate(['A'], 'de')).toBe('A')
    expect(enumerate([], 'de')).toBe('')
  })
})

describe('Events of the timeline', () => {
  const event = (more: Partial<TimelineEvent>): TimelineEvent => ({
    day: '2021-04-30',
    date: '2021-04',
    kind: 'stage_begun',
    programmeId: 'breitband',
    districtId: null,
    trade: 'civil_works',
    title: null,
    titleEn: null,
    ...more,
  })
  const nameOf = (id: string) => id.toUpperCase()

  it('are one line per thing and day, with the places it happened in', () => {
    const events = ['a', 'b'].map((districtId) => event({ districtId }))
    const milestone = event({
      kind: 'milestone',
      day: '2021-03-31',
      date: '2021-03-31',
      trade: null,
      title: 'Bescheid',
      titleEn: 'Notice',
    })
    expect(eventDays([...events, milestone], nameOf, 'de')).toEqual([
      { day: '2021-03-31', lines: ['Bescheid'] },
      { day: '2021-04-30', lines: ['April 2021: Tiefbau begonnen (A und B)'] },
    ])
    expect(eventDays([milestone], nameOf, 'en')[0]?.lines).toEqual(['Notice'])
  })

  it('name four places and count the rest', () => {
    const events = [...'abcdefg'].map((districtId) => event({ districtId, trade: null, kind: 'announcement' }))
    expect(eventDays(events, nameOf, 'de')[0]?.lines).toEqual(['April 2021: Ausbau angekündigt (A, B, C, D und 3 weitere)'])
  })

  it('are steps for the arrow keys, from the first day to today', () => {
    const days = ['2021-03-31', '2021-04-30']
    const step = (day: string, direction: 1 | -1) => neighbourDay(days, day, direction, '2019-01-01', '2026-01-01')
    expect(step('2021-03-31', 1)).toBe('2021-04-30')
    expect(step('2021-04-15', -1)).toBe('2021-03-31')
    expect(step('2021-03-31', -1)).toBe('2019-01-01')
    expect(step('2021-04-30', 1)).toBe('2026-01-01')
    expect(step('2026-01-01', 1)).toBe('2026-01-01')
  })

  it('give the days of publication in Germany, newest first', () => {
    const publications = [
      { knownAt: '2021-09-19T22:00:00.000Z', citations: ['A'] },
      { knownAt: '2022-03-27T22:00:00.000Z', citations: ['B'] },
      { knownAt: '2022-03-28T10:00:00.000Z', citations: ['B', 'C'] },
    ]
    expect(publicationDays(publications)).toEqual([
      { day: '2022-03-28', citations: ['B', 'C'] },
      { day: '2021-09-20', citations: ['A'] },
    ])
  })
})
