import { expect, test } from 'vitest'
import { flushLog, log, logError, loggedPath, logTo } from '../../server/http/log.ts'

let text = ''
logTo((lines) => {
  text += lines
})

function written(): Record<string, unknown>[] {
  flushLog()
  const lines = text.trim().split('\n')
  text = ''
  return lines.map((line) => JSON.parse(line))
}

test('every entry is one line of JSON with its time', () => {
  log('info', 'started', { text: 'two\nlines' })
  log('warn', 'again')
  expect(written()).toMatchObject([
    { level: 'info', event: 'started', text: 'two\nlines' },
    { level: 'warn', event: 'again' },
  ])
})

test('a path is logged without its query, which may hold an address', () => {
  expect(loggedPath('/api/search?q=Hauptstra%C3%9Fe%201')).toBe('/api/search')
})

test('a part of a path that looks like a token is not logged, a name is', () => {
  expect(loggedPath('/einladung/Zk3vX0a91lPq7RtYw2uB')).toBe('/einladung/…')
  expect(loggedPath(`/kalender/AAAAAAABAABqAbCd.${'aBcDeFgHiJ'.repeat(4)}KlM.ics`)).toBe('/kalender/…')
  expect(loggedPath('/stadtteil/bergisch-neukirchen')).toBe('/stadtteil/bergisch-neukirchen')
  expect(loggedPath('/seite/erklaerung-zur-barrierefreiheit')).toBe('/seite/erklaerung-zur-barrierefreiheit')
})

test('a value that PostgreSQL quotes in its error stays out of the log', () => {
  const error = Object.assign(new Error('select $1 - invalid input syntax for type integer: "Hauptstraße 5"'), {
    severity: 'ERROR',
    code: '22P02',
    detail: 'Key (name)=(Erika Mustermann) already exists.',
  })
  logError(error, 'the-request')
  const [entry] = written()
  expect(entry).toMatchObject({ level: 'error', request: 'the-request', code: '22P02' })
  expect(JSON.stringify(entry)).not.toMatch(/Hauptstraße|Mustermann/)
})
