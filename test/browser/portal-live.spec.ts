import { connectionTo } from './support/connection.ts'
import { confirmPublication, giveBasis, openSection } from './support/desk.ts'
import { phaseOnMap } from './support/map.ts'
import { expect, test } from './support/test.ts'

test('a page whose connection was lost says so, and has caught up once it is back', async ({
  server,
  openPublic,
  signIn,
  watch,
}) => {
  watch.expectComplaint(/net::ERR_/)
  const connection = await connectionTo(server.baseUrl)
  const page = await openPublic()
  await page.goto(`${connection.baseUrl}/stadtteil/manfort`)
  await expect.poll(() => phaseOnMap(page, 'breitband:manfort'), { timeout: 20_000 }).toBe('civil_works')
  const lost = page.getByText('Keine Verbindung zum Server.')
  await expect(lost).toBeHidden()

  connection.cut()
  const coordinator = await signIn('gigabitCoordinator')
  await openSection(coordinator, 'Manfort')
  await coordinator.getByRole('button', { name: 'Ende heute: Tiefbau' }).click()
  await giveBasis(coordinator, 'Abnahme des Tiefbaus')
  await coordinator.getByRole('button', { name: 'Speichern und veröffentlichen' }).click()
  await confirmPublication(coordinator)
  await expect(lost).toBeVisible({ timeout: 20_000 })
  await expect(page.getByRole('main'), 'what was loaded stays to be read').toContainText('Manfort: Tiefbau seit')
  expect(await phaseOnMap(page, 'breitband:manfort')).toBe('civil_works')

  connection.restore()
  await expect(lost).toBeHidden({ timeout: 15_000 })
  await expect(page.getByRole('main')).toContainText('Manfort: Tiefbau abgeschlossen.')
  await expect.poll(() => phaseOnMap(page, 'breitband:manfort')).toBe('civil_works_done')
  await connection.stop()
})
