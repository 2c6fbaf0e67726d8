import { confirmPublication, giveBasis, openSection, tradeRow } from './support/desk.ts'
import { phaseOnMap } from './support/map.ts'
import { expect, test } from './support/test.ts'

test('the end of civil works in Manfort reaches a citizen’s open map within five seconds; the day before stays as it was', async ({
  signIn,
  openPublic,
}) => {
  const citizen = await openPublic()
  await citizen.goto('/')
  await expect.poll(() => phaseOnMap(citizen, 'breitband:manfort'), { timeout: 20_000 }).toBe('civil_works')

  const coordinator = await signIn('gigabitCoordinator')
  await openSection(coordinator, 'Manfort')
  await coordinator.getByRole('button', { name: 'Ende heute: Tiefbau' }).click()
  // The quick action leads straight to the two things only a person can know.
  await expect(coordinator.getByLabel('Grund')).toBeFocused()
  await giveBasis(coordinator, 'Abnahme des Tiefbaus')
  await coordinator.getByRole('button', { name: 'Speichern und veröffentlichen' }).click()
  const dialog = coordinator.getByRole('dialog', { name: 'Veröffentlichen' })
  await expect(dialog).toContainText('Manfort, Tiefbau: Ende tatsächlich')
  await expect(dialog.getByRole('region', { name: 'Öffentliche Sicht vorher und nachher' })).toContainText(
    'Tiefbau abgeschlossen',
  )
  expect(await phaseOnMap(citizen, 'breitband:manfort'), 'a draft is invisible to the public').toBe('civil_works')

  await confirmPublication(coordinator)
  await expect.poll(() => phaseOnMap(citizen, 'breitband:manfort'), { timeout: 5_000, intervals: [100] }).toBe('civil_works_done')

  const slider = citizen.getByRole('slider', { name: 'Stand vom' })
  const today = Number(await slider.inputValue())
  await slider.fill(String(today - 1))
  await expect(citizen).toHaveURL(/datum=/)
  await expect.poll(() => phaseOnMap(citizen, 'breitband:manfort')).toBe('civil_works')
})

test('from the open page to the published change it takes six steps', async ({ signIn }) => {
  const page = await signIn('gigabitCoordinator')
  await page.goto('/arbeitsplatz')
  const steps = [
    () => page.getByRole('complementary', { name: 'Bauabschnitte' }).getByRole('link', { name: 'Schlebusch' }).click(),
    () => page.getByRole('button', { name: 'Ende heute: Tiefbau' }).click(),
    () => page.getByLabel('Grund').fill('Abnahme'),
    () => page.getByLabel('Quelle', { exact: true }).fill('Mitteilung der EVL vom 20.11.2026'),
    () => page.getByRole('button', { name: 'Speichern und veröffentlichen' }).click(),
    () => page.getByRole('dialog').getByRole('button', { name: '1 Entwurf veröffentlichen' }).click(),
  ]
  for (const step of steps) await step()
  await expect(page.getByRole('region', { name: 'Zuletzt veröffentlicht' })).toContainText('1 Entwurf veröffentlicht')
  await expect(tradeRow(page, 'Tiefbau')).toContainText('beendet')
})

test('a publication can be undone; the history says who, when and why', async ({ signIn, openPublic }) => {
  const page = await signIn('gigabitCoordinator')
  await openSection(page, 'Alkenrath')
  await page.getByRole('button', { name: 'Ende heute: Tiefbau' }).click()
  await giveBasis(page, 'Versehentlich gemeldet')
  await page.getByRole('button', { name: 'Speichern und veröffentlichen' }).click()
  await confirmPublication(page)
  const citizen = await openPublic()
  await citizen.goto('/stadtteil/alkenrath')
  await expect.poll(() => phaseOnMap(citizen, 'breitband:alkenrath'), { timeout: 20_000 }).toBe('civil_works_done')

  await page.getByRole('button', { name: 'Rückgängig' }).click()
  await expect(page.getByRole('region', { name: 'Zuletzt veröffentlicht' })).toBeHidden()
  await expect.poll(() => phaseOnMap(citizen, 'breitband:alkenrath')).toBe('civil_works')

  await page.getByRole('link', { name: 'Verlauf' }).click()
  const changes = page.getByRole('main').getByRole('listitem')
  await expect(changes.filter({ hasText: 'rückgängig gemacht durch' }).first()).toContainText('Versehentlich gemeldet')
  await expect(changes.first()).toContainText('GigabitCoordinator Beispiel')
})
