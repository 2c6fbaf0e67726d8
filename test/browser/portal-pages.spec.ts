import { connectionTo } from './support/connection.ts'
import { expectMapDrawn } from './support/map.ts'
import { expect, expectAccessible, expectNoSideScroll, test } from './support/test.ts'

const pages = [
  ['/', 'Glasfaserausbau in Leverkusen'],
  ['/?datum=2021-06-01', 'Glasfaserausbau in Leverkusen'],
  ['/?stand=2021-10-01&sprache=en', 'Fibre rollout in Leverkusen'],
  ['/?ansicht=tabelle', 'Ausbaustand als Tabelle'],
  ['/stadtteil/opladen', 'Opladen'],
  ['/stadtteil/bergisch-neukirchen', 'Bergisch Neukirchen'],
  ['/stadtteil/manfort?ansicht=tabelle', 'Manfort'],
  ['/programm/breitband', 'Bundesförderprogramm Breitband (weiße Flecken)'],
  ['/programm/friedenstal', 'Gewerbegebiet Friedenstal (Sonderaufruf Gewerbegebiete)'],
  ['/programm/mobilfunk', 'Mobilfunkkoordination'],
  ['/seite/barrierefreiheit', 'Erklärung zur Barrierefreiheit'],
  ['/seite/leichte-sprache', 'Leichte Sprache'],
  ['/seite/datenschutz', 'Datenschutz'],
  ['/seite/impressum', 'Impressum'],
  ['/seite/ueber', 'Ausbauatlas'],
  ['/kontakt', 'Kontakt: Fehler oder Barriere melden'],
] as const

for (const [path, heading] of pages) {
  test(`${path} has no finding of axe, light and dark, and fits 320 px`, async ({ page }) => {
    await page.goto(path)
    await expect(page.getByRole('heading', { name: heading }).first()).toBeVisible()
    await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
    await expectAccessible(page)
    await page.setViewportSize({ width: 320, height: 640 })
    await expectNoSideScroll(page)
    await expectAccessible(page)
  })
}

for (const path of ['/gibt-es-nicht', '/stadtteil/entenhausen', '/programm/keines', '/seite/keine']) {
  test(`${path} says that there is no such page`, async ({ page, watch }) => {
    watch.expectComplaint(/404 \(Not Found\)/)
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Diese Seite gibt es nicht')
    await expectAccessible(page)
    await page.getByRole('main').getByRole('link', { name: 'Alle Stadtteile' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Glasfaserausbau in Leverkusen')
  })
}

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
