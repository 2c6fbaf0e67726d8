import { connectionTo } from './support/connection.ts'
import { expectMapDrawn } from './support/map.ts'
import { expect, expectAccessible, expectNoSideScroll, test } from './support/test.ts'

test.use({ isReadOnly: true })

const notThere = 'Diese Seite gibt es nicht'
const inBothLanguages = [
  ['/', 'Glasfaserausbau in Leverkusen'],
  ['/?ansicht=tabelle', 'Ausbaustand als Tabelle'],
  ['/stadtteil/opladen', 'Opladen'],
  ['/stadtteil/bergisch-neukirchen', 'Bergisch Neukirchen'],
  ['/programm/breitband', 'Bundesförderprogramm Breitband (weiße Flecken)'],
  ['/programm/friedenstal', 'Gewerbegebiet Friedenstal (Sonderaufruf Gewerbegebiete)'],
  ['/programm/mobilfunk', 'Mobilfunkkoordination'],
  ['/seite/barrierefreiheit', 'Erklärung zur Barrierefreiheit'],
  ['/seite/leichte-sprache', 'Leichte Sprache'],
  ['/seite/datenschutz', 'Datenschutz'],
  ['/seite/impressum', 'Impressum'],
  ['/seite/ueber', 'Ausbauatlas'],
  ['/mobilfunk', 'Mobilfunk in Leverkusen'],
  ['/mobilfunk/funkloch', 'Funkloch melden'],
  ['/kontakt', 'Kontakt: Fehler oder Barriere melden'],
  ['/gibt-es-nicht', notThere],
] as const

/** Address, language and what the first heading says; null: whatever it is in English. */
const pages: readonly (readonly [string, 'de' | 'en', string | null])[] = [
  ...inBothLanguages.map(([path, heading]) => [path, 'de', heading] as const),
  ...inBothLanguages.map(([path]) => [`${path}${path.includes('?') ? '&' : '?'}sprache=en`, 'en', null] as const),
  ['/?datum=2021-06-01', 'de', 'Glasfaserausbau in Leverkusen'],
  ['/?stand=2021-10-01&sprache=en', 'en', 'Fibre rollout in Leverkusen'],
  ['/stadtteil/manfort?ansicht=tabelle', 'de', 'Manfort'],
]

for (const [path, language, heading] of pages) {
  test(`${path} is accessible, light and dark, fits 320 px, asks nobody else and leaves nothing behind`, async ({
    page,
    server,
    watch,
  }) => {
    if (path.startsWith('/gibt-es-nicht')) watch.expectComplaint(/404 \(Not Found\)/)
    const hosts = new Set<string>()
    const cookies: string[] = []
    page.on('request', (request) => {
      const { protocol, origin } = new URL(request.url())
      if (protocol !== 'data:' && protocol !== 'blob:') hosts.add(origin)
    })
    page.on('response', async (response) => {
      const cookie = await response.headerValue('set-cookie').catch(() => null)
      if (cookie) cookies.push(`${response.url()}: ${cookie}`)
    })
    await page.goto(path)
    await expect(page.locator('html')).toHaveAttribute('lang', language)
    if (heading) await expect(page.getByRole('heading', { name: heading }).first()).toBeVisible()
    await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('…')
    await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
    if (!path.includes('tabelle')) await expectMapDrawn(page)

    await expectNoSideScroll(page)
    await expectAccessible(page)
    await page.setViewportSize({ width: 320, height: 640 })
    await expectNoSideScroll(page)
    // What is narrow is so in both languages.
    if (language === 'de') await expectAccessible(page)

    expect([...hosts], 'hosts asked').toEqual([server.baseUrl])
    expect(cookies, 'Set-Cookie').toEqual([])
    expect(await page.context().cookies()).toEqual([])
    expect(await page.evaluate(() => localStorage.length + sessionStorage.length), 'things stored').toBe(0)
  })
}

test('an address that leads nowhere says so, and leads on', async ({ page, watch }) => {
  watch.expectComplaint(/404 \(Not Found\)/)
  for (const path of ['/gibt-es-nicht', '/stadtteil/entenhausen', '/programm/keines', '/seite/keine']) {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 }), path).toHaveText(notThere)
    await expectAccessible(page)
    await page.getByRole('main').getByRole('link', { name: 'Alle Stadtteile' }).click()
    await expect(page.getByRole('heading', { level: 1 }), path).toHaveText('Glasfaserausbau in Leverkusen')
  }
})

test('the first view takes at most 600 kB over the wire, the map included', async ({ server, page }) => {
  // Weighed on the wire: the browser does not tell a page what the worker of the map loads, above all the tiles.
  const connection = await connectionTo(server.baseUrl)
  await page.goto(connection.baseUrl)
  await expectMapDrawn(page)
  const bytes = connection.receivedBytes()
  await page.close()
  await connection.stop()
  process.stdout.write(`first view: ${bytes} bytes\n`)
  expect(bytes).toBeGreaterThan(300_000)
  expect(bytes).toBeLessThanOrEqual(600_000)
})
