import type { Locator } from '@playwright/test'
import { giveBasis, openSection, openTrade, saveDraft, tradeRow } from './support/desk.ts'
import { expect, test } from './support/test.ts'

test('dates and numbers in German notation are understood, and what was understood is said', async ({ signIn }) => {
  const page = await signIn('gigabitCoordinator')
  await openSection(page, 'Quettingen')
  await openTrade(page, 'Quettingen', 'Tiefbau')
  const end = page.getByLabel('Ende tatsächlich')
  await end.fill('q4 2022')
  await expect(end).toHaveAccessibleDescription('verstanden als: 4. Quartal 2022')
  const percent = page.getByLabel('Fortschritt')
  await percent.fill('82,5')
  await expect(percent).toHaveAccessibleDescription('verstanden als: 82,5 %')
  await end.fill('irgendwann')
  await page.getByRole('button', { name: 'Entwurf speichern' }).click()
  await expect(end).toBeFocused()
  await expect(page.getByText('„irgendwann“ ist keine Zeitangabe')).toBeVisible()
  await expect(page.getByText('Bitte in einigen Worten begründen')).toBeVisible()
})

test('what the server refuses stands at its field', async ({ signIn, watch }) => {
  watch.expectComplaint(/status of 422/)
  const page = await signIn('gigabitCoordinator')
  await openSection(page, 'Wiesdorf')
  await openTrade(page, 'Wiesdorf', 'Tiefbau')
  await page.getByLabel('Beginn tatsächlich').fill('31.03.2022')
  await page.getByLabel('Ende tatsächlich').fill('01.03.2022')
  await giveBasis(page, 'Ende vor dem Beginn')
  await page.getByRole('button', { name: 'Entwurf speichern' }).click()
  await expect(page.getByLabel('Ende tatsächlich')).toHaveAttribute('aria-invalid', 'true')
  await expect(page.getByRole('region', { name: 'Ihr Entwurf' })).toHaveCount(0)
})

test('Ctrl+S saves the draft, Esc leaves without losing what is typed, a reload neither', async ({ signIn }) => {
  const page = await signIn('gigabitCoordinator')
  await openSection(page, 'Steinbüchel')
  await openTrade(page, 'Steinbüchel', 'Leerrohre')
  await page.getByLabel('Beginn geplant').fill('Frühjahr 2027')
  await page.getByLabel('Grund').fill('Bauzeitenplan')
  await page.keyboard.press('Escape')
  await expect(tradeRow(page, 'Leerrohre')).toContainText('Eingabe noch nicht gespeichert')
  await page.reload()
  await openTrade(page, 'Steinbüchel', 'Leerrohre')
  await expect(page.getByLabel('Beginn geplant')).toHaveValue('Frühjahr 2027')
  await page.reload()
  await expect(page.getByLabel('Grund')).toHaveValue('Bauzeitenplan')

  await page.getByLabel('Quelle', { exact: true }).fill('Bauzeitenplan der EVL')
  await page.keyboard.press('Control+s')
  const draft = page.getByRole('region', { name: 'Ihr Entwurf' })
  await expect(draft).toContainText('Steinbüchel, Leerrohre: neu')
  await expect(page.getByRole('button', { name: '1 Entwurf veröffentlichen' })).toBeVisible()
  await page.getByRole('button', { name: 'Zurück' }).click()
  await expect(tradeRow(page, 'Leerrohre')).toContainText('Ihr Entwurf: geplant ab Frühjahr 2027')
})

test('an implausible change warns, and is published all the same', async ({ signIn }) => {
  const page = await signIn('gigabitCoordinator')
  await openSection(page, 'Lützenkirchen')
  await openTrade(page, 'Lützenkirchen', 'Tiefbau')
  await page.getByLabel('Ende tatsächlich').fill('31.10.2022')
  await page.getByLabel('Fortschritt').fill('80')
  await giveBasis(page, 'Meldung der Bauleitung')
  await saveDraft(page)
  await expect(page.getByRole('list', { name: 'Hinweise zur Plausibilität' })).toBeVisible()
  await page.getByRole('button', { name: 'Speichern und veröffentlichen' }).click()
  const dialog = page.getByRole('dialog', { name: 'Veröffentlichen' })
  await expect(dialog.getByRole('list', { name: 'Hinweise zur Plausibilität' })).toBeVisible()
  await dialog.getByRole('button', { name: '1 Entwurf veröffentlichen' }).click()
  await expect(page.getByRole('region', { name: 'Zuletzt veröffentlicht' })).toBeVisible()
})

test('a discarded draft is gone, and the form shows again what is known', async ({ signIn }) => {
  const page = await signIn('gigabitCoordinator', { name: 'doris' })
  await openSection(page, 'Wiesdorf')
  await openTrade(page, 'Wiesdorf', 'Tiefbau')
  await page.getByLabel('Ende geplant').fill('2027')
  await giveBasis(page, 'Neuer Plan')
  await saveDraft(page)
  page.once('dialog', (dialog) => dialog.accept())
  await page.getByRole('button', { name: 'Verwerfen' }).click()
  await expect(page.getByRole('region', { name: 'Ihr Entwurf' })).toHaveCount(0)
  await expect(page.getByLabel('Ende geplant')).toHaveValue('Ende 2022')
  await expect(page.getByRole('button', { name: 'Keine Entwürfe' })).toBeDisabled()
})

test('a change can be made and published by keyboard alone', async ({ signIn }) => {
  const page = await signIn('gigabitCoordinator', { name: 'kim' })
  await page.goto('/arbeitsplatz')
  await expect(page.getByRole('link', { name: /^Opladen/ })).toBeVisible()
  const reach = async (target: Locator) => {
    for (let presses = 0; presses < 80; presses += 1) {
      if (await target.evaluate((element) => element === document.activeElement)) return
      await page.keyboard.press('Tab')
    }
    throw new Error(`Tab does not reach ${target}`)
  }
  await reach(page.getByRole('link', { name: /^Opladen/ }))
  await page.keyboard.press('Enter')
  await reach(page.getByRole('button', { name: 'Beginn heute: Leerrohre' }))
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('Grund')).toBeFocused()
  await page.keyboard.type('Baubeginn gemeldet')
  await page.keyboard.press('Tab')
  await page.keyboard.type('Anruf der EVL')
  await page.keyboard.press('Control+s')
  await expect(page.getByRole('region', { name: 'Ihr Entwurf' })).toContainText('Opladen, Leerrohre')
  await reach(page.getByRole('button', { name: 'Speichern und veröffentlichen' }))
  await page.keyboard.press('Enter')
  await reach(page.getByRole('dialog', { name: 'Veröffentlichen' }).getByRole('button', { name: '1 Entwurf veröffentlichen' }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('region', { name: 'Zuletzt veröffentlicht' })).toBeVisible()
})

test('a reader sees everything and can change nothing', async ({ signIn }) => {
  const page = await signIn('viewer')
  await openSection(page, 'Hitdorf')
  await expect(page.getByRole('button', { name: /heute|Bearbeiten|veröffentlichen|ergänzen/ })).toHaveCount(0)
  await page.getByRole('button', { name: 'Ansehen: Hitdorf, Tiefbau' }).click()
  await expect(page.getByRole('heading', { level: 2, name: 'Hitdorf, Tiefbau' })).toBeVisible()
  await expect(page.getByRole('textbox')).toHaveCount(0)
  await expect(page.getByRole('list').filter({ hasText: 'Öffentliche Sicht an diesem Tag' })).toContainText('Ausbauatlas')
})

test('what was typed the moment before Ctrl+S is saved', async ({ signIn }) => {
  const page = await signIn('gigabitCoordinator', { name: 'berta' })
  await openSection(page, 'Schlebusch')
  await openTrade(page, 'Schlebusch', 'Leerrohre')
  await page.getByLabel('Beginn geplant').fill('Herbst 2027')
  await page.getByLabel('Grund').fill('Bauzeitenplan')
  await page.getByLabel('Quelle', { exact: true }).evaluate(async (field: HTMLInputElement) => {
    field.value = 'Bauzeitenplan der EVL'
    field.dispatchEvent(new InputEvent('input', { bubbles: true }))
    await new Promise((done) => setTimeout(done))
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 's', ctrlKey: true, bubbles: true, cancelable: true }))
  })
  await expect(page.getByRole('region', { name: 'Ihr Entwurf' })).toContainText('Schlebusch, Leerrohre: neu')
})
