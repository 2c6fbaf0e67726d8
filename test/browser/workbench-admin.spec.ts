import type { Page } from '@playwright/test'
import { listFacts, type Statement } from '../../server/contract/facts.ts'
import { sendFeedback } from '../../server/contract/portal.ts'
import { confirmPublication, giveBasis, saveDraft } from './support/desk.ts'
import { expect, test } from './support/test.ts'

const roles = ['admin', 'gigabitCoordinator'] as const

async function boundariesOf(page: Page): Promise<Statement[]> {
  const answer = await page.request.get(listFacts.path.replace(':kind', 'district_boundary'))
  return (await answer.json()).facts
}

/** A GeoJSON file as the city would export it. */
function geoJsonFile(name: string, features: readonly { name: string; geometry: unknown }[]) {
  const collection = {
    type: 'FeatureCollection',
    features: features.map(({ name: own, geometry }) => ({ type: 'Feature', properties: { name: own }, geometry })),
  }
  return { name, mimeType: 'application/geo+json', buffer: Buffer.from(JSON.stringify(collection)) }
}

test('a programme is made, gets a drawn build section, and both are published together', async ({ signIn, openPublic }) => {
  const page = await signIn(roles)
  await page.goto('/arbeitsplatz/programme')
  await page.getByRole('button', { name: 'Programm anlegen' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Ausbau Waldsiedlung')
  await page.getByRole('button', { name: 'Kennung „ausbau-waldsiedlung“ übernehmen' }).click()
  await page.getByLabel('Art').selectOption('Eigenwirtschaftlicher Ausbau')
  await giveBasis(page, 'Ankündigung des Unternehmens', 'Pressemitteilung vom 19.11.2026')
  await page.getByRole('button', { name: 'Speichern und veröffentlichen' }).click()
  await confirmPublication(page)

  await page
    .getByRole('navigation', { name: 'Programme' })
    .getByRole('link', { name: /Ausbau Waldsiedlung/ })
    .click()
  await page.getByRole('button', { name: 'Bauabschnitt anlegen' }).click()
  await page.getByLabel('Stadtteil').selectOption('Schlebusch')
  await page.getByLabel('Kennung des Teils').fill('waldsiedlung')
  await page.getByLabel('Name', { exact: false }).last().fill('Waldsiedlung')
  await page.getByRole('button', { name: 'Auf der Karte zeichnen' }).click()
  const map = page.locator('.drawing [data-map]')
  await expect(map).toHaveAttribute('data-ready', '', { timeout: 20_000 })
  await drawTriangle(page)
  await expect(page.getByText('eine Fläche mit 3 Eckpunkten')).toBeVisible()
  // Another theme is another style of the map; the drawing stays on it.
  await page.emulateMedia({ colorScheme: 'dark' })
  await expect.poll(() => drawnPolygons(page)).toBe(1)
  await giveBasis(page, 'Ankündigung des Unternehmens', 'Pressemitteilung vom 19.11.2026')
  await saveDraft(page)
  await expect(page.getByRole('region', { name: 'Öffentliche Sicht vorher und nachher' })).toContainText('nicht vorhanden')
  await page.getByRole('button', { name: '1 Entwurf veröffentlichen' }).click()
  await confirmPublication(page)

  const citizen = await openPublic()
  await citizen.goto('/programm/ausbau-waldsiedlung')
  await expect(citizen.getByRole('heading', { name: 'Ausbau Waldsiedlung' })).toBeVisible()
  await expect(citizen.getByRole('main').getByText('Waldsiedlung', { exact: true }).first()).toBeVisible()
})

/** How many polygons of the drawing library the map shows. */
async function drawnPolygons(page: Page): Promise<number> {
  return page.locator('.drawing [data-map]').evaluate((element) => {
    const { cityMap } = element as unknown as {
      cityMap: { getLayer: (id: string) => unknown; queryRenderedFeatures: (options: { layers: string[] }) => { id?: unknown }[] }
    }
    if (!cityMap.getLayer('td-polygon')) return 0
    return new Set(cityMap.queryRenderedFeatures({ layers: ['td-polygon'] }).map(({ id }) => id)).size
  })
}

/** Three corners around the middle of the map, and the first one again. */
async function drawTriangle(page: Page): Promise<void> {
  const canvas = page.locator('.drawing canvas')
  await canvas.scrollIntoViewIfNeeded()
  const box = await canvas.boundingBox()
  if (!box) throw new Error('The map is not to be seen.')
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  const corners = [
    [x - 20, y - 20],
    [x + 20, y - 20],
    [x, y + 20],
    [x - 20, y - 20],
  ] as const
  for (const [left, top] of corners) {
    await page.mouse.move(left, top, { steps: 3 })
    await page.mouse.click(left, top)
  }
}

test('an area can be given as text, without a pointer, and a wrong one is refused in words', async ({ signIn }) => {
  const page = await signIn(roles)
  await page.goto('/arbeitsplatz/programme?programm=friedenstal&angabe=section/neu')
  await page.getByText('Aus GeoJSON übernehmen').click()
  const text = page.getByLabel('oder als Text')
  await text.fill('{"type":"LineString","coordinates":[[7,51],[7.01,51]]}')
  await page.getByRole('button', { name: 'Übernehmen', exact: true }).click()
  await expect(page.getByText('Gebraucht wird eine Fläche')).toBeVisible()
  await text.fill('{"type":"Polygon","coordinates":[[[7.04,51.08],[7.05,51.08],[7.05,51.09],[7.04,51.08]]]}')
  await page.getByRole('button', { name: 'Übernehmen', exact: true }).click()
  await expect(page.getByText('eine Fläche mit 3 Eckpunkten')).toBeVisible()
})

test('boundaries come from the city’s file: each object is judged, drafts are made, publishing changes the map', async ({
  signIn,
}) => {
  const page = await signIn(roles)
  await page.goto('/arbeitsplatz/grenzen')
  const [first, second] = await boundariesOf(page)
  const nameOf = (statement: Statement | undefined) => String(statement?.content.districtId)
  await page.getByLabel('GeoJSON-Datei hierher ziehen oder wählen').setInputFiles(
    geoJsonFile('stadtteile.geojson', [
      { name: nameOf(first), geometry: first?.content.geom },
      { name: nameOf(second), geometry: second?.content.geom },
      { name: 'Atlantis', geometry: first?.content.geom },
    ]),
  )
  await expect(page.getByText('3 Objekte mit den Eigenschaften name.')).toBeVisible()
  await page.getByLabel('Quellenvermerk').fill('© Stadt Leverkusen, dl-de/by-2-0')
  await giveBasis(page, 'Amtliche Grenzen der Stadt', 'Vermessungsamt der Stadt, 2026')
  await page.getByRole('button', { name: 'Prüfen und als Entwürfe übernehmen' }).click()
  const report = page.getByRole('table', { name: /2 von 3 Objekten übernommen/ })
  await expect(report.getByRole('row', { name: /Atlantis/ })).toContainText('abgelehnt')
  await page.getByRole('button', { name: '2 Entwürfe ansehen und veröffentlichen' }).click()
  await confirmPublication(page)
  const official = (await boundariesOf(page)).filter(({ content }) => content.official)
  expect(official.map(nameOf).sort()).toEqual([nameOf(first), nameOf(second)].sort())
})

test('a file that is no GeoJSON is refused in words', async ({ signIn }) => {
  const page = await signIn(roles)
  await page.goto('/arbeitsplatz/grenzen')
  const input = page.getByLabel('GeoJSON-Datei hierher ziehen oder wählen')
  await input.setInputFiles({ name: 'grenzen.csv', mimeType: 'text/csv', buffer: Buffer.from('name;x;y') })
  await expect(page.getByRole('alert')).toContainText('„grenzen.csv“ ist kein GeoJSON')
  await input.setInputFiles(geoJsonFile('leer.geojson', []))
  await expect(page.getByRole('alert')).toContainText('„leer.geojson“ enthält keine Objekte')
})

test('sections come from a file into a programme', async ({ signIn }) => {
  const page = await signIn(roles)
  await page.goto('/arbeitsplatz/programme?programm=friedenstal')
  await page.getByText('Bauabschnitte aus einer GeoJSON-Datei übernehmen').click()
  const geometry = {
    type: 'Polygon',
    coordinates: [
      [
        [7.0, 51.07],
        [7.005, 51.07],
        [7.005, 51.073],
        [7.0, 51.073],
        [7.0, 51.07],
      ],
    ],
  }
  await page
    .getByLabel('GeoJSON-Datei hierher ziehen oder wählen')
    .setInputFiles(geoJsonFile('abschnitte.geojson', [{ name: 'Neue Bahnstadt', geometry }]))
  await giveBasis(page, 'Planung', 'Lageplan vom 01.11.2026')
  await page.getByRole('button', { name: 'Prüfen und als Entwürfe übernehmen' }).click()
  await expect(page.getByRole('table', { name: /1 von 1 Objekten übernommen/ })).toContainText('Neue Bahnstadt')
  await page.getByRole('button', { name: '1 Entwurf ansehen und veröffentlichen' }).click()
  await expect(page.getByRole('dialog')).toContainText('Neue Bahnstadt')
  await confirmPublication(page)
})

test('a text page is edited with its preview beside it, and published', async ({ signIn, openPublic }) => {
  const page = await signIn(roles)
  await page.goto('/arbeitsplatz/seiten')
  await page.getByRole('button', { name: 'Bearbeiten: Impressum (deutsch)' }).click()
  await page
    .getByLabel('Text', { exact: true })
    .fill('## Anschrift\n\nStadt Leverkusen & Co\n\n<script>alert(1)</script>\n\n- **fett**')
  const preview = page.getByRole('region', { name: 'Vorschau des Textes' })
  await expect(preview.getByRole('heading', { level: 2, name: 'Anschrift' })).toBeVisible()
  await expect(preview).toContainText('Stadt Leverkusen & Co')
  await expect(preview).toContainText('<script>alert(1)</script>')
  await expect(preview.getByRole('listitem')).toHaveText('fett')
  await giveBasis(page, 'Anschrift ergänzt', 'Stadt Leverkusen')
  await page.getByRole('button', { name: 'Speichern und veröffentlichen' }).click()
  await confirmPublication(page)
  const citizen = await openPublic()
  await citizen.goto('/seite/impressum')
  await expect(citizen.getByRole('heading', { name: 'Anschrift' })).toBeVisible()
})

test('feedback is read, marked as handled and deleted', async ({ signIn, server, page: citizen }) => {
  const message = 'Die Karte lässt sich mit der Tastatur nicht verschieben.'
  const sent = await citizen.request.post(server.baseUrl + sendFeedback.path, {
    headers: { Origin: server.baseUrl },
    data: { topic: 'accessibility', message, page: '/stadtteil/opladen', contact: null, website: '' },
  })
  expect(sent.ok(), await sent.text()).toBe(true)
  const page = await signIn(roles)
  await page.goto('/arbeitsplatz/rueckmeldungen')
  const entry = page.getByRole('listitem').filter({ hasText: message })
  await entry.getByRole('button', { name: 'Erledigt' }).click()
  await expect(entry).toContainText('Erledigt am')
  await entry.getByRole('button', { name: 'Löschen' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Endgültig löschen' }).click()
  await expect(page.getByText('Noch keine Rückmeldung.')).toBeVisible()
})
