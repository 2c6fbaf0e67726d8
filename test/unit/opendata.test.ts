import { describe, expect, test } from 'vitest'
import { filtersOf, publicLayers } from '../../server/contract/features.ts'
import { layer } from '../../server/contract/layers/layer.ts'
import { reservedNames } from '../../server/contract/ogc.ts'
import { immutable } from '../../server/http/bodies.ts'
import { html } from '../../server/http/html.ts'
import { Problem } from '../../server/http/problem.ts'
import { readBox } from '../../server/opendata/box.ts'
import { itemsClocks } from '../../server/opendata/clocks.ts'
import { writeCsv } from '../../server/opendata/csv.ts'
import { addressOf, withParameters } from '../../server/opendata/links.ts'
import { cacheControl } from '../../server/opendata/tiles.ts'
import { shownValue } from '../../server/opendata/values.ts'

function problemOf(work: () => unknown): Problem {
  try {
    work()
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
  throw new Error('no problem was thrown')
}

const words = (text: string) => ({ label: { de: text, en: text }, description: { de: text, en: text } })

const epsg = (code: number) => `http://www.opengis.net/def/crs/EPSG/0/${code}`

describe('a box', () => {
  test('is longitude, latitude unless told otherwise', () => {
    expect(readBox([6.9, 51, 7.1, 51.1])).toEqual({ srid: 4326, rectangles: [[6.9, 51, 7.1, 51.1]] })
  })

  test('follows the axis order of its coordinate system', () => {
    const inOrder = { srid: 4326, rectangles: [[6.9, 51, 7.1, 51.1]] }
    expect(readBox([51, 6.9, 51.1, 7.1], epsg(4326))).toEqual(inOrder)
    expect(readBox([51, 6.9, 51.1, 7.1], epsg(4258))).toEqual(inOrder)
    expect(readBox([350000, 5650000, 360000, 5660000], epsg(25832))).toEqual({
      srid: 25832,
      rectangles: [[350000, 5650000, 360000, 5660000]],
    })
    expect(readBox([770000, 6600000, 790000, 6620000], epsg(3857)).srid).toBe(3857)
  })

  test('of six numbers ignores the heights', () => {
    expect(readBox([6.9, 51, 0, 7.1, 51.1, 100]).rectangles).toEqual([[6.9, 51, 7.1, 51.1]])
  })

  test('may cross the 180th meridian and reach the poles', () => {
    expect(readBox([170, -90, -170, 90]).rectangles).toEqual([
      [170, -85.06, 180, 85.06],
      [-180, -85.06, -170, 85.06],
    ])
  })

  test.each([
    [[6.9, 51.1, 7.1, 51], undefined],
    [[-181, 51, 7.1, 51.1], undefined],
    [[6.9, 51, 7.1, 91], undefined],
    [[Number.POSITIVE_INFINITY, 51, 7.1, 51.1], undefined],
    [[360000, 5650000, 350000, 5660000], epsg(25832)],
  ])('of %j in %s is refused by name', (numbers, crs) => {
    expect(problemOf(() => readBox(numbers, crs))).toMatchObject({ status: 400, errors: [{ field: 'bbox' }] })
  })
})

describe('datetime', () => {
  const now = new Date('2026-11-21T12:00:00Z')
  const asOf = (datetime: string) => itemsClocks({ datetime }, now).asOf

  test.each([
    ['2022-03-28', '2022-03-28'],
    ['2022-03-28T23:30:00Z', '2022-03-29'],
    ['2021-01-01/2022-03-28', '2022-03-28'],
    ['../2022-03-28T00:00:00Z', '2022-03-28'],
    ['/2022-03-28', '2022-03-28'],
    ['2022-03-28/..', '2026-11-21'],
    ['2022-03-28/', '2026-11-21'],
    ['2022-03-28/2040-01-01', '2026-11-21'],
    ['2030-01-01/..', '2026-11-21'],
  ])('%s is the state of %s', (datetime, day) => {
    expect(asOf(datetime)).toBe(day)
  })

  test.each([
    '2022',
    'gestern',
    '2022-02-30',
    '../..',
    '/',
    '2022-01-01/2022-02-01/2022-03-01',
    '2022-03-28T10:00:00',
    '2010-01-01',
    '2030-01-01',
    '../2018-12-31',
    '2022-03-28/2021-01-01',
  ])('%s is refused by name', (datetime) => {
    expect(problemOf(() => asOf(datetime))).toMatchObject({ status: 400, errors: [{ field: 'datetime' }] })
  })

  test('beside asOf is refused, beside knownAt it is not', () => {
    expect(problemOf(() => itemsClocks({ datetime: '2022-03-28', asOf: '2022-03-28' }, now)).errors[0]?.field).toBe('datetime')
    expect(itemsClocks({ datetime: '2022-03-28', knownAt: '2022-04-01T00:00:00Z' }, now)).toEqual({
      asOf: '2022-03-28',
      knownAt: '2022-04-01T00:00:00.000Z',
    })
  })
})

describe('CSV', () => {
  const shops = layer({
    id: 'shops',
    title: { de: 'Läden', en: 'Shops' },
    description: { de: 'Läden', en: 'Shops' },
    access: 'public',
    source: 'layer_shops',
    geometry: 'Point',
    properties: {
      name: { type: 'string', ...words('Name') },
      size: { type: 'number', ...words('Größe'), unit: 'm2' },
      open: { type: 'boolean', ...words('offen') },
      since: { type: 'impreciseDate', ...words('seit') },
      known: { type: 'timestamp', ...words('bekannt') },
      kind: { type: 'string', ...words('Art'), codes: { bakery: { de: 'Bäckerei', en: 'Bakery' } } },
      goods: { type: 'strings', ...words('Waren') },
    },
  })
  const row = {
    id: '=1+1',
    name: 'Müller, "Brot"; Brötchen\nund mehr',
    size: -1234.5,
    open: true,
    since: 'by 2022-Q4',
    known: '2022-03-27T22:00:00.000Z',
    kind: 'bakery',
    goods: ['+Brot', 'Kuchen'],
    longitude: 7.05,
    latitude: 51.05,
  }
  const names = Object.keys(shops.properties)
  const silent = { notice: null }

  test('for programs has points, commas and values as they are kept', () => {
    expect(writeCsv(shops, names, [row], silent)).toBe(
      'id,name,size,open,since,known,kind,kindLabel,goods,longitude,latitude\r\n' +
        '\'=1+1,"Müller, ""Brot""; Brötchen\nund mehr",-1234.5,true,by 2022-Q4,2022-03-27T22:00:00.000Z,bakery,Bäckerei,"\'+Brot, Kuchen",7.05,51.05\r\n',
    )
  })

  test('for Excel has a byte order mark, semicolons, decimal commas and German dates', () => {
    expect(writeCsv(shops, names, [row], { dialect: 'excel', notice: null })).toBe(
      '\ufeffid;name;size;open;since;known;kind;kindLabel;goods;longitude;latitude\r\n' +
        '\'=1+1;"Müller, ""Brot""; Brötchen\nund mehr";-1234,5;ja;bis 4. Quartal 2022;28.03.2022, 00:00 Uhr;bakery;Bäckerei;\'+Brot, Kuchen;7,05;51,05\r\n',
    )
  })

  test('leaves empty what is not known, and has a header without rows', () => {
    const unknown = { ...Object.fromEntries(names.map((name) => [name, null])), id: 'a', longitude: null, latitude: null }
    expect(writeCsv(shops, ['name', 'kind'], [unknown], silent)).toBe('id,name,kind,kindLabel,longitude,latitude\r\na,,,,,\r\n')
    expect(writeCsv(shops, ['name'], [], silent)).toBe('id,name,longitude,latitude\r\n')
  })

  test.each(['=cmd', '+49', '-1', '@here', '\tx'])('never starts a formula: %j', (name) => {
    expect(writeCsv(shops, ['name'], [{ ...row, id: 'a', name }], silent)).toContain(`'${name}`)
  })
})

test('a template escapes what is put into it, except finished HTML, lists and nothing', () => {
  const hostile = `<script>"'&`
  expect(html`<p title="${hostile}">${[hostile, html`<b>${1}</b>`]}${null}${undefined}${false}</p>`.text).toBe(
    '<p title="&lt;script&gt;&quot;&#39;&amp;">&lt;script&gt;&quot;&#39;&amp;<b>1</b></p>',
  )
})

test('values are shown as German readers expect them', () => {
  expect(shownValue({ type: 'number', ...words('x'), unit: 'EUR' }, 7500000.5)).toBe('7.500.000,5\u00a0€')
  expect(shownValue({ type: 'boolean', ...words('x') }, false)).toBe('nein')
  expect(shownValue({ type: 'impreciseDate', ...words('x') }, '2022-end')).toBe('Ende 2022')
  expect(shownValue({ type: 'strings', ...words('x') }, ['a', 'b'])).toBe('a, b')
  expect(shownValue({ type: 'string', ...words('x'), codes: { a: { de: 'Wort', en: 'word' } } }, 'a')).toBe('Wort')
  expect(shownValue({ type: 'string', ...words('x') }, null)).toBe('–')
})

test('a tile may be kept for ever only when its address names the current revision and the day', () => {
  expect(cacheControl({ revision: 7, asOf: '2022-03-28' }, 7)).toBe(immutable)
  expect(cacheControl({ revision: 7 }, 7)).toBe('no-cache')
  expect(cacheControl({ asOf: '2022-03-28' }, 7)).toBe('no-cache')
  expect(cacheControl({ revision: 6, asOf: '2022-03-28' }, 7)).toBe('no-cache')
  expect(cacheControl({ revision: 8, asOf: '2022-03-28' }, 7)).toBe('no-store')
})

test('addresses come from the public base URL, with the parameters in one order', () => {
  const request = { path: '/ogc/collections/', query: { f: 'html', asOf: '2022-03-28' } }
  const address = addressOf('https://ausbau.example', request as never)
  expect(address.href).toBe('https://ausbau.example/ogc/collections?asOf=2022-03-28&f=html')
  expect(withParameters(address, { f: 'json', asOf: null })).toBe('https://ausbau.example/ogc/collections?f=json')
})

describe.each(publicLayers.map((declared) => [declared.id, declared] as const))('the layer %s', (_id, declared) => {
  test('has no property whose name means something else in a query', () => {
    expect(Object.keys(declared.properties).filter((name) => reservedNames.includes(name))).toEqual([])
  })

  test('says what each property is and means', () => {
    for (const { label, description } of Object.values(declared.properties)) {
      for (const text of [label.de, label.en, description.de, description.en]) expect(text).not.toBe('')
    }
  })

  test('can be filtered by every property', () => {
    expect(Object.keys(filtersOf(declared))).toEqual(Object.keys(declared.properties))
  })
})
