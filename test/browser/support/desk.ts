import { expect, type Locator, type Page } from '@playwright/test'

/** Opens the desk and picks a section of the city-wide programme in the list. */
export async function openSection(page: Page, name: string): Promise<void> {
  await page.goto('/arbeitsplatz')
  await page.getByRole('complementary', { name: 'Bauabschnitte' }).getByRole('link', { name }).click()
  await expect(page.getByRole('heading', { level: 2, name })).toBeVisible()
}

/** The row of a trade in the opened section. */
export function tradeRow(page: Page, trade: string): Locator {
  return page
    .getByRole('region', { name: 'Ausgewählt' })
    .getByRole('listitem')
    .filter({ has: page.getByText(trade, { exact: true }) })
}

export async function openTrade(page: Page, section: string, trade: string): Promise<void> {
  await page.getByRole('button', { name: `Bearbeiten: ${section}, ${trade}` }).click()
  await expect(page.getByRole('heading', { level: 2, name: `${section}, ${trade}` })).toBeVisible()
}

/** Reason and source, without which nothing is recorded. */
export async function giveBasis(page: Page, reason: string, source = 'Mitteilung der EVL vom 20.11.2026'): Promise<void> {
  await page.getByLabel('Grund', { exact: true }).fill(reason)
  await page.getByLabel('Quelle', { exact: true }).fill(source)
}

export async function saveDraft(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Entwurf speichern' }).click()
  await expect(page.getByRole('region', { name: 'Ihr Entwurf' })).toContainText('noch nicht öffentlich')
}

/** Publishes what is chosen in the open dialog and waits until it is done. */
export async function confirmPublication(page: Page): Promise<void> {
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /veröffentlichen$/ })
    .click()
  await expect(page.getByRole('region', { name: 'Zuletzt veröffentlicht' })).toBeVisible()
}
