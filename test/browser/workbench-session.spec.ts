import type { Page } from '@playwright/test'
import { endAccountSessions, listAccounts } from '../../server/contract/account-administration.ts'
import { password } from './support/accounts.ts'
import { giveBasis, openSection, openTrade } from './support/desk.ts'
import { expect, test } from './support/test.ts'

/** An admin signs an account out everywhere. */
async function endSessionsOf(admin: Page, username: string, baseUrl: string): Promise<void> {
  const { accounts } = await (await admin.request.get(listAccounts.path)).json()
  const account = accounts.find((one: { username: string }) => one.username === username)
  const path = endAccountSessions.path.replace(':id', account.id)
  const answer = await admin.request.delete(path, { headers: { Origin: baseUrl }, data: '' })
  expect(answer.ok(), await answer.text()).toBe(true)
}

test('whose session ends in the middle of typing signs in again and goes on', async ({ signIn, server, watch }) => {
  watch.expectComplaint(/status of 401/)
  const page = await signIn('gigabitCoordinator', { name: 'eva' })
  await openSection(page, 'Rheindorf')
  await openTrade(page, 'Rheindorf', 'Leerrohre')
  await page.getByLabel('Beginn geplant').fill('März 2027')
  await giveBasis(page, 'Bauzeitenplan')
  await endSessionsOf(await signIn('admin'), 'test.eva', server.baseUrl)

  await page.getByRole('button', { name: 'Entwurf speichern' }).click()
  const dialog = page.getByRole('dialog', { name: 'Bitte melden Sie sich wieder an' })
  await expect(dialog.getByLabel('Benutzername')).toHaveValue('test.eva')
  await expect(dialog.getByLabel('Kennwort', { exact: true })).toBeFocused()
  await page.keyboard.type(password)
  await dialog.getByRole('button', { name: 'Anmelden' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('region', { name: 'Ihr Entwurf' })).toContainText('Rheindorf, Leerrohre')
  await expect(page.getByLabel('Beginn geplant')).toHaveValue('März 2027')
})

test('nobody gets in without signing in, and comes back to where they wanted to go', async ({ page, signIn }) => {
  await signIn('gigabitCoordinator', { name: 'eva' })
  await page.goto('/arbeitsplatz/verlauf')
  await expect(page).toHaveURL(/\/arbeitsplatz\/anmelden/)
  await page.getByLabel('Benutzername').fill('test.eva')
  await page.getByLabel('Kennwort', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Anmelden' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Verlauf' })).toBeVisible()
  await expect(page.getByRole('main').getByRole('listitem').first()).toBeVisible()
  await page.getByRole('button', { name: 'Abmelden' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Anmelden' })).toBeVisible()
})
