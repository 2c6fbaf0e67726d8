import { expect, test } from 'vitest'
import { isCopyable, judgeFailure, pauseFactor, plain, type SmtpError } from '../../server/mail/rules.ts'

const kindOf = (error: Omit<SmtpError, 'message'>, wasHandedOver = false) =>
  judgeFailure({ message: 'said', ...error }, wasHandedOver).kind

test('pauses grow and stay at an hour for a first pause of a minute', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 500].map(pauseFactor)).toEqual([1, 2, 5, 15, 30, 60, 60, 60])
})

test('a refusal for good is one only for this recipient or content', () => {
  expect(kindOf({ code: 'EENVELOPE', command: 'RCPT TO', responseCode: 550 })).toBe('refused')
  expect(kindOf({ code: 'EMESSAGE', command: 'DATA', responseCode: 554 }, true)).toBe('refused')
  expect(kindOf({ code: 'EENVELOPE', command: 'RCPT TO', responseCode: 451 })).toBe('deferred')
  expect(kindOf({ code: 'EMESSAGE', command: 'DATA', responseCode: 452 }, true)).toBe('deferred')
  expect(kindOf({ code: 'EMESSAGE', command: 'MAIL FROM' })).toBe('refused')
})

test('what would meet every mail is the server, however final it sounds', () => {
  expect(kindOf({ code: 'EENVELOPE', command: 'MAIL FROM', responseCode: 550 })).toBe('unreachable')
  expect(kindOf({ code: 'EAUTH', command: 'AUTH PLAIN', responseCode: 535 })).toBe('unreachable')
  expect(kindOf({ code: 'EPROTOCOL', command: 'CONN', responseCode: 554 })).toBe('unreachable')
  expect(kindOf({ code: 'EENVELOPE', command: 'RCPT TO', responseCode: 421 })).toBe('unreachable')
  for (const code of ['ESOCKET', 'ETIMEDOUT', 'EDNS', 'ETLS', 'ECONNECTION'])
    expect(kindOf({ code, command: 'CONN' })).toBe('unreachable')
})

test('without an answer after the content nobody knows; with one, whatever it says, the server has not taken it', () => {
  for (const code of ['ESOCKET', 'ETIMEDOUT', 'ECONNECTION', 'ESTOPPED'])
    expect(kindOf({ code, command: 'CONN' }, true)).toBe('lost')
  expect(kindOf({ code: 'ECONNECTION', command: 'CONN', responseCode: 421 }, true)).toBe('deferred')
})

test('the words say what happened in German and keep what the server said, on one line', () => {
  expect(judgeFailure({ message: 'm', code: 'ESOCKET', originalCode: 'ECONNREFUSED' }, false).answer).toBe(
    'Der Mailserver nimmt keine Verbindung an. (m)',
  )
  const { answer } = judgeFailure(
    { message: 'm', code: 'EENVELOPE', responseCode: 550, response: `550-No\n550 ${'x'.repeat(999)}` },
    false,
  )
  expect(answer).toMatch(/^Der Mailserver nimmt die Mail nicht an\. \(550-No 550 x+\)$/)
  expect(answer.length).toBeLessThan(400)
  // PostgreSQL keeps no NUL and no half of a pair.
  expect(plain(' 250\0 OK\r\n\ud800 ')).toBe('250 OK \ufffd')
})

test('a mail is copied by hand when the server refused it, or when nothing else sends it', () => {
  expect(isCopyable({ status: 'failed', attempts: 1 }, true)).toBe(true)
  expect(isCopyable({ status: 'waiting', attempts: 0 }, true)).toBe(false)
  expect(isCopyable({ status: 'waiting', attempts: 1 }, true)).toBe(true)
  expect(isCopyable({ status: 'waiting', attempts: 0 }, false)).toBe(true)
  for (const status of ['sending', 'uncertain', 'sent', 'copied'] as const)
    expect(isCopyable({ status, attempts: 1 }, false)).toBe(false)
})
