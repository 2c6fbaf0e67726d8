import { expect, expectAccessible, expectNoSideScroll, test } from './support/test.ts'

const photo = { name: 'Tiefbau.jpg', mimeType: 'image/jpeg', buffer: Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]) }

test('the page of dates says what was announced, and that there are too few cases', async ({ signIn }) => {
  const page = await signIn(['admin', 'gigabitCoordinator'])
  await page.goto('/arbeitsplatz/termine')
  await expect(page.getByRole('table', { name: 'Angekündigte Termine je Betreiber' })).toContainText(
    'zu wenige Fälle (n = 1 < 8)',
  )
  await expect(page.getByRole('table', { name: 'Voraussichtliches Ende' })).toContainText('zu wenige Fälle (n = 7 < 8)')
  const list = page.getByRole('list', { name: 'Angekündigte Termine' })
  await expect(list.getByRole('listitem').filter({ hasText: 'Manfort, Tiefbau: Ende' }).first()).toContainText(
    'zuerst genannt für Ende 2022, nicht verschoben. Der zuerst genannte Termin ist verstrichen',
  )
  await expectAccessible(page)
  await page.getByLabel('Stand', { exact: true }).fill('2022-06-01')
  await expect(list).toContainText('noch nicht fällig')
  await page.setViewportSize({ width: 320, height: 640 })
  await expectNoSideScroll(page)
})

test('a citizen reads on the page of the district how its dates moved', async ({ openPublic }) => {
  const page = await openPublic()
  await page.goto('/stadtteil/manfort')
  const announced = page
    .locator('section')
    .filter({ has: page.getByRole('heading', { level: 2, name: 'Angekündigte Termine' }) })
    .last()
  await expect(announced).toContainText('Zuerst genannt für Ende 2022, nicht verschoben.')
  await announced.getByText('Alle Ankündigungen mit Quelle').click()
  await expect(announced).toContainText('Quelle: Sachstand Digitalisierung bei der Stadt Leverkusen')
  await expectAccessible(page)
})

test('a folder of evidence is filled, put right and packed by keyboard and mouse', async ({ signIn, watch }) => {
  watch.expectComplaint(/status of 422.*evidence/)
  const page = await signIn(['admin', 'gigabitCoordinator'])
  await page.goto('/arbeitsplatz/foerderung')
  await expect(page.getByText('Fotodokumentation fehlt in der Mappe.').first()).toBeVisible()
  await page.getByRole('button', { name: 'In die Mappe legen' }).click()
  await expect(page.getByText('Bitte wählen Sie eine Datei.')).toBeVisible()
  await page.getByLabel('Datei', { exact: true }).setInputFiles({ ...photo, name: 'Tiefbau.pdf' })
  await page.getByLabel('Was belegt die Datei?').fill('Offener Graben in Alkenrath')
  await page.getByLabel('Datum des Belegs').fill('Juni 2022')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Die Endung von „Tiefbau.pdf“ passt nicht zum Inhalt')).toBeVisible()
  await page.getByLabel('Datei', { exact: true }).setInputFiles(photo)
  await page.getByRole('button', { name: 'In die Mappe legen' }).click()
  const folder = page.getByRole('list', { name: 'Belege' })
  await expect(folder).toContainText('Tiefbau.jpg: Offener Graben in Alkenrath')
  await expect(page.getByText('Fotodokumentation: 1 Datei').first()).toBeVisible()
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Verwendungsnachweis', exact: true }).click()
  expect((await download).suggestedFilename()).toMatch(/^Verwendungsnachweis_breitband_\d{4}-\d\d-\d\d\.zip$/)
  await folder.getByRole('button', { name: 'Zurückziehen' }).click()
  await page.getByRole('dialog').getByLabel('Grund').fill('Falscher Stadtteil')
  await page.getByRole('dialog').getByRole('button', { name: 'Zurückziehen' }).click()
  await expect(folder).toContainText('Falscher Stadtteil')
  await expect(page.getByText('Fotodokumentation fehlt in der Mappe.').first()).toBeVisible()
  await expectAccessible(page)
  await page.setViewportSize({ width: 320, height: 640 })
  await expectNoSideScroll(page)
})
