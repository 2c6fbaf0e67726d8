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

/** Households of a district as an operator lists them, one row per state. */
const list = [
  'Kennung;Programm;Objektart;WE;Status;Rechtswert;Hochwert',
  'EVL-1;Bundesförderprogramm Breitband (weiße Flecken);Privathaushalt;40;angeschlossen;364327;5655335',
  'EVL-2;Bundesförderprogramm Breitband (weiße Flecken);Privathaushalt;25;versorgbar;364337;5655335',
  'EVL-3;Bundesförderprogramm Breitband (weiße Flecken);Privathaushalt;3;angeschlossen;365200;5657415',
  'EVL-4;Bundesförderprogramm Breitband (weiße Flecken);Privathaushalt;60;versorgbar;365210;5657415',
].join('\r\n')

test('what an operator delivers is counted, published with one click, and read by a citizen whose page is open', async ({
  signIn,
  openPublic,
}) => {
  const citizen = await openPublic()
  await citizen.goto('/stadtteil/schlebusch')
  await expect(citizen.getByRole('heading', { level: 1 })).toHaveText('Schlebusch')
  const counted = citizen.locator('section', { has: citizen.getByRole('heading', { name: 'Gezählte Anschlüsse' }) })
  await expect(counted).toHaveCount(0)

  const page = await signIn('gigabitCoordinator')
  await page.goto('/arbeitsplatz/lieferungen')
  const buffer = Buffer.from(`\u{FEFF}${list}`)
  await page.getByLabel('Dateien hierher ziehen oder wählen').setInputFiles({ name: 'liste.csv', mimeType: 'text/csv', buffer })
  await page.getByLabel('Absender').fill('EVL')
  await page.getByLabel('Stand').fill('28.03.2022')
  await page.getByRole('button', { name: 'Weiter zu den Spalten' }).click()
  await page.getByRole('button', { name: 'Zeilen prüfen' }).click()
  await page.getByRole('link', { name: 'Weiter zum Veröffentlichen' }).click()
  await expect(page.getByRole('checkbox', { name: 'Öffentliche Zahlen neu veröffentlichen' })).toBeChecked()
  await expect(counted, 'nothing is public before').toHaveCount(0)
  await page.getByRole('button', { name: '4 Zeilen veröffentlichen' }).click()
  await expect(page.getByText('Veröffentlicht', { exact: true })).toBeVisible({ timeout: 30_000 })

  await expect(counted, 'without loading the page again').toContainText(/Privathaushalte.*angeschlossen 40/)
  await counted.getByText('Stand 28.03.2022').click()
  await expect(counted).toContainText('Quelle:')
  await citizen.goto('/stadtteil/steinbuechel')
  await expect(counted).toContainText('angeschlossen nicht genannt')
  const sent = (await (await citizen.request.get('/api/portal/districts/steinbuechel')).json()) as { counted: unknown[] }
  expect(sent.counted, 'nor is it sent').toContainEqual(expect.objectContaining({ measure: 'connected', value: null }))
})
