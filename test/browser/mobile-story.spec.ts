import type { Locator, Page } from '@playwright/test'
import { readConfig } from '../../server/config.ts'
import { borrowDatabase } from '../../server/database/borrow.ts'
import { connect } from '../../server/database/connect.ts'
import { authenticationSecret } from '../../server/http/secret.ts'
import { runDue } from '../../server/participation/jobs.ts'
import { startSmtp, type TestSmtp } from '../support/smtp.ts'
import type { RunningServer } from './support/server.ts'
import { test as base, expect } from './support/test.ts'

/** The product with a real mail server beside it. */
const test = base.extend<{ smtp: TestSmtp }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the wanted fixtures from the pattern.
  smtp: async ({}, use) => {
    const smtp = await startSmtp()
    await use(smtp)
    await smtp.stop()
  },
  environment: async ({ smtp }, use) => {
    await use({ SMTP_URL: smtp.url, MAIL_FROM: 'mobilfunk@stadt.test', SMTP_ENCRYPTION: 'if_offered' })
  },
})

const section = (page: Page, name: string) => page.getByRole('region', { name, exact: true })

/** What happens by itself on the days to come, beside the running product. */
async function letDaysPass({ dataDirectory }: RunningServer, days: number): Promise<string[]> {
  const config = readConfig({ DATA_DIR: dataDirectory, PORT: '0' })
  const done: string[] = []
  await borrowDatabase(config, false, async ({ address }) => {
    const { database, close } = connect(address)
    for (let day = 1; day <= days; day += 1)
      done.push(...(await runDue(database, authenticationSecret(config), new Date(`${dayIn(day)}T11:00:00Z`))))
    await close()
  })
  return done
}

const dayIn = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

/** Departments get the addresses the city has for them. */
async function addressDepartments(coordinator: Page, origin: string): Promise<void> {
  const send = async (method: string, path: string, data?: unknown) => {
    const answer = await coordinator.request.fetch(path, {
      method,
      headers: { Origin: origin },
      ...(data !== undefined && { data }),
    })
    expect(answer.ok(), `${path} ${await answer.text()}`).toBe(true)
    return answer.json()
  }
  const { facts } = await send('GET', '/api/facts/department')
  const drafts: number[] = []
  for (const { id, version, content } of facts) {
    const silence = id === 'fb-61' ? 'counts_as_agreed' : 'stays_open'
    const leader = id === 'fb-61' ? { escalationName: 'Leitung', escalationEmail: 'leitung@stadt.test' } : {}
    const draft = await send('PUT', `/api/drafts/department/${id}`, {
      ...{
        content: { ...content, ...leader, silence, email: `${id}@stadt.test` },
        trueOn: dayIn(0),
        retracted: false,
        base: version,
      },
      ...{ source: { citation: 'Absprache', url: null }, reason: 'Adresse für Stellungnahmen' },
    })
    drafts.push(draft.id)
  }
  await send('POST', '/api/publications', { drafts })
}

/** The link in the last mail to this address. */
async function linkTo(smtp: TestSmtp, recipient: string): Promise<string> {
  const mail = smtp.received.findLast((one) => one.recipient === recipient)
  return mail?.text?.match(/\S+\/stellungnahme#\S+/)?.[0] ?? ''
}

async function answerByLink(page: Page, link: string, opinion: string, conditions?: string): Promise<void> {
  await page.goto(link)
  await page.getByRole('radio', { name: opinion, exact: true }).check()
  if (conditions) await page.getByRole('textbox', { name: 'Auflagen' }).fill(conditions)
  await page.getByRole('textbox', { name: 'Ihr Name' }).fill('Fachbereich, im Auftrag')
  await page.getByRole('button', { name: 'Stellungnahme abgeben' }).click()
  await expect(page.getByRole('heading', { name: 'Ihre Stellungnahme liegt vor' })).toBeVisible()
  expect(await page.context().cookies()).toEqual([])
}

/** A circle of some hundred metres around what the middle of the map shows. */
async function drawCircle(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Kreis auf der Karte ziehen' }).click()
  const map: Locator = page.locator('[data-map]')
  await expect(page.locator('[data-map][data-ready]')).toBeVisible({ timeout: 20_000 })
  const box = await map.boundingBox()
  if (!box) throw new Error('there is no map')
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  await page.mouse.click(x, y)
  await page.mouse.move(x + 20, y, { steps: 4 })
  await page.mouse.click(x + 24, y)
}

test('a site request from the operator’s letter to the public map; nobody but the coordinator has an account', async ({
  signIn,
  openPublic,
  server,
  smtp,
}) => {
  test.setTimeout(180_000)
  const page = await signIn('mobileCoordinator', { name: 'mobil' })
  await addressDepartments(page, new URL(server.baseUrl).origin)

  // The letter arrives: a case, its search area drawn on the map.
  await page.goto('/arbeitsplatz/standorte')
  await page.getByRole('link', { name: 'Erste Anfrage anlegen' }).click()
  await page.getByLabel('Telekom').check()
  await page.getByLabel('Standortkennung des Betreibers').fill('LEV-STORY')
  await page.getByLabel('Eingegangen am').fill(dayIn(-3))
  await page.getByLabel('Eingegangen per').selectOption('Brief')
  await page.getByLabel('Zweck', { exact: true }).selectOption('Versorgungslücke')
  await page.getByLabel('E-Mail der Ansprechperson').fill('netz@betreiber.test')
  await drawCircle(page)
  await expect(page.getByText(/^Mittelpunkt gewählt: /)).toBeVisible()
  await page.getByRole('button', { name: 'Anfrage anlegen' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Telekom, LEV-STORY' })).toBeVisible()
  const address = page.url()

  // A candidate inside it.
  await page.getByRole('link', { name: 'Kandidat hinzufügen' }).click()
  await page.getByLabel('Standort: Adresse oder Koordinaten').fill('51,045 6,998')
  await page.keyboard.press('Enter')
  await page.getByLabel('Bezeichnung', { exact: true }).fill('Dach der Feuerwache')
  await page.getByLabel('Aufstellung').selectOption('auf einem Gebäude')
  await page.getByLabel('Höhe in m').fill('9')
  await page.getByLabel('Lage im Planungsrecht').selectOption('Innenbereich')
  await page.keyboard.press('Control+s')
  await expect(page.getByRole('heading', { level: 1, name: 'Dach der Feuerwache' })).toBeVisible()
  const candidateAddress = page.url()

  // Three departments are asked, each by one mail.
  await page.goto(address)
  await page.getByRole('button', { name: 'Fachbereiche fragen' }).click()
  const dialog = page.getByRole('dialog', { name: 'Fachbereiche fragen' })
  for (const department of ['FB 02', 'FB 61', 'FB 63']) {
    await dialog.getByRole('checkbox', { name: new RegExp(`^${department}`) }).check()
    await dialog.getByLabel(`Frage an ${department}`).fill('Bestehen Bedenken?')
  }
  await dialog.getByLabel('Frist', { exact: true }).fill(dayIn(25))
  await dialog
    .getByRole('button', { name: /fragen|senden/i })
    .last()
    .click()
  await smtp.waitFor(3)
  expect(smtp.received.map(({ recipient }) => recipient).toSorted()).toEqual([
    'fb-02@stadt.test',
    'fb-61@stadt.test',
    'fb-63@stadt.test',
  ])

  // One agrees, one with conditions, one is silent.
  await answerByLink(await openPublic(), await linkTo(smtp, 'fb-02@stadt.test'), 'einverstanden')
  const conditions = 'Standsicherheit durch einen Prüfingenieur nachweisen'
  await answerByLink(await openPublic(), await linkTo(smtp, 'fb-63@stadt.test'), 'einverstanden mit Auflagen', conditions)

  // Digest, reminder, then the deadline: escalation, and silence means what was announced.
  const told = await letDaysPass(server, 32)
  expect(told.filter((kind) => kind === 'digest').length).toBeGreaterThanOrEqual(2)
  expect(told.filter((kind) => kind !== 'digest')).toEqual(['reminder', 'escalation', 'silence'])
  await expect.poll(() => smtp.received.filter(({ recipient }) => recipient === 'leitung@stadt.test').length).toBe(1)
  const toSilent = smtp.received.filter(({ recipient }) => recipient === 'fb-61@stadt.test')
  expect(toSilent.length).toBe(2 + told.filter((kind) => kind === 'digest').length)
  expect(smtp.received.filter(({ recipient }) => recipient === 'fb-02@stadt.test').length).toBe(1)
  await page.goto(address)
  await expect(page.getByRole('article', { name: /FB 61/ })).toContainText('weil in der Frist keine Äußerung kam')
  await expect(page.getByRole('article', { name: /FB 63/ })).toContainText(conditions)

  // The candidate is agreed, the reply leaves with all statements.
  await page.goto(candidateAddress)
  await page.getByRole('radio', { name: 'abgestimmt' }).check()
  await page.getByRole('button', { name: 'Entscheidung festhalten' }).click()
  await page.getByRole('button', { name: /^Schritt zum .* eintragen$/ }).click()
  await page.goto(address)
  await page.getByRole('button', { name: 'Antwort entwerfen' }).click()
  await expect(page.getByRole('textbox', { name: 'Text' })).toHaveValue(new RegExp(conditions))
  await page.getByRole('button', { name: 'Fertigstellen und senden' }).click()
  await expect(page.getByText(/per Mail an netz@betreiber\.test/)).toBeVisible()
  await expect
    .poll(() => smtp.received.findLast(({ recipient }) => recipient === 'netz@betreiber.test')?.attachments.length)
    .toBe(1)
  const reply = smtp.received.findLast(({ recipient }) => recipient === 'netz@betreiber.test')?.attachments[0]
  expect(reply?.mimeType).toBe('application/pdf')
  expect(
    Buffer.from(reply?.content as ArrayBuffer)
      .subarray(0, 5)
      .toString(),
  ).toBe('%PDF-')
  await expect(page.getByRole('list', { name: 'Schritte' })).toContainText('Antwortschreiben versandt')

  // Built and in operation.
  for (const step of [
    'Verfahrensfrei festgestellt',
    'Standortbescheinigung erteilt',
    'Bau begonnen',
    'Bau beendet',
    'In Betrieb',
  ]) {
    await page.getByLabel('Schritt', { exact: true }).selectOption(step)
    await page.getByRole('button', { name: 'Eintragen' }).click()
    await expect(page.getByRole('list', { name: 'Schritte' })).toContainText(step)
  }

  // Released with the operator's consent, the public sees it, and nothing of the way there.
  const citizen = await openPublic()
  await citizen.goto('/mobilfunk')
  await expect(citizen.getByRole('heading', { level: 1, name: /Mobilfunk/ })).toBeVisible()
  await expect(citizen.getByText('Feuerwache')).toHaveCount(0)
  await page.goto(candidateAddress)
  await page.getByLabel('Öffentliche Bezeichnung').fill('Feuerwache')
  await page.getByLabel('Betreiber stimmt zu seit').fill(await page.getByLabel('Öffentlich ab').inputValue())
  await page.getByRole('button', { name: 'Standort freigeben' }).click()
  await expect(section(page, 'Veröffentlichung')).toContainText('Öffentlich seit')
  await expect(citizen.getByText('Feuerwache').first()).toBeVisible()
  await expect(citizen.getByText(/In Betrieb seit/)).toBeVisible()
  await expect(citizen.locator('body')).not.toContainText(/LEV-STORY|Prüfingenieur|netz@/)
})
