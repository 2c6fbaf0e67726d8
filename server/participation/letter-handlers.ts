import { createHash } from 'node:crypto'
import type { Router } from 'express'
import { formatDay, today } from '../contract/dates.ts'
import { hasBrokenPlaceholder, placeholdersIn } from '../contract/letter-placeholders.ts'
import * as contract from '../contract/participation.ts'
import { demoNotice } from '../contract/text.ts'
import { keepAttachment } from '../database/attachments.ts'
import { renderPdf } from '../documents/render-pdf.ts'
import type { AppContext } from '../http/context.ts'
import { answered, handle } from '../http/handle.ts'
import { invalid } from '../http/problem.ts'
import { queueMail } from '../mail/outbox.ts'
import { draftReply } from './letter.ts'
import { blocksOf } from './letter-markdown.ts'
import { findLetters, insertLetter } from './letters.ts'
import { replyMail } from './mails.ts'
import { caseName } from './rules.ts'
import { requireCase } from './view.ts'

interface Text {
  subject: string
  body: string
}

/** The reply to the operator: draft, look, final. */
export function mountLetters(router: Router, context: AppContext): void {
  const { database, config, revisions } = context

  const render = ({ subject, body }: Text, name: string) =>
    renderPdf(
      {
        title: subject,
        subtitle: `${config.cityName}, ${formatDay(today(), 'de')}`,
        author: config.cityName,
        notice: revisions.isDemo() ? demoNotice : null,
        footer: [`Standortanfrage ${name}`],
        madeAt: new Date(),
        blocks: blocksOf(body),
      },
      config.publicBaseUrl,
    )

  handle(router, context, contract.draftLetter, ({ params: { id }, user }) =>
    draftReply(database, id, { cityName: config.cityName, coordinatorName: user.name }),
  )

  handle(router, context, contract.previewLetter, async ({ params: { id }, body, response }) => {
    const file = await requireCase(database, id)
    response.type('application/pdf').set('Content-Disposition', 'inline; filename="antwort-entwurf.pdf"')
    response.send(await render(body, caseName(file)))
    return answered
  })

  handle(router, context, contract.makeLetter, async ({ params: { id }, body, user }) => {
    refuseUnfilled(body)
    const file = await requireCase(database, id)
    const content = await render(body, caseName(file))
    const sha256 = createHash('sha256').update(content).digest('hex')
    const name = `antwort-${caseName(file).replaceAll(/[^\p{L}\p{N}.-]+/gu, '-')}-${today()}.pdf`
    const letterId = await database.transaction(async (trx) => {
      const attachmentId = await keepAttachment(trx, { name, mediaType: 'application/pdf', sha256, content }, user)
      const letter = { requestId: id, attachmentId, ...body, sentTo: body.sendTo, madeOn: today() }
      const made = await insertLetter(trx, letter, user)
      if (body.sendTo !== null) {
        const mail = replyMail(body.subject, user.name)
        await queueMail(trx, { key: `letter:${made}`, to: body.sendTo, ...mail, about: id, attachmentIds: [attachmentId] })
      }
      return made
    })
    const letters = await findLetters(database, id)
    return letters.find((letter) => letter.id === letterId) as contract.ReplyLetter
  })
}

/** A final letter has no gaps. Problem 422. */
function refuseUnfilled({ subject, body }: Text): void {
  const errors = Object.entries({ subject, body }).flatMap(([field, text]) => {
    const [name] = placeholdersIn(text)
    if (name === undefined && !hasBrokenPlaceholder(text)) return []
    const what = name === undefined ? 'eine offene Klammer {{' : `{{${name}}}`
    return [{ field, detail: `Hier ist noch ${what} auszufüllen.` }]
  })
  if (errors.length > 0) throw invalid(errors)
}
