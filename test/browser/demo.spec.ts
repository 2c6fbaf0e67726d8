import type { Page } from '@playwright/test'
import { getSettings } from '../../server/contract/portal.ts'
import { demoNotice } from '../../server/contract/text.ts'
import { expect, test } from './support/test.ts'

test.use({ hasDemo: true })

const publicPages = ['/', '/?ansicht=tabelle', '/?sprache=en', '/stadtteil/opladen', '/programm/breitband', '/seite/impressum', '/kontakt', '/ogc', '/ogc/collections/targets'] // biome-ignore format: a list
const files = ['/ogc/collections/build_sections/items?f=csv', '/ogc/collections/targets/items?f=json', '/tiles/districts.json']

/** Opens a public page and says whether the notice is to be seen; pages of the portal know it once they have the settings. */
async function isSaid(page: Page, path: string): Promise<boolean> {
  const isPortal = !path.startsWith('/ogc')
  const settings = isPortal ? page.waitForResponse((answer) => answer.url().endsWith(getSettings.path)) : null
  await page.goto(path)
  await (await settings)?.finished()
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('…')
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
  return page
    .locator('aside')
    .filter({ hasText: /Beispieldaten|Example data/ })
    .first()
    .isVisible()
}

test('every page and file says that data are invented, until they are taken out; then none does', async ({
  page,
  signIn,
  server,
}) => {
  test.slow()
  const desk = await signIn(['admin', 'gigabitCoordinator'])
  await desk.goto('/arbeitsplatz')
  const menu = desk.getByRole('navigation', { name: 'Arbeitsplatz' }).locator('a')
  await expect(menu).not.toHaveCount(0)
  const pages = await menu.evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))
  const told = async () => {
    const said: Record<string, boolean> = {}
    for (const path of publicPages) {
      said[path] = await isSaid(page, path)
    }
    for (const path of pages) {
      await menu.and(desk.locator(`[href="${path}"]`)).dispatchEvent('click')
      said[path] = await desk.getByRole('complementary', { name: 'Hinweis', exact: true }).isVisible()
    }
    for (const path of files) said[path] = (await (await page.request.get(path)).text()).includes(demoNotice)
    return said
  }
  const expected = (wanted: boolean) => Object.fromEntries([...publicPages, ...pages, ...files].map((path) => [path, wanted]))
  expect(await told()).toEqual(expected(true))

  await server.demo('remove')
  await desk.reload()
  expect(await told()).toEqual(expected(false))
  await desk.goto('/arbeitsplatz/anschluesse')
  await expect(desk.getByRole('link', { name: 'Eine Lieferung einlesen' })).toBeVisible()
})
