import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server'

/** A mail the server has taken, as a mail program reads it, and to whom the envelope said it goes. */
export interface ReceivedMail extends Email {
  recipient: string
}

/** What the server does with the next mails. A refusal is its reply, e.g. `{ recipient: [450, 'Bitte später'] }`. */
export interface SmtpBehaviour {
  /** Reply to each recipient; null: accepted. */
  recipient?: [code: number, text: string] | null
  /** Reply to the content. */
  content?: [code: number, text: string] | null
  /** Takes the content, keeps it, and never says so: the connection stays open (hang) or breaks (drop). */
  afterContent?: 'hang' | 'drop' | null
  /** Refuses this password; null: any is right. */
  password?: string | null
}

/** A real mail server on the loopback. */
export interface TestSmtp {
  /** For SMTP_URL; carries user and password. */
  url: string
  port: number
  /** Everything taken, in order. */
  received: ReceivedMail[]
  behave(behaviour: SmtpBehaviour): void
  /** Waits for that many mails altogether and returns them. */
  waitFor(count: number): Promise<ReceivedMail[]>
  /** Stops listening and breaks what is open. */
  stop(): Promise<void>
  /** Listens on the same port again. */
  start(): Promise<void>
}

const patienceMs = 15_000

/** Starts a mail server; stop it in the end. With `tls` it offers STARTTLS with a certificate nobody trusts, otherwise no encryption. */
export async function startSmtp({ tls = false, port = 0 } = {}): Promise<TestSmtp> {
  const received: ReceivedMail[] = []
  let behaviour: SmtpBehaviour = {}
  let server: SMTPServer | undefined

  const takeContent = async (stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> => {
    const content = await buffer(stream)
    if (behaviour.content) throw refusal(behaviour.content)
    const mail = await PostalMime.parse(content)
    received.push({ ...mail, recipient: session.envelope.rcptTo.map(({ address }) => address).join() })
    if (behaviour.afterContent === 'drop') for (const { _socket } of server?.connections ?? []) _socket.destroy()
    if (behaviour.afterContent) await new Promise(() => undefined)
  }
  const smtp: TestSmtp = {
    url: '',
    port,
    received,
    behave: (next) => {
      behaviour = next
    },
    waitFor: async (count) => {
      for (const giveUpAt = Date.now() + patienceMs; received.length < count; await sleep(10)) {
        if (Date.now() > giveUpAt) throw new Error(`${received.length} of ${count} mails came`)
      }
      return received
    },
    start: async () => {
      server = new SMTPServer({
        authOptional: true,
        allowInsecureAuth: true,
        closeTimeout: 1,
        logger: false,
        ...(!tls && { disabledCommands: ['STARTTLS'] }),
        onAuth: ({ username, password }, _session, done) => {
          const isWrong = typeof behaviour.password === 'string' && password !== behaviour.password
          done(isWrong ? refusal([535, 'Anmeldung abgelehnt']) : null, isWrong ? undefined : { user: username ?? '' })
        },
        onRcptTo: (_address, _session, done) => done(behaviour.recipient ? refusal(behaviour.recipient) : null),
        onData: (stream, session, done) => void takeContent(stream, session).then(() => done(null), done),
      })
      server.on('error', () => undefined)
      const listening = server.listen(smtp.port, '127.0.0.1')
      await once(listening, 'listening')
      smtp.port = (listening.address() as AddressInfo).port
      smtp.url = `smtp://atlas:geheim@127.0.0.1:${smtp.port}`
    },
    stop: async () => {
      const stopping = server
      server = undefined
      if (stopping) await new Promise<void>((resolve) => stopping.close(() => resolve()))
    },
  }
  await smtp.start()
  return smtp
}

function refusal([responseCode, text]: [number, string]): Error {
  return Object.assign(new Error(text), { responseCode })
}
