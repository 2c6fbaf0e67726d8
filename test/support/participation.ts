import type { Participation, Review } from '../../server/contract/participation.ts'
import type { StatementSheet, StatementSheets } from '../../server/contract/statements.ts'
import { authenticationSecret } from '../../server/http/secret.ts'
import { addressOfLink } from '../../server/mail/links.ts'
import type { TestApp } from './app.ts'
import { body, read, staff } from './facts.ts'
import { letter, mast, mobileDesk } from './mobile.ts'
import { client } from './sign-in.ts'

export interface QueuedMail {
  key: string
  recipient: string
  subject: string
  body: string
  linkId: number | null
  attachmentIds: number[]
}

/** The desk with a case, its candidate, and departments that can be written to; and what a reviewer does with a link. */
export async function participationDesk(app: TestApp) {
  const { database, config } = app.context
  const secret = authenticationSecret(config)
  const desk = await mobileDesk(app)
  const coordinator = await staff(app, 'mobileCoordinator')
  const say = (slug: string, content: Record<string, unknown>) => coordinator.record('department', slug, { content })
  await say('fb-63', { email: 'bauaufsicht@stadt.test', deputyName: 'Vertretung Bau', deputyEmail: 'vertretung@stadt.test' })
  await say('fb-61', { email: 'planung@stadt.test', escalationEmail: 'leitung@stadt.test', silence: 'counts_as_agreed' })
  const secrets = { contactName: 'Geheimkontakt', contactEmail: 'geheim@betreiber.test', note: 'Geheimnotiz' }
  const { id: requestId } = await desk.create('site_request', { ...letter, receivedOn: daysFromNow(-5), ...secrets })
  const { id: candidateId } = await desk.create('site_candidate', { ...mast, requestId, score: 73, note: 'Geheimnotiz' })

  const asking = (departments: readonly string[], more: Record<string, unknown> = {}, id = requestId) =>
    coordinator.send('POST', `/api/participation/requests/${id}/reviews`, {
      departments: departments.map((departmentId) => ({ departmentId, question: 'Bestehen Bedenken?' })),
      ...{ candidateId: null, dueOn: daysFromNow(20), via: 'mail', attachmentIds: [], ...more },
    })
  const mails = (like = '%'): Promise<QueuedMail[]> =>
    database('mails')
      .where('key', 'like', like)
      .orderBy('id')
      .select({ key: 'key', recipient: 'recipient', subject: 'subject', body: 'body' })
      .select({ linkId: 'link_id', attachmentIds: 'attachment_ids' })
  const reviewer = client(app)
  const post = (path: string, sent: unknown) => reviewer.send('POST', `/api/statement/${path}`, sent)

  return {
    ...{ desk, coordinator, requestId, candidateId, database, secret, asking, mails, post, reviewer, say },
    ask: async (...input: Parameters<typeof asking>) => (await body<{ reviews: Review[] }>(await asking(...input))).reviews,
    view: (id = requestId) => read<Participation>(coordinator, `/api/participation/requests/${id}`),
    act: (id: number, what: string, sent: unknown = {}) =>
      coordinator.send('POST', `/api/participation/reviews/${id}/${what}`, sent),
    /** The secret part of the link in a queued mail, as its recipient sees it. */
    token: async (like: string) => {
      const [mail] = await mails(like)
      const address = await addressOfLink(database, { secret, publicBaseUrl: config.publicBaseUrl }, mail?.linkId ?? 0)
      return address?.split('#')[1] ?? ''
    },
    open: async (token: string) => (await body<StatementSheets>(await post('open', { token }))).sheets[0] as StatementSheet,
    answer: (token: string, reviewId: number, said: Record<string, unknown> = {}) =>
      post('answer', {
        ...{ token, reviewId, opinion: 'agreed', conditions: null, remark: null, givenBy: 'Frau Bau', attachmentIds: [] },
        ...said,
      }),
  }
}

/** The day so many days from today, in Germany. */
export function daysFromNow(days: number): string {
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin', dateStyle: 'short' })
  return day.format(new Date(Date.now() + days * 86_400_000))
}
