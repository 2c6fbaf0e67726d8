import { type BasemapMood, type BasemapServer, startBasemap } from './support/basemap.ts'
import { expectMapDrawn, layersOnMap, phaseOnMap } from './support/map.ts'
import { test as base, expect } from './support/test.ts'

/** The product is configured with a basemap of another origin, as in a city. */
const test = base.extend<object, { basemap: BasemapServer }>({
  basemap: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the wanted fixtures from the pattern.
    async ({}, use) => {
      const basemap = await startBasemap()
      await use(basemap)
      await basemap.stop()
    },
    { scope: 'worker' },
  ],
  environment: async ({ basemap }, use) => {
    await use({ BASEMAP_STYLE_URL: basemap.styleUrl, BASEMAP_ATTRIBUTION: '' })
  },
})

const isBasemap = (layer: string) => layer.startsWith('basemap-')

for (const mood of ['answers 500', 'refuses', 'hangs', 'is no style'] satisfies BasemapMood[]) {
  test(`own background and districts stand when the basemap ${mood}`, async ({ page, basemap, watch }) => {
    watch.expectComplaint(new RegExp(basemap.styleUrl))
    basemap.become(mood)
    await page.goto('/')
    await expect.poll(() => phaseOnMap(page, 'breitband:hitdorf'), { timeout: 20_000 }).toBe('civil_works_done')
    expect(basemap.asked()).toContain('/style.json')
    const layers = await layersOnMap(page)
    expect(layers).toContain('ground')
    expect(layers.filter(isBasemap)).toEqual([])
    await expect(page.getByText('Teile der Karte konnten nicht geladen werden.')).toBeHidden()
    await page
      .getByRole('main')
      .getByRole('link', { name: /^Hitdorf/ })
      .click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Hitdorf')
  })
}

test('the districts stand on a basemap whose tiles are all refused', async ({ page, basemap, watch }) => {
  watch.expectComplaint(/503/)
  basemap.become('has no tiles')
  await page.goto('/')
  await expect.poll(async () => (await layersOnMap(page)).filter(isBasemap), { timeout: 20_000 }).toHaveLength(3)
  await expect.poll(() => phaseOnMap(page, 'breitband:hitdorf'), { timeout: 20_000 }).toBe('civil_works_done')
  for (const tiles of ['.png', '.mvt']) expect(basemap.asked().some((path) => path.endsWith(tiles))).toBe(true)
  await expect(page.getByRole('link', { name: 'Probekarte' }), 'the credit stands all the same').toBeVisible()
  await expect(page.getByText('Teile der Karte konnten nicht geladen werden.')).toBeHidden()
})

test('a basemap that works lies below everything, with its credit, and can be switched off', async ({ page, basemap }) => {
  basemap.become('works')
  await page.goto('/')
  await expect.poll(async () => (await layersOnMap(page)).filter(isBasemap), { timeout: 20_000 }).toHaveLength(3)
  await expectMapDrawn(page)
  const order = await layersOnMap(page)
  const highest = order.findLastIndex(isBasemap)
  for (const layer of order.filter((name) => /^(districts|build_sections)/.test(name))) {
    expect(order.indexOf(layer), `${layer} above the basemap`).toBeGreaterThan(highest)
  }
  await expect(page.getByRole('link', { name: 'Probekarte' })).toBeVisible()
  await page.locator('.layers summary').click()
  await page.getByRole('checkbox', { name: 'Hintergrundkarte' }).uncheck()
  await expect(page).toHaveURL(/ohne=basemap/)
  await expect.poll(async () => (await layersOnMap(page)).filter(isBasemap)).toEqual([])
  await page.reload()
  await expect.poll(() => phaseOnMap(page, 'breitband:hitdorf'), { timeout: 20_000 }).toBe('civil_works_done')
  expect((await layersOnMap(page)).filter(isBasemap)).toEqual([])
})
