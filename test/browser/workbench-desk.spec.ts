import type { Page } from '@playwright/test'
import { confirmPublication, giveBasis, openSection } from './support/desk.ts'
import { phaseOnMap } from './support/map.ts'
import { expect, test } from './support/test.ts'

/** Where a position lies on the page's map, in pixels of the window. */
async function pixelOf(page: Page, position: readonly [number, number]): Promise<{ x: number; y: number }> {
  return page.locator('[data-map]').evaluate((element, lngLat) => {
    const { cityMap } = element as unknown as { cityMap: { project: (lngLat: unknown) => { x: number; y: number } } }
    const { left, top } = element.getBoundingClientRect()
    const { x, y } = cityMap.project(lngLat)
    return { x: left + x, y: top + y }
  }, position)
}

test('a district is picked on the map', async ({ signIn }) => {
  const page = await signIn('gigabitCoordinator')
  await page.goto('/arbeitsplatz')
  await expect.poll(() => phaseOnMap(page, 'breitband:hitdorf'), { timeout: 20_000 }).toBe('civil_works_done')
  const { x, y } = await pixelOf(page, [6.92, 51.064])
  await page.mouse.click(x, y)
  await expect(page.getByRole('heading', { level: 2, name: 'Hitdorf' })).toBeVisible()
  await expect(page.getByRole('link', { name: /^Hitdorf/ })).toHaveAttribute('aria-current', 'true')
})

test('what wants attention comes first in the list', async ({ signIn }) => {
  const page = await signIn('gigabitCoordinator', { name: 'anna' })
  await openSection(page, 'Hitdorf')
  await page.getByRole('button', { name: 'Beginn heute: Leerrohre' }).click()
  await giveBasis(page, 'Beginn gemeldet')
  await page.keyboard.press('Control+s')
  const sections = page.getByRole('complementary', { name: 'Bauabschnitte' }).getByRole('listitem')
  await expect(sections.first()).toContainText('Ihr Entwurf')
  await expect(sections.nth(1)).toContainText('Ende war für Ende 2022 geplant, gemeldet ist keines')
  await expect(sections.last()).toContainText('Keine Angabe seit 28.03.2022')
})

test('a figure begun for a district survives a reload and is published with its unit', async ({ signIn, openPublic }) => {
  const page = await signIn('gigabitCoordinator')
  await openSection(page, 'Opladen')
  await page.getByRole('button', { name: 'Kennzahl ergänzen' }).click()
  await page.getByLabel('Größe').selectOption('Trasse')
  await page.getByLabel('Zustand').selectOption('verlegt')
  const value = page.getByLabel('Wert')
  await value.fill('3,2')
  await page.getByLabel('Grund').fill('Lieferung der EVL')
  await page.reload()
  await expect(value).toHaveValue('3,2')
  await page.getByLabel('Quelle', { exact: true }).fill('Lieferung der EVL vom 20.11.2026')
  await page.keyboard.press('Control+s')
  await expect(page.getByText('Bitte die Einheit dazuschreiben. Beispiel: 49 km oder 300 m.')).toBeVisible()
  await value.fill('3.200 m')
  await expect(value).toHaveAccessibleDescription(/verstanden als: 3,2\skm/)
  await page.getByRole('button', { name: 'Speichern und veröffentlichen' }).click()
  await confirmPublication(page)
  await expect(page.getByRole('region', { name: 'Ausgewählt' })).toContainText('Opladen, Trasse, verlegt')
  const citizen = await openPublic()
  await citizen.goto('/stadtteil/opladen')
  await expect(citizen.getByText(/3,2\skm/).first()).toBeVisible()
})

test('a statement that was never right is withdrawn, and a colleague’s draft about it can still be kept', async ({ signIn }) => {
  const ada = await signIn(['mobileCoordinator'], { name: 'ada' })
  const bert = await signIn(['mobileCoordinator'], { name: 'bert' })
  const open = async (page: Page) => {
    await page.goto('/arbeitsplatz/programme?programm=mobilfunk')
    await page.getByRole('button', { name: /^Bearbeiten: Auftrag des Rates/ }).click()
    await expect(page.getByLabel('geplant')).toBeVisible()
  }
  await open(bert)
  await bert.getByLabel('geplant').fill('2027')
  await giveBasis(bert, 'Beschlussvorlage')
  await bert.getByRole('button', { name: 'Entwurf speichern' }).click()
  await expect(bert.getByRole('region', { name: 'Ihr Entwurf' })).toBeVisible()

  await open(ada)
  await ada.getByLabel(/^Angabe zurückziehen/).check()
  await giveBasis(ada, 'Es gab keinen solchen Auftrag')
  await ada.getByRole('button', { name: 'Speichern und veröffentlichen' }).click()
  await expect(ada.getByRole('dialog')).toContainText('zurückgezogen')
  await confirmPublication(ada)
  await expect(ada.getByText('Auftrag des Rates')).toHaveCount(0)

  await expect(bert.getByText('Beruht auf einer überholten Fassung.')).toBeVisible()
  await bert.getByRole('button', { name: 'Zusammenführen' }).click()
  await expect(bert.getByRole('dialog')).toContainText('Die Angabe wurde zurückgezogen.')
  await bert.getByRole('dialog').getByRole('button', { name: 'Als Entwurf speichern' }).click()
  await bert.getByRole('button', { name: 'Speichern und veröffentlichen' }).click()
  await confirmPublication(bert)
  await expect(bert.getByText(/^Auftrag des Rates/).first()).toBeVisible()
})

test('every role sees its own menu', async ({ signIn }) => {
  const entries = async (page: Page) => {
    await page.goto('/arbeitsplatz')
    const menu = page.getByRole('navigation', { name: 'Arbeitsplatz' })
    await expect(menu).toBeVisible()
    return menu.locator('a').allTextContents()
  }
  const before = ['Ausbaustand', 'Programme', 'Termine', 'Lieferungen', 'Anschlussobjekte', 'Netz', 'Adressen']
  const cases = ['Standortanfragen', 'Fristen', 'Städtische Standorte', 'Netzabdeckung']
  const after = ['Zahlen', 'Prüfung', 'Berichte', 'Förderung', 'GIS-NB', 'Verlauf']
  const own = ['Tätigkeiten', 'Postausgang', 'Regeln und Stellen']
  expect(await entries(await signIn('viewer'))).toEqual([...before, ...cases, 'Regeln und Stellen', ...after])
  expect(await entries(await signIn('departmentReviewer'))).toEqual(['Ausbaustand', 'Programme', 'Verlauf'])
  expect(await entries(await signIn('gigabitCoordinator'))).toEqual([...before, ...cases, ...own, ...after, 'Rückmeldungen'])
  const administration = ['Stadtteilgrenzen', 'Textseiten', 'Rückmeldungen', 'Konten']
  expect(await entries(await signIn('admin'))).toEqual([
    ...[...before, ...cases, 'Funklöcher', ...own, ...after],
    ...administration,
  ])
})

test('a group of the menu unfolds by keyboard, and Escape folds it and gives the focus back', async ({ signIn }) => {
  const page = await signIn(['admin', 'gigabitCoordinator'])
  await page.goto('/arbeitsplatz')
  const group = page.getByRole('navigation', { name: 'Arbeitsplatz' }).locator('summary', { hasText: 'Verwaltung' })
  await group.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('link', { name: 'Konten' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('link', { name: 'Konten' })).toBeHidden()
  await expect(group).toBeFocused()
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name: 'Konten' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Konten' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Textseiten' })).toBeHidden()
})
