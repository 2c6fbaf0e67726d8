import { expectMapDrawn } from './support/map.ts'
import { expect, expectAccessible, expectNoSideScroll, test } from './support/test.ts'

const paths = [
  '/',
  '/?ansicht=tabelle',
  '/stadtteil/opladen',
  '/stadtteil/bergisch-neukirchen',
  '/programm/breitband',
  '/programm/friedenstal',
  '/programm/mobilfunk',
  '/seite/barrierefreiheit',
  '/seite/leichte-sprache',
  '/seite/datenschutz',
  '/seite/impressum',
  '/seite/ueber',
  '/kontakt',
  '/gibt-es-nicht',
]

const inEnglish = (path: string) => `${path}${path.includes('?') ? '&' : '?'}sprache=en`

for (const path of paths) {
  for (const [language, address] of [
    ['de', path],
    ['en', inEnglish(path)],
  ] as const) {
    test(`${address} asks nobody else, leaves nothing behind and fits the window`, async ({ page, server, watch }) => {
      if (path === '/gibt-es-nicht') watch.expectComplaint(/404 \(Not Found\)/)
      const hosts = new Set<string>()
      const cookies: string[] = []
      page.on('request', (request) => {
        const { protocol, origin } = new URL(request.url())
        if (protocol !== 'data:' && protocol !== 'blob:') hosts.add(origin)
      })
      page.on('response', async (response) => {
        const cookie = await response.headerValue('set-cookie').catch(() => null)
        if (cookie) cookies.push(`${response.url()}: ${cookie}`)
      })
      await page.goto(address)
      await expect(page.locator('html')).toHaveAttribute('lang', language)
      await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('…')
      await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
      if (!path.includes('tabelle')) await expectMapDrawn(page)

      await expectNoSideScroll(page)
      // The German pages go through axe in portal-pages.spec.ts.
      if (language === 'en') await expectAccessible(page)
      await page.setViewportSize({ width: 320, height: 640 })
      await expectNoSideScroll(page)

      expect([...hosts], 'hosts asked').toEqual([server.baseUrl])
      expect(cookies, 'Set-Cookie').toEqual([])
      expect(await page.context().cookies()).toEqual([])
      expect(await page.evaluate(() => localStorage.length + sessionStorage.length), 'things stored').toBe(0)
    })
  }
}
