import { expect, expectAccessible, expectNoSideScroll, test } from './support/test.ts'

const pages = [
  ['/arbeitsplatz', 'Ausbaustand'],
  ['/arbeitsplatz?abschnitt=breitband:manfort', 'Manfort'],
  ['/arbeitsplatz?abschnitt=breitband:manfort&angabe=stage/breitband:manfort:civil_works', 'Manfort, Tiefbau'],
  ['/arbeitsplatz?abschnitt=breitband:manfort&angabe=figure/neu', 'Manfort'],
  ['/arbeitsplatz?programm=mobilfunk', 'Ausbaustand'],
  ['/arbeitsplatz/programme', 'Programme'],
  ['/arbeitsplatz/programme?angabe=section/neu', 'Neu: Bauabschnitt'],
  ['/arbeitsplatz/programme?programm=breitband&angabe=target/breitband:new_duct', 'Leerrohr neu'],
  ['/arbeitsplatz/zahlen', 'Zahlen'],
  ['/arbeitsplatz/pruefung', 'Prüfung'],
  ['/arbeitsplatz/berichte', 'Berichte'],
  ['/arbeitsplatz/adressen', 'Adressen'],
  ['/arbeitsplatz/gis-nb', 'GIS-NB'],
  ['/arbeitsplatz/verlauf', 'Verlauf'],
  ['/arbeitsplatz/grenzen', 'Stadtteilgrenzen'],
  ['/arbeitsplatz/seiten', 'Textseiten'],
  ['/arbeitsplatz/seiten?angabe=page/impressum:de', 'Impressum (deutsch)'],
  ['/arbeitsplatz/rueckmeldungen', 'Rückmeldungen'],
  ['/arbeitsplatz/konten', 'Konten'],
  ['/arbeitsplatz/konto', 'Mein Konto'],
  ['/arbeitsplatz/gibt-es-nicht', 'Diese Seite gibt es nicht'],
] as const

for (const [path, heading] of pages) {
  test(`${path} has no finding of axe, light and dark, and fits 320 px`, async ({ signIn }) => {
    const page = await signIn(['admin', 'gigabitCoordinator'])
    await page.goto(path)
    await expect(page.getByRole('heading', { name: heading }).first()).toBeVisible()
    await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
    await expectAccessible(page)
    await page.setViewportSize({ width: 320, height: 640 })
    await expectNoSideScroll(page)
    await expectAccessible(page)
  })
}

test('the publish dialog has no finding of axe, light and dark, and fits 320 px', async ({ signIn }) => {
  const page = await signIn(['admin', 'gigabitCoordinator'])
  await page.goto('/arbeitsplatz?abschnitt=breitband:opladen')
  await page.getByRole('button', { name: 'Beginn heute: Leerrohre' }).click()
  await page.getByLabel('Grund').fill('Beginn gemeldet')
  await page.getByLabel('Quelle', { exact: true }).fill('Anruf der EVL')
  await page.getByRole('button', { name: 'Speichern und veröffentlichen' }).click()
  await expect(page.getByRole('dialog', { name: 'Veröffentlichen' })).toContainText('Opladen, Leerrohre')
  await expectAccessible(page)
  await page.setViewportSize({ width: 320, height: 640 })
  await expectNoSideScroll(page)
})
