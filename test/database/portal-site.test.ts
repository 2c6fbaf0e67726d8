import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request as rawRequest } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import { connect } from '../../server/database/connect.ts'
import { portalApp, record, siteApp } from '../support/portal.ts'

const script = `console.log('Ausbauatlas')\n${'// Kommentar\n'.repeat(200)}`
const app = await portalApp()
const client = writeClient()
const { url, get } = await siteApp(app, client)
const nowhere = connect({ host: '/nowhere', user: 'ausbauatlas', database: 'ausbauatlas' })
afterAll(() => nowhere.close())
const withoutDatabase = await siteApp(app, client, nowhere.database)
const publicUrl = app.context.config.publicBaseUrl

/** What `vite build` leaves behind, as small as it can be. */
function writeClient(): string {
  const directory = mkdtempSync(join(tmpdir(), 'ausbauatlas-client-'))
  afterAll(() => rmSync(directory, { recursive: true }))
  mkdirSync(join(directory, 'assets'))
  const page = (title: string) =>
    `<!doctype html>\n<html lang="de">\n<head>\n<meta name="description" content="aus dem Bau">\n<title>${title}</title>\n</head>\n<body><div id="app"></div>\n<noscript>\naus dem Bau\n</noscript>\n</body>\n</html>\n`
  writeFileSync(join(directory, 'index.html'), page('Karte'))
  writeFileSync(join(directory, 'workbench.html'), page('Arbeitsplatz'))
  writeFileSync(join(directory, 'statement.html'), page('Stellungnahme'))
  writeFileSync(join(directory, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
  writeFileSync(join(directory, 'assets/portal-1a2b3c.js'), script)
  writeFileSync(join(directory, 'assets/portal-1a2b3c.js.br'), brotliCompressSync(script))
  writeFileSync(join(directory, 'assets/portal-1a2b3c.js.gz'), gzipSync(script))
  return directory
}

/** Title, description and text of a page, as a reader without scripts gets them. */
async function page(path: string) {
  const response = await get(path, { Accept: 'text/html' })
  const html = await response.text()
  const part = (pattern: RegExp) => pattern.exec(html)?.[1] ?? ''
  return {
    status: response.status,
    headers: response.headers,
    html,
    language: part(/<html lang="(\w+)"/),
    title: part(/<title>([^<]*)</),
    description: part(/<meta name="description" content="([^"]*)"/),
    text: part(/<noscript>([\s\S]*)<\/noscript>/),
  }
}

describe('a page', () => {
  test('of a district says the answer in title, preview and text', async () => {
    const { status, headers, title, description, text, language, html } = await page('/stadtteil/opladen')
    expect([status, language]).toEqual([200, 'de'])
    expect(headers.get('Content-Type')).toBe('text/html; charset=utf-8')
    expect(headers.get('Cache-Control')).toBe('no-cache')
    expect(title).toBe('Opladen: Tiefbau abgeschlossen · Ausbauatlas Leverkusen')
    expect(description).toMatch(/^Opladen: Tiefbau abgeschlossen\. Stand 28\.03\.2022, Quelle: Sachstand Digitalisierung/)
    expect(text).toContain('<h1>Opladen: Tiefbau abgeschlossen</h1>')
    expect(text).toContain('Privathaushalte: 213 (Für fünf Stadtteile')
    expect(text).toContain('<a href="/stadtteil/quettingen">Quettingen</a>')
    expect(text).toContain('<a href="/ogc/collections/build_sections/items?f=html">')
    expect(html).not.toContain('aus dem Bau')
  })

  test('speaks English when its address says so, and so do its links', async () => {
    const { language, title, text, html } = await page('/stadtteil/manfort?sprache=en')
    expect(language).toBe('en')
    expect(title).toBe('Manfort: Civil works · Ausbauatlas Leverkusen')
    expect(text).toContain(
      'Announced had been: completion end of 2022. Whether this date was kept has not been published. As of 28 March 2022',
    )
    const then = await page('/stadtteil/manfort?datum=2022-06-01')
    expect(then.description).toContain('Manfort: Tiefbau. Angekündigt: Abschluss Ende 2022. Stand 28.03.2022')
    expect(text).toContain('href="/stadtteil/wiesdorf?sprache=en"')
    expect(html).toContain(`<link rel="canonical" href="${publicUrl}/stadtteil/manfort?sprache=en">`)
    expect(html).toContain(`<link rel="alternate" hreflang="de" href="${publicUrl}/stadtteil/manfort">`)
  })

  test('shows the past its address names, and says that it does', async () => {
    const then = await page('/stadtteil/hitdorf?datum=2021-05-01')
    expect(then.title).toMatch(/^Hitdorf: Tiefbau ·/)
    expect(then.description).toMatch(/^Gezeigt wird der Stand am 01\.05\.2021\. Hitdorf: Tiefbau\./)
    const known = await page('/stadtteil/wiesdorf?stand=2021-10-01')
    expect(known.title).toMatch(/^Wiesdorf: Noch kein Ausbau bekannt ·/)
    expect(known.text).toContain('<p>Gezeigt wird, was man wusste am 01.10.2021')
  })

  test('forgives an address that was cut or lengthened', async () => {
    for (const query of ['?datum=2021-99', '?utm_source=a&utm_source=b', '?datum=1999-01-01&stand=morgen', '?sprache=fr']) {
      const { status, title } = await page(`/stadtteil/opladen/${query}`)
      expect([status, title], query).toEqual([200, 'Opladen: Tiefbau abgeschlossen · Ausbauatlas Leverkusen'])
    }
  })

  test('of the start lists all districts, of a programme its targets and milestones, of a text the text', async () => {
    const start = await page('/')
    expect(start.text.match(/href="\/stadtteil\//g)).toHaveLength(13)
    expect(start.text).toContain('Gewerbegebiet Friedenstal: Anschlüsse in Fertigstellung')
    const programme = await page('/programm/breitband')
    expect(programme.text).toContain('Glasfaserkabel: rund 82\u00a0km (Stand 28.03.2022, Quelle: ')
    expect(programme.text).toContain('geplant Frühjahr 2023')
    await record(app.context, 'pages', 'Stadt', {
      id: 'probe:de',
      true_on: '2023',
      slug: 'probe',
      language: 'de',
      title: 'Probe & Test',
      body: 'Ein *Wort* <script>alert(1)</script>',
    })
    const text = await page('/seite/probe?sprache=en')
    expect(text.title).toBe('Probe &amp; Test · Ausbauatlas Leverkusen')
    expect(text.text).toContain('<p>Ein <em>Wort</em> &lt;script&gt;')
    expect((await page('/kontakt')).status).toBe(200)
  })

  test('follows a change at once', async () => {
    const before = await page('/stadtteil/manfort')
    await record(app.context, 'stages', 'EVL', {
      id: 'breitband:manfort:civil_works',
      section_id: 'breitband:manfort',
      trade: 'civil_works',
      true_on: '2023-03-01',
      actual_start: '2022-03',
      actual_end: '2023-03-01',
      note: '$& <b>',
    })
    const after = await page('/stadtteil/manfort')
    expect(after.title).toMatch(/^Manfort: Tiefbau abgeschlossen/)
    expect(after.headers.get('ETag')).not.toBe(before.headers.get('ETag'))
    const statusFor = async (tag: string | null) => (await get('/stadtteil/manfort', { 'If-None-Match': tag ?? '' })).status
    expect(await statusFor(after.headers.get('ETag'))).toBe(304)
    expect(await statusFor(before.headers.get('ETag'))).toBe(200)
  })

  test.each([
    '/stadtteil/nirgends',
    '/programm/nichts',
    '/seite/nichts',
    '/stadtteil/%00',
    '/stadtteil/Opladen',
    '/irgendwo/anders',
    '/index.html',
  ])('%s does not exist: 404, in words', async (path) => {
    const { status, headers, title } = await page(path)
    expect([status, title, headers.get('Cache-Control')]).toEqual([
      404,
      'Diese Seite gibt es nicht · Ausbauatlas Leverkusen',
      'no-store',
    ])
  })

  test.each(['/api/nichts', '/ogc/nichts', '/tiles/nichts', '/assets/nichts.js'])(
    '%s is for programs: they get a problem',
    async (path) => {
      const response = await get(path, { Accept: 'text/html' })
      expect([response.status, response.headers.get('Content-Type')]).toEqual([404, 'application/problem+json; charset=utf-8'])
    },
  )

  test('has no script or style of its own: the content security policy allows none', async () => {
    const { html, headers } = await page('/stadtteil/opladen')
    expect(html).not.toMatch(/<style|style=|<script(?! type="module")|\son\w+=/)
    expect(headers.get('Content-Security-Policy')).toContain("script-src 'self'")
  })
})

test('every address of the workbench is its one page', async () => {
  for (const path of ['/arbeitsplatz', '/arbeitsplatz/', '/arbeitsplatz/stadtteil/opladen']) {
    const { status, title, headers } = await page(path)
    expect([status, title, headers.get('Cache-Control')]).toEqual([200, 'Arbeitsplatz', 'no-cache'])
  }
})

test('the page behind statement links is found by nobody and tells nobody where it was opened', async () => {
  const { status, title, headers } = await page('/stellungnahme')
  expect([status, title, headers.get('Referrer-Policy')]).toEqual([200, 'Stellungnahme', 'no-referrer'])
  expect(headers.get('X-Robots-Tag')).toContain('noindex')
})

describe('files of the client', () => {
  const path = '/assets/portal-1a2b3c.js'
  const raw = (encoding: string) =>
    new Promise<{ encoding: string | undefined; bytes: Buffer; headers: NodeJS.Dict<string | string[]> }>((resolve, reject) => {
      rawRequest(url + path, { headers: { 'Accept-Encoding': encoding } }, (response) => {
        const parts: Buffer[] = []
        response.on('data', (part) => parts.push(part))
        response.on('end', () =>
          resolve({ encoding: response.headers['content-encoding'], bytes: Buffer.concat(parts), headers: response.headers }),
        )
      })
        .on('error', reject)
        .end()
    })

  test('come in the best encoding the browser knows and stay for ever', async () => {
    const answers = await Promise.all(['gzip, deflate, br', 'gzip', '', 'br;q=0'].map(raw))
    expect(answers.map(({ encoding }) => encoding)).toEqual(['br', 'gzip', undefined, undefined])
    const [br, gzip, plain] = answers.map(({ bytes }) => bytes)
    expect(brotliDecompressSync(br ?? '').toString()).toBe(script)
    expect(gunzipSync(gzip ?? '').toString()).toBe(script)
    expect(plain?.toString()).toBe(script)
    for (const { headers } of answers) {
      expect(headers).toMatchObject({ 'cache-control': 'public, max-age=31536000, immutable', vary: 'Accept-Encoding' })
      expect(headers['content-type']).toMatch('javascript')
    }
    expect(new Set(answers.map(({ headers }) => headers.etag)).size).toBe(3)
  })

  test('without a hash in the name are checked each time', async () => {
    const response = await get('/favicon.svg')
    expect([response.headers.get('Cache-Control'), response.headers.get('Content-Type')]).toEqual(['no-cache', 'image/svg+xml'])
    const known = await get('/favicon.ico', { 'If-None-Match': response.headers.get('ETag') ?? '' })
    expect([known.status, await known.text()]).toEqual([304, ''])
  })

  test('are nothing but these: no way out of the directory', async () => {
    for (const path of ['/assets/../../package.json', '/assets/%2e%2e/%2e%2e/package.json', '/..%2fpackage.json']) {
      expect((await get(path)).status, path).toBe(404)
    }
    expect((await fetch(url + path, { method: 'POST' })).status).toBe(404)
  })
})

test('security.txt names a contact and an end within a year (RFC 9116)', async () => {
  const response = await get('/.well-known/security.txt')
  expect(response.headers.get('Content-Type')).toBe('text/plain; charset=utf-8')
  const text = await response.text()
  expect(text).toContain(`Contact: ${publicUrl}/kontakt\n`)
  const days = (Date.parse(/^Expires: (.*)$/m.exec(text)?.[1] ?? '') - Date.now()) / 86_400_000
  expect(days).toBeGreaterThan(90)
  expect(days).toBeLessThan(365)
})

test('robots may read everything but the workbench', async () => {
  expect(await (await get('/robots.txt')).text()).toMatch(/^User-agent: \*\nDisallow: \/arbeitsplatz\n/)
})

test('while the database is away a page says so and asks to come back', async () => {
  const response = await withoutDatabase.get('/stadtteil/opladen', { Accept: 'text/html' })
  expect([response.status, response.headers.get('Retry-After')]).toEqual([503, '5'])
  expect(await response.text()).toContain('<h1>Die Daten sind gerade nicht erreichbar</h1>')
  expect((await withoutDatabase.get('/api/portal/overview')).status).toBe(503)
  expect((await withoutDatabase.get('/arbeitsplatz')).status).toBe(200)
})
