import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** Where to write a report for machines, besides the one for people. */
const report = process.env.VITEST_REPORT

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    // A test file is busy half of the time and waits for PostgreSQL in the other half.
    maxWorkers: '100%',
    reporters: report ? ['default', ['json', { outputFile: report }]] : ['default'],
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.test.ts'], testTimeout: 60_000 } },
      {
        test: {
          name: 'database',
          include: ['test/database/**/*.test.ts'],
          globalSetup: 'test/support/cluster.ts',
          setupFiles: 'test/support/quiet-log.ts',
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
      {
        // Real GDAL against the real server; run by `npm run test:gdal`, since not every machine has it.
        test: {
          name: 'gdal',
          include: ['test/gdal/**/*.test.ts'],
          globalSetup: 'test/support/cluster.ts',
          setupFiles: 'test/support/quiet-log.ts',
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
