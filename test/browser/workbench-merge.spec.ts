import { confirmPublication, giveBasis, openSection, openTrade, saveDraft } from './support/desk.ts'
import { expect, test } from './support/test.ts'

test('of two coordinators on one fact the second merges both versions, and nothing is lost', async ({ signIn }) => {
  const ada = await signIn('gigabitCoordinator', { name: 'ada' })
  const bert = await signIn('gigabitCoordinator', { name: 'bert' })
  for (const page of [ada, bert]) {
    await openSection(page, 'Manfort')
    await openTrade(page, 'Manfort', 'Tiefbau')
  }
  await bert.getByLabel('Ende tatsächlich').fill('15.12.2022')
  await bert.getByLabel('Fortschritt').fill('100')
  await giveBasis(bert, 'Abnahmeprotokoll', 'Protokoll vom 16.12.2022')
  await saveDraft(bert)

  await ada.getByLabel('Ende tatsächlich').fill('30.11.2022')
  await ada.getByLabel('Hinweis (öffentlich)').fill('Restarbeiten an Gehwegen folgen.')
  await giveBasis(ada, 'Meldung der Bauleitung')
  await ada.getByRole('button', { name: 'Speichern und veröffentlichen' }).click()
  await confirmPublication(ada)

  // Bert learns of it without reloading, and what he typed is still there.
  await expect(bert.getByText('Diese Angabe wurde inzwischen geändert')).toBeVisible()
  await expect(bert.getByLabel('Ende tatsächlich')).toHaveValue('15.12.2022')
  await bert.getByRole('button', { name: 'Beide Fassungen zusammenführen' }).click()

  const dialog = bert.getByRole('dialog', { name: 'Zusammenführen: Manfort, Tiefbau' })
  await expect(dialog).toContainText('Fassung von Ada Beispiel')
  await expect(dialog).toContainText('Meldung der Bauleitung')
  const end = dialog.getByRole('group', { name: /Ende tatsächlich/ })
  await expect(end).toContainText('beide geändert')
  await expect(end.getByRole('radio', { name: 'Ihre Fassung: 15.12.2022' })).toBeChecked()
  await end.getByRole('radio', { name: 'Ada Beispiel: 30.11.2022' }).check()
  // What only one of them changed is taken from there.
  await expect(dialog.getByRole('radio', { name: 'Ihre Fassung: 100' })).toBeChecked()
  await expect(dialog.getByRole('radio', { name: /Ada Beispiel: Restarbeiten/ })).toBeChecked()
  await dialog.getByRole('button', { name: 'Als Entwurf speichern' }).click()

  await expect(bert.getByLabel('Ende tatsächlich')).toHaveValue('30.11.2022')
  await expect(bert.getByLabel('Fortschritt')).toHaveValue(/^100\s%$/)
  await expect(bert.getByLabel('Hinweis (öffentlich)')).toHaveValue('Restarbeiten an Gehwegen folgen.')
  await bert.getByRole('button', { name: 'Speichern und veröffentlichen' }).click()
  await confirmPublication(bert)

  await openTrade(bert, 'Manfort', 'Tiefbau')
  await bert.getByText('Verlauf dieser Angabe').click()
  const history = bert.getByRole('list').filter({ hasText: 'Öffentliche Sicht an diesem Tag' })
  await expect(history).toContainText('Abnahmeprotokoll')
  await expect(history).toContainText('Meldung der Bauleitung')
})

test('a publication that comes too late is refused with both versions, and publishes nothing', async ({ signIn, watch }) => {
  watch.expectComplaint(/status of 412/)
  const ada = await signIn('gigabitCoordinator', { name: 'ada' })
  const bert = await signIn('gigabitCoordinator', { name: 'bert' })
  await openSection(bert, 'Schlebusch')
  // Without live news Bert cannot know in time.
  await bert.route('**/api/live', (route) => route.abort())
  watch.expectComplaint(/\/api\/live/)
  await bert.reload()
  await openTrade(bert, 'Schlebusch', 'Tiefbau')
  await bert.getByLabel('Ende tatsächlich').fill('01.12.2022')
  await giveBasis(bert, 'Eigene Begehung', 'Begehung am 02.12.2022')
  await bert.getByRole('button', { name: 'Speichern und veröffentlichen' }).click()
  await expect(bert.getByRole('dialog', { name: 'Veröffentlichen' })).toContainText('Schlebusch, Tiefbau')

  await openSection(ada, 'Schlebusch')
  await openTrade(ada, 'Schlebusch', 'Tiefbau')
  await ada.getByLabel('Ende tatsächlich').fill('20.12.2022')
  await giveBasis(ada, 'Bauzeitenplan', 'Plan der EVL')
  await ada.getByRole('button', { name: 'Speichern und veröffentlichen' }).click()
  await confirmPublication(ada)

  await bert.getByRole('dialog').getByRole('button', { name: '1 Entwurf veröffentlichen' }).click()
  await expect(bert.getByText('Inzwischen hat jemand anderes veröffentlicht')).toBeVisible()
  await bert.getByRole('dialog').getByRole('button', { name: 'Zusammenführen' }).first().click()
  const merge = bert.getByRole('dialog', { name: 'Zusammenführen: Schlebusch, Tiefbau' })
  await expect(merge.getByRole('radio', { name: 'Ihre Fassung: 01.12.2022' })).toBeChecked()
  await merge.getByRole('button', { name: 'Als Entwurf speichern' }).click()
  await bert.getByRole('dialog', { name: 'Veröffentlichen' }).getByRole('button', { name: '1 Entwurf veröffentlichen' }).click()
  await expect(bert.getByRole('region', { name: 'Zuletzt veröffentlicht' })).toBeVisible()
})
