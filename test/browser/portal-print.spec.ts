import type { Page } from '@playwright/test'
import { expectMapDrawn } from './support/map.ts'
import { expect, test } from './support/test.ts'

test.use({ isReadOnly: true })

/** Paper as the browser makes it: with the events around it, which is when the map is copied and everything is folded open. */
async function printed(page: Page): Promise<void> {
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
  await page.emulateMedia({ media: 'print', colorScheme: 'light' })
}

const head = (page: Page) => page.locator('.print-head')
const rows = (page: Page) => page.locator('.print-frame table tbody tr')

test('paper shows title, both dates, the map with legend and the table of all sections', async ({ page }) => {
  await page.goto('/?datum=2021-07-01&stand=2021-10-01')
  await expectMapDrawn(page)
  await expect(head(page)).toBeHidden()
  await printed(page)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Glasfaserausbau in Leverkusen')
  await expect(head(page)).toBeVisible()
  await expect(head(page)).toContainText('Stand: 01.07.2021 · Kenntnisstand: 01.10.2021')
  await expect(head(page)).toContainText(page.url())
  await expect(rows(page).first()).toBeVisible()
  expect(await rows(page).count()).toBeGreaterThanOrEqual(13)
  await expect(rows(page).filter({ hasText: 'Hitdorf' })).toContainText('Tiefbau')
  await expect(page.locator('.print-frame figcaption')).toContainText('Tiefbau abgeschlossen')
  for (const screenOnly of ['.header', '.time', '.toolbar', '.stage']) await expect(page.locator(screenOnly)).toBeHidden()
  const colours = await page.locator('.print-frame canvas').evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] }
    const seen = new Set<number>()
    for (let at = 0; at < data.length; at += 4 * 97)
      seen.add(((data[at] ?? 0) << 16) | ((data[at + 1] ?? 0) << 8) | (data[at + 2] ?? 0))
    return seen.size
  })
  expect(colours, 'a map, not an empty canvas').toBeGreaterThan(5)
})

test('a printed district has everything folded open, and is as before afterwards', async ({ page }) => {
  await page.goto('/stadtteil/opladen?farben=dunkel')
  await expectMapDrawn(page)
  const closed = page.locator('.panel details:not([open])')
  const before = await closed.count()
  expect(before).toBeGreaterThan(0)
  await printed(page)
  await expect(closed).toHaveCount(0)
  await expect(page.locator('html')).toHaveAttribute('data-kern-theme', 'light')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Opladen')
  await expect(rows(page)).toHaveCount(14)
  await page.emulateMedia({ media: 'screen' })
  await page.evaluate(() => dispatchEvent(new Event('afterprint')))
  await expect(closed).toHaveCount(before)
  await expect(page.locator('html')).toHaveAttribute('data-kern-theme', 'dark')
})

test('a programme prints as a document of a few sheets', async ({ page }) => {
  await page.goto('/programm/breitband?ansicht=tabelle')
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
  await expect(page.getByRole('heading', { level: 2, name: 'Bauabschnitte' })).toBeVisible()
  const pdf = await page.pdf({ preferCSSPageSize: true })
  const sheets = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0
  expect(sheets).toBeGreaterThanOrEqual(2)
  expect(sheets).toBeLessThanOrEqual(12)
})
