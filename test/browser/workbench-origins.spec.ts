import { expect, expectAccessible, test } from './support/test.ts'

const quarterly = { citation: 'Quartalsbericht der EVL', url: 'https://www.evl-gmbh.de/' }

test('a number leads to its definition, its source and what it counts in two clicks', async ({ signIn, openPublic, baseURL }) => {
  const page = await signIn('gigabitCoordinator')
  const headers = { Origin: baseURL ?? '' }
  const say = async (id: string, content: object) => {
    const draft = await page.request.put(`/api/drafts/figure/${id}`, {
      data: { content, trueOn: '2023-03-31', source: quarterly, reason: 'Quartalsbericht', retracted: false, base: null },
      headers,
    })
    const { id: number } = (await draft.json()) as { id: number }
    const published = await page.request.post('/api/publications', { data: { drafts: [number] }, headers })
    expect(published.ok(), await published.text()).toBe(true)
  }
  const common = { programmeId: 'breitband', fundingClass: null, approximate: false, note: null, noteEn: null }
  const household = { ...common, districtId: 'steinbuechel', quantity: 'household', state: 'connected', value: 61 }
  await say('breitband:steinbuechel:household:connected', household)
  await say('breitband:city:trench:laid', { ...common, districtId: null, quantity: 'trench', state: 'laid', value: 39000 })

  // Reported, in public: one click.
  const reader = await openPublic()
  await reader.goto('/stadtteil/steinbuechel')
  const figure = reader.locator('.figure-line', { hasText: 'Privathaushalte, angeschlossen: 61' })
  await figure.getByText('Stand 31.03.2023').click()
  await expect(figure.getByRole('link', { name: 'Quartalsbericht der EVL' })).toHaveAttribute('href', quarterly.url)
  await expect(figure).toContainText('BREKO / ANGA: Glasfaser im Gebäude oder in der Wohnung.')
  await expect(figure).toContainText('Deutsche Telekom: Hausnetz bis zur Wohnung fertig')
  await expectAccessible(reader)

  // Reported and aimed at, beside what is counted and measured.
  await page.goto('/arbeitsplatz/zahlen?programm=breitband&art=household')
  const whole = page.getByRole('row', { name: /Ganzes Programm/ })
  await whole.getByText('Stand 28.03.2022').click()
  await expect(whole).toContainText('Quelle: Sachstand Digitalisierung')
  await expect(whole.getByRole('link').first()).toHaveAttribute('href', /anschluesse\?programm=breitband/)
  const trench = page.getByRole('region', { name: 'Trasse' })
  await trench.getByText('Stand 31.03.2023').click()
  await expect(trench.getByRole('link', { name: 'Quartalsbericht der EVL' })).toBeVisible()
  await expect(trench.getByRole('link', { name: 'Strecken zeigen' })).toHaveAttribute(
    'href',
    /netz\?art=route&programm=breitband/,
  )
  await expectAccessible(page)

  // The ledger of an operator: its dates, then everything said about one of them.
  await page.goto('/arbeitsplatz/termine')
  await page.getByRole('link', { name: /^\d+ verstrichen, EVL/ }).click()
  await expect(page).toHaveURL(/betreiber=EVL.*ergebnis=overdue/)
  await expect(page.getByRole('heading', { name: 'Termine und ihre Geschichte' })).toBeFocused()
  const first = page.getByRole('list', { name: 'Angekündigte Termine' }).getByRole('listitem').first()
  await first.getByText(/Angaben? zu/).click()
  await expect(first).toContainText('Quelle: Sachstand Digitalisierung')

  // A forecast: the cases it rests on, then their section.
  await page.getByText(/^Fälle: Tiefbau, EVL/).click()
  const cases = page.getByRole('table', { name: /^Dauern: Tiefbau, EVL/ })
  await expect(cases.getByRole('row')).not.toHaveCount(1)
  await cases.getByRole('link', { name: 'Opladen' }).click()
  await expect(page.getByRole('heading', { level: 2, name: 'Opladen' })).toBeVisible()

  // What the funding bodies are told.
  await page.goto('/arbeitsplatz/foerderung')
  const target = page.getByRole('table', { name: 'Ziele und gemeldeter Stand' }).getByRole('row', { name: /Privathaushalte/ })
  await target.getByRole('link').first().click()
  await expect(page).toHaveURL(/\/ogc\/collections\/targets\/items\//)
  await expect(page.getByText('Sachstand Digitalisierung').first()).toBeVisible()
})
