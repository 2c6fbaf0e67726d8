import { describe, expect, test } from 'vitest'
import { attentionOf, compareAttention } from '../../client/facts/attention.ts'
import { merged, mergeFields } from '../../client/workbench/merge.ts'
import type { Draft, Statement } from '../../server/contract/facts.ts'

const names = ['plannedEnd', 'actualEnd', 'percent', 'note']
const base = { plannedEnd: '2022-end', actualEnd: null, percent: 50, note: null }

describe('Merging two versions of a fact', () => {
  test('what only one of the two changed is taken from there', () => {
    const mine = { ...base, actualEnd: '2022-11-30' }
    const theirs = { ...base, percent: 80 }
    const fields = mergeFields(names, base, mine, theirs)
    expect(fields).toEqual([
      { name: 'actualEnd', mine: '2022-11-30', theirs: null, contested: false, choice: 'mine' },
      { name: 'percent', mine: 50, theirs: 80, contested: false, choice: 'theirs' },
    ])
    expect(merged(theirs, fields)).toEqual({ ...base, actualEnd: '2022-11-30', percent: 80 })
  })

  test('what both changed differently is contested; the same change is not', () => {
    const mine = { ...base, actualEnd: '2022-11-30', percent: 100 }
    const theirs = { ...base, actualEnd: '2022-12-15', percent: 100 }
    expect(mergeFields(names, base, mine, theirs)).toEqual([
      { name: 'actualEnd', mine: '2022-11-30', theirs: '2022-12-15', contested: true, choice: 'mine' },
    ])
  })

  test('without a common start every difference is contested', () => {
    expect(mergeFields(names, null, base, { ...base, percent: 60 })).toMatchObject([{ name: 'percent', contested: true }])
  })

  test('geometries are compared by what they say, not by the order of their keys', () => {
    const mine = { geom: { type: 'Point', coordinates: [7, 51] } }
    const theirs = { geom: { coordinates: [7, 51], type: 'Point' } }
    expect(mergeFields(['geom'], null, mine, theirs)).toEqual([])
  })
})

function statement(content: Record<string, unknown>, trueOn = '2022-03-28'): Statement {
  const quiet = { plannedStart: null, plannedEnd: null, actualStart: null, actualEnd: null, cancelled: false, onHold: false }
  return { content: { trade: 'civil_works', ...quiet, ...content }, trueOn } as unknown as Statement
}

function draft(properties: Partial<Draft>): Draft {
  return { mine: true, stale: false, authorName: 'Jo Beispiel', ...properties } as Draft
}

const kinds = (...input: Parameters<typeof attentionOf>) => attentionOf(...input).map(({ kind }) => kind)

describe('What wants attention', () => {
  test('a planned end that has passed without a report, only once its whole period is over', () => {
    const stage = statement({ plannedEnd: '2022-end' })
    expect(kinds([stage], [], '2022-12-30')).toEqual([])
    expect(attentionOf([stage], [], '2022-12-31')[0]).toEqual({
      kind: 'overdue',
      text: 'Tiefbau: Ende war für Ende 2022 geplant, gemeldet ist keines',
    })
  })

  test.each([{ actualEnd: '2022-12' }, { cancelled: true }, { onHold: true }])('no reminder where %o', (more) => {
    expect(kinds([statement({ plannedEnd: '2022-end', ...more })], [], '2023-01-15')).toEqual([])
  })

  test('a planned start that has passed without a start', () => {
    expect(kinds([statement({ plannedStart: '2022-06' })], [], '2022-07-01')).toEqual(['overdue'])
    expect(kinds([statement({ plannedStart: '2022-06', actualStart: '2022-06' })], [], '2022-07-01')).toEqual([])
  })

  test('silence counts from the latest statement of the section', () => {
    const stages = [statement({}, '2021-09-20'), statement({}, '2022-03-28')]
    expect(kinds(stages, [], '2023-03-28')).toEqual([])
    expect(attentionOf(stages, [], '2023-03-29')).toEqual([{ kind: 'silent', text: 'Keine Angabe seit 28.03.2022' }])
    expect(attentionOf([], [], '2023-03-29')).toEqual([{ kind: 'silent', text: 'Noch keine Angabe zum Ausbau' }])
  })

  test('stale drafts come before own ones, those before overdue plans, those before silence, and nothing to do comes last', () => {
    const today = '2024-01-01'
    const overdue = attentionOf([statement({ plannedEnd: '2022' }, '2023-12-01')], [], today)
    const silent = attentionOf([statement({})], [], today)
    const own = attentionOf([statement({}, '2023-12-01')], [draft({})], today)
    const stale = attentionOf([statement({}, '2023-12-01')], [draft({ stale: true })], today)
    const calm = attentionOf([statement({}, '2023-12-01')], [], today)
    expect([calm, silent, overdue, own, stale].sort(compareAttention)).toEqual([stale, own, overdue, silent, calm])
  })

  test('drafts of others are named', () => {
    expect(attentionOf([statement({}, '2022-03-28')], [draft({ mine: false })], '2022-04-01')).toEqual([
      { kind: 'draft', text: 'Entwurf von Jo Beispiel' },
    ])
  })
})
