import type { Locator, Page } from '@playwright/test'
import { expect, expectAccessible, expectNoSideScroll, test } from './support/test.ts'

test.describe.configure({ mode: 'serial' })

const letter = {
  name: 'Schreiben.pdf',
  mimeType: 'application/pdf',
  buffer: Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n'),
}

/** What somebody without a mouse does: goes there, then presses a key. */
async function press(target: Locator, key = 'Enter'): Promise<void> {
  await target.focus()
  await target.page().keyboard.press(key)
}

async function type(target: Locator, text: string): Promise<void> {
  await target.focus()
  await target.page().keyboard.type(text)
}

/** An ISO day in the past. */
function daysAgo(days: number): string {
  return new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)
}

const section = (page: Page, name: string) => page.getByRole('region', { name, exact: true })
const undo = (page: Page) => page.getByRole('region', { name: 'Zuletzt veröffentlicht' })

/** Ids of the sites the public may see. */
async function publicSites(page: Page, layer: string): Promise<Record<string, unknown>[]> {
  const answer = await page.request.get(`/ogc/collections/${layer}/items?f=json`)
  const { features } = (await answer.json()) as { features: { properties: Record<string, unknown> }[] }
  return features.map(({ properties }) => properties)
}

test('a letter becomes a case by keyboard: contradictions at their fields, search area typed, input kept, steps, undo', async ({
  signIn,
  watch,
}) => {
  watch.expectComplaint(/status of 422/)
  const page = await signIn('mobileCoordinator', { name: 'mobil' })
  await page.goto('/arbeitsplatz/standorte')
  await expect(page.getByText('Ein Schreiben eines Betreibers ist da?')).toBeVisible()
  await press(page.getByRole('link', { name: 'Erste Anfrage anlegen' }))
  await press(page.getByRole('button', { name: 'Anfrage anlegen' }))
  await expect(page.getByText('Bitte ausfüllen.')).toHaveCount(4)
  await expect(page.getByLabel('Telekom')).toBeFocused()
  await page.keyboard.press('Space')
  await type(page.getByLabel('Standortkennung des Betreibers'), 'LEV0471')
  await page.getByLabel('Eingegangen am').fill('2099-01-01')
  await page.getByLabel('Eingegangen per').selectOption('Brief')
  await page.getByLabel('Zweck', { exact: true }).selectOption('Versorgungslücke')
  await type(page.getByLabel('Mindesthöhe der Antennen in m'), '30')
  await type(page.getByLabel('Mittelpunkt: Adresse oder Koordinaten'), '51,034 6,988')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Mittelpunkt gewählt: 51,03400 / 6,98800')).toBeVisible()
  await expect(page.getByText('Der 01.01.2099 liegt in der Zukunft')).toBeVisible()
  await page.getByLabel('Eingegangen am').fill(daysAgo(19))
  await page.locator('input[type="file"]').setInputFiles(letter)
  await expect(page.getByRole('link', { name: 'Schreiben.pdf' })).toBeVisible()
  await page.reload()
  await expect(page.getByLabel('Standortkennung des Betreibers')).toHaveValue('LEV0471')
  await expect(page.getByRole('link', { name: 'Schreiben.pdf' })).toBeVisible()
  await expect(section(page, 'Was gespeichert wird')).toContainText('Radius des Suchkreises 300 m, mit Suchkreis')
  await expectAccessible(page)
  await page.keyboard.press('Control+s')
  await expect(page.getByRole('heading', { level: 1, name: 'Telekom, LEV0471' })).toBeFocused()
  await expect(page.getByRole('main')).toContainText('Wartet auf Koordination')
  await expect(page.getByRole('list', { name: 'Anlagen' })).toContainText('Schreiben.pdf')

  const steps = page.getByRole('list', { name: 'Schritte' })
  await press(page.getByRole('button', { name: 'Eintragen' }))
  await expect(steps).toContainText('Mitwirkung erklärt')
  await page.getByLabel('Schritt', { exact: true }).selectOption('In Betrieb')
  await press(page.getByRole('button', { name: 'Eintragen' }))
  await expect(page.getByText('Sie ist zwei Wochen vorher fällig (§ 11 BEMFV)')).toBeVisible()
  await press(undo(page).getByRole('button', { name: 'Rückgängig' }))
  await expect(steps.getByRole('listitem')).toHaveCount(1)
})

test('a candidate is judged by dated rules, decided, and released with exactly what the preview said', async ({ signIn }) => {
  const page = await signIn('mobileCoordinator', { name: 'mobil' })
  await page.goto('/arbeitsplatz/standorte')
  await press(page.getByRole('link', { name: 'Telekom, LEV0471' }))
  await press(page.getByRole('link', { name: 'Kandidat hinzufügen' }))
  await type(page.getByLabel('Standort: Adresse oder Koordinaten'), '51,0345 6,9885')
  await page.keyboard.press('Enter')
  await expect(page.getByText('kein eigenes Leerrohr in 2 km')).toBeVisible()
  await type(page.getByLabel('Bezeichnung', { exact: true }), 'Dach Rathaus')
  await page.getByLabel('Aufstellung').selectOption('auf einem Gebäude')
  await type(page.getByLabel('Höhe in m'), '8')
  await page.getByLabel('Lage im Planungsrecht').selectOption('Innenbereich')
  await expect(section(page, 'Was gespeichert wird')).toContainText('Dach Rathaus')
  await page.keyboard.press('Control+s')
  await expect(page.getByRole('heading', { level: 1, name: 'Dach Rathaus' })).toBeVisible()
  await expect(section(page, 'Baurecht')).toContainText('Vorschlag: verfahrensfrei')
  await expect(section(page, 'Baurecht')).toContainText('keine Entscheidung')

  await press(page.getByText('Vom Vorschlag abweichen'))
  await page.getByLabel('Was gilt').selectOption('genehmigungspflichtig')
  await press(page.getByRole('button', { name: 'Baurecht festhalten' }))
  await expect(page.getByText('Bitte begründen Sie, warum Sie vom Vorschlag abweichen.')).toBeVisible()
  await type(page.getByLabel('Begründung der Abweichung'), 'Denkmalbereich')
  await press(page.getByRole('button', { name: 'Baurecht festhalten' }))
  await expect(section(page, 'Baurecht')).toContainText('genehmigungspflichtig, abweichend vom Vorschlag: Denkmalbereich')

  await press(page.getByRole('radio', { name: 'abgestimmt' }), 'Space')
  await press(page.getByRole('button', { name: 'Entscheidung festhalten' }))
  await expect(section(page, 'Das wird öffentlich')).toContainText('Noch nichts')
  await press(page.getByRole('button', { name: /^Schritt zum .* eintragen$/ }))
  await expect(section(page, 'Das wird öffentlich')).toContainText('Telekom')
  await type(page.getByLabel('Öffentliche Bezeichnung'), 'Rathaus')
  await expect(section(page, 'Das wird öffentlich')).toContainText('Rathaus')
  await expectAccessible(page)
})

test('without consent of the operator nothing is released; then the public sees it, and nothing of the case', async ({
  signIn,
  watch,
}) => {
  watch.expectComplaint(/status of 422/)
  const page = await signIn('mobileCoordinator', { name: 'mobil' })
  await page.goto('/arbeitsplatz/standorte?ansicht=tabelle')
  await press(page.getByRole('link', { name: 'Telekom, LEV0471' }))
  await press(page.getByRole('table', { name: 'Kandidaten im Vergleich' }).getByRole('link', { name: 'Dach Rathaus' }))
  await type(page.getByLabel('Öffentliche Bezeichnung'), 'Rathaus')
  await press(page.getByRole('button', { name: 'Standort freigeben' }))
  await expect(page.getByText('fehlt die Zustimmung des Betreibers')).toBeVisible()
  expect(await publicSites(page, 'mobile_sites')).toEqual([])
  const today = await page.getByLabel('Öffentlich ab').inputValue()
  await page.getByLabel('Betreiber stimmt zu seit').fill(today)
  await press(page.getByRole('button', { name: 'Standort freigeben' }))
  await expect(section(page, 'Veröffentlichung')).toContainText('Öffentlich seit')
  const [site] = await publicSites(page, 'mobile_sites')
  expect(site).toMatchObject({ name: 'Rathaus', status: 'agreed', operators: ['telekom'] })
  expect(JSON.stringify(site)).not.toMatch(/LEV0471|Denkmalbereich|Dach Rathaus/)
  await page.setViewportSize({ width: 390, height: 844 })
  await expectNoSideScroll(page)
})

test('the list: one filter in the address for all displays, and who waits for whom; a colleague’s change is merged, not lost', async ({
  signIn,
  watch,
}) => {
  watch.expectComplaint(/status of 412/)
  const page = await signIn('mobileCoordinator', { name: 'mobil' })
  const other = await signIn('mobileCoordinator', { name: 'vertretung' })
  for (const one of [page, other]) {
    await one.goto('/arbeitsplatz/standorte?suche=lev0471')
    await one.getByRole('link', { name: 'Telekom, LEV0471' }).click()
    await one.getByRole('link', { name: 'Angaben ändern' }).click()
  }
  await page.getByLabel('Aktenzeichen').fill('02-2026-17')
  await other.getByLabel('Aktenzeichen').fill('61-99')
  await other.getByLabel('Funkturmgesellschaft').fill('Turm GmbH')
  await other.getByRole('button', { name: 'Änderung speichern' }).click()
  await expect(undo(other)).toContainText('Turm GmbH')
  const merge = page.getByText('Inzwischen hat Vertretung Beispiel hier etwas geändert')
  await expect(merge).toBeVisible()
  await expect(page.getByText('beide geändert')).toHaveCount(1)
  await page.getByRole('button', { name: 'So weiterarbeiten' }).click()
  await page.getByRole('button', { name: 'Änderung speichern' }).click()
  await expect(page.getByRole('main')).toContainText('02-2026-17')
  await expect(page.getByRole('main')).toContainText('Turm GmbH')

  await page.getByRole('button', { name: 'Zur Liste' }).click()
  await expect(page).toHaveURL(/suche=lev0471/)
  await expect(page.getByRole('region', { name: 'Tafel der Standortanfragen' })).toContainText('Dach Rathaus')
  await page.getByLabel('Wartet auf').selectOption('Bauaufsicht')
  await expect(page.getByText('Keine Standortanfrage passt zu diesen Filtern.')).toBeVisible()
  await page.getByRole('button', { name: 'Filter zurücksetzen' }).click()
  await page.getByRole('link', { name: 'Wer wartet auf wen' }).click()
  await expect(page.getByRole('main')).toContainText('seit heute')
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Liste für Excel' }).click()
  expect((await download).suggestedFilename()).toBe('standortanfragen.csv')
  await page.getByRole('link', { name: 'Karte', exact: true }).click()
  await expect(page.locator('[data-map][data-ready]')).toBeVisible({ timeout: 20_000 })
})

test('a roof of the city is offered, released with a preview, and is a candidate by one choice', async ({ signIn }) => {
  const page = await signIn('mobileCoordinator', { name: 'mobil' })
  await page.goto('/arbeitsplatz/staedtische-standorte')
  await press(page.getByRole('link', { name: 'Neuer Standort' }))
  await type(page.getByLabel('Standort: Adresse oder Koordinaten'), '51,066 7,005')
  await page.keyboard.press('Enter')
  await type(page.getByLabel('Bezeichnung', { exact: true }), 'Schulzentrum, Dach B')
  await page.getByLabel('Art', { exact: true }).selectOption('Dach')
  await type(page.getByLabel('Ansprechperson (intern)'), 'Frau Hausmeister')
  await page.keyboard.press('Control+s')
  await expect(section(page, 'Das wird öffentlich')).toContainText('Schulzentrum, Dach B')
  await press(page.getByRole('button', { name: 'Standort freigeben' }))
  await expect(section(page, 'Veröffentlichung')).toContainText('Öffentlich seit')
  const [site] = await publicSites(page, 'municipal_sites')
  expect(site).toMatchObject({ name: 'Schulzentrum, Dach B', kind: 'roof' })
  expect(JSON.stringify(site)).not.toContain('Hausmeister')
  await page.goto('/arbeitsplatz/standorte?ansicht=tabelle')
  await page.getByRole('link', { name: 'Telekom, LEV0471' }).click()
  await page.getByRole('link', { name: 'Kandidat hinzufügen' }).click()
  await page.getByLabel('Städtischer Standort').selectOption('Schulzentrum, Dach B')
  await expect(page.getByLabel('Bezeichnung', { exact: true })).toHaveValue('Schulzentrum, Dach B')
  await expect(section(page, 'Was gespeichert wird')).toContainText('außerhalb des Suchkreises')
})
