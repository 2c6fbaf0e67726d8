import { randomUUID } from 'node:crypto'
import type { RequestHandler } from 'express'

/** error = a human must act; warn = the product helped itself; info = for the record. */
export type Level = 'info' | 'warn' | 'error'

const flushMs = 50
let write = (text: string): void => void process.stdout.write(text)
let lines = ''
let timer: NodeJS.Timeout | undefined

/** Writes one JSON line to stdout. Never pass addresses, names, tokens or search texts. */
export function log(level: Level, event: string, fields: Record<string, unknown> = {}): void {
  lines += `${JSON.stringify({ time: new Date().toISOString(), level, event, ...fields })}\n`
  // Lines are written together: one system call per request would cost more than answering it.
  if (level === 'error') flushLog()
  else timer ??= setTimeout(flushLog, flushMs).unref()
}

/** Writes what is still waiting; to be called before the process ends. */
export function flushLog(): void {
  clearTimeout(timer)
  timer = undefined
  if (lines) write(lines)
  lines = ''
}

/** Sends all further lines elsewhere than to stdout. */
export function logTo(destination: (text: string) => void): void {
  write = destination
}

process.once('exit', flushLog)

/** One line per request: method, path without query, status, duration; the id is also in the answer's X-Request-Id. */
export function logRequests(): RequestHandler {
  return (request, response, next) => {
    const startedAt = performance.now()
    const id = randomUUID()
    response.setHeader('X-Request-Id', id)
    response.once('close', () => {
      const path = loggedPath(request.originalUrl)
      if (path.startsWith('/health/') && response.statusCode === 200) return
      const durationMs = Math.round((performance.now() - startedAt) * 10) / 10
      const status = response.writableFinished ? response.statusCode : 'aborted'
      log('info', 'request', { id, method: request.method, path, status, durationMs })
    })
    next()
  }
}

/** The path as it may be kept: no query (it may hold an address or a token) and no segment that looks like a token. */
export function loggedPath(url: string): string {
  const path = url.split('?', 1)[0] ?? ''
  return path
    .split('/')
    .map((segment) => (/^(?=.*\d)[\w-]{20,}$|[\w-]{40}/.test(segment) ? '…' : segment))
    .join('/')
}

/** Logs an error nobody expected, with its stack; `request` is the id of the request it happened in. */
export function logError(error: unknown, request?: string): void {
  log('error', 'unexpected error', { request, ...errorFields(error) })
}

function errorFields(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: String(error) }
  const { code, table, constraint, severity } = error as Error & Record<string, unknown>
  // PostgreSQL quotes the offending value at the end of its messages; it may be someone's name or address.
  const stack = severity ? error.stack?.replace(/: ".*?"$/ms, ': …') : error.stack
  return { code, table, constraint, stack, cause: error.cause ? errorFields(error.cause) : undefined }
}
