import type { Router } from 'express'
import type { Knex } from 'knex'
import { today } from '../contract/dates.ts'
import * as contract from '../contract/participation.ts'
import type { AppContext } from '../http/context.ts'
import { handle } from '../http/handle.ts'
import { authenticationSecret } from '../http/secret.ts'
import { extend, move, record, remind } from './acting.ts'
import { ask } from './asking.ts'
import { mountCalendar } from './calendar.ts'
import { readPlan } from './jobs.ts'
import { mountLetters } from './letter-handlers.ts'
import { findCases, findDeadlineRules, findReviews } from './queries.ts'
import { caseName, clocksOf, isOver } from './rules.ts'
import { mountStatements } from './statements.ts'
import { calendarOf, readParticipation, readReviews } from './view.ts'

/** Departments are asked, answer by link, are reminded; deadlines of cases; replies to operators. */
export function mountParticipation(router: Router, context: AppContext): void {
  mountReading(router, context)
  mountAsking(router, context)
  mountStatements(router, context)
  mountCalendar(router, context)
  mountLetters(router, context)
}

function mountReading(router: Router, context: AppContext): void {
  const { database } = context

  handle(router, context, contract.listDeadlines, async () => {
    const calendar = await calendarOf(database)
    const rules = await findDeadlineRules(database, calendar.today)
    const open = await findReviews(database, { isOpen: true })
    const cases = (await findCases(database)).filter((file) => !isOver(file))
    return {
      today: calendar.today,
      cases: cases.map((file) => ({
        requestId: file.id,
        clocks: clocksOf(file, rules, calendar),
        openReviews: open.filter(({ requestId }) => requestId === file.id).length,
      })),
    }
  })

  handle(router, context, contract.getParticipation, ({ params: { id } }) => readParticipation(database, id))

  handle(router, context, contract.getOutlook, async () => {
    const steps = await readPlan(database, await calendarOf(database))
    return {
      today: today(),
      steps: steps.map(({ on, kind, to, reviews }) => ({
        ...{ on, kind, to },
        reviews: reviews.map(({ review, file, dueOn }) => {
          const { id, requestId, departmentCode, silence } = review
          return { id, requestId, caseName: caseName(file), departmentCode, dueOn, silence }
        }),
      })),
    }
  })
}

function mountAsking(router: Router, context: AppContext): void {
  const { database, config } = context
  const secret = authenticationSecret(config)
  const reviewsOf = async (ids: readonly number[]) =>
    readReviews(database, await findReviews(database, { ids }), await calendarOf(database))
  /** Does something to a review and answers with what it is then. */
  const acting = async (id: number, act: (trx: Knex.Transaction) => Promise<void>) => {
    await database.transaction(act)
    const [review] = await reviewsOf([id])
    return { review: review as contract.Review }
  }

  handle(router, context, contract.askDepartments, async ({ params: { id }, body, user }) => ({
    reviews: await reviewsOf(await database.transaction((trx) => ask(trx, secret, id, body, user))),
  }))

  handle(router, context, contract.remindReview, ({ params: { id }, user }) => acting(id, (trx) => remind(trx, secret, id, user)))
  handle(router, context, contract.extendReview, ({ params: { id }, body, user }) =>
    acting(id, (trx) => extend(trx, secret, id, { ...body, by: user })),
  )
  handle(router, context, contract.moveReview, ({ params: { id }, body, user }) =>
    acting(id, (trx) => move(trx, secret, id, body, user)),
  )
  handle(router, context, contract.recordStatement, ({ params: { id }, body, user }) =>
    acting(id, (trx) => record(trx, id, body, user)),
  )
}
