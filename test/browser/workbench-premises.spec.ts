import type { Page } from '@playwright/test'
import { createObject } from '../../server/contract/objects.ts'
import { giveBasis } from './support/desk.ts'
import { expect, expectAccessible, expectNoSideScroll, test } from './support/test.ts'

const path = '/arbeitsplatz/anschluesse'
const basis = { trueOn: '2022-03-28', reason: 'Für den Versuch', source: { citation: 'Liste der EVL vom 28.03.2022', url: null } }

/** Ten premises in two districts, recorded through the product's own door; again: they are there already. */
async function record(page: Page, baseURL: string): Promise<void> {
  for (let number = 0; number < 10; number += 1) {
    const content = {
      key: `versuch-${number}`,
      name: `Haus ${number}`,
      kind: number === 9 ? 'business' : 'household',
      units: number + 1,
      districtId: number < 8 ? 'opladen' : 'manfort',
      state: 'eligible',
      steps: { eligible: '2021-06' },
      geom: { type: 'Point', coordinates: [7.005 + number / 1000, 51.067] },
    }
    const answer = await page.request.post(createObject.path.replace(':kind', 'premises'), {
      data: { content, ...basis },
      headers: { Origin: baseURL },
    })
    expect([200, 409], await answer.text()).toContain(answer.status())
  }
}

test('without premises the page says what to do', async ({ signIn }) => {
  const page = await signIn('gigabitCoordinator')
  await page.goto(path)
  await expect(page.getByRole('link', { name: 'Eine Lieferung einlesen' })).toHaveAttribute('href', '/arbeitsplatz/lieferungen')
  await expectAccessible(page)
})

test('filtered, chosen by keyboard, changed in one change, undone', async ({ signIn, baseURL }) => {
  const page = await signIn('gigabitCoordinator')
  await record(page, baseURL ?? '')
  await page.goto(path)
  await page.getByLabel('Stadtteil').selectOption({ label: 'Opladen (8)' })
  await expect(page).toHaveURL(/stadtteil=opladen/)
  await expect(page.getByText('8 Anschlussobjekte gefiltert')).toBeVisible()
  await page.getByRole('checkbox', { name: 'Auswählen: Haus 0' }).focus()
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('Shift+ArrowDown')
  await expect(page.getByText('3 ausgewählt')).toBeVisible()
  await page.getByRole('button', { name: 'Auswahl bearbeiten' }).click()
  const panel = page.getByRole('region', { name: 'Ausgewählt' })
  await panel.getByLabel('Zustand').selectOption({ label: 'angeschlossen' })
  await panel.getByLabel('Datum des Schritts').fill('28.3.2022')
  await giveBasis(page, 'Abnahme der Hausanschlüsse')
  const sentence = page.getByRole('region', { name: 'Das wird gespeichert' })
  await expect(sentence).toContainText('3 Anschlussobjekte')
  await expect(sentence).toContainText('angeschlossen')
  await expect(sentence).toContainText('Grund: Abnahme der Hausanschlüsse.')

  await page.reload()
  await expect(panel.getByLabel('Zustand')).toHaveValue('connected')
  await expect(sentence).toContainText('3 Anschlussobjekte')
  await page.keyboard.press('Control+s')
  const undo = page.getByRole('region', { name: 'Zuletzt veröffentlicht' })
  await expect(undo).toContainText('3 Anschlussobjekte')
  const connected = page.getByRole('row').filter({ hasText: 'angeschlossen' })
  await expect(connected).toHaveCount(3)
  await expect(connected.first()).toContainText('28.03.2022')
  await undo.getByRole('button', { name: 'Rückgängig' }).click()
  await expect(connected).toHaveCount(0)
})

test('an address is a view: filter, order and opened object', async ({ signIn, baseURL }) => {
  const page = await signIn('gigabitCoordinator')
  await record(page, baseURL ?? '')
  await page.goto(`${path}?stadtteil=opladen&sortierung=-units&objekt=p:versuch-7`)
  await expect(page.getByRole('heading', { level: 2, name: 'Haus 7' })).toBeVisible()
  await expect(page.getByRole('row').nth(1)).toContainText('Haus 7')
  await expect(page.getByRole('button', { name: 'Filter entfernen: Stadtteil Opladen' })).toBeVisible()
  await expect(page.locator('[data-map][data-ready]')).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('heading', { level: 2, name: 'Haus 7' })).toHaveCount(0)
})

test('on a phone table and map take turns, and nothing is wider than the window', async ({ signIn, baseURL }) => {
  const page = await signIn('gigabitCoordinator', { viewport: { width: 390, height: 844 } })
  await record(page, baseURL ?? '')
  await page.goto(path)
  await expect(page.getByRole('link', { name: 'Haus 0' })).toBeVisible()
  await expectNoSideScroll(page)
  await page.getByRole('button', { name: 'Als Karte' }).click()
  await expect(page.getByRole('region', { name: 'Karte der Anschlussobjekte', exact: true })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Haus 0' })).toBeHidden()
  await expectAccessible(page)
  await page.setViewportSize({ width: 320, height: 640 })
  await expectNoSideScroll(page)
})

test('new premises without an address lie where somebody pointed, and say why', async ({ signIn, baseURL }) => {
  const page = await signIn('gigabitCoordinator')
  await record(page, baseURL ?? '')
  await page.goto(path)
  await expect(page.locator('[data-map][data-ready]')).toBeVisible()
  await page.getByRole('button', { name: 'Neu anlegen' }).click()
  const panel = page.getByRole('region', { name: 'Ausgewählt' })
  await expect(panel.getByRole('button', { name: 'Anlegen' })).toHaveCount(0)
  await panel.getByText('Ohne amtliche Adresse').click()
  await panel.getByRole('button', { name: 'Punkt auf der Karte wählen' }).click()
  await page.locator('[data-map]').click()
  await expect(panel.getByText(/^Gewählt: 51,\d+ \/ 7,\d+, \w/)).toBeVisible()
  await expect(panel.getByLabel('Stadtteil')).not.toHaveValue('')
  await panel.getByLabel('oder Koordinaten').fill('359980,0 5659400,0')
  await page.keyboard.press('Enter')
  await expect(panel.getByLabel('Stadtteil')).toHaveValue('opladen')
  await expect(panel.getByText('Bitte sagen Sie, warum')).toBeVisible()
  await panel.getByLabel('Warum keine amtliche Adresse?').fill('Pumpwerk am Deich')
  await panel.getByLabel('Name (nur intern)').fill('Pumpwerk')
  await giveBasis(page, 'Begehung')
  await expectAccessible(page)
  await panel.getByRole('button', { name: 'Anlegen' }).click()
  await expect(page.getByRole('heading', { level: 2, name: 'Pumpwerk' })).toBeVisible()
  await expect(panel.getByText('Pumpwerk am Deich')).toBeVisible()
  await page.getByRole('region', { name: 'Zuletzt veröffentlicht' }).getByRole('button', { name: 'Rückgängig' }).click()
  await expect(page.getByRole('link', { name: 'Pumpwerk' })).toHaveCount(0)
})

test('a box on the map chooses what lies in it, also by keyboard; both forms and the address sheet are for everybody', async ({
  signIn,
  baseURL,
}) => {
  const page = await signIn('gigabitCoordinator')
  await record(page, baseURL ?? '')
  await page.goto(`${path}?stadtteil=manfort`)
  await expect(page.getByText('2 Anschlussobjekte gefiltert')).toBeVisible()
  await expect(page.locator('[data-map][data-ready]')).toBeVisible()
  const box = await page.locator('[data-map] canvas').boundingBox()
  if (!box) throw new Error('The map is not there.')
  await page.keyboard.down('Shift')
  await page.mouse.move(box.x + 5, box.y + 5)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width - 5, box.y + box.height - 5, { steps: 4 })
  await page.mouse.up()
  await page.keyboard.up('Shift')
  await expect(page.getByText('2 ausgewählt')).toBeVisible()
  await expect(page).toHaveURL(/rahmen=|bbox=|ausschnitt=/)
  await page.getByRole('button', { name: 'Auswahl aufheben' }).click()
  await page.getByRole('button', { name: 'Kartenausschnitt wählen' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByText('2 ausgewählt')).toBeVisible()
  await page.getByRole('button', { name: 'Auswahl bearbeiten' }).click()
  await expect(page.getByRole('heading', { level: 2, name: '2 Anschlussobjekte bearbeiten' })).toBeVisible()
  await expectAccessible(page)
  await page.goto(`${path}?objekt=p:versuch-7`)
  await page.getByRole('button', { name: 'Bearbeiten', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Änderung speichern' })).toBeVisible()
  await expectAccessible(page)
  await page.goto(`${path}?adresse=denw1`)
  await expect(page.getByText('An dieser Adresse ist kein Anschlussobjekt bekannt.')).toBeVisible()
  await expectAccessible(page)
})
