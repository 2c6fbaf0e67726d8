import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { createObject, listObjects, withdrawObjects } from '../../server/contract/objects.ts'
import { openFile } from '../../server/formats/index.ts'
import { expect, expectAccessible, expectNoSideScroll, test } from './support/test.ts'

test.use({ hasDemo: true })
test.describe.configure({ mode: 'serial' })

const path = '/arbeitsplatz/gis-nb?fassung=5.1&phase=3'
const layers = (page: Page) => page.getByRole('table', { name: 'Layer des Pakets' })

/** Objects of each layer by its title, as the page counts them. */
async function countsOf(page: Page): Promise<Record<string, number>> {
  await expect(layers(page).locator('tbody tr')).toHaveCount(5)
  const rows = await layers(page)
    .locator('tbody tr')
    .evaluateAll((all) => all.map((row) => [...row.querySelectorAll('th, td')].map((cell) => cell.textContent ?? '')))
  return Object.fromEntries(rows.map(([title = '', objects = '']) => [title, Number(objects.replace('.', ''))]))
}

async function download(page: Page): Promise<string> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Paket herunterladen' }).click(),
  ])
  expect(file.suggestedFilename()).toMatch(/^[\w.-]+\.zip$/)
  return file.path()
}

/** Rows of each layer by its title. */
async function rowsIn(zip: string): Promise<Record<string, number>> {
  await using file = await openFile(zip, { name: 'paket.zip' })
  const counts: Record<string, number> = {}
  for (const { name } of file.tables) {
    let count = 0
    for await (const { rows } of file.readRows(name)) count += rows.length
    counts[name.replaceAll('_', ' ')] = count
  }
  return counts
}

test('programme, version and phase are chosen, and the findings lead to their objects', async ({ signIn }) => {
  const page = await signIn('gigabitCoordinator')
  await page.goto('/arbeitsplatz/gis-nb')
  await page.getByLabel('Fassung der GIS-NB').selectOption('4.1')
  await expect(page).toHaveURL(/fassung=4\.1/)
  await expect(page.getByText('Was über die Fassung 4.1 nicht bekannt ist')).toBeVisible()
  await page.getByLabel('Fassung der GIS-NB').selectOption('5.1')
  await page.getByLabel('Phase').selectOption('Phase 3: Bestand des fertigen Teils')
  await expect(page).toHaveURL(/fassung=5\.1&phase=3$/)
  await expect(layers(page).locator('tbody tr')).toHaveCount(5)
  await expect(page.getByLabel('Pflichtangaben vorhanden, das ganze Paket')).toHaveAttribute('value', /^0\.9\d+$/)

  const sum = /Für den Wert ist kein Code bekannt, (\d+)-mal \(G04\)/
  const [, total] = sum.exec((await page.getByText(sum).textContent()) ?? '') ?? []
  const rows = page.getByRole('table', { name: 'Befunde' }).locator('tbody tr')
  await expect(rows).toHaveCount(25)
  await page.getByRole('button', { name: /^Alle \d+ Befunde zeigen$/ }).click()
  await expect(rows).toHaveCount(Number(total))
  await expect(rows.first()).toContainText('G04')
  const layer = (await rows.first().locator('td').nth(2).textContent()) ?? ''
  await page.goto(`/arbeitsplatz/gis-nb?fassung=5.1&phase=3&layer=${layer}`)
  const said = page.getByRole('status').filter({ hasText: 'davon im Layer' })
  await expect(said).toContainText(/^[1-9]\d* davon/)
  await said.getByRole('link', { name: 'Alle Layer zeigen' }).click()
  await expect(page).toHaveURL(/phase=3$/)
  await rows.first().getByRole('link', { name: 'ansehen' }).click()
  await expect(page).toHaveURL(/\/arbeitsplatz\/(anschluesse|netz)\?objekt=/)
  await expect(page.getByRole('region', { name: 'Ausgewählt' }).getByRole('heading', { level: 2 })).toBeVisible()
})

test('the package holds what the page counts, as shapefiles and as GeoPackage', async ({ signIn }) => {
  const page = await signIn('viewer')
  await page.goto(path)
  const counts = await countsOf(page)
  expect(Object.keys(counts)).toHaveLength(5)
  expect(Math.min(...Object.values(counts))).toBeGreaterThan(0)
  expect(await rowsIn(await download(page))).toEqual(counts)
  await page.getByLabel('Format').selectOption('GeoPackage')
  await page.getByLabel('Koordinatensystem').selectOption('EPSG:4326')
  const zip = await download(page)
  expect(await rowsIn(zip)).toEqual(counts)
  await using file = await openFile(zip, { name: 'paket.zip' })
  expect(file.tables.map(({ crs }) => crs?.epsg)).toEqual(file.tables.map(() => 4326))
  await expect(page.getByRole('button', { name: 'Abgabe vermerken' }), 'whoever only reads').toHaveCount(0)
  await expect(page.getByText('Ein Paket übernehmen')).toHaveCount(0)
})

test('a submission is recorded, and what changes afterwards is counted against it', async ({ signIn, server }) => {
  const page = await signIn('gigabitCoordinator')
  await page.goto(path)
  await expect(layers(page)).toContainText('keine Abgabe vermerkt')
  await page.getByRole('button', { name: 'Abgabe vermerken' }).click()
  const submissions = page.getByRole('table', { name: 'Abgaben' })
  await expect(submissions.locator('tbody tr')).toHaveCount(1)
  await expect(submissions).toContainText('GigabitCoordinator Beispiel')
  await expect(layers(page).getByRole('cell', { name: 'unverändert' })).toHaveCount(5)

  const geom = { type: 'LineString', coordinates: [[6.98, 51.03], [6.981, 51.031]] } // biome-ignore format: one line
  const content = {
    key: 'versuch',
    status: 'laid',
    laidOn: '2023-03-01',
    programmeId: 'breitband',
    layingMethod: 'open_trench',
    geom,
  }
  const answer = await page.request.post(createObject.path.replace(':kind', 'route'), {
    data: { content, trueOn: '2023-03-31', reason: 'Für den Versuch', source: { citation: 'Plan der EVL', url: null } },
    headers: { Origin: server.baseUrl },
  })
  expect(answer.ok(), await answer.text()).toBe(true)
  await expect(layers(page).getByRole('row', { name: /^Trassenbau/ }), 'the open page hears of it').toContainText('1 neu')
  await expect(layers(page).getByRole('cell', { name: 'unverändert' })).toHaveCount(4)
})

test('a package is looked at and taken over by keyboard; a broken one is refused in words', async ({ signIn, server, watch }) => {
  watch.expectComplaint(/status of (400|422)/)
  const page = await signIn('gigabitCoordinator')
  await page.goto(path)
  const buffer = await readFile(await download(page))
  const list = (await (await page.request.get(`${listObjects.path.replace(':kind', 'route')}?limit=1`)).json()) as {
    revision: number
  }
  const withdrawn = await page.request.post(withdrawObjects.path.replace(':kind', 'route'), {
    data: { ids: ['r:versuch'], revision: list.revision, reason: 'Für den Versuch' },
    headers: { Origin: server.baseUrl },
  })
  expect(withdrawn.ok(), await withdrawn.text()).toBe(true)
  await page.getByText('Ein Paket übernehmen').focus()
  await page.keyboard.press('Enter')
  const choose = page.getByLabel('GeoPackage oder gezippte Shapefiles')
  const look = page.getByRole('button', { name: 'Prüfen, ohne zu übernehmen' })
  await expect(look).toBeDisabled()

  await choose.setInputFiles({ name: 'kaputt.zip', mimeType: 'application/zip', buffer: buffer.subarray(0, 4000) })
  await look.click()
  await expect(page.getByRole('alert')).toContainText(/beschädigt|unvollständig/)
  await expect(page.getByRole('button', { name: 'Übernehmen', exact: true })).toHaveCount(0)

  await choose.setInputFiles({ name: 'EVL-Paket.zip', mimeType: 'application/zip', buffer })
  await expect(page.getByRole('alert')).toHaveCount(0)
  await look.press('Enter')
  await expect(page.getByText(/^Trassenbau: 1 neu, \d+ unverändert$/)).toBeVisible()
  await expect(page.getByText(/^Leerrohre: \d+ unverändert$/)).toBeVisible()
  const take = page.getByRole('button', { name: 'Übernehmen', exact: true })
  await take.press('Enter')
  await expect(page.getByLabel('Quelle', { exact: true })).toHaveAttribute('aria-invalid', 'true')
  await page.getByLabel('Stand', { exact: true }).fill('31.03.2023')
  await page.getByLabel('Quelle', { exact: true }).fill('Paket der EVL vom 31.03.2023')
  await page.getByLabel('Grund', { exact: true }).fill('Bestand nach Abschluss')
  await expectAccessible(page)
  await take.press('Enter')
  await expect(layers(page).getByRole('row', { name: /^Trassenbau/ }), 'counted again').toContainText('1 neu')
  await page.setViewportSize({ width: 320, height: 640 })
  await expectNoSideScroll(page)
  await expectAccessible(page)
})
