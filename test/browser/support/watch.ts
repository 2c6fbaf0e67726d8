import { expect, type Page } from '@playwright/test'

/** Everything a page complained about: console errors, uncaught exceptions, violations of the content security policy. */
export interface Watch {
  follow: (page: Page) => void
  /** A complaint that belongs to the story, e.g. the 412 that the browser itself writes to the console. */
  expectComplaint: (pattern: RegExp) => void
  check: () => void
}

export function watchPages(): Watch {
  const complaints: string[] = []
  const expected: RegExp[] = []
  return {
    follow: (page) => {
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(`${message.text()} (${message.location().url})`)
      })
      page.on('pageerror', (error) => complaints.push(`uncaught: ${error.stack ?? error.message}`))
    },
    expectComplaint: (pattern) => expected.push(pattern),
    check: () => {
      const unexpected = complaints.filter((complaint) => !expected.some((pattern) => pattern.test(complaint)))
      expect(unexpected, 'console errors, exceptions or violations of the content security policy').toEqual([])
    },
  }
}
