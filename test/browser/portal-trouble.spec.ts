import type { Page } from '@playwright/test'
import { getSettings } from '../../server/contract/portal.ts'
import { expect, test } from './support/test.ts'

/** The page is told of a basemap; what answers there, the test decides. */
async function configureBasemap(page: Page, answer: Parameters<Page['route']>[1]): Promise<void> {
  await page.route(`**${getSettings.path}`, async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, json: { ...(await response.json()), basemapStyleUrl: '/hintergrund/style.json' } })
  })
  await page.route('**/hintergrund/**', answer)
}

const layersOf = (page: Page) =>
  page.evaluate(() => {
    const element = document.querySelector('[data-map]') as (Element & { cityMap?: { getLayersOrder: () => string[] } }) | null
    return element?.cityMap?.getLayersOrder() ?? []
  })

const style = {
  version: 8,
  sources: {
    grau: {
      type: 'vector',
      tiles: ['/hintergrund/{z}/{x}/{y}.mvt'],
      attribution: '© <a href="https://basemap.de">basemap.de</a> / BKG',
    },
  },
  layers: [
    { id: 'grund', type: 'background', paint: { 'background-color': '#eeeeee' } },
    { id: 'strassen', type: 'line', source: 'grau', 'source-layer': 'strassen' },
  ],
}

const failures: [string, Parameters<Page['route']>[1]][] = [
  ['answers with an error', (route) => route.fulfill({ status: 500 })],
  ['cannot be reached', (route) => route.abort()],
  ['is no style', (route) => route.fulfill({ body: '<html></html>' })],
  ['never answers', () => undefined],
]

for (const [what, answer] of failures) {
  test(`the own background stands when the basemap ${what}`, async ({ page, watch }) => {
    watch.expectComplaint(/hintergrund/)
    await configureBasemap(page, answer)
    await page.goto('/')
    await expect(page.locator('[data-map][data-ready]')).toBeVisible({ timeout: 20_000 })
    expect(await layersOf(page)).toContain('build_sections-fill')
    expect((await layersOf(page)).filter((layer) => layer.startsWith('basemap'))).toEqual([])
  })
}

test('a basemap lies under everything else, with its credit, even when its tiles fail', async ({ page, watch }) => {
  watch.expectComplaint(/hintergrund/)
  await configureBasemap(page, (route) =>
    route.request().url().endsWith('style.json') ? route.fulfill({ json: style }) : route.fulfill({ status: 503 }),
  )
  await page.goto('/')
  await expect.poll(() => layersOf(page), { timeout: 20_000 }).toContain('basemap-strassen')
  const order = await layersOf(page)
  expect(order.indexOf('basemap-strassen')).toBeLessThan(order.indexOf('districts-city'))
  await expect(page.getByRole('link', { name: 'basemap.de' })).toBeVisible()
  await expect(page.locator('[data-map][data-ready]')).toBeVisible()
})

test('a failure is said in words and can be tried again', async ({ page, watch }) => {
  watch.expectComplaint(/503/)
  let isAway = true
  await page.route('**/api/portal/overview', (route) => (isAway ? route.fulfill({ status: 503, body: '' }) : route.continue()))
  await page.goto('/')
  const alert = page.getByRole('alert').first()
  await expect(alert).toContainText('Der Server hat mit einem Fehler geantwortet.')
  isAway = false
  await alert.getByRole('button', { name: 'Erneut versuchen' }).click()
  await expect(page.getByRole('main')).toContainText('In 6 von 13 Stadtteilen ist der Tiefbau abgeschlossen')
})

test('a lost connection is said, and that what is shown may be old', async ({ page, watch }) => {
  watch.expectComplaint(/api\/live/)
  await page.route('**/api/live', (route) => route.abort())
  await page.goto('/')
  await expect(page.getByText('Keine Verbindung zum Server.')).toBeVisible({ timeout: 15_000 })
})

test('without WebGL the table is offered instead of the map', async ({ page }) => {
  await page.addInitScript(() => {
    HTMLCanvasElement.prototype.getContext = () => null
  })
  await page.goto('/')
  await expect(page.getByText('Die Karte kann hier nicht gezeichnet werden')).toBeVisible()
  await page.getByRole('region', { name: 'Karte' }).getByRole('link', { name: 'Tabelle' }).click()
  await expect(page.getByRole('row', { name: /Opladen/ })).toContainText('Tiefbau abgeschlossen')
})
