import { rm } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { MailDetail } from '../../server/contract/mail.ts'
import { connect } from '../../server/database/connect.ts'
import { queueMail } from '../../server/mail/outbox.ts'
import { temporaryDirectory } from '../support/cluster.ts'
import { freePort, startProduct } from '../support/product.ts'
import { signIn } from '../support/sign-in.ts'
import { startSmtp } from '../support/smtp.ts'

test('killed between sending and marking, a mail is shown as uncertain and not sent again; one that still waited is sent', async () => {
  const [dataDirectory, port, smtp] = [await temporaryDirectory(), await freePort(), await startSmtp()]
  const settings = { SMTP_URL: smtp.url, MAIL_FROM: 'mobilfunk@stadt.example', SMTP_ENCRYPTION: 'if_offered' }
  let product = await startProduct(dataDirectory, port, settings)
  const { origin } = product
  const { database, close } = connect({ host: `${dataDirectory}/postgres-socket`, user: 'ausbauatlas', database: 'ausbauatlas' })
  try {
    const client = await signIn({ url: origin, context: { config: { publicBaseUrl: origin }, database } }, 'mobileCoordinator')
    const detail = async (id: number) => (await (await client.get(`/api/mails/${id}`)).json()) as MailDetail
    const queue = (key: string) =>
      database.transaction((trx) =>
        queueMail(trx, { key, to: `${key}@stadt.example`, subject: key, text: 'Guten Tag', about: 'q:1' }),
      )

    // The server takes the first mail and is slow to say so; the second one waits behind it.
    smtp.behave({ afterContent: 'hang' })
    const [first, second] = [await queue('first'), await queue('second')]
    await smtp.waitFor(1)
    expect([(await detail(first)).status, (await detail(second)).status]).toEqual(['sending', 'waiting'])
    await product.kill('SIGKILL')
    smtp.behave({})
    product = await startProduct(dataDirectory, port, settings)

    await smtp.waitFor(2)
    while ((await detail(second)).status !== 'sent') await sleep(20)
    const uncertain = await detail(first)
    expect(uncertain).toMatchObject({ status: 'uncertain', isCopyable: false })
    expect(uncertain.events.map(({ act }) => act)).toEqual(['lost'])
    expect(smtp.received.map(({ recipient }) => recipient)).toEqual(['first@stadt.example', 'second@stadt.example'])
    expect((await client.send('POST', `/api/mails/${first}/arrival`)).status).toBe(200)
    expect((await detail(first)).status).toBe('sent')
    expect(product.errors).toEqual([])
  } finally {
    await close()
    await product.kill('SIGTERM')
    await smtp.stop()
    await rm(dataDirectory, { recursive: true, force: true })
  }
}, 60_000)
