import type { Page } from '@playwright/test'
import { phases } from '../../server/contract/codes.ts'
import { phasesOnMap } from './support/map.ts'
import { expect, test } from './support/test.ts'

test.use({ isReadOnly: true })

const words = phases.labels as Record<string, { de: string }>

/** What the table says: phase in words by district and build section. */
async function phasesInTable(page: Page): Promise<Record<string, string>> {
  const rows = page.getByRole('table', { name: /Bauabschnitte/ }).locator('tbody tr')
  const cells = await rows.evaluateAll((all) =>
    all.map((row) => [...row.querySelectorAll('th, td')].map((cell) => cell.textContent?.trim() ?? '')),
  )
  return Object.fromEntries(
    cells.map(([district = '', section = '', phase = '']) => [section === 'ganzer Stadtteil' ? district : section, phase]),
  )
}

/** The list of districts, with the sections that are only a part of one. */
async function phasesInList(page: Page): Promise<Record<string, string>> {
  const items = page.getByRole('main').locator('.districts li')
  const lines = await items.evaluateAll((all) =>
    all.map((item) => {
      const text = (selector: string) => [...item.querySelectorAll(selector)].map((part) => part.textContent?.trim() ?? '')
      return { name: text('.district__name')[0], phase: text('.district__phase')[0], parts: text('.district__part') }
    }),
  )
  const whole = lines.map(({ name = '', phase = '' }) => [name, phase.split(' · ')[0] ?? ''])
  const parts = lines.flatMap(({ parts }) => parts.map((part) => part.split(': ')))
  return Object.fromEntries([...whole, ...parts])
}

for (const query of [
  'datum=2019-06-01',
  'datum=2021-07-01',
  'datum=2021-09-20',
  'datum=2022-04-15',
  'stand=2021-10-01',
  'stand=2022-04-01&datum=2021-08-15',
  '',
]) {
  test(`map, list and table say the same at ${query || 'today'}`, async ({ page }) => {
    await page.goto(`/?ansicht=tabelle&${query}`)
    await expect(page.getByRole('table').locator('tbody tr').first()).toBeVisible()
    const table = await phasesInTable(page)
    expect(Object.keys(table).length).toBeGreaterThanOrEqual(13)
    expect(await page.getByRole('complementary', { name: 'Hinweise' }).textContent()).toBe(bandFor(query))

    const answer = page.waitForResponse(/\/api\/portal\/overview/)
    await page.goto(`/?${query}`)
    const { sections } = (await (await answer).json()) as {
      sections: { id: string; name: string; wholeDistrict: boolean; districtId: string }[]
    }
    await expect.poll(async () => Object.keys((await phasesOnMap(page)) ?? {}).length, { timeout: 20_000 }).toBe(sections.length)
    const map = (await phasesOnMap(page)) ?? {}
    const onMap = Object.fromEntries(sections.map(({ id, name }) => [name, words[map[id] ?? '']?.de]))
    expect(onMap, 'map and table').toEqual(table)

    const list = await phasesInList(page)
    expect(Object.fromEntries(Object.keys(table).map((name) => [name, list[name]])), 'list and table').toEqual(table)
  })
}

/** The band as the reader of the address expects it. */
function bandFor(query: string): string {
  const { datum, stand } = Object.fromEntries(new URLSearchParams(query)) as { datum?: string; stand?: string }
  const german = (day: string) => day.split('-').reverse().join('.')
  const back = 'Zurück zu heute'
  if (datum && stand) return `Sie sehen den Stand vom ${german(datum)}, wie er am ${german(stand)} bekannt war.${back}`
  if (stand) return `Sie sehen, was am ${german(stand)} bekannt war.${back}`
  return datum ? `Sie sehen den Stand vom ${german(datum)}.${back}` : ''
}

test('a day outside the timeline is refused in words, and one is led back', async ({ page, watch }) => {
  watch.expectComplaint(/400 \(Bad Request\)/)
  await page.goto('/?datum=2018-12-31')
  await expect(page.getByRole('alert').first()).toContainText('2019')
  await page.getByRole('complementary', { name: 'Hinweise' }).getByRole('button', { name: 'Zurück zu heute' }).click()
  await expect(page.getByRole('main')).toContainText('In 6 von 13 Stadtteilen ist der Tiefbau abgeschlossen')
})

test('the second phase has four districts on a page known in October 2021, seven in April 2022', async ({ page }) => {
  const inSecondPhase = async (day: string) => {
    await page.goto(`/programm/breitband?stand=${day}`)
    const rows = page.getByRole('main').getByRole('table', { name: 'Bauabschnitte' }).locator('tbody tr')
    await expect(rows).toHaveCount(13)
    return rows.filter({ has: page.getByRole('cell', { name: '2', exact: true }) }).count()
  }
  expect(await inSecondPhase('2021-10-01')).toBe(4)
  expect(await inSecondPhase('2022-04-01')).toBe(7)
})
