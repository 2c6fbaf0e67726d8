import { cameraOf, expectMapDrawn, expectSameCamera, layersOnMap, phaseOnMap } from './support/map.ts'
import { expect, test } from './support/test.ts'

test.use({ isReadOnly: true })

test('a view is passed on with place, zoom, programme, date, selection, layers and language', async ({ page, openPublic }) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto('/')
  await expectMapDrawn(page)
  await page.getByRole('combobox', { name: 'Programm' }).selectOption('breitband')
  await page.getByRole('slider', { name: 'Stand vom' }).focus()
  for (let step = 0; step < 2; step++) await page.keyboard.press('ArrowLeft')
  await expect(page).toHaveURL(/datum=2021-09-20/)
  await page
    .getByRole('main')
    .getByRole('link', { name: /^Hitdorf/ })
    .click()
  await expect(page).toHaveURL(/\/stadtteil\/hitdorf/)
  await page.locator('.layers summary').click()
  await page.getByRole('checkbox').first().uncheck()
  await expect(page).toHaveURL(/ohne=/)
  await page.getByRole('banner').getByRole('link', { name: 'English' }).first().click()
  await expectMapDrawn(page)
  await page.locator('[data-map] canvas').first().focus()
  await page.keyboard.press('+')
  await expect(page).toHaveURL(/karte=/)
  const before = page.url()
  await page.keyboard.press('ArrowRight')
  await expect(page).not.toHaveURL(before)
  await expectMapDrawn(page)

  await page.getByRole('main').getByRole('button', { name: 'Share' }).click()
  await expect(page.getByText('The link is on the clipboard.')).toBeVisible()
  const link = await page.evaluate(() => navigator.clipboard.readText())
  expect(link).toBe(page.url())
  const other = await openPublic()
  await other.goto(link)
  await expectMapDrawn(other)
  await expect(other.locator('html')).toHaveAttribute('lang', 'en')
  await expect(other.getByRole('heading', { level: 1 })).toHaveText('Hitdorf')
  await expect(other.getByRole('combobox', { name: 'Programme' })).toHaveValue('breitband')
  await expect(other.getByRole('complementary', { name: 'Notes' })).toContainText('You see the state of')
  await expect(other.getByRole('slider', { name: 'As of' })).toHaveAttribute('aria-valuetext', /20/)
  await expectSameCamera(page, other)
  expect(await layersOnMap(other)).toEqual(await layersOnMap(page))
  expect(await phaseOnMap(other, 'breitband:hitdorf')).toBe(await phaseOnMap(page, 'breitband:hitdorf'))
  expect(await other.getByRole('main').textContent()).toBe(await page.getByRole('main').textContent())
  expect(other.url(), 'opening a link changes nothing in it').toBe(link)
})

test('the buttons of the map change the address too', async ({ page, openPublic }) => {
  await page.goto('/')
  await expectMapDrawn(page)
  const first = await cameraOf(page)
  await page.getByRole('button', { name: 'Vergrößern' }).click()
  await expect(page).toHaveURL(/karte=/)
  await expectMapDrawn(page)
  expect(await cameraOf(page)).not.toEqual(first)
  const other = await openPublic()
  await other.goto(page.url())
  await expectMapDrawn(other)
  await expectSameCamera(page, other)
})

test('back and forward walk through programme, date, selection, view and page', async ({ page }) => {
  const main = page.getByRole('main')
  await page.goto('/')
  await expectMapDrawn(page)
  const seen = [page.url()]
  const walk = [
    () => page.getByRole('combobox', { name: 'Programm' }).selectOption('breitband'),
    () => page.getByRole('slider', { name: 'Stand vom' }).press('Home'),
    () => main.getByRole('link', { name: /^Opladen/ }).click(),
    () => page.getByRole('link', { name: 'Tabelle', exact: true }).click(),
    () => page.getByRole('button', { name: 'Zurück zu heute' }).click(),
    () => page.getByRole('table').getByRole('link', { name: 'Manfort' }).click(),
  ]
  for (const step of walk) {
    await step()
    await expect(page).not.toHaveURL(seen.at(-1) ?? '')
    seen.push(page.url())
  }
  for (const address of seen.slice(0, -1).reverse()) {
    await page.goBack()
    await expect(page).toHaveURL(address)
  }
  await expect(page.getByRole('combobox', { name: 'Programm' })).toHaveValue('')
  await expect(page.getByRole('complementary', { name: 'Hinweise' })).toBeEmpty()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Glasfaserausbau in Leverkusen')
  await expectMapDrawn(page)
  for (const address of seen.slice(1)) {
    await page.goForward()
    await expect(page).toHaveURL(address)
  }
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Manfort')
  await expect(page.getByRole('table').locator('tr[aria-current]')).toContainText('Manfort')
})

test('a parameter nobody understands does no harm', async ({ page }) => {
  await page.goto(
    '/stadtteil/opladen?karte=9/abc&sprache=xx&datum=gestern&ansicht=7&sortierung=%3Cscript%3E&ohne=%00&programm=A%20B',
  )
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Opladen')
  await expect(page.getByRole('complementary', { name: 'Hinweise' })).toBeEmpty()
  await expectMapDrawn(page)
})
