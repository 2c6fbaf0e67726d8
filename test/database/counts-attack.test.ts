import { expect, it } from 'vitest'
import type * as z from 'zod/mini'
import { randomFrom } from '../../data/demo/random.ts'
import { quantities as quantityCodes } from '../../server/contract/codes.ts'
import type { previewRelease } from '../../server/contract/counts.ts'
import { measures as measureCodes } from '../../server/contract/metrics.ts'
import { determined, newKnowledge } from '../support/attack.ts'
import { body, read } from '../support/facts.ts'
import { objectsApp } from '../support/objects.ts'
import { client } from '../support/sign-in.ts'

/**
 * An outsider asks everything that is public of released figures, over HTTP, and computes: totals minus districts, levels that lie in
 * each other, releases against each other (also one taken back), published targets. No withheld figure may follow.
 */
const { app, coordinator, record } = await objectsApp()
const outsider = client(app)

const programmeId = 'breitband'
const districts = ['opladen', 'manfort', 'alkenrath', 'hitdorf', 'rheindorf', 'wiesdorf']
const quantities = ['household', 'business'] as const
const measures = ['potential', 'passed', 'connected'] as const
const days = ['2021-03-31', '2021-06-30', '2021-09-30', '2021-12-31']
const states = ['eligible', 'passed', 'connected'] as const

type Quantity = (typeof quantities)[number]
type Measure = (typeof measures)[number]

/** What a release says: of each cell a number, or null where it is withheld. */
interface Table {
  stand: string
  knownFrom: string
  cells: Map<string, number | null>
}

interface Feature {
  properties: {
    programmeId: string
    districtId: string | null
    quantity: Quantity
    measure: Measure
    value: number | null
    suppressed: boolean
    trueOn: string
    knownFrom: string
  }
}

const cell = (quantity: Quantity, district: string | null, measure: Measure) => [quantity, district ?? 'city', measure].join(' ')

/** Premises that come further from day to day, many districts with very few. */
async function build(): Promise<void> {
  const random = randomFrom(11)
  const houses = quantities.flatMap((kind) =>
    districts.flatMap((districtId) => {
      const count = random() < 0.4 ? 1 + Math.floor(random() * 5) : 6 + Math.floor(random() * 40)
      const pace = random() < 0.5 ? 0.15 : 0.6
      return Array.from({ length: count }, (_, index) => ({
        kind,
        districtId,
        key: `${kind}-${districtId}-${index}`,
        pace,
        level: 0,
      }))
    }),
  )
  for (const day of days) {
    const rows = houses.map((house) => {
      if (house.level < 2 && random() < house.pace) house.level += 1
      const { kind, districtId, key, level } = house
      return { ...{ key, kind, districtId, programmeId }, units: 1, fundingClass: 'funded', state: states[level], steps: {} }
    })
    await record('premises', rows, day)
  }
}

const release = async (stand: string) =>
  (await body<{ revision: number }>(await coordinator.send('POST', '/api/counts/releases', { stand, reason: 'Quartalszahlen' })))
    .revision

const items = (query: Record<string, string>) =>
  `/ogc/collections/counted_figures/items?${new URLSearchParams({ limit: '1000', programmeId, ...query })}`

/** Every release the outsider can reach by turning the two clocks. */
async function collect(moments: readonly string[]): Promise<Map<string, Table>> {
  const tables = new Map<string, Table>()
  for (const knownAt of moments) {
    for (const asOf of days) {
      const { features } = await read<{ features: Feature[] }>(outsider, items({ f: 'json', asOf, knownAt }))
      await expectSameInOtherForms(features, { asOf, knownAt })
      for (const { properties: one } of features) {
        const id = `${one.trueOn} ${one.knownFrom}`
        const table = tables.get(id) ?? { stand: one.trueOn, knownFrom: one.knownFrom, cells: new Map() }
        table.cells.set(cell(one.quantity, one.districtId, one.measure), one.value)
        tables.set(id, table)
      }
    }
  }
  return tables
}

/** What one form withholds, no other form, filter or page says. */
async function expectSameInOtherForms(features: readonly Feature[], clocks: { asOf: string; knownAt: string }): Promise<void> {
  const hidden = features.filter(({ properties }) => properties.suppressed)
  for (const { properties } of features) expect(properties.value === null).toBe(properties.suppressed)
  const csv = await (await outsider.get(items({ f: 'csv', suppressed: 'true', ...clocks }))).text()
  expect(csv.match(/,true,/g) ?? []).toHaveLength(hidden.length)
  expect(csv.match(/,,true,/g) ?? []).toHaveLength(hidden.length)
  for (const value of ['1', '2', '3']) {
    const found = await read<{ features: Feature[] }>(outsider, items({ f: 'json', value, ...clocks }))
    expect(found.features).toEqual([])
  }
  const pages = ['opladen', 'manfort'].map((id) => `/api/portal/districts/${id}?${new URLSearchParams(clocks)}`)
  for (const path of [...pages, `/api/portal/programmes/${programmeId}?${new URLSearchParams(clocks)}`]) {
    const { counted } = await read<{ counted: { quantity: Quantity; measure: Measure; value: number | null }[] }>(outsider, path)
    const district = /districts\/(\w+)/.exec(path)?.[1] ?? null
    for (const one of counted) {
      const isHidden = hidden.some(
        ({ properties: p }) => p.districtId === district && p.quantity === one.quantity && p.measure === one.measure,
      )
      expect(one.value === null, path).toBe(isHidden)
    }
  }
}

/** The report to the council tells what the open data tell, of the programme and of every district. */
async function expectSameInReports(asOf: string): Promise<void> {
  for (const districtId of [null, ...districts]) {
    const wish = { asOf, programmeId, districtId, since: '2020-12-31' }
    const report = await body<{ id: number; knownAt: string }>(await coordinator.send('POST', '/api/reports/council', wish))
    const html = await (await outsider.get(`/bericht/${report.id}.html`)).text()
    const query = { f: 'json', asOf, knownAt: report.knownAt }
    const { features } = await read<{ features: Feature[] }>(outsider, items(query))
    const own = features.filter(({ properties }) => properties.districtId === districtId)
    expect(own.length).toBeGreaterThan(0)
    expect(html.match(/gezählt: /g)).toHaveLength(own.length)
    const said = [
      ...html.matchAll(/<th scope="row">([^<]*)<\/th><td>[^<]*<\/td><td>gezählt: ([^<]*)<\/td><td><a [^>]*>([^<]*)</g),
    ]
    for (const { properties: one } of own) {
      const row = said.find(
        ([, what, word]) =>
          what?.startsWith(quantityCodes.labels[one.quantity].de) && word === measureCodes.labels[one.measure].de,
      )
      expect(row?.[3]).toBe(one.value === null ? 'nicht genannt (Datenschutz)' : one.value.toLocaleString('de-DE'))
    }
  }
}

/** Everything that can be written down of one kind of premises; what is withheld is an unknown of 1 or more. */
function equations(tables: readonly Table[], quantity: Quantity, targets: readonly { districts: string[]; value: number }[]) {
  const knowledge = newKnowledge()
  let count = 0
  const say = (kind: 'equal' | 'min', terms: [factor: number, table: number, cell: string][], constant = 0) => {
    const name = `c${count++}`
    let known = constant
    let unknowns = 0
    for (const [factor, table, id] of terms) {
      const value = tables[table]?.cells.get(id)
      if (value === undefined) return
      if (value !== null) known += factor * value
      else {
        const variable = `${table} ${id}`
        knowledge.variables[variable] ??= {}
        const of = knowledge.variables[variable]
        of[name] = (of[name] ?? 0) + factor
        unknowns += 1
      }
    }
    if (unknowns > 0) knowledge.constraints[name] = { [kind]: -known }
  }
  tables.forEach((table, time) => {
    const rows = [...districts, null].filter((row) => table.cells.has(cell(quantity, row, 'potential')))
    for (const [level, measure] of measures.entries()) {
      say(
        'equal',
        rows.map((row) => [row === null ? -1 : 1, time, cell(quantity, row, measure)]),
      )
      const inner = measures[level + 1]
      for (const row of rows) {
        const own = cell(quantity, row, measure)
        if (table.cells.get(own) === null) say('min', [[1, time, own]], -1)
        const within: [number, number, string][] = inner
          ? [
              [1, time, own],
              [-1, time, cell(quantity, row, inner)],
            ]
          : []
        say('min', within)
        say('min', [
          [1, time + 1, own],
          [-1, time, own],
        ])
      }
    }
    for (const target of targets) {
      say(
        'equal',
        target.districts.map((row) => [1, time, cell(quantity, row, 'potential')]),
        -target.value,
      )
    }
  })
  return knowledge
}

it('keeps every withheld figure from somebody who asks everything', async () => {
  await build()
  const truth = async (stand: string) => {
    const answer = await read<z.infer<(typeof previewRelease)['response']>>(
      coordinator,
      `/api/counts/releases/preview?stand=${stand}`,
    )
    return new Map(answer.figures.map((one) => [cell(one.kind as Quantity, one.districtId, one.measure as Measure), one.counted]))
  }
  const start = await truth(days[0] as string)
  const together = ['opladen', 'manfort']
  const value = together.reduce((sum, one) => sum + (start.get(cell('household', one, 'potential')) ?? 0), 0)
  await coordinator.record('target', `${programmeId}:household:zusammen`, {
    content: {
      ...{ programmeId, quantity: 'household', scope: 'zusammen', value, approximate: false },
      ...{ districtIds: together, note: null, noteEn: null },
    },
    trueOn: '2021-03-01',
  })
  const moments: string[] = []
  const note = async (work: Promise<number>) => {
    const revision = await work
    moments.push(new Date().toISOString())
    return revision
  }
  await note(release(days[0] as string))
  const second = await note(release(days[2] as string))
  await note(release(days[1] as string))
  await note(
    body<{ revision: number }>(
      await coordinator.send('POST', `/api/counts/releases/${second}/withdrawal`, { reason: 'Falscher Stand' }),
    ).then(({ revision }) => revision),
  )
  await note(release(days[3] as string))

  for (const path of ['/api/counts', '/api/counts/history', '/api/counts/releases', '/api/counts/releases/preview'])
    expect((await outsider.get(path)).status, path).toBe(401)

  const tables = [...(await collect(moments)).values()].toSorted((a, b) =>
    `${a.stand} ${a.knownFrom}` < `${b.stand} ${b.knownFrom}` ? -1 : 1,
  )
  expect(tables.length).toBeGreaterThanOrEqual(4)
  const withheld = tables.reduce((sum, { cells }) => sum + [...cells.values()].filter((one) => one === null).length, 0)
  expect(withheld).toBeGreaterThan(20)

  const targets = { household: [{ districts: together, value }], business: [] }
  for (const quantity of quantities) expect(determined(equations(tables, quantity, targets[quantity])), quantity).toEqual([])

  // Asking for the very number that is withheld finds nothing.
  const last = await truth(days[3] as string)
  const asked = { f: 'json', asOf: days[3] as string, knownAt: moments.at(-1) as string }
  const shown = await read<{ features: Feature[] }>(outsider, items(asked))
  for (const { properties: one } of shown.features.filter(({ properties }) => properties.suppressed)) {
    const value = last.get(cell(one.quantity, one.districtId, one.measure))
    const guess = await read<{ features: Feature[] }>(outsider, items({ ...asked, value: String(value), suppressed: 'true' }))
    expect(guess.features).toEqual([])
  }
  await expectSameInReports(days[3] as string)

  // The same attack succeeds as soon as only the small figures themselves are withheld.
  const truths = new Map(await Promise.all(days.map(async (day) => [day, await truth(day)] as const)))
  const naive = tables.map((table) => ({
    ...table,
    cells: new Map(
      [...table.cells].map(([id, shown]) => {
        const counted = truths.get(table.stand)?.get(id) ?? 0
        return [id, shown === null && counted > 0 && counted < 4 ? null : counted]
      }),
    ),
  }))
  const recovered = quantities.flatMap((quantity) => determined(equations(naive, quantity, targets[quantity])))
  expect(recovered.length).toBeGreaterThan(3)
}, 60_000)
