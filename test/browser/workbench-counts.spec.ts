import { createObject } from '../../server/contract/objects.ts'
import { expect, expectAccessible, expectNoSideScroll, test } from './support/test.ts'

const basis = { trueOn: '2022-03-28', reason: 'Für den Versuch', source: { citation: 'Liste der EVL vom 28.03.2022', url: null } }

test('what is counted is previewed, published with small numbers withheld, and taken back', async ({
  signIn,
  openPublic,
  baseURL,
  watch,
}) => {
  watch.expectComplaint(/status of 422.*withdrawal/)
  const page = await signIn('gigabitCoordinator')
  const wanted = [
    ['manfort', 2, 'connected'],
    ['manfort', 30, 'eligible'],
    ['opladen', 20, 'connected'],
    ['opladen', 25, 'eligible'],
    ['alkenrath', 9, 'connected'],
    ['alkenrath', 50, 'eligible'],
  ] as const
  for (const [districtId, units, state] of wanted) {
    const content = {
      key: `zahl-${districtId}-${state}`,
      kind: 'household',
      programmeId: 'breitband',
      districtId,
      units,
      state,
      fundingClass: 'funded',
    }
    const answer = await page.request.post(createObject.path.replace(':kind', 'premises'), {
      data: { content, ...basis },
      headers: { Origin: baseURL ?? '' },
    })
    expect([200, 409], await answer.text()).toContain(answer.status())
  }
  await page.goto('/arbeitsplatz/zahlen')
  const table = page.getByRole('table', { name: /gezählt zum/ })
  await expect(table.getByRole('row', { name: /Manfort/ })).toContainText('32')
  await expect(table.getByRole('row', { name: /Ganzes Programm/ })).toContainText('Ziel 1.376')
  await expect(
    table
      .getByRole('row', { name: /Manfort/ })
      .getByRole('link', { name: '2', exact: true })
      .first(),
  ).toHaveAttribute('href', /stadtteil=manfort/)
  await expectAccessible(page)

  await page.getByRole('button', { name: 'Zahlen veröffentlichen …' }).click()
  const dialog = page.getByRole('dialog', { name: 'Zahlen veröffentlichen' })
  await expect(dialog.getByText('sonst ließe sich eine andere errechnen').first()).toBeVisible()
  await expect(dialog.getByText('(2)').first()).toBeVisible()
  await expectAccessible(page)
  await dialog.getByLabel('Anlass').fill('Quartalszahlen')
  await dialog.getByRole('button', { name: 'Veröffentlichen' }).click()
  await expect(page.getByRole('table', { name: 'Veröffentlichte Zahlen' })).toContainText('gilt')

  await page.getByLabel('Verlauf für').selectOption({ label: 'Manfort' })
  const history = page.getByRole('table', { name: /Von Stand zu Stand \(Privathaushalt, Manfort\)/ })
  await expect(history).toContainText('(2)')
  await expect(page).toHaveURL(/stadtteil=manfort/)

  const reader = await openPublic()
  await reader.goto('/stadtteil/manfort')
  const section = reader.locator('section', { has: reader.getByRole('heading', { name: 'Gezählte Anschlüsse' }) })
  await expect(section).toContainText('angeschlossen nicht genannt')
  await expect(section).toContainText('weniger als 4')
  await expectAccessible(reader)

  await page.getByRole('button', { name: 'Zurücknehmen' }).click()
  const withdrawal = page.getByRole('dialog', { name: /^Zahlen zum .* zurücknehmen$/ })
  await withdrawal.getByRole('button', { name: 'Zurückziehen' }).click()
  await expect(withdrawal.getByText(/mindestens 3 Zeichen|Grund/).first()).toBeVisible()
  await withdrawal.getByLabel('Grund').fill('Falscher Stand')
  await withdrawal.getByRole('button', { name: 'Zurückziehen' }).click()
  await expect(page.getByRole('table', { name: 'Veröffentlichte Zahlen' })).toContainText('zurückgenommen')
  await reader.reload()
  await expect(reader.getByRole('heading', { name: 'Manfort', level: 1 })).toBeVisible()
  await expect(reader.getByRole('heading', { name: 'Gezählte Anschlüsse' })).toHaveCount(0)

  await expect(history).toContainText('zurückgenommen')
  await page.getByLabel('Bekannt bis').fill('2021-01-01')
  await expect(table).toContainText('0')
  await expect(page).toHaveURL(/stand=2021-01-01/)
  await page.getByLabel('Bekannt bis').fill('')
  await page.getByLabel('Stand', { exact: true }).fill('2022-04-01')
  const origin = table.getByRole('row', { name: /Manfort/ }).getByRole('link', { name: '32' })
  const list = await page.request.get((await origin.getAttribute('href')) ?? '')
  expect(list.headers()['content-type']).toContain('zip')
  await page.setViewportSize({ width: 320, height: 640 })
  await expectNoSideScroll(page)
})
