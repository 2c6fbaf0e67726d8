import { readdir } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import type { CoverageEdition, CoverageTrend } from '../../server/contract/coverage.ts'
import { coverageDirectory } from '../../server/coverage/jobs.ts'
import { testApp } from '../support/app.ts'
import { areas, coverageDesk, driveTest, everywhere, wishOf } from '../support/coverage.ts'
import { body, read, refused } from '../support/facts.ts'

const app = await testApp()
const { database, config } = app.context
const desk = await coverageDesk(app)
const { coordinator } = desk

const sql = async <Row>(text: string) => ((await database.raw(text)) as { rows: Row[] }).rows

type Properties = Record<string, string | number | null>

async function layer(id: string, query = ''): Promise<Properties[]> {
  const response = await fetch(`${app.url}/ogc/collections/${id}/items?limit=10000&${query}`)
  const { features } = await body<{ features: { properties: Properties }[] }>(response)
  return features.map(({ properties }) => properties)
}

const ask = async <Answer>(path: string) => body<Answer>(await fetch(app.url + path))
const withdraw = (id: number, isWithdrawn: boolean, reason = 'Falsche Ausgabe') =>
  coordinator.send('POST', `/api/coverage/editions/${id}/withdrawal`, { isWithdrawn, reason })
const sum = (rows: Properties[], name: string) => rows.reduce((total, row) => total + Number(row[name]), 0)

const [west, south, , north] = everywhere
const half = [west, south, 360_000, north] as const
const count = (operators: number, box: readonly [number, number, number, number]) => ({
  properties: { mobilesBB_AnzahlMNB: operators, BL: 'NW' },
  box,
})

describe('the number of operators', () => {
  test('becomes white and grey spots by the rule of the day, with the rule beside the figure', async () => {
    const file = areas([
      count(0, [359_000, 5_654_000, 360_000, 5_655_000]),
      count(2, [360_000, 5_654_000, 362_000, 5_655_000]),
      count(3, [362_000, 5_654_000, 363_000, 5_655_000]),
      count(1, [700_000, 5_400_000, 701_000, 5_401_000]),
    ])
    const { id, found } = await desk.inspect('monitoring.geojson', file)
    expect(found).toMatchObject({ dataset: 'operator_count', rows: 4, used: 3, outside: 1, unusable: 0, asksOperator: false })
    expect(found.counts.map(({ operators }) => operators)).toEqual([0, 2, 3])
    expect(found.warnings).toContainEqual(
      expect.stringMatching(/^Für [\d.]+ von 8\.222 Rasterzellen der Stadt sagt die Datei nichts\.$/),
    )

    const edition = await body<CoverageEdition>(await desk.confirming(id, wishOf(found, { trueOn: '2021-01' })))
    expect(edition).toMatchObject({ dataset: 'operator_count', method: 'predicted', trueOn: '2021-01', withdrawn: null })

    // In 2021 one operator made a grey spot, since November 2022 at the latest one or two do.
    expect((await layer('mobile_spots', 'asOf=2021-06-01')).map(({ spot }) => spot)).toEqual(['white'])
    const spots = await layer('mobile_spots')
    expect(spots.map(({ spot, operatorCount }) => [spot, operatorCount])).toEqual([
      ['grey', 2],
      ['white', 0],
    ])
    expect(spots[0]).toMatchObject({
      method: 'predicted',
      trueOn: '2021-01',
      attribution: '© Bundesnetzagentur',
      ruleValidFrom: 'by 2022-11',
    })
    expect(spots[0]?.ruleNote).toContain('November 2022')

    const table = await layer('mobile_coverage_districts', 'dataset=operator_count')
    const white = table.filter(({ spot }) => spot === 'white')
    expect(white).toHaveLength(13)
    // One square kilometre, to the cell.
    expect(sum(white, 'areaM2')).toBeGreaterThan(970_000)
    expect(sum(white, 'areaM2')).toBeLessThan(1_030_000)
    const ratio =
      sum(
        table.filter(({ spot }) => spot === 'grey'),
        'areaM2',
      ) / sum(white, 'areaM2')
    expect(Math.abs(ratio - 2)).toBeLessThan(0.1)
    // Of what the file does not speak, nothing is said.
    expect(white.every(({ spokenShare }) => Number(spokenShare) < 100)).toBe(true)
    expect(white.every(({ dwellings }) => dwellings === null)).toBe(true)
  })

  test('of an edition taken back counts no more, but was known until then; put back, it counts again', async () => {
    const newer = await desk.importFile('q3.geojson', areas([count(0, everywhere)]), {
      title: 'Ausgabe Q3',
      trueOn: '2026-Q3',
      methodBreak: 'Neues Modell',
    })
    const titles = async (query = '') => [...new Set((await layer('mobile_spots', query)).map(({ title }) => title))]
    expect(await titles()).toEqual(['Ausgabe Q3'])
    expect(await titles('asOf=2026-09-29')).toEqual(['Mobilfunkmonitoring'])
    const [share] = (await layer('mobile_coverage_districts', 'spot=white&districtId=opladen')).map((row) => row.share)
    expect(share).toBe(100)

    const knownAt = new Date().toISOString()
    expect((await body<CoverageEdition>(await withdraw(newer.id, true))).withdrawn?.reason).toBe('Falsche Ausgabe')
    expect(await titles()).toEqual(['Mobilfunkmonitoring'])
    expect(await titles(`knownAt=${knownAt}`)).toEqual(['Ausgabe Q3'])
    expect((await refused(await withdraw(newer.id, true), 409)).detail).toContain('schon zurückgezogen')
    expect((await ask<{ editions: CoverageEdition[] }>('/api/coverage/editions')).editions.map(({ id }) => id)).not.toContain(
      newer.id,
    )
    await body(await withdraw(newer.id, false, 'War doch richtig'))
    expect(await titles()).toEqual(['Ausgabe Q3'])
    await refused(await withdraw(9_999, true), 404)
    await expect(database('coverage_editions').where('id', newer.id).delete()).rejects.toThrow('append-only')
  })

  test('may be said to be none where the file does not speak', async () => {
    const only = areas([count(3, half)])
    const edition = await desk.importFile('luecken.geojson', only, {
      title: 'Ausgabe Oktober',
      trueOn: '2026-10',
      missingIsNone: true,
    })
    const white = await layer('mobile_coverage_districts', 'spot=white')
    expect(white.every(({ spokenShare }) => spokenShare === 100)).toBe(true)
    expect(sum(white, 'areaM2') / 78_751_662).toBeGreaterThan(0.5)
    await body(await withdraw(edition.id, true))
  })
})

describe('coverage by operator', () => {
  test('is read from long and wide tables, cells and areas; the latest Stand of each operator and technology counts', async () => {
    await desk.importFile(
      'betreiber.geojson',
      areas([
        { properties: { Betreiber: 'Telekom', Technik: 'LTE' }, box: half },
        { properties: { Betreiber: 'o2', Technik: '5G NSA' }, box: everywhere },
        { properties: { Betreiber: 'Proximus', Technik: 'LTE' }, box: everywhere },
      ]),
      { dataset: 'authority_coverage', trueOn: '2025-06', title: 'Raster Juni' },
    )
    const [cell] = await sql<{ cell: string }>('select cell from coverage_grid order by cell limit 1')
    const wide = `id_inspire;verf_4g_telekom;verf_5g_sa_1und1\n${cell?.cell};100;0\n${cell?.cell};100;0\n`
    const { id, found } = await desk.inspect('zellen.csv', wide)
    expect(found).toMatchObject({ dataset: 'authority_coverage', cells: 1, duplicates: 1 })
    expect(found.parts).toEqual([
      { operator: 'telekom', technology: '4g', cells: 1 },
      { operator: '1und1', technology: '5g_sa', cells: 0 },
    ])
    await body(await desk.confirming(id, wishOf(found, { title: 'Raster Dezember', trueOn: '2025-12' })))
    const table = await layer('mobile_coverage_districts', 'dataset=authority_coverage')
    const of = (operator: string) => table.filter((row) => row.operator === operator)
    expect(of('telefonica').every(({ share, title }) => share === 100 && title === 'Raster Juni')).toBe(true)
    expect(sum(of('telekom'), 'areaM2')).toBeLessThan(10_500)
    expect(of('1und1')).toHaveLength(13)
    expect(sum(of('1und1'), 'areaM2')).toBe(0)
    expect((await layer('mobile_coverage')).map(({ operator, technology }) => [operator, technology])).toEqual([
      ['telefonica', '5g'],
      ['telekom', '4g'],
    ])
  })

  test('that does not name operator and technology asks for them', async () => {
    const file = areas([{ properties: { name: 'Versorgung' }, box: half }])
    const { id, found } = await desk.inspect('polygon.geojson', file, 'operator_coverage')
    expect(found).toMatchObject({ asksOperator: true, asksTechnology: true })
    const { errors } = await refused(await desk.confirming(id, wishOf(found)), 422)
    expect(errors?.map(({ field }) => field)).toEqual(['operator', 'technology'])
    const future = await refused(
      await desk.confirming(id, wishOf(found, { operator: 'vodafone', technology: '2g', trueOn: '2099' })),
      422,
    )
    expect(future.errors?.map(({ field }) => field)).toEqual(['trueOn'])
    const other = await refused(
      await desk.confirming(id, wishOf(found, { dataset: 'drive_test', operator: 'vodafone', technology: '2g' })),
      422,
    )
    expect(other.errors?.[0]).toMatchObject({ field: 'dataset' })
    await body(await desk.confirming(id, wishOf(found, { operator: 'vodafone', technology: '2g' })))
    expect(await layer('mobile_coverage', 'dataset=operator_coverage')).toMatchObject([
      { operator: 'vodafone', technology: '2g' },
    ])
    expect(
      (await refused(await desk.confirming(id, wishOf(found, { operator: 'vodafone', technology: '2g' })), 409)).detail,
    ).toContain('nicht (mehr)')
  })

  test('names dwellings of covered cells where the file does', async () => {
    const cells = await sql<{ cell: string }>('select cell from coverage_grid_areas where area_m2 > 9900 order by cell limit 2')
    const rows = cells.map(({ cell }, index) => `${cell};Telekom;2G;${[12, 30][index]}`)
    const title = { title: 'Wohnungen', dataset: 'authority_coverage' } as const
    await desk.importFile('wohnungen.csv', `cell_id;Betreiber;Technik;Wohnungen\n${rows.join('\n')}\n`, title)
    expect(sum(await layer('mobile_coverage_districts', 'technology=2g&dataset=authority_coverage'), 'dwellings')).toBe(42)
  })
})

/** Middle of a cell some hundred metres east of the town hall, and points around it. */
const point = (n: number) => `${(6.9893 + n * 0.00001).toFixed(5)};51.03250`
const row = (n: number, second: number, rsrp: string, plmn = '26201', technique = 'LTE') =>
  `2026-06-01T10:00:${String(second).padStart(2, '0')};${point(n)};${plmn};${technique};${rsrp};-9,5`

describe('a drive test', () => {
  test('is aggregated per cell, operator and technology; nothing of the way remains', async () => {
    const levels = ['-80', '-90', '-100,5', '-110', '-120']
    const rows = [
      ...levels.map((level, index) => row(index, index, level)),
      row(0, 0, '-80'),
      row(1, 30, '-85', '26202'),
      row(1, 31, '-130', '26223', '5G SA'),
      row(1, 32, '-85', '23415'),
      '2026-06-02T08:00:00;8,5;50,9;26201;LTE;-90;-9',
    ].toReversed()
    const { id, found } = await desk.inspect('fahrt.csv', driveTest(rows))
    expect(found).toMatchObject({
      dataset: 'drive_test',
      rows: 10,
      used: 7,
      duplicates: 1,
      outside: 1,
      unusable: 0,
      firstDay: '2026-06-01',
    })
    expect(found.foreign).toEqual([{ name: '23415', count: 1 }])
    await expect.poll(() => readdir(coverageDirectory(config.dataDir))).toEqual([])
    const early = await refused(await desk.confirming(id, wishOf(found, { trueOn: '2026-05' })), 422)
    expect(early.errors?.[0]?.detail).toBe('Der Stand liegt vor der letzten Messung (01.06.2026).')
    await body(await desk.confirming(id, wishOf(found, { title: 'Messfahrt Juni', trueOn: '2026-06' })))

    const measured = await layer('mobile_measured')
    expect(measured.map(({ operator, technology, samples, signal }) => [operator, technology, samples, signal])).toEqual([
      ['1und1', '5g_sa', 1, 'weak'],
      ['telekom', '4g', 5, 'usable'],
      ['vodafone', '4g', 1, 'good'],
    ])
    // Median −100.5; the 10th percentile lies 0.4 of the way from −120 to −110.
    expect(measured[1]).toMatchObject({
      medianRsrp: -100.5,
      lowRsrp: -116,
      medianRsrq: -9.5,
      method: 'measured',
      firstDay: '2026-06-01',
    })
    expect(await sql('select * from coverage_import_cells')).toEqual([])
    expect(await sql(`select * from pg_class where relname = 'coverage_samples'`)).toEqual([])
  })

  test('is compared with what was predicted, and never mixed with it', async () => {
    const compare = (query = '') =>
      ask<Record<'comparisons' | 'worst', Record<string, unknown>[]>>(`/api/coverage/comparison${query}`)
    const { comparisons, worst } = await compare('?usableFromDbm=-100')
    // Telekom is predicted for one cell far away, Vodafone and 1&1 5G SA: nothing, or nowhere.
    expect(comparisons).toMatchObject([
      { operator: '1und1', technology: '5g_sa', cellsMeasured: 1, predictedCovered: 0, usable: 0, share: null },
      { operator: 'telekom', technology: '4g', cellsMeasured: 1, predictedCovered: 0, unexpected: 0 },
      {
        operator: 'vodafone',
        technology: '4g',
        cellsMeasured: 1,
        predictedCovered: null,
        usable: null,
        share: null,
        predictedBy: null,
      },
    ])
    expect(worst).toEqual([])
    await desk.importFile('neu.geojson', areas([{ properties: { Betreiber: 'Telekom', Technik: '4G' }, box: everywhere }]), {
      ...{ dataset: 'authority_coverage', title: 'Raster März', trueOn: '2026-03' },
    })
    const now = await compare('?usableFromDbm=-100')
    expect(now.comparisons[1]).toMatchObject({ predictedCovered: 1, usable: 0, share: 0, predictedBy: { title: 'Raster März' } })
    expect(now.worst).toMatchObject([{ operator: 'telekom', medianRsrp: -100.5, samples: 5, districtId: 'wiesdorf' }])
    expect((await compare()).comparisons[1]).toMatchObject({ usable: 1, share: 100 })
    const response = await fetch(`${app.url}/api/coverage/comparison?usableFromDbm=5`)
    expect((await refused(response, 400)).errors?.[0]?.field).toBe('usableFromDbm')
  })

  test('of a later day replaces the cells it went through, and no others', async () => {
    const rows = [`2026-08-01 09:00;${point(0)};26201;LTE;-70;-8`, '2026-08-01 09:05;7,00;51,05;26201;LTE;-72;-8']
    await desk.importFile('august.csv', driveTest(rows), { title: 'Messfahrt August', trueOn: '2026-08' })
    const measured = await layer('mobile_measured', 'operator=telekom')
    expect(measured.map(({ title, medianRsrp }) => [title, medianRsrp])).toEqual([
      ['Messfahrt August', -70],
      ['Messfahrt August', -72],
    ])
    expect(await layer('mobile_measured', 'operator=vodafone')).toMatchObject([{ title: 'Messfahrt Juni' }])
    expect((await layer('mobile_measured', 'operator=telekom&asOf=2026-07-15')).map(({ medianRsrp }) => medianRsrp)).toEqual([
      -100.5,
    ])
  })
})

test('areas with a deficit are kept as drawn; that there is none in the city is said, too', async () => {
  const deficit = (box: readonly [number, number, number, number]) =>
    areas([{ properties: { Nr: 12, betroffene_Gemeinden: 'Leverkusen, Leichlingen', gebietsflaeche_qkm: 1.25 }, box }])
  const first = await desk.importFile('defizit.geojson', deficit([364_000, 5_656_000, 365_000, 5_657_000]), { trueOn: '2026-01' })
  expect(await layer('mobile_deficits')).toMatchObject([
    { number: '12', municipalities: 'Leverkusen, Leichlingen', statedAreaKm2: 1.25 },
  ])
  const { id, found } = await desk.inspect('keins.geojson', deficit([500_000, 5_700_000, 501_000, 5_701_000]))
  expect(found.warnings).toEqual(['Kein Gebiet mit Ausbaudefizit berührt die Stadt.'])
  const second = await body<CoverageEdition>(await desk.confirming(id, wishOf(found)))
  expect(await layer('mobile_deficits')).toEqual([])
  await body(await withdraw(second.id, true))
  expect(await layer('mobile_deficits')).toMatchObject([{ trueOn: first.trueOn }])
})

test('the trend goes from edition to edition of the same dataset and marks breaks of method', async () => {
  const trend = await ask<CoverageTrend>('/api/coverage/trend')
  const counts = trend.editions.filter(({ dataset }) => dataset === 'operator_count')
  expect(counts.map(({ trueOn, methodBreak }) => [trueOn, methodBreak])).toEqual([
    ['2021-01', null],
    ['2026-Q3', 'Neues Modell'],
  ])
  const white = trend.predicted.filter(({ spot }) => spot === 'white')
  expect(white.map(({ share }) => share)).toEqual([1.3, 100])
  expect(white.map(({ spokenShare }) => spokenShare === 100)).toEqual([false, true])
  expect(trend.rules.map(({ spot, fewest, most }) => [spot, fewest, most])).toEqual([
    ['white', 0, 0],
    ['grey', 1, 2],
  ])
  expect(trend.measured.filter(({ operator }) => operator === 'telekom')).toMatchObject([
    { cells: 1, usable: 1 },
    { cells: 2, usable: 2 },
  ])
  const past = await ask<CoverageTrend>('/api/coverage/trend?asOf=2022-01-15')
  expect(past.editions.map(({ trueOn }) => trueOn)).toEqual(['2021-01'])
  expect(past.rules.find(({ spot }) => spot === 'grey')).toMatchObject({ most: 1, validUntil: 'by 2022-10' })
})

test('the history says what was taken in and taken back, and where that is undone', async () => {
  const { changes } = await read<{ changes: { sentences: string[]; undoable: boolean }[] }>(coordinator, '/api/changes')
  const sentences = changes.flatMap((change) => change.sentences)
  expect(sentences).toContain('Netzabdeckung „Mobilfunkmonitoring“, Stand 01.07.2026: zurückgezogen.')
  expect(sentences).toContain('Netzabdeckung „Messfahrt August“, Stand August 2026: eingelesen.')
  expect(
    changes.filter(({ sentences: said }) => said.some((one) => one.startsWith('Netzabdeckung'))).some(({ undoable }) => undoable),
  ).toBe(false)
})

test('another boundary of a district changes the table, not the editions', async () => {
  const areaOf = async () => sum(await layer('mobile_coverage_districts', 'spot=white&districtId=opladen'), 'areaM2')
  const before = await areaOf()
  await database.transaction(async (trx) => {
    const [{ id }] = await trx('changes')
      .insert({ actor: 'test', actor_name: 'Test', reason: 'Grenze', known_at: trx.fn.now(), recorded_at: trx.fn.now() })
      .returning('id')
    await trx.raw("select set_config('history.change', ?, true)", [String(id)])
    const [source] = await trx('sources').insert({ citation: 'Amtliche Grenzen' }).returning('id')
    await trx.raw(
      `insert into district_boundaries (id, true_on, source_id, district_id, official, attribution, geom)
       select b.id, '2026-11-01', ?, b.district_id, true, 'Stadt', st_multi(st_buffer(b.geom, -200))
       from district_boundaries_at(current_date, now()) b where b.district_id = 'opladen'`,
      [source.id],
    )
    app.context.revisions.announce(id)
  })
  const after = await areaOf()
  expect(after).toBeLessThan(before * 0.85)
  const [district] = await sql<{ area: number }>(
    `select st_area(geom) as area from district_boundaries_at(current_date, now()) where district_id = 'opladen'`,
  )
  expect(Math.abs(after - (district?.area ?? 0))).toBeLessThan(2)
})
