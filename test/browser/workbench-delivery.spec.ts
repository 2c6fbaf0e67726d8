import { randomUUID } from 'node:crypto'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Download, Page } from '@playwright/test'
import { getAddressRegister, importAddresses } from '../../server/contract/addresses.ts'
import { openFile } from '../../server/formats/index.ts'
import { writeZip } from '../../server/formats/write-zip.ts'
import { deliveryRows, registerOfDelivery, writeDirtyDelivery } from '../support/dirty-delivery.ts'
import { expect, expectAccessible, expectNoSideScroll, test } from './support/test.ts'

const fileName = 'EVL Anschlussliste 20.11.2026.xlsx'
const path = join(tmpdir(), `${randomUUID()}.xlsx`)

test.beforeAll(() => writeDirtyDelivery(path))
test.afterAll(() => rm(path, { force: true }))

/** The addresses the rows are matched against; once per installation. */
async function importRegister(page: Page, origin: string): Promise<void> {
  const register = async () =>
    (await (await page.request.get(getAddressRegister.path)).json()) as { addresses: number; imports: { status: string }[] }
  if ((await register()).addresses > 0) return
  const answer = await page.request.post(`${importAddresses.path}?name=gebref.txt`, {
    headers: { Origin: origin, 'content-type': 'application/octet-stream' },
    data: Buffer.from(registerOfDelivery()),
  })
  expect(answer.ok(), await answer.text()).toBe(true)
  await expect.poll(async () => (await register()).imports[0]?.status, { timeout: 30_000 }).toBe('done')
}

/** Drops a file somewhere on the page, as from a mail. */
async function drop(page: Page, name: string, content: Buffer): Promise<void> {
  const transfer = await page.evaluateHandle(
    ({ name, base64 }) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
      const transfer = new DataTransfer()
      transfer.items.add(new File([bytes], name))
      return transfer
    },
    { name, base64: content.toString('base64') },
  )
  await page.dispatchEvent('h1', 'drop', { dataTransfer: transfer })
}

/** Goes from doubt to doubt by keyboard: takes the best address where there is one, returns the row where there is none. */
async function settleDoubts(page: Page): Promise<number> {
  let presses = 0
  for (;;) {
    const before = page.url()
    const hasAddress = (await page.locator('.delivery-row--open').getByRole('radio').count()) > 0
    await page.keyboard.press(hasAddress ? 'Enter' : 'a')
    presses += 1
    await expect.poll(async () => page.url() !== before || (await page.getByRole('alert').count()) > 0).toBe(true)
    if (await page.getByRole('alert').count()) {
      await page.keyboard.press('a')
      presses += 1
      await expect.poll(() => page.url() !== before).toBe(true)
    }
    if (!page.url().includes('zeile=')) return presses
    await expect(page.locator('.delivery-row--open').locator(':focus, form:focus')).toHaveCount(1)
  }
}

async function rowsOf(download: Download): Promise<number> {
  await using file = await openFile(await download.path(), { name: download.suggestedFilename() })
  let count = 0
  for (const { name } of file.tables) for await (const { rows } of file.readRows(name)) count += rows.length
  return count
}

test('a dirty list of 300 rows is published in under five minutes by somebody who has never done it; the same again changes nothing', async ({
  signIn,
  server,
}) => {
  test.setTimeout(180_000)
  const page = await signIn('gigabitCoordinator')
  await importRegister(page, server.baseUrl)
  let steps = 0
  const step = async (work: Promise<unknown>) => {
    steps += 1
    await work
  }
  const started = Date.now()

  await page.goto('/arbeitsplatz/lieferungen')
  await expect(page.getByRole('heading', { name: 'Noch keine Lieferung' })).toBeVisible()
  await step(drop(page, fileName, await readFile(path)))
  await expect(page.getByRole('heading', { name: 'Was ist es?' })).toBeVisible({ timeout: 20_000 })
  await expect(page.getByLabel('Stand')).toHaveValue('20.11.2026')
  await step(page.getByLabel('Absender').fill('EVL'))
  await page.reload()
  await expect(page.getByLabel('Absender'), 'nothing typed is lost').toHaveValue('EVL')
  await step(page.getByRole('button', { name: 'Weiter zu den Spalten' }).click())
  await expect(page.getByRole('heading', { name: 'Spalten' }), 'whoever goes on is led to the next step').toBeFocused()
  await step(page.getByLabel('Anschlusszustand „Kunde läuft“').selectOption('in Betrieb'))
  await step(page.getByRole('button', { name: 'Zeilen prüfen' }).click())
  await expect(page.getByText(/Noch \d+ zweifelhafte Zeilen/)).toBeVisible({ timeout: 30_000 })
  await step(page.getByRole('button', { name: 'Nächste zweifelhafte Zeile' }).click())
  steps += await settleDoubts(page)
  await expect(page.getByText('Keine Zeile wartet auf Sie')).toBeVisible()
  await step(page.getByRole('link', { name: 'Weiter zum Veröffentlichen' }).click())
  await step(page.getByRole('button', { name: /Zeilen veröffentlichen$/ }).click())
  await expect(page.getByText('Veröffentlicht', { exact: true })).toBeVisible({ timeout: 30_000 })
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    step(page.getByRole('link', { name: 'Fehlerliste (Excel)' }).click()),
  ])
  const seconds = Math.round((Date.now() - started) / 1000)
  const returned = await rowsOf(download)
  process.stdout.write(`${steps} steps, ${seconds} s by the machine, ${returned} rows back to the sender\n`)
  expect(steps).toBeLessThanOrEqual(40)
  expect(returned).toBeGreaterThan(0)

  const counted = async () =>
    ((await (await page.request.get('/api/objects/premises?limit=1')).json()) as { totals: { count: number } }).totals.count
  const published = await counted()
  expect(published).toBeGreaterThanOrEqual(280)
  expect(published).toBeLessThan(deliveryRows.length)

  await page.getByRole('link', { name: 'Alle Lieferungen' }).click()
  await drop(page, fileName, await readFile(path))
  await expect(page.getByRole('heading', { name: 'Prüfen' }), 'what is known is not asked again').toBeVisible({ timeout: 30_000 })
  await expect(page.getByRole('link', { name: '0 neu' })).toBeVisible()
  await expect(page.getByRole('link', { name: '0 geändert' })).toBeVisible()
  expect(await counted()).toBe(published)
})

async function workbookWithMacros(): Promise<Buffer> {
  const file = join(tmpdir(), `${randomUUID()}.xlsm`)
  const parts = ['[Content_Types].xml', 'xl/workbook.xml', 'xl/vbaProject.bin']
  await writeZip(
    file,
    parts.map((name) => ({ name, content: () => ['<x/>'] })),
  )
  const content = await readFile(file)
  await rm(file)
  return content
}

test('what cannot be read is said beside the file, and the page goes on', async ({ signIn, watch }) => {
  watch.expectComplaint(/status of 422/)
  const page = await signIn('gigabitCoordinator')
  const bad: readonly [string, Buffer, RegExp][] = [
    ['kaputt.zip', Buffer.from('PK\u0003\u0004 das ist kein Zip'), /beschädigt oder unvollständig/],
    ['leer.csv', Buffer.from('Straße;Hausnr.\n'), /keine Zeilen/],
    ['nichts.csv', Buffer.alloc(0), /leer/],
    ['makros.xlsm', await workbookWithMacros(), /enthält Makros/],
  ]
  for (const [name, content, reason] of bad) {
    await page.goto('/arbeitsplatz/lieferungen')
    await drop(page, name, content)
    await expect(page.getByText(reason).first()).toBeVisible({ timeout: 20_000 })
  }
  await page.goto('/arbeitsplatz/lieferungen')
  await expect(page.getByRole('heading', { level: 1, name: 'Lieferungen' })).toBeVisible()
})

test('inbox and delivery have no finding of axe, light and dark, and fit 320 px', async ({ signIn }) => {
  const page = await signIn('gigabitCoordinator')
  await page.setViewportSize({ width: 320, height: 640 })
  const list = join(tmpdir(), `${randomUUID()}.csv`)
  await writeFile(list, 'Strasse;Hausnr.;Objektart;Status\nGibtsnichtgasse;1;Wohnhaus;HA fertig\n')
  await page.goto('/arbeitsplatz/lieferungen')
  await page.getByLabel('Dateien hierher ziehen oder wählen').setInputFiles(list)
  await expect(page.getByRole('heading', { name: 'Was ist es?' })).toBeVisible({ timeout: 20_000 })
  for (const address of [page.url(), `${page.url()}&schritt=spalten`, '/arbeitsplatz/lieferungen']) {
    await page.goto(address)
    await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
    await expectNoSideScroll(page)
    await expectAccessible(page)
  }
  await rm(list)
})
