import { totp } from '../support/totp.ts'
import { expect, expectAccessible, expectNoSideScroll, test } from './support/test.ts'

const password = 'Elstern sammeln Knöpfe'
const phone = { viewport: { width: 320, height: 640 } }

test('from the printed link to a second factor, an invited colleague, a reset and the last admin', async ({
  page,
  server,
  openPublic,
  watch,
}) => {
  test.slow()
  watch.expectComplaint(/status of (401|409|410|422)/)

  await test.step('the first admin makes an account; what is missing is said at its field', async () => {
    await page.goto(server.firstAdminLink)
    await page.getByRole('button', { name: 'Konto anlegen' }).click()
    await expect(page.getByRole('textbox', { name: 'Ihr Name' })).toBeFocused()
    await expect(page.getByRole('textbox', { name: 'Ihr Name' })).toHaveAccessibleDescription(/Bitte geben Sie den Namen an/)
    await expectAccessible(page)
    await page.getByRole('textbox', { name: 'Ihr Name' }).fill('Erika Beispiel')
    await page.getByRole('textbox', { name: 'Benutzername' }).fill('erika')
    await page.getByLabel('Neues Kennwort').fill('Leverkusen2026')
    await page.keyboard.press('Enter')
    await expect(page.getByText('zu leicht zu erraten')).toBeVisible()
    await expect(page.getByLabel('Neues Kennwort')).toBeFocused()
    await page.getByLabel('Neues Kennwort').fill(password)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('link', { name: 'Erika Beispiel' })).toBeVisible()
    expect(page.url()).not.toContain('#')
    const late = await openPublic()
    await late.goto(server.firstAdminLink)
    await expect(late.getByRole('heading', { name: 'Dieser Link gilt nicht mehr' })).toBeVisible()
    await expectAccessible(late)
  })

  const secret = await test.step('she sets up an authenticator app', async () => {
    await page.goto('/arbeitsplatz/konto')
    await expect(page.getByRole('cell', { name: 'diese Anmeldung' })).toBeVisible()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Zweiten Faktor einrichten' }).click()
    await page.getByLabel('Ihr Kennwort').fill(password)
    await page.getByRole('button', { name: 'Weiter' }).click()
    await expect(page.getByRole('img', { name: 'QR-Code für die Authenticator-App' })).toBeVisible()
    await page.getByText('Schlüssel stattdessen eintippen').click()
    const key = (await page.locator('.account-code').textContent())?.replaceAll(' ', '') ?? ''
    await page.getByLabel('Code aus der App').fill('123')
    await page.keyboard.press('Enter')
    await expect(page.getByText('Der Code ist falsch')).toBeVisible()
    await page.getByLabel('Code aus der App').fill(totp(key))
    await page.keyboard.press('Enter')
    await expect(page.getByRole('list').filter({ hasText: /^([a-z2-9]{5}-[a-z2-9]{5}){10}$/ })).toBeVisible()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Ich habe die Notfallcodes aufbewahrt' }).click()
    await expect(page.getByRole('button', { name: 'Neue Notfallcodes' })).toBeVisible()
    return key
  })

  await test.step('signing in takes password and code, by keyboard alone', async () => {
    const elsewhere = await openPublic()
    await elsewhere.goto('/arbeitsplatz/verlauf')
    await expectAccessible(elsewhere)
    await elsewhere.getByRole('textbox', { name: 'Benutzername' }).focus()
    await elsewhere.keyboard.type('erika')
    await elsewhere.keyboard.press('Tab')
    await elsewhere.keyboard.type('falsch')
    await elsewhere.keyboard.press('Enter')
    await expect(elsewhere.getByRole('alert')).toHaveText('Benutzername oder Kennwort ist falsch.')
    await elsewhere.getByLabel('Kennwort', { exact: true }).fill(password)
    await elsewhere.keyboard.press('Enter')
    await expect(elsewhere.getByRole('textbox', { name: 'Code' })).toBeFocused()
    await elsewhere.keyboard.type(totp(secret))
    await elsewhere.keyboard.press('Enter')
    await expect(elsewhere.getByRole('heading', { level: 1 })).toHaveText('Verlauf')
  })

  const colleague = await openPublic(phone)
  await test.step('she invites a colleague, who chooses username and password on a phone', async () => {
    await page.goto('/arbeitsplatz/konten')
    await page.getByRole('button', { name: 'Person einladen' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill('Ute Muster')
    await page.getByRole('checkbox', { name: /Gigabitkoordination/ }).check()
    await page.getByRole('button', { name: 'Einmal-Link erzeugen' }).click()
    const link = await page.getByLabel('Einmal-Link').inputValue()
    await page.keyboard.press('Escape')
    await colleague.goto(link)
    await expect(colleague.getByRole('textbox', { name: 'Ihr Name' })).toHaveValue('Ute Muster')
    await expectNoSideScroll(colleague)
    await colleague.getByRole('textbox', { name: 'Benutzername' }).fill('ute')
    await colleague.getByLabel('Neues Kennwort').fill(password)
    await colleague.getByRole('button', { name: 'Konto anlegen' }).click()
    await colleague.waitForURL('**/arbeitsplatz')
    await colleague.goto('/arbeitsplatz/konto')
    await expect(colleague.getByText('Lesezugriff, Gigabitkoordination')).toBeVisible()
    await expectNoSideScroll(colleague)
    await expectAccessible(colleague)
    await colleague.goto('/arbeitsplatz/konten')
    await expect(colleague.getByRole('heading', { name: 'Diese Seite gibt es nicht' })).toBeVisible()
  })

  await test.step('she resets the access of the colleague, who sets a new password', async () => {
    await page.reload()
    await page.getByRole('button', { name: 'Ute Muster bearbeiten' }).click()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Zugang zurücksetzen …' }).click()
    await expect(page.getByRole('button', { name: 'Zugang zurücksetzen' })).toBeFocused()
    await page.keyboard.press('Enter')
    const link = await page.getByLabel('Einmal-Link').inputValue()
    await page.keyboard.press('Escape')
    await colleague.goto('/arbeitsplatz/konto')
    await expect(colleague.getByRole('heading', { name: 'Anmelden' })).toBeVisible()
    await colleague.goto(link)
    await expect(colleague.getByRole('textbox', { name: 'Benutzername' })).toHaveValue('ute')
    await colleague.getByLabel('Neues Kennwort').fill(`${password} 2`)
    await colleague.getByRole('button', { name: 'Kennwort setzen' }).click()
    await colleague.waitForURL('**/arbeitsplatz')
  })

  await test.step('she cannot give up the last admin, and the record tells everything', async () => {
    await page.getByRole('button', { name: 'Erika Beispiel bearbeiten' }).click()
    await page.getByRole('checkbox', { name: /Administration/ }).uncheck()
    await page.getByRole('button', { name: 'Rollen speichern' }).click()
    await expect(page.getByRole('alert')).toHaveText('Mindestens ein aktives Konto muss die Rolle Administration behalten.')
    await page.keyboard.press('Escape')
    await page.reload()
    await page.getByText('Protokoll').click()
    await expect(page.getByRole('row', { name: /Erika Beispiel Zugang zurückgesetzt Ute Muster$/ })).toBeVisible()
    await expectAccessible(page)
  })
})
