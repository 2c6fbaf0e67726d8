import type { Page } from '@playwright/test'
import { giveBasis } from './support/desk.ts'
import { expectMapDrawn } from './support/map.ts'
import { expect, expectAccessible, expectNoSideScroll, test } from './support/test.ts'

test.describe.configure({ mode: 'serial' })

const table = (page: Page) => page.getByRole('complementary', { name: 'Netz' }).getByRole('table')
const panel = (page: Page) => page.getByRole('region', { name: 'Ausgewählt' })

/** Where a position lies on the page's map, in pixels of the window. */
async function pixelOf(page: Page, position: readonly [number, number]): Promise<{ x: number; y: number }> {
  return page.locator('[data-map]').evaluate((element, lngLat) => {
    const { cityMap } = element as unknown as { cityMap: { project: (lngLat: unknown) => { x: number; y: number } } }
    const { left, top } = element.getBoundingClientRect()
    const { x, y } = cityMap.project(lngLat)
    return { x: left + x, y: top + y }
  }, position)
}

/** Lines as the map draws them: status by id. */
async function linesOnMap(page: Page): Promise<Record<string, string>> {
  return page.evaluate(() => {
    const map = (document.querySelector('[data-map][data-ready]') as unknown as { cityMap?: MapLike } | null)?.cityMap
    const layers = map?.getLayersOrder().filter((id) => /^objects-(route|duct|cable)-(planned|under_construction|laid)$/.test(id))
    const features = map && layers && layers.length > 0 ? map.queryRenderedFeatures({ layers }) : []
    return Object.fromEntries(features.map(({ properties }) => [String(properties.id), String(properties.status)]))
  })
}

interface MapLike {
  getLayersOrder: () => string[]
  queryRenderedFeatures: (options: { layers: string[] }) => { properties: Record<string, unknown> }[]
}

async function createByText(page: Page, id: string, text: string): Promise<void> {
  await page.getByRole('link', { name: 'Neue Trasse' }).click()
  await panel(page).getByText('Als Text eingeben').click()
  await panel(page).getByLabel('Linie als Text').fill(text)
  await panel(page).getByRole('button', { name: 'Text übernehmen' }).click()
  await expect(panel(page).getByText('EPSG:25832')).toBeVisible()
  await panel(page).getByLabel('Kennung beim Absender').fill(id)
  await giveBasis(page, 'Plan der EVL')
  await expect(panel(page).getByRole('region', { name: 'Was sich ändert' })).toContainText(`Trasse ${id}: neu`)
  await panel(page).getByRole('button', { name: 'Anlegen' }).click()
  await expect(page.getByRole('region', { name: 'Zuletzt veröffentlicht' })).toContainText(`Trasse ${id}: neu`)
}

test('a trench is recorded from coordinates, without the map, and measured', async ({ signIn }) => {
  const page = await signIn('gigabitCoordinator', { name: 'netz' })
  await page.goto('/arbeitsplatz/netz')
  await expect(table(page)).toContainText('keine Trassen erfasst')
  await createByText(page, 'EVL-1', '359000,0 5654000,0\n359100,0 5654000,0')
  await expect(table(page).getByRole('row', { name: /EVL-1.*geplant.*100 m/ })).toBeVisible()
  await expect(table(page)).toContainText('1 Trasse, zusammen 100 m')
  await expect.poll(() => linesOnMap(page), { timeout: 20_000 }).toEqual({ [await openedId(page)]: 'planned' })
  await expectAccessible(page)
})

async function openedId(page: Page): Promise<string> {
  await expect(page).toHaveURL(/objekt=r:/)
  return new URL(page.url()).searchParams.get('objekt') ?? ''
}

test('contradictions are named at the field, and a change is told before it is saved and undone after', async ({
  signIn,
  watch,
}) => {
  watch.expectComplaint(/status of 422/)
  const page = await signIn('gigabitCoordinator', { name: 'netz' })
  await page.goto('/arbeitsplatz/netz')
  await table(page).getByRole('link', { name: 'EVL-1' }).click()
  await panel(page).getByLabel('verlegt', { exact: false }).last().fill('März 2022')
  await expect(panel(page).getByText('widerspricht dem Datum')).toBeVisible()
  await panel(page).getByLabel('Status').selectOption('verlegt')
  await expect(panel(page).getByRole('region', { name: 'Was sich ändert' })).toContainText('Status geplant → verlegt')
  await giveBasis(page, 'Abnahme')
  await panel(page).getByRole('button', { name: 'Änderung speichern' }).click()
  await expect(table(page).getByRole('row', { name: /EVL-1.*verlegt/ })).toBeVisible()
  await expect.poll(async () => Object.values(await linesOnMap(page)), { timeout: 20_000 }).toEqual(['laid'])
  await page.getByRole('button', { name: 'Rückgängig' }).click()
  await expect(table(page).getByRole('row', { name: /EVL-1.*geplant/ })).toBeVisible()
  await expect(panel(page).getByText('Verlauf (3)')).toBeVisible()
})

test('a line is split and put together again', async ({ signIn }) => {
  const page = await signIn('gigabitCoordinator', { name: 'netz' })
  await page.goto('/arbeitsplatz/netz')
  await table(page).getByRole('link', { name: 'EVL-1' }).click()
  await panel(page).getByText('Teilen oder zusammenfügen').click()
  await panel(page).getByLabel('oder nach so vielen Metern').fill('40')
  await panel(page).getByRole('button', { name: 'Dort teilen' }).click()
  await expect(table(page).getByRole('row', { name: /40 m/ })).toBeVisible()
  await expect(table(page).getByRole('row', { name: /60 m/ })).toBeVisible()
  await panel(page).getByText('Teilen oder zusammenfügen').click()
  await panel(page).getByRole('button', { name: 'Mit anderen Linien zusammenfügen' }).click()
  await table(page).getByRole('row', { name: /60 m/ }).getByRole('checkbox').check()
  await panel(page).getByRole('button', { name: 'Zusammenfügen', exact: true }).click()
  await expect(table(page)).toContainText('1 Trasse, zusammen 100 m')
})

test('a line is drawn on the map, snaps to the network, and tells its length while it grows', async ({ signIn }) => {
  const page = await signIn('gigabitCoordinator', { name: 'netz' })
  await page.goto('/arbeitsplatz/netz')
  await table(page).getByRole('link', { name: 'EVL-1' }).click()
  await expect.poll(async () => Object.keys(await linesOnMap(page)).length, { timeout: 20_000 }).toBe(1)
  await page.getByRole('link', { name: 'Neue Trasse' }).click()
  await panel(page).getByRole('button', { name: 'Auf der Karte zeichnen' }).click()
  await expectMapDrawn(page)
  const [known] = await coursesOf(page)
  const corner = known?.at(-1) ?? [0, 0]
  const end = await pixelOf(page, corner)
  await page.mouse.click(end.x + 5, end.y + 4)
  await page.mouse.move(end.x + 20, end.y - 60, { steps: 4 })
  await page.mouse.click(end.x + 20, end.y - 60)
  await page.mouse.move(end.x + 20, end.y - 120, { steps: 4 })
  await page.mouse.click(end.x + 20, end.y - 120)
  await page.mouse.click(end.x + 20, end.y - 120)
  const told = panel(page).getByRole('status').first()
  await expect(told).toContainText(/\d+,\d m, 3 Punkte/)
  // What is undone can be edited again.
  for (let turn = 0; turn < 2; turn += 1) {
    await page.mouse.move(end.x + 20, end.y - 60, { steps: 3 })
    await page.mouse.click(end.x + 20, end.y - 60, { button: 'right' })
    await expect(told).toContainText('2 Punkte')
    await page.keyboard.press('Control+z')
    await expect(told).toContainText('3 Punkte')
  }
  await panel(page).getByRole('button', { name: 'Zeichnen beenden' }).click()
  await panel(page).getByLabel('Kennung beim Absender').fill('EVL-2')
  await giveBasis(page, 'Plan der EVL')
  await panel(page).getByRole('button', { name: 'Anlegen' }).click()
  await expect(table(page).getByRole('row', { name: /EVL-2/ })).toBeVisible()
  const [, drawn] = await coursesOf(page)
  for (const axis of [0, 1]) expect(Math.abs((drawn?.[0]?.[axis] ?? 0) - (corner[axis] ?? 1))).toBeLessThan(1e-8)
})

/** Courses of all trenches as they are stored, the last changed one last. */
async function coursesOf(page: Page): Promise<[number, number][][]> {
  return page.evaluate(async () => {
    const answer = await fetch('/api/objects/route?sort=changed')
    const { objects } = (await answer.json()) as { objects: { content: { geom: { coordinates: [number, number][] } } }[] }
    return objects.map(({ content }) => content.geom.coordinates)
  })
}

test('who is slower puts both versions together, and keeps what was drawn', async ({ signIn, watch }) => {
  watch.expectComplaint(/status of 412/)
  const mine = await signIn('gigabitCoordinator', { name: 'netz' })
  await mine.goto('/arbeitsplatz/netz')
  await table(mine).getByRole('link', { name: 'EVL-1' }).click()
  await panel(mine).getByText('Als Text eingeben').click()
  await panel(mine).getByLabel('Linie als Text').fill('359000,0 5654000,0\n359050,0 5654000,0\n359050,0 5654080,0')
  await panel(mine).getByRole('button', { name: 'Text übernehmen' }).click()
  await panel(mine).getByLabel('Betreiber').fill('EVL Netz')
  await expect(panel(mine).getByText('130 m, 3 Punkte')).toBeVisible()

  const theirs = await signIn('gigabitCoordinator', { name: 'zweite' })
  await theirs.goto(mine.url())
  await panel(theirs).getByLabel('Betreiber').fill('Telekom')
  await panel(theirs).getByLabel('Bemerkung').fill('Bauakte 12')
  await giveBasis(theirs, 'Anruf der Telekom')
  await panel(theirs).getByRole('button', { name: 'Änderung speichern' }).click()
  await expect(theirs.getByRole('region', { name: 'Zuletzt veröffentlicht' })).toContainText('Telekom')

  const notice = panel(mine).getByRole('alert').filter({ hasText: 'dieses Objekt geändert' })
  await expect(notice).toBeVisible()
  await expect(notice.getByRole('group', { name: 'Betreiber beide geändert' }).getByRole('radio', { checked: true })).toHaveCount(
    1,
  )
  await expect(notice.getByRole('group', { name: 'Bemerkung (intern)' }).getByLabel('Bauakte 12')).toBeChecked()
  await expect(notice.getByRole('group', { name: 'Verlauf' }).getByLabel('Ihre Fassung: Linie mit 3 Punkten')).toBeChecked()
  await expectAccessible(mine)
  await notice.getByLabel('Telekom').check()
  await notice.getByRole('button', { name: 'So weiterarbeiten' }).click()
  await expect(notice).toHaveCount(0)
  await expect(panel(mine).getByLabel('Betreiber')).toHaveValue('Telekom')
  await giveBasis(mine, 'Neuer Verlauf')
  await panel(mine).getByRole('button', { name: 'Änderung speichern' }).click()
  await expect(table(mine).getByRole('row', { name: /EVL-1.*130 m/ })).toBeVisible()
  await expect(panel(mine).getByLabel('Bemerkung')).toHaveValue('Bauakte 12')
})

test('on a phone the map shows itself while something is drawn, and everything fits', async ({ signIn }) => {
  const page = await signIn('gigabitCoordinator', { name: 'netz' })
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto('/arbeitsplatz/netz')
  await table(page).getByRole('link', { name: 'EVL-1' }).click()
  const map = page.locator('[data-map]')
  await expect(map).toBeHidden()
  await panel(page).getByRole('button', { name: 'Auf der Karte ändern' }).click()
  await expect(map).toBeInViewport({ ratio: 0.5 })
  await expect(panel(page).getByRole('button', { name: 'Zeichnen beenden' })).toBeVisible()
  await expectNoSideScroll(page)
  await expectAccessible(page)
  await panel(page).getByRole('button', { name: 'Zeichnen beenden' }).click()
  await expect(map).toBeHidden()
  await panel(page).getByText('Teilen oder zusammenfügen').click()
  await panel(page).getByRole('button', { name: 'Mit anderen Linien zusammenfügen' }).click()
  await expect(table(page).getByRole('row', { name: /EVL-2/ }).getByRole('checkbox')).toBeVisible()
  await expectNoSideScroll(page)
  await expectAccessible(page)
})

test('readers see values and history, but no way to change them; on a phone it fits', async ({ signIn }) => {
  const page = await signIn('viewer', { name: 'leser' })
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto('/arbeitsplatz/netz')
  await expect(page.getByRole('link', { name: 'Neue Trasse' })).toHaveCount(0)
  await table(page).getByRole('link', { name: 'EVL-2' }).click()
  await expect(panel(page).getByRole('heading', { name: 'Trasse EVL-2' })).toBeVisible()
  await expect(panel(page).getByText('Plan der EVL')).toBeVisible()
  await expect(panel(page).getByRole('button', { name: /speichern|Zurückziehen/ })).toHaveCount(0)
  await expectNoSideScroll(page)
  await expectAccessible(page)
})
