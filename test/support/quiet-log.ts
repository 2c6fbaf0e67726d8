import { beforeEach } from 'vitest'
import { flushLog, logTo } from '../../server/http/log.ts'

/** The product's log is shown for tests that fail only. */
beforeEach(({ onTestFailed }) => {
  let written = ''
  logTo((text) => {
    written += text
  })
  onTestFailed(() => {
    flushLog()
    process.stderr.write(written)
  })
})
