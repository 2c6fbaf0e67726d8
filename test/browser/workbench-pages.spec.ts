import type { Page } from '@playwright/test'
import type { Role } from '../../server/contract/endpoint.ts'
import { expect, expectAccessible, expectNoSideScroll, test } from './support/test.ts'

test.use({ hasDemo: true })

interface Entry {
  path: string
  label: string
}

/** The pages as the menu offers them: one that is new is swept from its first day. */
async function menuOf(page: Page): Promise<readonly Entry[]> {
  await page.goto('/arbeitsplatz')
  const menu = page.getByRole('navigation', { name: 'Arbeitsplatz' })
  await expect(menu).toBeVisible()
  return menu
    .locator('a')
    .evaluateAll((links) => links.map((link) => ({ path: link.getAttribute('href') ?? '', label: link.textContent ?? '' })))
}

async function expectPage(page: Page, { path, label }: Entry): Promise<void> {
  await expect(page, path).toHaveTitle(`${label} · Ausbauatlas`)
  await expect(page.getByRole('heading', { level: 1 }), path).toHaveText(label)
  await expect(page.locator('[aria-busy="true"]'), path).toHaveCount(0)
  await expect(page.getByRole('main').getByRole('alert'), `${path} tells no failure`).toHaveCount(0)
}

/** Light and dark, as on a desk and as on the smallest phone. */
async function expectFit(page: Page): Promise<void> {
  await page.setViewportSize({ width: 1440, height: 900 })
  await expectAccessible(page)
  await page.setViewportSize({ width: 320, height: 640 })
  await expectNoSideScroll(page)
  await expectAccessible(page)
}

test('every page of the menu has heading and title, no finding of axe, light and dark, and fits 320 px', async ({ signIn }) => {
  test.setTimeout(240_000)
  const page = await signIn(['admin', 'gigabitCoordinator'])
  const pages = await menuOf(page)
  expect(pages.length).toBeGreaterThan(15)
  for (const entry of pages)
    await test.step(entry.path, async () => {
      await page.goto(entry.path)
      await expectPage(page, entry)
      await expect(page.getByText('Beispieldaten').first()).toBeVisible()
      await expectFit(page)
    })
})

for (const role of ['viewer', 'departmentReviewer', 'mobileCoordinator', 'gigabitCoordinator', 'admin'] satisfies Role[]) {
  test(`every page in the menu of the role ${role} works, and no other opens`, async ({ signIn }) => {
    test.slow()
    const all = await menuOf(await signIn(['admin', 'gigabitCoordinator']))
    const page = await signIn(role)
    const own = await menuOf(page)
    const link = (path: string) => page.getByRole('navigation', { name: 'Arbeitsplatz' }).locator(`a[href="${path}"]`)
    for (const entry of own) {
      await link(entry.path).dispatchEvent('click')
      await expectPage(page, entry)
    }
    for (const { path } of all.filter((entry) => !own.some((one) => one.path === entry.path))) {
      await page.goto(path)
      await expect(page.getByRole('heading', { level: 1 }), path).toHaveText('Diese Seite gibt es nicht')
    }
  })
}

/** Opened things within pages. */
const views = [
  ['/arbeitsplatz?abschnitt=breitband:manfort', 'Manfort'],
  ['/arbeitsplatz?abschnitt=breitband:manfort&angabe=stage/breitband:manfort:civil_works', 'Manfort, Tiefbau'],
  ['/arbeitsplatz?abschnitt=breitband:manfort&angabe=figure/neu', 'Manfort'],
  ['/arbeitsplatz?programm=mobilfunk', 'Ausbaustand'],
  ['/arbeitsplatz/programme?angabe=section/neu', 'Neu: Bauabschnitt'],
  ['/arbeitsplatz/programme?programm=breitband&angabe=target/breitband:new_duct', 'Leerrohr neu'],
  ['/arbeitsplatz/seiten?angabe=page/impressum:de', 'Impressum (deutsch)'],
  ['/arbeitsplatz/regeln?angabe=funding_frame/frame:dik-2024', 'Digitale Infrastruktur-Koordination (DIK)'],
  ['/arbeitsplatz/regeln?angabe=letter_template/letter:reply', 'Antwort an den Betreiber'],
  ['/arbeitsplatz/konto', 'Mein Konto'],
  ['/arbeitsplatz/gibt-es-nicht', 'Diese Seite gibt es nicht'],
] as const

for (const [path, heading] of views) {
  test(`${path} has no finding of axe, light and dark, and fits 320 px`, async ({ signIn }) => {
    const page = await signIn(['admin', 'gigabitCoordinator'])
    await page.goto(path)
    await expect(page.getByRole('heading', { name: heading }).first()).toBeVisible()
    await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
    await expectFit(page)
  })
}

test('the publish dialog has no finding of axe, light and dark, and fits 320 px', async ({ signIn }) => {
  const page = await signIn(['admin', 'gigabitCoordinator'])
  await page.goto('/arbeitsplatz?abschnitt=breitband:opladen')
  await page.getByRole('button', { name: 'Beginn heute: Leerrohre' }).click()
  await page.getByLabel('Grund').fill('Beginn gemeldet')
  await page.getByLabel('Quelle', { exact: true }).fill('Anruf der EVL')
  await page.getByRole('button', { name: 'Speichern und veröffentlichen' }).click()
  await expect(page.getByRole('dialog', { name: 'Veröffentlichen' })).toContainText('Opladen, Leerrohre')
  await expectAccessible(page)
  await page.setViewportSize({ width: 320, height: 640 })
  await expectNoSideScroll(page)
})
