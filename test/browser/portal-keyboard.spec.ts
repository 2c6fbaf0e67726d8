import type { Locator, Page } from '@playwright/test'
import { expect, test } from './support/test.ts'

test.use({ isReadOnly: true })

const slider = (page: Page) => page.getByRole('slider', { name: 'Stand vom' })

/** Presses Tab until it is reached, as a person without a mouse does; fails when it never is. */
async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let steps = 0; steps < 150; steps++) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press(key)
  }
  throw new Error(`${target} is not reached with ${key}`)
}

test('each skip link leads where it says and leaves the address alone', async ({ page }) => {
  for (const [steps, inside] of [
    [1, page.getByRole('heading', { level: 1 })],
    [2, page.locator('[data-map] canvas').first()],
    [3, slider(page)],
  ] as const) {
    await page.goto('/')
    await expect(page.locator('[data-map][data-ready]')).toBeVisible({ timeout: 20_000 })
    for (let step = 0; step < steps; step++) await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await expect(inside).toBeFocused()
    await expect(page).toHaveURL(/\/$/)
  }
})

test('the slider knows quarters, the beginning and today', async ({ page }) => {
  await page.goto('/?datum=2022-03-28')
  await tabTo(page, slider(page))
  await page.keyboard.press('PageUp')
  await expect(page).toHaveURL(/datum=2022-04-01$/)
  await page.keyboard.press('PageUp')
  await expect(page).toHaveURL(/datum=2022-07-01$/)
  await page.keyboard.press('PageDown')
  await expect(page).toHaveURL(/datum=2022-04-01$/)
  await page.keyboard.press('Home')
  await expect(page).toHaveURL(/datum=2019-01-01$/)
  await expect(slider(page)).toHaveAttribute('aria-valuetext', /^01\.01\.2019/)
  await page.keyboard.press('ArrowLeft')
  await expect(page).toHaveURL(/datum=2019-01-01$/)
  await page.keyboard.press('ArrowRight')
  await expect(page).toHaveURL(/datum=2019-04-30$/)
  await page.keyboard.press('End')
  await expect(page).toHaveURL(/\/$/)
  await page.keyboard.press('ArrowLeft')
  await expect(page).toHaveURL(/datum=/)
  await tabTo(page, page.getByRole('button', { name: 'Heute', exact: true }))
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/$/)
  await expect(page.getByRole('complementary', { name: 'Hinweise' })).toBeEmpty()
})

test('the table is sorted, filtered and left for a district with the keyboard alone', async ({ page }) => {
  await page.goto('/')
  await tabTo(page, page.getByRole('link', { name: 'Tabelle', exact: true }))
  await page.keyboard.press('Enter')
  await tabTo(page, page.getByRole('button', { name: 'Ausbaustand' }))
  await page.keyboard.press('Space')
  const header = page.getByRole('columnheader', { name: 'Ausbaustand' })
  await expect(header).toHaveAttribute('aria-sort', 'ascending')
  await page.keyboard.press('Enter')
  await expect(header).toHaveAttribute('aria-sort', 'descending')
  await expect(page.getByRole('button', { name: 'Ausbaustand' })).toBeFocused()
  await tabTo(page, page.getByRole('searchbox', { name: 'Filtern' }), 'Shift+Tab')
  await page.keyboard.type('hitdorf')
  await expect(page.getByRole('table')).toContainText('1 von 14 Bauabschnitten')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('combobox', { name: 'Ausbaustand' })).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(page).toHaveURL(/ausbaustand=/)
  await tabTo(page, page.getByRole('button', { name: 'Filter zurücksetzen' }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('table')).toContainText('14 von 14 Bauabschnitten')
  await tabTo(page, page.getByRole('table').getByRole('link', { name: 'Hitdorf' }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Hitdorf')
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
})

test('programme switch, layers, map and disclosures answer to the keyboard', async ({ page }) => {
  await page.goto('/')
  await expect(page.locator('[data-map][data-ready]')).toBeVisible({ timeout: 20_000 })
  await tabTo(page, page.getByRole('combobox', { name: 'Programm' }))
  await page.keyboard.press('ArrowDown')
  await expect(page).toHaveURL(/programm=/)
  await page.keyboard.press('ArrowUp')
  await expect(page).toHaveURL(/\/$/)

  await tabTo(page, page.locator('[data-map] canvas').first())
  await page.keyboard.press('+')
  await expect(page).toHaveURL(/karte=/)
  await tabTo(page, page.getByRole('button', { name: 'Ganze Stadt' }))
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/$/)

  const layers = page.locator('.layers summary')
  await tabTo(page, layers, 'Shift+Tab')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Space')
  await expect(page).toHaveURL(/ohne=/)
  await page.keyboard.press('Space')
  await expect(page).toHaveURL(/\/$/)

  await page.goto('/stadtteil/manfort')
  const summary = page.getByRole('main').locator('details:not([open]) > summary').first()
  await expect(summary).toBeVisible()
  const details = await summary.locator('..').elementHandle()
  await tabTo(page, summary)
  await page.keyboard.press('Enter')
  expect(await details?.evaluate((element) => (element as HTMLDetailsElement).open)).toBe(true)
})

test('on a phone sheet, legend and menu answer to the keyboard', async ({ openPublic }) => {
  const page = await openPublic({ viewport: { width: 390, height: 844 } })
  await page.goto('/')
  await expect(page.locator('[data-map][data-ready]')).toBeVisible({ timeout: 20_000 })
  const handle = page.getByRole('slider', { name: 'Höhe des Textbereichs' })
  await tabTo(page, handle)
  await page.keyboard.press('ArrowDown')
  await expect(handle).toHaveAttribute('aria-valuetext', 'niedrig')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('ArrowUp')
  await expect(handle).toHaveAttribute('aria-valuetext', 'hoch')
  await page.keyboard.press('ArrowDown')
  await expect(handle).toHaveAttribute('aria-valuetext', 'halb')

  const legend = page.locator('.legend summary')
  await tabTo(page, legend)
  await page.keyboard.press('Enter')
  await expect(page.locator('.legend')).toContainText('Tiefbau abgeschlossen')
  await expect(page.locator('.legend').getByText('Tiefbau abgeschlossen')).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.locator('.legend').getByText('Tiefbau abgeschlossen')).toBeHidden()

  const menu = page.locator('.menu summary')
  await tabTo(page, menu, 'Shift+Tab')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('banner').getByRole('link', { name: 'Impressum' })).toBeVisible()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('banner').getByRole('link', { name: 'Impressum' })).toBeHidden()
  await expect(menu).toBeFocused()
})
