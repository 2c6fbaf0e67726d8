import { expect, test } from './support/test.ts'

test.use({ isReadOnly: true })

test('a failure is said in words and can be tried again', async ({ page, watch }) => {
  watch.expectComplaint(/503/)
  let isAway = true
  await page.route('**/api/portal/overview', (route) => (isAway ? route.fulfill({ status: 503, body: '' }) : route.continue()))
  await page.goto('/')
  const alert = page.getByRole('alert').first()
  await expect(alert).toContainText('Der Server hat mit einem Fehler geantwortet.')
  isAway = false
  await alert.getByRole('button', { name: 'Erneut versuchen' }).click()
  await expect(page.getByRole('main')).toContainText('In 6 von 13 Stadtteilen ist der Tiefbau abgeschlossen')
})

test('without WebGL the table is offered instead of the map', async ({ page }) => {
  await page.addInitScript(() => {
    HTMLCanvasElement.prototype.getContext = () => null
  })
  await page.goto('/')
  await expect(page.getByText('Die Karte kann hier nicht gezeichnet werden')).toBeVisible()
  await page.getByRole('region', { name: 'Karte' }).getByRole('link', { name: 'Tabelle' }).click()
  await expect(page.getByRole('row', { name: /Opladen/ })).toContainText('Tiefbau abgeschlossen')
})
