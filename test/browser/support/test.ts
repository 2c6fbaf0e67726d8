import { AxeBuilder } from '@axe-core/playwright'
import { type BrowserContextOptions, test as base, expect, type Page } from '@playwright/test'
import type { Role } from '../../../server/contract/endpoint.ts'
import { type Accounts, accountsOf } from './accounts.ts'
import { type RunningServer, startServer } from './server.ts'
import { type Watch, watchPages } from './watch.ts'

export { expect } from '@playwright/test'

interface Installation {
  server: RunningServer
  accounts: Accounts
}

interface SignInOptions extends BrowserContextOptions {
  /** Tells two people with the same role apart; also the first part of the shown name. */
  name?: string
}

interface Wish {
  environment: Readonly<Record<string, string>>
  hasDemo: boolean
}

const sharedName = 'read only'

interface Fixtures {
  /** Configuration of the product beyond the fixtures' own; the same in a whole spec file. */
  environment: Readonly<Record<string, string>>
  /** With the invented premises, network and deliveries of `npm run demo`; the same in a whole spec file. */
  hasDemo: boolean
  /** The tests of this spec file change nothing that others of the kind see: one server does for all of them. */
  isReadOnly: boolean
  installation: Installation
  /** The freshly started server of this spec file, with the published facts. */
  server: RunningServer
  /** Complaints of all pages; checked after each test. */
  watch: Watch
  /** A page of its own browser context, signed in with this role (or these roles). */
  signIn: (role: Role | readonly Role[], options?: SignInOptions) => Promise<Page>
  /** A page of its own browser context that nobody is signed in on. */
  openPublic: (options?: BrowserContextOptions) => Promise<Page>
}

interface WorkerFixtures {
  /** The installation of this name; of those that belong to one spec file only the latest runs. */
  installationFor: (name: string, wish: Wish) => Promise<Installation>
}

/** The browser tests' own `test`: `page` is nobody's, `signIn('admin')` opens another one. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  installationFor: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the wanted fixtures from the pattern.
    async ({}, use) => {
      const running = new Map<string, Installation>()
      const stopAll = async (keep?: string) => {
        for (const [name, { server }] of running)
          if (name !== keep) {
            running.delete(name)
            await server.stop()
          }
      }
      await use(async (name, { environment, hasDemo }) => {
        const known = running.get(name)
        if (known) return known
        await stopAll(sharedName)
        const server = await startServer(environment)
        const installation = { server, accounts: accountsOf(server) }
        running.set(name, installation)
        if (hasDemo) await server.demo('add')
        return installation
      })
      await stopAll()
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  environment: [{}, { option: true }],
  hasDemo: [false, { option: true }],
  isReadOnly: [false, { option: true }],
  installation: [
    async ({ installationFor, environment, hasDemo, isReadOnly }, use, testInfo) => {
      await use(await installationFor(isReadOnly ? sharedName : testInfo.file, { environment, hasDemo }))
    },
    { timeout: 90_000 },
  ],
  server: async ({ installation }, use) => {
    await use(installation.server)
  },
  baseURL: async ({ server }, use) => {
    await use(server.baseUrl)
  },
  watch: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the wanted fixtures from the pattern.
    async ({}, use) => {
      const watch = watchPages()
      await use(watch)
      watch.check()
    },
    { auto: true },
  ],
  page: async ({ page, watch }, use) => {
    watch.follow(page)
    await use(page)
  },
  openPublic: async ({ browser, server, watch, contextOptions, viewport }, use) => {
    const contexts: { close: () => Promise<void> }[] = []
    await use(async (options) => {
      const context = await browser.newContext({
        ...contextOptions,
        viewport,
        baseURL: server.baseUrl,
        locale: 'de-DE',
        ...options,
      })
      contexts.push(context)
      const page = await context.newPage()
      watch.follow(page)
      return page
    })
    for (const context of contexts) await context.close()
  },
  signIn: async ({ openPublic, installation }, use) => {
    await use(async (role, { name, ...options } = {}) => {
      const roles = typeof role === 'string' ? [role] : role
      const storageState = await installation.accounts.signedIn(roles, name ?? roles.join('-'))
      return openPublic({ ...options, storageState })
    })
  },
})

/** No finding of axe (WCAG 2.2 A and AA, best practices) in light and dark. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    // Pages without a script follow the browser by themselves.
    const themed = page.locator('html[data-kern-theme]')
    if (await themed.count()) await expect(themed).toHaveAttribute('data-kern-theme', colorScheme)
    // Only what is wrong is told in full, and no second page is opened to gather it: three times as fast, the same findings.
    const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] })
    const { violations } = await axe.analyze()
    const findings = violations.map(({ id, help, nodes }) => ({
      id,
      help,
      where: nodes.map((node) => `${node.target}: ${node.failureSummary}`),
    }))
    expect.soft(findings, `axe, ${colorScheme}, ${page.url()}`).toEqual([])
  }
  await page.emulateMedia({ colorScheme: 'light' })
}

/** Nothing makes the page wider than the window. */
export async function expectNoSideScroll(page: Page): Promise<void> {
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect.soft(overflow, `horizontal overflow in px, ${page.url()}`).toBeLessThanOrEqual(0)
}
