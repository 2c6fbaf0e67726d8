import { randomUUID } from 'node:crypto'
import type { Router } from 'express'
import { formatMoment } from '../contract/dates.ts'
import * as contract from '../contract/mail.ts'
import type { AppContext } from '../http/context.ts'
import { handle } from '../http/handle.ts'
import { conflict, notFound } from '../http/problem.ts'
import { authenticationSecret } from '../http/secret.ts'
import { addressOfLink } from './links.ts'
import { queueMail } from './outbox.ts'
import { type Decision, decide, findMail, findMailState, findMails } from './queries.ts'

const defaultLimit = 50

/** The outbox: what waits, what became of it, and what people decide. */
export function mountMail(router: Router, context: AppContext): void {
  const { config, database } = context
  const { smtp, publicBaseUrl } = config
  const hasServer = smtp !== undefined
  const links = { secret: authenticationSecret(config), publicBaseUrl }

  const read = async (id: number): Promise<contract.MailDetail> => {
    const mail = await findMail(database, hasServer, (linkId) => addressOfLink(database, links, linkId), id)
    if (!mail) throw notFound('Die Mail')
    return mail
  }
  const settle = async (id: number, decision: Decision): Promise<contract.MailDetail> => {
    if (!(await decide(database, id, decision))) throw elsewhere(await read(id))
    return read(id)
  }

  handle(router, context, contract.listMails, async ({ query: { limit = defaultLimit, ...filter } }) => {
    const found = await findMails(database, hasServer, filter, limit + 1)
    const mails = found.slice(0, limit)
    return { mails, next: found.length > limit ? (mails.at(-1)?.id ?? null) : null }
  })

  handle(router, context, contract.getMailState, async () => {
    const state = await findMailState(database, hasServer)
    return { server: smtp ? { host: smtp.host, from: smtp.from } : null, ...state }
  })

  handle(router, context, contract.getMail, ({ params }) => read(params.id))

  handle(router, context, contract.sendMailAgain, async ({ params, body: { to: recipient }, user }) => {
    const before = await read(params.id)
    if (recipient === undefined || recipient === before.to)
      return settle(params.id, { from: ['waiting', 'failed', 'uncertain'], to: 'waiting', act: 'sent_again', by: user })
    const detail = `Bisher: ${before.to}`
    return settle(params.id, { from: ['failed'], to: 'waiting', act: 'corrected', by: user, recipient, detail })
  })

  handle(router, context, contract.confirmMailArrived, ({ params, user }) =>
    settle(params.id, { from: ['uncertain'], to: 'sent', act: 'arrived', by: user }),
  )

  handle(router, context, contract.markMailCopied, async ({ params, user }) => {
    const before = await read(params.id)
    if (!before.isCopyable) throw elsewhere(before)
    return settle(params.id, { from: [before.status], to: 'copied', act: 'copied', by: user })
  })

  handle(router, context, contract.sendTestMail, async ({ body, user }) => {
    if (!hasServer) throw conflict('Es ist kein Mailserver eingerichtet: Es gibt noch nichts zu erproben.')
    const text = `Diese Mail hat ${user.name} am ${formatMoment(new Date().toISOString(), 'de')} im Postausgang des Ausbauatlas veranlasst.\n\nWenn Sie sie lesen, ist der Versand richtig eingerichtet. Sie brauchen nichts zu tun.\n`
    const mail = { key: `test:${randomUUID()}`, to: body.to, subject: 'Probemail des Ausbauatlas', text, about: 'test' }
    return read(await database.transaction((trx) => queueMail(trx, mail)))
  })
}

/** 409: somebody, or the mail server, was faster. */
function elsewhere({ status }: contract.MailDetail) {
  const label = contract.mailStatuses.labels[status].de
  return conflict(`Das geht mit dieser Mail nicht (mehr). Ihr Zustand ist jetzt: ${label}.`)
}
