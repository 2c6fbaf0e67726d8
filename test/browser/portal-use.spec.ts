import type { Page } from '@playwright/test'
import { phaseOnMap } from './support/map.ts'
import { expect, test } from './support/test.ts'

test.use({ isReadOnly: true })

const slider = (page: Page) => page.getByRole('slider', { name: 'Stand vom' })
const heading = (page: Page) => page.getByRole('heading', { level: 1 })
const band = (page: Page) => page.getByRole('complementary', { name: 'Hinweise' })

test('a citizen finds the answer for a district with the keyboard alone', async ({ page }) => {
  await page.goto('/')
  for (const link of ['Zum Inhalt', 'Zur Karte', 'Zur Zeitleiste']) {
    await page.keyboard.press('Tab')
    await expect(page.getByRole('link', { name: link })).toBeFocused()
  }
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  const search = page.getByRole('combobox', { name: /Wann kommt die Glasfaser zu mir/ })
  await expect(search).toBeFocused()
  await page.keyboard.type('oplden')
  await expect(page.getByRole('option', { name: /^Opladen/ })).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Enter')
  await expect(heading(page)).toHaveText('Opladen')
  await expect(heading(page)).toBeFocused()
  await expect(page).toHaveURL(/\/stadtteil\/opladen$/)
  await expect(page.getByRole('main')).toContainText('Opladen: Tiefbau abgeschlossen.')
  await expect(page.getByRole('main')).toContainText('Stand 28.03.2022')
  await page.goBack()
  await expect(heading(page)).toHaveText('Glasfaserausbau in Leverkusen')
  await page.goForward()
  await expect(heading(page)).toHaveText('Opladen')
})

test('a place leads to its district, and the address keeps it', async ({ page, openPublic }) => {
  await page.goto('/')
  await page.getByRole('combobox', { name: /Wann kommt/ }).fill('Rathaus')
  await page
    .getByRole('option', { name: /Rathaus/ })
    .first()
    .click()
  await expect(page.getByRole('main')).toContainText('Rathaus Leverkusen liegt im Stadtteil Wiesdorf.')
  const other = await openPublic()
  await other.goto(page.url())
  await expect(other.getByRole('main')).toContainText('Rathaus Leverkusen liegt im Stadtteil Wiesdorf.')
})

test('a search without a hit says what is covered and what is not', async ({ page }) => {
  await page.goto('/')
  await page.getByRole('combobox', { name: /Wann kommt/ }).fill('qwertzuiop')
  await expect(page.getByText('Kein Treffer für „qwertzuiop“')).toContainText('suchen Sie Ihren Stadtteil')
})

test('a click on the map opens the district there', async ({ page }) => {
  await page.goto('/')
  await expect(page.locator('[data-map][data-ready]')).toBeVisible()
  const point = await page.evaluate(() => {
    const element = document.querySelector('[data-map]') as Element & {
      cityMap: { project: (at: [number, number]) => { x: number; y: number } }
    }
    const { left, top } = element.getBoundingClientRect()
    const { x, y } = element.cityMap.project([6.95, 51.062])
    return { x: left + x, y: top + y }
  })
  await page.mouse.click(point.x, point.y)
  await expect(heading(page)).toHaveText('Rheindorf')
  await expect(heading(page)).toBeFocused()
})

test('the slider goes from event to event and moves map, text and table alike', async ({ page }) => {
  await page.goto('/')
  await expect.poll(() => phaseOnMap(page, 'breitband:hitdorf'), { timeout: 20_000 }).toBe('civil_works_done')
  await expect(band(page)).toBeEmpty()
  await slider(page).focus()
  for (let step = 0; step < 2; step++) await page.keyboard.press('ArrowLeft')
  await expect(page).toHaveURL(/datum=2022-03-28$/)
  await page.keyboard.press('ArrowLeft')
  await expect(page).toHaveURL(/datum=2021-09-20$/)
  await expect(slider(page)).toHaveAttribute('aria-valuetext', /20\.09\.2021.*Tiefbau abgeschlossen/)
  await expect(band(page)).toContainText('Sie sehen den Stand vom 20.09.2021.')
  await page.keyboard.press('PageDown')
  await expect(page).toHaveURL(/datum=2021-07-01$/)
  await expect.poll(() => phaseOnMap(page, 'breitband:hitdorf')).toBe('civil_works')
  await expect(page.getByRole('main')).toContainText('in 7 ist noch kein Ausbau bekannt')
  await page.getByRole('link', { name: 'Tabelle', exact: true }).click()
  await expect(page.getByRole('row', { name: /Hitdorf/ })).toContainText('Tiefbau')
  await page.getByRole('button', { name: 'Zurück zu heute' }).click()
  await expect(page).toHaveURL(/\/\?ansicht=tabelle$/)
  await expect(page.getByRole('row', { name: /Hitdorf/ })).toContainText('Tiefbau abgeschlossen')
  await expect(band(page)).toBeEmpty()
})

test('playing goes through the events and stops where it is told to', async ({ page }) => {
  await page.goto('/')
  await page.getByRole('button', { name: 'Abspielen' }).click()
  await expect(page).toHaveURL(/datum=2019-01-01$/)
  await expect(page).toHaveURL(/datum=2019-04-30$/)
  await page.getByRole('button', { name: 'Anhalten' }).click()
  await expect(page.getByRole('button', { name: 'Abspielen' })).toBeVisible()
  await page.getByRole('button', { name: 'Heute', exact: true }).click()
  await expect(page).toHaveURL(/\/$/)
})

test('what was known then: four districts in the second phase, later seven; 72 km of duct, later 49', async ({ page }) => {
  const inSecondPhase = async (day: string) => {
    await page.goto(`/?ansicht=tabelle&stand=${day}&programm=breitband`)
    const rows = page.getByRole('table', { name: /Bauabschnitte/ }).getByRole('row')
    await expect(rows).toHaveCount(14)
    return rows.filter({ has: page.getByRole('cell', { name: '2', exact: true }) }).count()
  }
  expect(await inSecondPhase('2021-10-01')).toBe(4)
  await expect(band(page)).toContainText('was am 01.10.2021 bekannt war')
  expect(await inSecondPhase('2022-04-01')).toBe(7)

  const duct = () => page.getByRole('heading', { name: 'Leerrohr neu' }).locator('..')
  await page.goto('/programm/breitband?stand=2021-06-01')
  await expect(duct()).toContainText('72 km Ziel')
  await page.goto('/programm/breitband')
  await expect(duct()).toContainText('49 km Ziel')
  await expect(duct()).toContainText('72 km')
})

test('a day of publication can be chosen as the second clock', async ({ page }) => {
  await page.goto('/')
  const clock = page.getByLabel('Was wussten wir damals?')
  await expect(clock.getByRole('option')).not.toHaveCount(1)
  await clock.selectOption('2021-09-20')
  await expect(page).toHaveURL(/stand=2021-09-20$/)
  await expect(band(page)).toContainText('was am 20.09.2021 bekannt war')
  // Later ones stay to be chosen.
  await clock.selectOption('2022-03-28')
  await expect(page).toHaveURL(/stand=2022-03-28$/)
})

test('the table sorts, filters and is passed on by its address', async ({ page, openPublic }) => {
  await page.goto('/?ansicht=tabelle')
  await page.getByRole('button', { name: 'Ausbaustand' }).click()
  await page.getByRole('button', { name: 'Ausbaustand' }).click()
  await expect(page.getByRole('columnheader', { name: 'Ausbaustand' })).toHaveAttribute('aria-sort', 'descending')
  await page.getByLabel('Filtern').fill('neukirchen')
  await expect(page.getByRole('table')).toContainText('2 von 14 Bauabschnitten')
  const other = await openPublic()
  await other.goto(page.url())
  await expect(other.getByRole('row').nth(1)).toContainText('Gewerbegebiet Friedenstal')
  await expect(other.getByRole('row')).toHaveCount(3)
  await other.getByRole('combobox', { name: 'Ausbaustand' }).selectOption('civil_works_done')
  await expect(other.getByRole('row')).toHaveCount(2)
  await other.getByRole('button', { name: 'Filter zurücksetzen' }).click()
  await expect(other.getByRole('row')).toHaveCount(15)
  const download = other.waitForEvent('download')
  await other.getByRole('link', { name: 'CSV für Excel' }).click()
  expect((await download).suggestedFilename()).toMatch(/build_sections.*\.csv$/)
})

test('the programme switch shows one programme on map and table', async ({ page }) => {
  await page.goto('/')
  await expect.poll(() => phaseOnMap(page, 'breitband:hitdorf'), { timeout: 20_000 }).toBe('civil_works_done')
  await page.getByRole('combobox', { name: 'Programm' }).selectOption('friedenstal')
  await expect(page).toHaveURL(/programm=friedenstal/)
  await expect.poll(() => phaseOnMap(page, 'breitband:hitdorf')).toBeNull()
  await page.getByRole('link', { name: 'Tabelle', exact: true }).click()
  await expect(page.getByRole('table').getByRole('row')).toHaveCount(2)
})

test('English is one step away and stays', async ({ page }) => {
  await page.goto('/stadtteil/manfort')
  await page.getByRole('banner').getByRole('link', { name: 'English' }).first().click()
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await expect(page.getByRole('main')).toContainText('Manfort: Civil works since March 2022.')
  await page.getByRole('link', { name: '← All districts' }).click()
  await expect(heading(page)).toHaveText('Fibre rollout in Leverkusen')
  await expect(page).toHaveURL(/\?sprache=en$/)
})

test('chosen colours stand in the address and reach the map', async ({ page }) => {
  await page.goto('/')
  await page.getByText('Menü').click()
  await page.getByRole('button', { name: 'Dunkle Farben' }).click()
  await expect(page).toHaveURL(/farben=dunkel/)
  await expect(page.locator('html')).toHaveAttribute('data-kern-theme', 'dark')
  const ground = () =>
    page.evaluate(() => {
      const element = document.querySelector('[data-map]') as
        | (Element & { cityMap?: { getPaintProperty: (layer: string, name: string) => unknown } })
        | null
      return element?.cityMap?.getPaintProperty('ground', 'background-color')
    })
  await expect.poll(ground).toBe('#0d0f16')
})

test('on a phone the answer is a sheet of three heights, by arrow keys and by dragging', async ({ openPublic }) => {
  const page = await openPublic({ viewport: { width: 390, height: 844 }, hasTouch: true })
  await page.goto('/')
  const handle = page.getByRole('slider', { name: 'Höhe des Textbereichs' })
  const height = async () => (await page.getByRole('main').boundingBox())?.height ?? 0
  await expect(handle).toHaveAttribute('aria-valuetext', 'halb')
  const half = await height()
  await handle.focus()
  await page.keyboard.press('ArrowUp')
  await expect.poll(height).toBeGreaterThan(half + 100)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await expect(handle).toHaveAttribute('aria-valuetext', 'niedrig')
  await expect.poll(height).toBeLessThan(half - 100)
  // Waits until the sheet has come to rest.
  await handle.hover()
  const box = await handle.boundingBox()
  if (!box) throw new Error('the handle is not drawn')
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  await page.mouse.down()
  await page.mouse.move(x, y - 180, { steps: 5 })
  await page.mouse.up()
  await expect(handle).toHaveAttribute('aria-valuetext', 'halb')
})

test('a message about a barrier is kept for the coordinator', async ({ page, signIn }) => {
  await page.goto('/kontakt')
  await page.getByRole('button', { name: 'Absenden' }).click()
  await expect(page.getByText('Bitte schreiben Sie mindestens 10 Zeichen.')).toBeVisible()
  await expect(page.getByLabel('Ihre Nachricht')).toBeFocused()
  await page.getByLabel('Ihre Nachricht').fill('Die Karte ist am Telefon schwer zu bedienen.')
  await page.getByRole('button', { name: 'Absenden' }).click()
  await expect(page.getByText('Vielen Dank, Ihre Nachricht ist angekommen.')).toBeVisible()
  const desk = await signIn('gigabitCoordinator')
  await desk.goto('/arbeitsplatz/rueckmeldungen')
  await expect(desk.getByText('Die Karte ist am Telefon schwer zu bedienen.')).toBeVisible()
})
