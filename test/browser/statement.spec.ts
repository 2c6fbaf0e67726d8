import type { Page } from '@playwright/test'
import { expect, expectAccessible, expectNoSideScroll, test } from './support/test.ts'

/** A case of which the building control is asked; returns the link in its mail. */
async function askBuildingControl(coordinator: Page, origin: string): Promise<string> {
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
  const known = facts.find(({ id }: { id: string }) => id === 'fb-63')
  const content = {
    ...known.content,
    email: 'bauaufsicht@stadt.test',
    deputyName: 'Herr Vertretung',
    deputyEmail: 'v@stadt.test',
  }
  const draft = await send('PUT', '/api/drafts/department/fb-63', {
    ...{ content, trueOn: '2026-11-20', source: { citation: 'Absprache', url: null }, reason: 'Adresse' },
    ...{ retracted: false, base: known.version },
  })
  await send('POST', '/api/publications', { drafts: [draft.id] })
  const { id } = await send('POST', '/api/mobile/records/site_request', {
    content: {
      ...{
        caseNumber: '02-17/2026',
        caseType: 'new_macro',
        operators: ['telekom'],
        receivedOn: '2026-11-02',
        receivedVia: 'mail',
      },
      ...{ purpose: 'gap', contactName: 'Geheimkontakt', radiusM: 300, geom: { type: 'Point', coordinates: [7.017, 51.033] } },
    },
  })
  const { suggestedDueOn: dueOn } = await send('GET', `/api/participation/requests/${id}`)
  await send('POST', `/api/participation/requests/${id}/reviews`, {
    ...{ candidateId: null, dueOn, via: 'mail', attachmentIds: [] },
    departments: [{ departmentId: 'fb-63', question: 'Bestehen Bedenken?' }],
  })
  const { mails } = await send('GET', '/api/mails?group=decision')
  const mail = mails.find(({ to }: { to: string }) => to === 'bauaufsicht@stadt.test')
  const { text } = await send('GET', `/api/mails/${mail.id}`)
  return text.match(/\S+\/stellungnahme#\S+/)[0]
}

test('a department answers by its link, by keyboard, on a desk and on a phone, without an account', async ({
  signIn,
  openPublic,
  server,
  watch,
}) => {
  const coordinator = await signIn(['admin', 'mobileCoordinator'])
  const link = await askBuildingControl(coordinator, new URL(server.baseUrl).origin)
  const page = await openPublic()
  await page.goto(link)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Standortanfrage 02-17/2026')
  await expect(page.getByText(/^Bitte um Stellungnahme bis \S+tag, .* noch \d+ Arbeitstage$/)).toBeVisible()
  await expect(page.locator('[data-map][data-ready]')).toBeVisible()
  await expect(page.getByText('Geheimkontakt')).toHaveCount(0)
  await expectAccessible(page)
  await page.setViewportSize({ width: 320, height: 640 })
  await expectNoSideScroll(page)
  await page.getByRole('button', { name: 'Ich kümmere mich darum' }).press('Enter')
  await expect(page.getByText(/^Sie haben am .* mitgeteilt/)).toBeVisible()

  await page.getByRole('radio', { name: 'einverstanden', exact: true }).focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('radio', { name: 'Bedenken' })).toBeChecked()
  await page.getByRole('button', { name: 'Stellungnahme abgeben' }).press('Enter')
  const concerns = page.getByRole('textbox', { name: 'Bedenken' })
  await expect(concerns).toBeFocused()
  await expect(page.getByText('Bitte nennen Sie Ihre Bedenken.').first()).toBeVisible()
  await page.keyboard.type('Zu nah am Denkmal')
  await page.reload()
  await expect(concerns).toHaveValue('Zu nah am Denkmal')
  await page.getByRole('textbox', { name: 'Ihr Name' }).fill('Frau Bau')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Ihre Stellungnahme liegt vor' })).toBeFocused()
  await expectAccessible(page)

  const [copy] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Kopie als PDF' }).press('Enter'),
  ])
  expect(copy.suggestedFilename()).toMatch(/^stellungnahme-\d+\.pdf$/)
  await page.reload()
  await expect(page.getByText('Zu nah am Denkmal')).toBeVisible()
  watch.expectComplaint(/410 \(Gone\)/)
  await page.goto(`${link.slice(0, -2)}xx`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Dieser Link gilt nicht')
  await expectAccessible(page)
})
