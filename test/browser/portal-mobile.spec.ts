import type { Page } from '@playwright/test'
import { reportDeadZone, shortestFillingMs } from '../../server/contract/dead-zones.ts'
import { centreOf } from '../../server/contract/inspire-grid.ts'
import { expectMapDrawn, layersOnMap } from './support/map.ts'
import { expect, expectAccessible, expectNoSideScroll, test } from './support/test.ts'

const phone = { width: 390, height: 844 }

/** Chooses one of several by keyboard: to the first of the group, then by arrows. */
async function choose(page: Page, group: string, label: string): Promise<void> {
  const options = page.getByRole('group', { name: group })
  await options.getByRole('radio').first().focus()
  await page.keyboard.press('Space')
  while (!(await options.getByRole('radio', { name: label }).isChecked())) await page.keyboard.press('ArrowDown')
}

test('a dead zone is reported by keyboard on a phone, looked at by the city, and then public', async ({
  page,
  signIn,
  server,
}) => {
  await page.setViewportSize(phone)
  const hosts = new Set<string>()
  page.on('request', (request) => hosts.add(new URL(request.url()).origin))
  await page.goto('/mobilfunk')
  await expect(page.getByText('Noch keine Versorgungsdaten')).toBeVisible()
  await expect(page.getByText('Keine veröffentlichten Funkloch-Meldungen.')).toBeVisible()
  await page.getByRole('link', { name: 'Funkloch melden' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Funkloch melden' })).toBeFocused()
  const openedAt = Date.now()

  const send = page.getByRole('button', { name: 'Funkloch melden' })
  await send.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByText('Bitte wählen Sie den Ort.')).toBeVisible()
  const search = page.getByRole('combobox', { name: 'Straße, Hausnummer oder Ort suchen' })
  await expect(search).toBeFocused()
  await expectAccessible(page)

  await page.keyboard.type('Rathaus')
  await expect(page.getByRole('option').first()).toBeVisible()
  await page.keyboard.press('Enter')
  const kept = page.locator('[data-cell]')
  await expect(kept).toContainText('Ein Quadrat von 100 × 100 m in Wiesdorf')
  const first = await kept.getAttribute('data-cell')
  await page.getByRole('button', { name: 'Nach Norden' }).focus()
  await page.keyboard.press('Enter')
  await expect(kept).not.toHaveAttribute('data-cell', first ?? '')
  const cell = (await kept.getAttribute('data-cell')) ?? ''
  await expect.poll(() => layersOnMap(page)).toContain('own-report-fill')

  await choose(page, 'Welches Netz nutzen Sie?', 'Vodafone')
  await choose(page, 'Was zeigte Ihr Telefon?', 'Kein Netz')
  await choose(page, 'Wo waren Sie dabei?', 'In einem Gebäude')
  await page.setViewportSize({ width: 320, height: 640 })
  await expectNoSideScroll(page)
  await page.setViewportSize(phone)
  // Whoever is faster counts as a robot.
  await expect.poll(() => Date.now() - openedAt).toBeGreaterThan(shortestFillingMs)
  const sent = page.waitForRequest((request) => request.url().endsWith(reportDeadZone.path))
  await send.focus()
  await page.keyboard.press('Enter')
  // Nothing but the middle of the square leaves the phone.
  expect((await sent).postDataJSON()).toMatchObject({
    operator: 'vodafone',
    technology: 'none',
    point: centreOf(cell),
    remark: null,
  })
  await expect(page.getByText('Vielen Dank für Ihre Meldung')).toBeVisible()
  await expectAccessible(page)
  expect([...hosts].filter((origin) => origin !== 'null')).toEqual([server.baseUrl])

  const desk = await signIn('mobileCoordinator')
  await desk.goto('/arbeitsplatz/funkloecher')
  await desk.getByRole('checkbox', { name: 'Vodafone: Kein Netz, Wiesdorf' }).check()
  await desk.getByRole('button', { name: 'Veröffentlichen' }).click()
  await expect(desk.getByText('Nichts zu prüfen.')).toBeVisible()
  await desk.getByRole('button', { name: 'Rückgängig machen' }).click()
  await desk.getByRole('checkbox', { name: 'Vodafone: Kein Netz, Wiesdorf' }).check()
  await desk.getByRole('button', { name: 'Veröffentlichen' }).click()
  await expect(desk.getByText('Eine Meldung: veröffentlicht.')).toBeVisible()

  await page.getByRole('link', { name: 'Zur Mobilfunkkarte' }).click()
  await expect(page.getByText('1 Funkloch-Meldung an 1 Stelle.')).toBeVisible()
  await expectMapDrawn(page)
  expect(await layersOnMap(page)).toContain('mobile_dead_zones-point')
  await page.goto('/mobilfunk/stadtteil/wiesdorf?ansicht=tabelle')
  await expect(page.getByRole('row', { name: /^Wiesdorf/ }).getByRole('cell', { name: '1', exact: true })).toBeVisible()
  await expectAccessible(page)
})

test('the place can be the one of the device, only when asked for, or a point on the map', async ({ openPublic }) => {
  const page = await openPublic({
    permissions: ['geolocation'],
    geolocation: { latitude: 51.068_771, longitude: 7.005_123, accuracy: 400 },
  })
  await page.goto('/mobilfunk/funkloch')
  await expectMapDrawn(page)
  await page.getByRole('button', { name: 'Mein Standort' }).click()
  const kept = page.locator('[data-cell]')
  await expect(kept).toContainText('in Opladen')
  await expect(kept).toContainText('nur auf etwa 400 m genau')
  const here = (await kept.getAttribute('data-cell')) ?? ''
  await expectMapDrawn(page)
  await page.locator('[data-map] canvas').click({ position: { x: 120, y: 120 } })
  await expect(kept).not.toHaveAttribute('data-cell', here)
  await expect(page, 'no district is opened by it').toHaveURL(/\/mobilfunk\/funkloch/)
})
