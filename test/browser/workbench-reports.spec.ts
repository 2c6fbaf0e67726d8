import { writeFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { openFile } from '../../server/formats/index.ts'
import { expect, expectAccessible, expectNoSideScroll, test } from './support/test.ts'

test.use({ hasDemo: true })
test.describe.configure({ mode: 'serial' })

const reports = (page: Page) => page.getByRole('table', { name: 'Sachstandsberichte, neueste zuerst' }).locator('tbody tr')

/** A file of the newest report as anybody gets it who has the link. */
async function fileOf(page: Page, format: string): Promise<Buffer> {
  const href = await reports(page).first().getByRole('link', { name: format }).getAttribute('href')
  const answer = await page.request.get(href ?? '')
  expect(answer.status(), href ?? format).toBe(200)
  return answer.body()
}

test('one click makes the report: a page to read, a tagged PDF and an annex, every number with its query', async ({
  signIn,
  openPublic,
}, testInfo) => {
  test.slow()
  const page = await signIn('gigabitCoordinator')
  await page.goto('/arbeitsplatz/berichte')
  await expect(page.getByText('Noch kein Bericht.')).toBeVisible()
  await page.getByRole('button', { name: 'Bericht erstellen' }).click()
  await expect(reports(page)).toHaveCount(1)
  await expect(reports(page)).toContainText('ganze Stadt')
  await expectAccessible(page)

  const [report] = await Promise.all([page.waitForEvent('popup'), reports(page).getByRole('link', { name: 'Seite' }).click()])
  await expect(report.locator('html')).toHaveAttribute('lang', 'de')
  await expect(report).toHaveTitle(/^Sachstandsbericht Glasfaserausbau Leverkusen/)
  await expect(report.getByRole('heading', { level: 1 })).toHaveText('Sachstandsbericht Glasfaserausbau Leverkusen')
  await expect(report.getByText('Beispieldaten: zum Teil erfunden')).toBeVisible()
  for (const heading of ['Nächste Schritte', 'Quellen'])
    await expect(report.getByRole('heading', { level: 2, name: heading })).toBeVisible()
  await expectAccessible(report)
  await report.setViewportSize({ width: 320, height: 640 })
  await expectNoSideScroll(report)

  const hrefs = await report
    .getByRole('main')
    .locator('a')
    .evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href))
  const own = [...new Set(hrefs)].filter((href) => href.startsWith(new URL(report.url()).origin))
  expect(own.length).toBeGreaterThan(40)
  const { request } = await openPublic()
  for (const href of own) expect((await request.get(href)).status(), href).toBe(200)

  const pdf = (await fileOf(page, 'PDF')).toString('latin1')
  expect(pdf).toMatch(/^%PDF-1\.7/)
  for (const sign of [/\/Marked true/, /\/Lang \(de-DE\)/, /\/DisplayDocTitle true/, /\/StructTreeRoot/, /\/Title /])
    expect(pdf).toMatch(sign)
  const annex = testInfo.outputPath('anlage.xlsx')
  await writeFile(annex, await fileOf(page, 'Excel-Anlage'))
  await using workbook = await openFile(annex, { name: 'anlage.xlsx' })
  expect(workbook.tables.length).toBeGreaterThan(1)
})

test('a report of a past day tells what was known of it; a day to come is refused at its field', async ({ signIn, watch }) => {
  watch.expectComplaint(/status of (400|422)/)
  const page = await signIn('mobileCoordinator')
  await page.goto('/arbeitsplatz/berichte')
  const day = page.getByLabel('Stand', { exact: true })
  await day.fill('1.1.2099')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Der Stand darf nicht in der Zukunft liegen.')).toBeVisible()
  await expect(day).toHaveAttribute('aria-invalid', 'true')
  await day.fill('gestern')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Erwartet wird ein Tag wie 28.03.2022.')).toBeVisible()

  await day.fill('20.09.2021')
  await page.getByLabel('Stadtteil').selectOption('Opladen')
  await page.getByRole('button', { name: 'Bericht erstellen' }).press('Enter')
  await expect(reports(page).first()).toContainText('Opladen')
  const early = (await fileOf(page, 'Seite')).toString()
  expect(early).toContain('Stand 20.09.2021 · Opladen')
  expect(early, 'nothing is said of what the report is not about').toContain(
    'aria-label="Karte der Stadtteile: Opladen Tiefbau."',
  )
  await day.fill('28.03.2022')
  await day.press('Enter')
  await expect(reports(page).first().getByRole('rowheader')).toHaveText('28.03.2022')
  expect((await fileOf(page, 'Seite')).toString(), 'what changed since').toMatch(/bisher (<[^>]+>)?Tiefbau/)
  expect(early).not.toMatch(/bisher (<[^>]+>)?Tiefbau/)
})

test('whoever may only read opens reports and makes none', async ({ signIn }) => {
  const page = await signIn('viewer')
  await page.goto('/arbeitsplatz/berichte')
  await expect(reports(page).first().getByRole('link', { name: 'PDF' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Bericht erstellen' })).toHaveCount(0)
})
