import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { copyFile, mkdir, rm, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { importDirectory, importFile } from '../../server/addresses/import.ts'
import { followAddressImports } from '../../server/addresses/jobs.ts'
import { insertImport, keepBatch } from '../../server/addresses/queries.ts'
import type { AddressDifference, AddressImport } from '../../server/contract/addresses.ts'
import { logTo } from '../../server/http/log.ts'
import { newerLine, olderLine } from '../support/addresses.ts'
import { testApp } from '../support/app.ts'
import { body, read, staff } from '../support/facts.ts'
import { client } from '../support/sign-in.ts'

const app = await testApp()
const { database, config } = app.context
const coordinator = await staff(app, 'gigabitCoordinator')
const reader = await staff(app, 'viewer')
const directory = importDirectory(config.dataDir)

async function upload(content: string | Buffer, query = ''): Promise<Response> {
  return fetch(new URL(`/api/addresses/imports?name=gebref.txt${query}`, app.url), {
    method: 'POST',
    headers: {
      Origin: config.publicBaseUrl,
      'Content-Type': 'application/octet-stream',
      Cookie: [...coordinator.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
    },
    body: typeof content === 'string' ? content : new Uint8Array(content),
  })
}

interface Register {
  addresses: number
  streets: number
  differences: number
  registerDate: string | null
  imports: AddressImport[]
}
const register = () => read<Register>(reader, '/api/addresses/register')

/** Waits for the end of an import; the server works on it by itself. */
async function ended(id: number): Promise<AddressImport> {
  for (;;) {
    const found = (await register()).imports.find((one) => one.id === id)
    if (found && !['waiting', 'reading', 'applying'].includes(found.status)) return found
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

async function imported(lines: readonly string[] | string | Buffer, query = ''): Promise<AddressImport> {
  const response = await upload(Array.isArray(lines) ? lines.join('\n') : (lines as string), query)
  expect(response.status).toBe(200)
  return ended(((await response.json()) as AddressImport).id)
}

async function select<Row>(sql: string, bindings: Record<string, string | number | null> = {}): Promise<Row[]> {
  return (await database.raw(sql, bindings)).rows
}
const current = () => select<Record<string, unknown>>('select id, label, district_id from current_addresses order by id')

const linden = { streetKey: '02530', street: 'Lindenstraße', east: 361_300, north: 5_660_900 }
const lines = [
  newerLine({ id: 'DENW01', ...linden, houseNumber: 12 }),
  newerLine({ id: 'DENW02', ...linden, houseNumber: 12, suffix: 'A', east: 361_310 }),
  newerLine({ id: 'DENW03', ...linden, houseNumber: 14, east: 361_330 }),
  newerLine({ id: 'DENW04', streetKey: '02201', street: 'Küppersteger Straße', houseNumber: 5, east: 358_900, north: 5_656_900 }),
  newerLine({ id: 'DENW05', streetKey: '01416', street: 'Hitdorfer Straße', houseNumber: 7, east: 353_600, north: 5_658_700 }),
  newerLine({ id: 'DENW06', streetKey: '01333', street: 'Hitdorfer Straße', houseNumber: 7, east: 355_800, north: 5_657_900 }),
]

describe('the register', () => {
  it('teaches nothing and shows zero before the first file', async () => {
    expect(await register()).toMatchObject({ addresses: 0, streets: 0, registerDate: null, imports: [] })
  })

  it('comes in as a file, filtered, with hash, date and district by street key', async () => {
    const file = [newerLine({ id: 'DENWX', ags: '05315000' }), ...lines].join('\n')
    const done = await imported(file)
    expect(done).toMatchObject({
      status: 'done',
      kind: 'register',
      sha256: createHash('sha256').update(file).digest('hex'),
      lines: 7,
      kept: 6,
      registerDate: '2026-01-15',
      result: { added: 6, moved: 0, renamed: 0, vanished: 0, unchanged: 0, streets: 4, streetsRenamed: 0 },
      problem: null,
    })
    expect(await current()).toContainEqual({ id: 'denw02', label: 'Lindenstraße 12a', district_id: 'bergisch-neukirchen' })
    expect(await register()).toMatchObject({ addresses: 6, streets: 4, registerDate: '2026-01-15' })
    expect(existsSync(importFile(directory, done.id))).toBe(false)
  })

  it('changes nothing when the same file comes again', async () => {
    const before = await select('select version, id from addresses order by version')
    expect((await imported(lines)).result).toMatchObject({ added: 0, moved: 0, renamed: 0, vanished: 0, unchanged: 6 })
    expect(await select('select version, id from addresses order by version')).toEqual(before)
  })

  it('takes a later file as differences and keeps what was', async () => {
    const later = [
      newerLine({ id: 'DENW01', ...linden, street: 'Lindenallee', houseNumber: 12, date: '2026-07-01' }),
      newerLine({ id: 'DENW02', ...linden, street: 'Lindenallee', houseNumber: 12, suffix: 'b', east: 361_310 }),
      newerLine({ id: 'DENW03', ...linden, street: 'Lindenallee', houseNumber: 14, east: 361_335 }),
      ...lines.slice(4),
      newerLine({ id: 'DENW07', ...linden, street: 'Lindenallee', houseNumber: 16, east: 361_350 }),
    ]
    const done = await imported(later)
    expect(done).toMatchObject({
      registerDate: '2026-07-01',
      result: { added: 1, renamed: 1, moved: 1, vanished: 1, unchanged: 3, streets: 0, streetsRenamed: 1 },
    })
    expect((await current()).map(({ label }) => label)).toEqual([
      'Lindenallee 12',
      'Lindenallee 12b',
      'Lindenallee 14',
      'Hitdorfer Straße 7',
      'Hitdorfer Straße 7',
      'Lindenallee 16',
    ])
    const [history] = await select<{ count: number; ended: number }>(
      `select count(*), count(*) filter (where known_to < 'infinity') as ended from addresses where id in ('denw02', 'denw03', 'denw04')`,
    )
    expect(history).toEqual({ count: 5, ended: 3 })
  })

  it('is not put back by an older file unawares', async () => {
    const refused = await imported(lines.slice(0, 6))
    expect(refused).toMatchObject({
      status: 'refused',
      problem: expect.stringContaining('167 Tage älter als das Register (Stand 01.07.2026)'),
    })
    expect(await register()).toMatchObject({ addresses: 6, registerDate: '2026-07-01' })
  })

  it('still finds a street under its former name', async () => {
    const [found] = await select('select address_id, label, confidence from match_address(:street, :number, null)', {
      street: 'Lindenstr.',
      number: '14',
    })
    expect(found).toMatchObject({ address_id: 'denw03', label: 'Lindenallee 14', confidence: expect.closeTo(0.95, 3) })
  })

  it('lets the last of doubled object ids count, and says so', async () => {
    const doubled = [
      newerLine({ id: 'DENW01', ...linden, street: 'Lindenallee', houseNumber: 99 }),
      newerLine({ id: 'DENW01', ...linden, street: 'Lindenallee', houseNumber: 12 }),
      newerLine({ id: 'DENW02', ...linden, street: 'Lindenallee', houseNumber: 12, suffix: 'b', east: 361_310 }),
      newerLine({ id: 'DENW03', ...linden, street: 'Lindenallee', houseNumber: 14, east: 361_335 }),
      ...lines.slice(4),
      newerLine({ id: 'DENW07', ...linden, street: 'Lindenallee', houseNumber: 16, east: 361_350, date: '2026-07-01' }),
    ]
    const done = await imported(doubled)
    expect(done.remarks).toEqual([{ line: 1, text: 'Die Objekt-ID denw01 steht mehrfach in der Datei; es gilt Zeile 2.' }])
    expect(done.result).toMatchObject({ added: 0, moved: 0, renamed: 0, vanished: 0, unchanged: 6 })
  })

  it.each([
    ['another municipality only', newerLine({ id: 'DENW1', ags: '05315000' }), /keine Adresse der Gemeinde 05316000/],
    ['wrong columns', 'a;b;c', /3 Spalten/],
    ['coordinates elsewhere', newerLine({ id: 'DENW1', east: 700_000 }), /außerhalb von Nordrhein-Westfalen/],
  ])('refuses a file with %s and changes nothing', async (_name, content, sentence) => {
    const before = await current()
    const refused = await imported(content)
    expect(refused.status).toBe('refused')
    expect(refused.problem).toMatch(sentence)
    expect(await current()).toEqual(before)
    expect(await select('select * from address_import_rows')).toEqual([])
  })

  it('refuses an empty file at once, with the field named', async () => {
    const response = await upload('')
    expect(response.status).toBe(422)
    expect(await response.json()).toMatchObject({ errors: [{ field: 'file', detail: 'Die Datei ist leer.' }] })
    expect(readdirSync(directory)).toEqual([])
  })

  it('asks before most addresses vanish', async () => {
    const many = Array.from({ length: 60 }, (_, n) =>
      newerLine({ id: `DENWM${n}`, ...linden, street: 'Lindenallee', houseNumber: n + 20 }),
    )
    await imported([...many, ...lines], '&acceptVanishing=true')
    const refused = await imported(many.slice(0, 30))
    expect(refused).toMatchObject({ status: 'refused', problem: expect.stringContaining('fehlen 36 von 66 Adressen') })
    expect((await register()).addresses).toBe(66)
    expect((await imported(lines, '&acceptVanishing=true')).result).toMatchObject({ vanished: 60, unchanged: 6 })
  })
})

describe('an import', () => {
  const waiting = async () => {
    await mkdir(directory, { recursive: true })
    const file = {
      fileName: 'x',
      sha256: 'x',
      bytes: 10,
      kind: 'register',
      acceptsVanishing: false,
      actor: 'x',
      actorName: 'x',
    } as const
    return insertImport(database, file)
  }

  it('is taken up again after a crash in the middle, from the start', async () => {
    const id = await waiting()
    await database.raw(`update address_imports set status = 'reading', lines = 3 where id = ?`, [id])
    await database.raw(
      `insert into address_import_rows (import_id, line, id, street_key, location_key, street, house_number, suffix, geom)
       values (?, 1, 'half', '02530', '0000', 'Halbe Straße', 1, '', st_setsrid(st_point(361300, 5660900), 25832))`,
      [id],
    )
    const path = importFile(directory, id)
    await copyFile(await temporaryRegister(), path)
    const imports = await followAddressImports(database, config.dataDir)
    const done = await ended(id)
    await imports.close()
    expect(done).toMatchObject({ status: 'done', kept: 6, result: { added: 0, unchanged: 6 } })
    expect(await select(`select * from addresses where id = 'half'`)).toEqual([])
  })

  it('can be cancelled, but not twice, and leaves nothing', async () => {
    const id = await waiting()
    const cancelled = await coordinator.send('POST', `/api/addresses/imports/${id}/cancel`)
    expect(await body(cancelled)).toMatchObject({ status: 'cancelled', problem: expect.stringMatching(/^Abgebrochen von /) })
    expect((await coordinator.send('POST', `/api/addresses/imports/${id}/cancel`)).status).toBe(409)
    expect((await coordinator.send('POST', '/api/addresses/imports/999999/cancel')).status).toBe(404)
    const imports = await followAddressImports(database, config.dataDir)
    imports.start(id)
    await imports.close()
    expect((await ended(id)).status).toBe('cancelled')
  })

  it('that is cancelled while it is read leaves no rows, and a crash while receiving no file for ever', async () => {
    const id = await waiting()
    await database.raw(`update address_imports set status = 'cancelled' where id = ?`, [id])
    const row = {
      id: 'late',
      streetKey: '02530',
      locationKey: '0000',
      street: 'Späte Straße',
      houseNumber: 1,
      suffix: '',
      line: 1,
    }
    const rows = [{ ...row, quality: null, registerDate: null, east: 361_300, north: 5_660_900 }]
    const progress = { share: 0.5, lines: 1, kept: 1, broken: 0, remarks: [] }
    expect(await keepBatch(database, id, { rows, progress })).toBe(false)
    expect(await select('select line from address_import_rows')).toEqual([])

    const [old, fresh] = [join(directory, 'old.part'), join(directory, 'fresh.part')]
    await Promise.all([writeFile(old, 'x'), writeFile(fresh, 'x')])
    await utimes(old, new Date('2026-01-01'), new Date('2026-01-01'))
    const imports = await followAddressImports(database, config.dataDir)
    await imports.close()
    expect(readdirSync(directory).filter((name) => name.endsWith('.part'))).toEqual(['fresh.part'])
    await rm(fresh)
  })

  it('whose file is gone is refused with a sentence', async () => {
    const id = await waiting()
    const imports = await followAddressImports(database, config.dataDir)
    const refused = await ended(id)
    await imports.close()
    expect(refused).toMatchObject({ status: 'refused', problem: expect.stringContaining('nicht mehr da') })
  })

  async function temporaryRegister(): Promise<string> {
    const path = join(config.dataDir, 'gebref-test.txt')
    await writeFile(path, lines.join('\n'))
    return path
  }
})

describe('searching', () => {
  const caller = client(app)
  interface Hit {
    kind: string
    id: string
    name: string
    districtName: string | null
    point: number[] | null
  }
  const hits = async (q: string) => (await read<{ hits: Hit[] }>(caller, `/api/portal/search?q=${encodeURIComponent(q)}`)).hits
  const logged: string[] = []
  beforeAll(async () => {
    const kreispark = { streetKey: '02230', street: 'Am Kreispark', houseNumber: 3 }
    await imported([
      ...lines,
      newerLine({ id: 'DENW08', ...kreispark }),
      newerLine({ id: 'DENW19', ...kreispark, suffix: '1/2' }),
    ])
    logTo((text) => void logged.push(text))
  })
  afterAll(() => logTo(() => undefined))

  it.each([
    ['Lindenstr 12a', 'Lindenstraße 12a'],
    ['lindenstraße 12 A', 'Lindenstraße 12a'],
    ['Linden-Str. 12a, 51381 Leverkusen', 'Lindenstraße 12a'],
    ['Lindenstr.12', 'Lindenstraße 12'],
    ['linden 14', 'Lindenstraße 14'],
    ['Lindenallee 14', 'Lindenstraße 14'],
    ['Kueppersteger Str 5', 'Küppersteger Straße 5'],
    ['Küpersteger Straße 5', 'Küppersteger Straße 5'],
    ['Kuppersteger Strasse 5', 'Küppersteger Straße 5'],
    ['Kupperstegr Staße 5', 'Küppersteger Straße 5'],
    ['Am Kreispark 3', 'Am Kreispark 3'],
    ['am kreispark 3 1/2', 'Am Kreispark 3 1/2'],
    ['Am Kreispark 3-5', 'Am Kreispark 3'],
    ['Lindensta', 'Lindenstraße'],
    ['lindenstra', 'Lindenstraße'],
    ['kreispark', 'Am Kreispark'],
    ['Lindenstraße 999', 'Lindenstraße'],
  ])('“%s” finds %s first', async (typed, name) => {
    expect((await hits(typed))[0]?.name).toBe(name)
  })

  it('tells streets of one name apart by their district', async () => {
    const found = (await hits('Hitdorfer Straße 7')).filter(({ kind }) => kind === 'address')
    expect(found.map(({ name, districtName }) => [name, districtName])).toEqual([
      ['Hitdorfer Straße 7', 'Hitdorf'],
      ['Hitdorfer Straße 7', 'Rheindorf'],
    ])
  })

  it('lets nothing of an address leave but name, kind, district, section and point', async () => {
    const [hit] = await hits('Lindenstr 12a')
    expect(Object.keys(hit ?? {}).toSorted()).toEqual(['districtId', 'districtName', 'id', 'kind', 'name', 'nameEn', 'point'])
    expect(await read(caller, `/api/portal/place?id=adresse:${hit?.id}`)).toEqual({
      kind: 'address',
      id: 'denw02',
      name: 'Lindenstraße 12a',
      districtId: 'bergisch-neukirchen',
      districtName: 'Bergisch Neukirchen',
      point: hit?.point,
      sectionIds: expect.any(Array),
    })
    expect(await read(caller, '/api/portal/place?id=strasse:02530')).toMatchObject({ name: 'Lindenstraße', sectionIds: [] })
    expect((await caller.get('/api/portal/place?id=adresse:nirgends')).status).toBe(404)
    expect((await caller.get('/api/portal/place?id=rathaus')).status).toBe(400)
  })

  it('is not stored and not logged', async () => {
    const response = await caller.get('/api/portal/search?q=Lindenstr%2012a')
    expect(response.headers.get('Cache-Control')).toBe('no-store')
    await caller.get('/api/portal/place?id=adresse:denw02')
    await new Promise((resolve) => setTimeout(resolve, 120))
    expect(logged.join('')).toContain('/api/portal/search')
    expect(logged.join('')).not.toMatch(/Linden|denw02/i)
  })
})

describe('a written address', () => {
  it.each([
    ['Straße des 17. Juni 5', 'strassedes17juni', 5, ''],
    ['Lindenstr. 12 a-14b', 'lindenstrasse', 12, 'a'],
    ['Lindenstr. 4-6, 51371 Leverkusen', 'lindenstrasse', 4, ''],
    ['Lindenstr.12A', 'lindenstrasse', 12, 'a'],
    ['Platz 007', 'platz', 7, ''],
    ['Lindenstraße', 'lindenstrasse', null, ''],
    ['Straße 36', 'strasse', 36, ''],
  ])('“%s” is taken apart', async (written, wanted, number, addition) => {
    expect(await select('select wanted, number, addition from address_parts(:written, null, null)', { written })).toEqual([
      { wanted, number, addition },
    ])
  })
})

describe('matching', () => {
  const match = async (...addresses: object[]) => {
    const answer = await body(await reader.send('POST', '/api/addresses/match', { addresses }))
    return (answer as { matches: { candidates: { label: string; confidence: number; addressId: string | null }[] }[] }).matches
  }

  it('rates candidates from the very address down to the street alone', async () => {
    const [same, spelt, similar, without, street, ambiguous, hinted, nothing, half] = await match(
      { street: 'Lindenstraße', houseNumber: '12', suffix: 'a' },
      { street: 'LINDENSTR.', houseNumber: '012 A' },
      { street: 'Lindnstraße 12a' },
      { street: 'Lindenstraße', houseNumber: '14c' },
      { street: 'Lindenstraße', houseNumber: '77' },
      { street: 'Hitdorfer Str.', houseNumber: '7' },
      { street: 'Hitdorfer Str.', houseNumber: '7', districtId: 'hitdorf' },
      { street: 'Qwertz', houseNumber: '1' },
      { street: 'Am Kreispark', houseNumber: '3', suffix: '1/2' },
    )
    const best = (of: typeof same) => of?.candidates[0]
    expect(best(same)).toMatchObject({ label: 'Lindenstraße 12a', confidence: 1 })
    expect(best(spelt)).toMatchObject({ label: 'Lindenstraße 12a', confidence: 1 })
    expect(best(similar)?.label).toBe('Lindenstraße 12a')
    expect(best(similar)?.confidence).toBeGreaterThan(0.4)
    expect(best(similar)?.confidence).toBeLessThan(0.95)
    expect(best(without)).toMatchObject({ label: 'Lindenstraße 14', confidence: 0.7 })
    expect(best(street)).toMatchObject({ label: 'Lindenstraße', addressId: null, confidence: 0.4 })
    expect(ambiguous?.candidates.map(({ confidence }) => confidence)).toEqual([0.5, 0.5])
    expect(best(hinted)).toMatchObject({ addressId: 'denw05', confidence: 1 })
    expect(nothing?.candidates).toEqual([])
    expect(best(half)).toMatchObject({ label: 'Am Kreispark 3 1/2', confidence: 1 })
  })

  it('does the same for many rows at once', async () => {
    const rows = [
      { street: 'Lindenstr.', houseNumber: '12a' },
      { street: 'Qwertz', houseNumber: '1' },
      { street: 'Hitdorfer Straße', houseNumber: '7', districtId: 'rheindorf' },
      { street: 'Hitdorfer Straße', houseNumber: '7' },
    ]
    const found = await select<Record<string, unknown>>(
      'select line, address_id, confidence, candidates from match_addresses(cast(:rows as jsonb))',
      { rows: JSON.stringify(rows) },
    )
    expect(found).toMatchObject([
      { line: 1, address_id: 'denw02', confidence: 1 },
      { line: 2, address_id: null, confidence: null, candidates: 0 },
      { line: 3, address_id: 'denw06', confidence: 1 },
      { line: 4, confidence: 0.5, candidates: 2 },
    ])
  })
})

const list = join(import.meta.dirname, '../../../shared/reference/strassenschluessel-leverkusen.csv')
describe.skipIf(!existsSync(list))('the list of street keys of Leverkusen', () => {
  it('gives every street the district its key names, and again changes nothing', async () => {
    const first = await imported(readFileSync(list))
    expect(first).toMatchObject({ kind: 'streets', status: 'done' })
    expect(Object.values(first.result ?? {}).reduce((sum, count) => sum + count, 0)).toBe(1248)
    expect(first.result?.refused).toBeUndefined()
    const again = await imported(readFileSync(list))
    expect(again.result).toEqual({ unchanged: 1248 })
    const wrong = await select(
      `select s.key from streets s where s.key ~ '^\\d' and not exists (
         select from districts d, unnest(d.street_key_prefixes) p where d.id = s.district_id and starts_with(s.key, p))`,
    )
    expect(wrong).toEqual([])
    expect(
      await select(`select name from street_names where street_key = '99000' and known_to = 'infinity' order by name`),
    ).toEqual([{ name: 'Bayerwerk' }, { name: 'CHEMPARK' }])
  })

  it('lists where key and boundaries disagree, page by page and as a file', async () => {
    const all: AddressDifference[] = []
    for (let after: string | null = ''; after !== null; ) {
      const path: string = `/api/addresses/differences?limit=7${after && `&after=${encodeURIComponent(after)}`}`
      const page = await read<{ differences: AddressDifference[]; next: string | null }>(reader, path)
      all.push(...page.differences)
      after = page.next
    }
    expect(all.length).toBe((await register()).differences)
    expect(new Set(all.map(({ kind, id }) => kind + id)).size).toBe(all.length)
    expect(all).toContainEqual(
      expect.objectContaining({
        label: 'Westring',
        districtId: 'buerrig',
        polygonDistrictId: 'wiesdorf',
        distanceM: expect.any(Number),
      }),
    )
    const distances = all.map(({ distanceM }) => distanceM ?? Number.POSITIVE_INFINITY)
    expect(distances).toEqual(distances.toSorted((a, b) => b - a))
    const csv = Buffer.from(await (await reader.get('/api/addresses/differences.csv')).arrayBuffer()).toString('utf8')
    expect(csv.startsWith('\ufeffArt;Bezeichnung;')).toBe(true)
    expect(csv.trim().split('\r\n')).toHaveLength(all.length + 1)
  })

  it('locates everything anew when the city replaces its boundaries', async () => {
    const before = (await register()).differences
    await database.raw(`update districts set street_key_prefixes = '{029}' where id = 'buerrig'`)
    expect((await register()).differences).toBeGreaterThan(before)
    await database.raw(`update districts set street_key_prefixes = '{023}' where id = 'buerrig'`)
    expect((await register()).differences).toBe(before)
  })
})

it('takes the older form too', async () => {
  const older = olderLine({ id: 'DENW09', streetKey: '02230', street: 'Küstersfeld', houseNumber: 9 })
  const done = await imported(Buffer.from(`${older}\r\n`, 'latin1'), '&acceptVanishing=true')
  expect(done).toMatchObject({ registerDate: '2022-01-01', result: { added: 1, streetsRenamed: 1 } })
  expect(await current()).toEqual([{ id: 'denw09', label: 'Küstersfeld 9', district_id: 'kueppersteg' }])
})
