import { defineConfig } from '@playwright/test'

const report = process.env.PLAYWRIGHT_REPORT

/** Whole stories on the built app (`npm run test:browser` builds first); each spec file gets a server of its own. */
export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  workers: 1,
  // A second try on the check machine, told as flaky in the report; at one's own desk a test holds at once.
  retries: process.env.CI ? 1 : 0,
  timeout: 60_000,
  // Longer than anything takes: a busy machine is no failure.
  expect: { timeout: 15_000 },
  forbidOnly: true,
  outputDir: '../../test-results',
  reporter: report ? [['list'], ['json', { outputFile: report }]] : [['list']],
  use: {
    browserName: 'chromium',
    locale: 'de-DE',
    timezoneId: 'Europe/Berlin',
    viewport: { width: 1440, height: 900 },
    // Recording every test takes half as long again; at one's own desk `--trace on` shows what went wrong.
    trace: 'on-first-retry',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-quic',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--enable-unsafe-swiftshader',
      ],
    },
  },
})
