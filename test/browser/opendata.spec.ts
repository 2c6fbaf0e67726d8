import { expect, expectAccessible, expectNoSideScroll, test } from './support/test.ts'

test.use({ isReadOnly: true })

const pages = [
  ['/ogc', 'Offene Daten'],
  ['/ogc/conformance', 'Konformität'],
  ['/ogc/collections', 'Datensätze'],
  ['/ogc/collections/stages', 'Bauphasen je Gewerk'],
  ['/ogc/collections/build_sections/items', 'Bauabschnitte mit Ausbaustand'],
  ['/ogc/collections/stages/items?knownAt=2019-01-02', 'Bauphasen je Gewerk'],
  ['/ogc/collections/stages/items/breitband%3Aopladen%3Acivil_works', 'Tiefbau, Opladen'],
] as const

for (const [path, heading] of pages) {
  test(`${path} has no finding of axe, light and dark, and fits 320 px`, async ({ page }) => {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(heading)
    for (const width of [1440, 320]) {
      await page.setViewportSize({ width, height: 800 })
      await expectNoSideScroll(page)
      await expectAccessible(page)
    }
  })
}

test('someone without a mouse finds the data of a past day and takes it along', async ({ page }) => {
  await page.goto('/ogc/collections/build_sections/items')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Zum Inhalt springen' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main')).toBeFocused()
  await page.getByLabel('Stand am').fill('2021-06-01')
  await page.getByLabel('Kenntnisstand vom').fill('2021-10-01')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Stand 01.06.2021, nach dem Kenntnisstand vom 01.10.2021')).toBeVisible()
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'CSV für Excel' }).press('Enter')
  expect((await download).suggestedFilename()).toBe('ausbauatlas-build_sections-2021-06-01.csv')
})

test('from the map to the meaning of a property it takes two clicks', async ({ page }) => {
  await page.goto('/')
  await page.getByRole('link', { name: 'Offene Daten' }).click()
  await page.getByRole('link', { name: 'Bauabschnitte mit Ausbaustand', exact: true }).click()
  await expect(page.getByRole('row', { name: /Ausbaustand phase/ })).toContainText('civil_works_done')
})
