import { beforeEach } from 'vitest'
import { flushLog, logTo } from '../../server/http/log.ts'

let written = ''
logTo((text) => {
  written += text
})

/** The product's log is shown for tests that fail only. */
beforeEach(({ onTestFailed }) => {
  written = ''
  onTestFailed(() => {
    flushLog()
    process.stderr.write(written)
  })
})
