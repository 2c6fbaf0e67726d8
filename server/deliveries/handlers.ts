import type { Router } from 'express'
import type { Knex } from 'knex'
import * as contract from '../contract/deliveries.ts'
import type { AppContext, SignedInUser } from '../http/context.ts'
import { answered, handle } from '../http/handle.ts'
import { conflict, invalid, notFound } from '../http/problem.ts'
import { tryPublication } from './effect.ts'
import { writeErrorList } from './error-list.ts'
import { deliveryFields } from './fields.ts'
import { receive } from './file.ts'
import { signatureOf } from './guess.ts'
import type { DeliveryJobs } from './jobs.ts'
import { mendRow } from './mend.ts'
import {
  findDeliveries,
  findDelivery,
  findDetail,
  findDifference,
  findReasons,
  findRows,
  findSenders,
  writeDecision,
} from './queries.ts'

const mostShown = 5000

/** The inbox: receive, say what it is, judge, decide, publish, send the rest back. */
export function mountDeliveries(router: Router, context: AppContext & { deliveryJobs: DeliveryJobs }): void {
  const { database, deliveryJobs: jobs } = context
  const known = async (id: number) => {
    const delivery = await findDelivery(database, id)
    if (!delivery) throw notFound('Die Lieferung')
    return delivery
  }

  handle(router, context, contract.listDeliveries, async () => ({
    deliveries: await findDeliveries(database),
    senders: await findSenders(database),
  }))

  handle(router, context, contract.receiveDelivery, async ({ query, request, user }) => {
    const id = await receive(database, request, { name: query.name, actor: user.id, actorName: user.name })
    jobs.wake(id)
    return known(id)
  })

  handle(router, context, contract.getDelivery, async ({ params }) => findDetail(database, await known(params.id)))

  handle(router, context, contract.mapDelivery, async ({ params, body }) => {
    const delivery = await known(params.id)
    if (!['mapping', 'review', 'failed'].includes(delivery.status))
      throw conflict('Die Lieferung kann gerade nicht neu zugeordnet werden.')
    const { tables } = await findDetail(database, delivery)
    const table = tables.find(({ name }) => name === body.table)
    if (!table) throw invalid([{ field: 'table', detail: 'Diese Tabelle gibt es in der Datei nicht.' }])
    refuseIncomplete(body, table)
    await database.transaction(async (trx) => {
      await trx('deliveries')
        .where('id', delivery.id)
        .update({ mapping: JSON.stringify(body), status: 'judging', progress: 0, problem: null })
      await trx('sender_mappings')
        .insert({ sender_name: body.senderName, signature: signatureOf(table as never), mapping: JSON.stringify(body) })
        .onConflict(['sender_name', 'signature'])
        .merge({ mapping: JSON.stringify(body), used_at: trx.fn.now() })
    })
    jobs.wake(delivery.id)
    return known(delivery.id)
  })

  handle(router, context, contract.cancelDelivery, async ({ params }) => {
    const { id } = await known(params.id)
    const cancelled = await database('deliveries')
      .where('id', id)
      .whereNotIn('status', ['publishing', 'published'])
      .update({ status: 'cancelled', progress: null })
    if (cancelled === 0) throw conflict('Eine veröffentlichte Lieferung lässt sich nicht abbrechen, nur rückgängig machen.')
    jobs.cancel(id)
    return known(id)
  })

  mountReview(router, context, known)
  mountPublication(router, context, known)
}

type Known = (id: number) => Promise<contract.Delivery>

function mountReview(router: Router, context: AppContext, known: Known): void {
  const { database } = context
  /** Decisions and publication exclude each other. What was left after a publication can still be decided on: then it is in review again. */
  const inReview = <Result>(id: number, work: (trx: Knex.Transaction) => Promise<Result>) =>
    database.transaction(async (trx) => {
      const delivery = await trx('deliveries').where('id', id).forUpdate().first('status')
      if (!delivery) throw notFound('Die Lieferung')
      if (!['review', 'published'].includes(delivery.status))
        throw conflict('Über diese Lieferung lässt sich gerade nicht entscheiden.')
      const result = await work(trx)
      if (delivery.status === 'published') await trx('deliveries').where('id', id).update({ status: 'review' })
      return result
    })

  handle(router, context, contract.listRows, async ({ params, query: { after, limit = 100, ...filter } }) => {
    const { id } = await known(params.id)
    const rows = await findRows(database, id, filter, { after, limit: limit + 1 })
    const page = rows.slice(0, limit)
    return {
      rows: page,
      next: rows.length > limit ? (page.at(-1)?.row ?? null) : null,
      reasons: await findReasons(database, id, filter),
    }
  })

  handle(router, context, contract.decideRows, async ({ params, body }) => {
    if (!body.rows && !body.judgement) throw invalid([{ field: 'rows', detail: 'Bitte nennen Sie Zeilen oder eine Gruppe.' }])
    await inReview(params.id, (trx) => writeDecision(trx, params.id, body))
    return known(params.id)
  })

  handle(router, context, contract.mendRow, async ({ params, body }) => {
    await inReview(params.id, (trx) => mendRow(trx, params.id, params.row, body))
    const [row] = await findRows(database, params.id, {}, { limit: 1, row: params.row })
    if (!row) throw notFound('Die Zeile')
    return row
  })

  handle(router, context, contract.getDifference, async ({ params }) =>
    findDifference(database, (await known(params.id)).id, mostShown),
  )
}

function mountPublication(router: Router, context: AppContext & { deliveryJobs: DeliveryJobs }, known: Known): void {
  const { database, deliveryJobs: jobs } = context
  const mapped = async (id: number) => {
    const { mapping } = await findDetail(database, await known(id))
    if (mapping === null) throw conflict('Die Lieferung ist noch nicht zugeordnet.')
    return mapping
  }

  handle(router, context, contract.previewDelivery, async ({ params, user }) =>
    tryPublication(database, { id: params.id, mapping: await mapped(params.id), actor: user }),
  )

  handle(router, context, contract.publishDelivery, async ({ params, body, user }) => {
    await mapped(params.id)
    await ask(params.id, body.releaseFigures, user)
    jobs.wake(params.id)
    return known(params.id)
  })

  /** Two people at once: only one of them finds the delivery still in review. */
  async function ask(id: number, releaseFigures: boolean, { id: actor, name }: SignedInUser): Promise<void> {
    const asked = await database('deliveries')
      .where({ id, status: 'review' })
      .update({
        status: 'publishing',
        release_figures: releaseFigures,
        publisher: JSON.stringify({ id: actor, name }),
        problem: null,
      })
    if (asked === 0)
      throw conflict('Die Lieferung ist nicht bereit zur Veröffentlichung, oder jemand anderes veröffentlicht sie gerade.')
  }

  handle(router, context, contract.errorList, async ({ params, response }) => {
    const delivery = await known(params.id)
    const { tables, mapping } = await findDetail(database, delivery)
    const table = tables.find(({ name }) => name === mapping?.table) ?? tables[0]
    const file = await writeErrorList(database, delivery.id, table?.columns.map(({ name }) => name) ?? [])
    response.attachment(`beanstandungen-${delivery.fileName.replace(/\.[^.]*$/, '')}.xlsx`)
    response.type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet').send(file)
    return answered
  })
}

/** Required fields need a column or a value for all rows; a table without CRS needs one. */
function refuseIncomplete(mapping: contract.Mapping, table: contract.DeliveryTable): void {
  const names = new Set(table.columns.map(({ name }) => name))
  const fields = deliveryFields[mapping.kind]
  const missing = fields
    .filter(({ name, isRequired }) => isRequired && !mapping.columns[name] && !mapping.defaults[name])
    .map(({ name, label }) => ({ field: `columns.${name}`, detail: `Bitte sagen Sie, in welcher Spalte „${label}“ steht.` }))
  const wrong = Object.entries(mapping.columns)
    .filter(([name, column]) => !names.has(column) || !fields.some((field) => field.name === name))
    .map(([name, column]) => ({ field: `columns.${name}`, detail: `Die Spalte „${column}“ passt hier nicht.` }))
  const crs = table.needsCrs && mapping.crs === null ? [{ field: 'crs', detail: 'Bitte wählen Sie das Koordinatensystem.' }] : []
  const errors = [...missing, ...wrong, ...crs]
  if (errors.length > 0) throw invalid(errors)
}
