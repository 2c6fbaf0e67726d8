import { newerLine } from '../support/addresses.ts'
import { expect, expectAccessible, expectNoSideScroll, test } from './support/test.ts'

const linden = { streetKey: '02530', street: 'Lindenstraße', east: 361_300, north: 5_660_900 }
const lines = [
  newerLine({ id: 'DENW01', ...linden, houseNumber: 12 }),
  newerLine({ id: 'DENW02', ...linden, houseNumber: 12, suffix: 'a', east: 361_330 }),
  newerLine({ id: 'DENW03', streetKey: '02201', street: 'Küppersteger Straße', houseNumber: 5, east: 358_900, north: 5_656_900 }),
  newerLine({ id: 'DENW04', streetKey: '02601', street: 'Straße ohne Stadtteil', houseNumber: 1 }),
  newerLine({ id: 'DENW05', ags: '05315000', street: 'Domstraße' }),
]
const file = (text: string) => ({ name: 'gebref.txt', mimeType: 'text/plain', buffer: Buffer.from(text) })

test('the register comes in by a file, and a citizen finds a house on the map', async ({ signIn, openPublic }) => {
  const desk = await signIn('gigabitCoordinator')
  await desk.goto('/arbeitsplatz/adressen')
  await expect(desk.getByText('Noch keine Adressen.')).toBeVisible()
  await expectAccessible(desk)
  const choose = desk.getByLabel('Datei des Registers hierher ziehen oder wählen')
  await choose.setInputFiles(file('a;b;c'))
  await expect(desk.getByText(/Die erste Zeile hat 3 Spalten/)).toBeVisible()
  await choose.setInputFiles(file(lines.join('\n')))
  await expect(desk.getByText('4 neue Adressen, 3 neue Straßen.')).toBeVisible()
  await expect(desk.getByText('Stand des Registers')).toBeVisible()

  await desk.getByLabel('Adresse, wie sie in einer Lieferung steht').fill('lindenstr 12 A')
  await desk.keyboard.press('Enter')
  await expect(desk.getByText('Lindenstraße 12a (Bergisch Neukirchen), 100 % sicher')).toBeVisible()

  const row = desk.getByRole('row', { name: /Straße ohne Stadtteil 1/ })
  await expect(row).toContainText('keiner')
  await expect(row.getByRole('link', { name: /Auf der Karte/ })).toHaveAttribute('href', /ort=adresse:denw04/)
  await expectAccessible(desk)
  await desk.setViewportSize({ width: 320, height: 640 })
  await expectNoSideScroll(desk)
  await expectAccessible(desk)

  const citizen = await openPublic()
  await citizen.goto('/')
  const search = citizen.locator('[data-search]')
  await search.fill('Lindnstr. 12a')
  await expect(citizen.getByRole('option').first()).toHaveText(/Lindenstraße 12a.*Adresse · Bergisch Neukirchen/)
  await citizen.keyboard.press('Enter')
  await expect(citizen).toHaveURL(/\/stadtteil\/bergisch-neukirchen\?.*ort=adresse:denw02/)
  await expect(citizen.getByText('Lindenstraße 12a liegt im Stadtteil Bergisch Neukirchen.')).toBeVisible()
  const marked = () =>
    citizen.evaluate(() => {
      const canvas = document.querySelector('[data-map][data-ready]') as {
        cityMap?: { queryRenderedFeatures(): { source: string }[] }
      } | null
      return canvas?.cityMap?.queryRenderedFeatures().some(({ source }) => source === 'place') ?? false
    })
  await expect.poll(marked, { timeout: 20_000 }).toBe(true)
  await expectAccessible(citizen)
})

test('on a phone the house is marked above the sheet', async ({ openPublic }) => {
  const page = await openPublic({ viewport: { width: 390, height: 844 } })
  await page.goto('/')
  await page.locator('[data-search]').fill('lindenstr 12')
  await page.locator('.search__hit').first().click()
  const below = () =>
    page.evaluate(() => {
      type Marked = { source: string; geometry: { coordinates: [number, number] } }
      type City = { queryRenderedFeatures(): Marked[]; project(at: [number, number]): { y: number } }
      const canvas = document.querySelector('[data-map][data-ready]') as (HTMLElement & { cityMap?: City }) | null
      const mark = canvas?.cityMap?.queryRenderedFeatures().find(({ source }) => source === 'place')
      const sheet = document.querySelector('.panel__handle')?.getBoundingClientRect().top
      if (!canvas?.cityMap || !mark || sheet === undefined) return null
      return sheet - canvas.getBoundingClientRect().top - canvas.cityMap.project(mark.geometry.coordinates).y
    })
  await expect.poll(below, { timeout: 20_000 }).toBeGreaterThan(40)
})

test('whoever may only read sees the register and no way to change it', async ({ signIn }) => {
  const page = await signIn('viewer')
  await page.goto('/arbeitsplatz/adressen')
  await expect(page.getByRole('heading', { name: 'Adressen', exact: true })).toBeVisible()
  await expect(page.getByText('Stand des Registers')).toBeVisible()
  await expect(page.getByLabel('Datei des Registers hierher ziehen oder wählen')).toHaveCount(0)
})
