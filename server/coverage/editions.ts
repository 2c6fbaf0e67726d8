import type { Knex } from 'knex'
import type { CoverageEdition, CoverageFound, CoverageWish } from '../contract/coverage.ts'
import { coverageDatasets } from '../contract/coverage-codes.ts'
import { earliest, formatImpreciseDate, latest, today } from '../contract/dates.ts'
import { change } from '../database/change.ts'
import { findOrCreateSource } from '../database/sources.ts'
import type { SignedInUser } from '../http/context.ts'
import { conflict, type FieldError, invalid, notFound } from '../http/problem.ts'
import { allowLongWork, forgetFound, rowsOf } from './queries.ts'

const editionSql = `select e.id, e.dataset, e.method, e.title, e.true_on as "trueOn", e.attribution, e.method_note as "methodNote",
    e.method_break as "methodBreak", json_build_object('citation', s.citation, 'url', s.url) as source, e.known_from as "knownFrom",
    e.change_id as "changeId",
    (select coalesce(json_agg(json_build_object('operator', p.operator, 'technology', p.technology) order by p.operator, p.technology), '[]')
      from coverage_parts p where p.edition_id = e.id) as parts,
    (e.statistics ->> 'cells')::integer as cells,
    (select json_build_object('reason', w.reason, 'knownFrom', w.known_from) from (
      select w.* from coverage_withdrawals w where w.edition_id = e.id order by w.change_id desc limit 1) w where w.is_withdrawn) as withdrawn
  from coverage_editions e join sources s on s.id = e.source_id`

const latestFirst = 'order by e.holds_from desc, e.id desc'

/** Every edition, withdrawn ones included, the latest Stand first. */
export function findAllEditions(database: Knex): Promise<CoverageEdition[]> {
  return rowsOf(database, `${editionSql} ${latestFirst}`)
}

/** Editions at the clocks, without withdrawn ones. */
export async function findEditions(database: Knex, asOf: string, knownAt: string | null): Promise<CoverageEdition[]> {
  const editions = await rowsOf<CoverageEdition>(
    database,
    `${editionSql} where e.id in (select a.id from coverage_editions_at(:asOf::date, coalesce(:knownAt::timestamptz, now())) a) ${latestFirst}`,
    { asOf, knownAt },
  )
  // At an earlier moment nobody knew of a withdrawal that came later.
  return editions.map((edition) => ({ ...edition, withdrawn: null }))
}

async function findEdition(database: Knex, id: number): Promise<CoverageEdition | undefined> {
  return (await rowsOf<CoverageEdition>(database, `${editionSql} where e.id = :id`, { id }))[0]
}

/**
 * Makes an edition of what was found in a received file, as one change. Problem 404 or 409 when there is nothing to import, 422 with
 * the field named when something essential is not said.
 */
export async function importEdition(database: Knex, importId: number, wish: CoverageWish, user: SignedInUser) {
  const reason = `${coverageDatasets.labels[wish.dataset].de}: ${wish.title}, Stand ${formatImpreciseDate(wish.trueOn, 'de')}`
  const { revision, result } = await change(
    database,
    { actor: user.id, actorName: user.name, reason },
    async (trx, { id: changeId }) => {
      await allowLongWork(trx)
      const received = await trx('coverage_imports').where('id', importId).forUpdate().first()
      if (!received) throw notFound('Der Import')
      if (received.status !== 'ready') throw conflict('Dieser Import ist nicht (mehr) zu übernehmen.')
      const found = received.found as CoverageFound
      refuseUnsaid(found, wish)
      const sourceId = await findOrCreateSource(trx, wish.source.citation, wish.source.url)
      const editionId = await insertEdition(trx, { wish, found, received, sourceId, changeId })
      await copyFound(trx, importId, editionId, wish)
      await insertParts(trx, editionId, found, wish)
      await trx('coverage_imports')
        .where('id', importId)
        .update({ status: 'imported', edition_id: editionId, finished_at: trx.fn.now() })
      await forgetFound(trx, importId)
      return editionId
    },
  )
  return { revision, edition: (await findEdition(database, result)) as CoverageEdition }
}

const interchangeable = new Set(['authority_coverage', 'operator_coverage'])

function refuseUnsaid(found: CoverageFound, wish: CoverageWish): void {
  const errors: FieldError[] = []
  const isOther = found.dataset !== wish.dataset
  if (isOther && !(interchangeable.has(found.dataset) && interchangeable.has(wish.dataset)))
    errors.push({
      field: 'dataset',
      detail: `Die Datei ist „${coverageDatasets.labels[found.dataset].de}“ und kann nichts anderes sein.`,
    })
  if (found.asksOperator && wish.operator === null)
    errors.push({ field: 'operator', detail: 'Die Datei nennt keinen Betreiber. Bitte wählen Sie ihn.' })
  if (found.asksTechnology && wish.technology === null)
    errors.push({ field: 'technology', detail: 'Die Datei nennt keine Technik. Bitte wählen Sie sie.' })
  if ((earliest(wish.trueOn) ?? '') > today()) errors.push({ field: 'trueOn', detail: 'Der Stand liegt in der Zukunft.' })
  if (found.lastDay !== null && latest(wish.trueOn) < found.lastDay)
    errors.push({
      field: 'trueOn',
      detail: `Der Stand liegt vor der letzten Messung (${formatImpreciseDate(found.lastDay, 'de')}).`,
    })
  if (errors.length > 0) throw invalid(errors)
}

interface Edition {
  wish: CoverageWish
  found: CoverageFound
  received: { file_name: string; sha256: string }
  sourceId: number
  changeId: number
}

/** The edition holds from the last day of its Stand on, today at the latest. */
async function insertEdition(trx: Knex.Transaction, { wish, found, received, sourceId, changeId }: Edition): Promise<number> {
  const { rows, used, outside, duplicates, unusable, cells, foreign, kinds, warnings } = found
  const [row] = await rowsOf<{ id: number }>(
    trx,
    `insert into coverage_editions (dataset, title, true_on, holds_from, source_id, attribution, method_note, method_break, file_name, sha256,
       statistics, change_id, known_from)
     select :dataset, :title, :trueOn, least(imprecise_latest(:trueOn::text::imprecise_date), current_date), :sourceId, :attribution, :methodNote,
       :methodBreak, :fileName, :sha256, cast(:statistics as jsonb), c.id, c.known_at from changes c where c.id = :changeId
     returning id`,
    {
      ...{ dataset: wish.dataset, title: wish.title, trueOn: wish.trueOn, attribution: wish.attribution, sourceId, changeId },
      ...{ methodNote: wish.methodNote || null, methodBreak: wish.methodBreak || null },
      ...{ fileName: received.file_name, sha256: received.sha256 },
      statistics: JSON.stringify({ rows, used, outside, duplicates, unusable, cells, foreign, kinds, warnings }),
    },
  )
  return (row as { id: number }).id
}

/** Cells, the areas they make, and of whom the edition speaks. What the file does not name is what was said of it. */
async function copyFound(trx: Knex.Transaction, importId: number, editionId: number, wish: CoverageWish): Promise<void> {
  const said = { importId, editionId, operator: wish.operator, technology: wish.technology }
  const isByOperator = wish.dataset !== 'operator_count' && wish.dataset !== 'deficit_areas'
  const named = (column: 'operator' | 'technology') => (isByOperator ? `coalesce(i.${column}, :${column})` : 'null::text')
  await rowsOf(
    trx,
    `insert into coverage_cells (edition_id, cell, operator, technology, operator_count, dwellings, samples, median_rsrp, low_rsrp, median_rsrq, first_day, last_day)
     select :editionId, i.cell, ${named('operator')}, ${named('technology')}, i.operator_count, i.dwellings, i.samples, i.median_rsrp, i.low_rsrp,
       i.median_rsrq, i.first_day, i.last_day
     from coverage_import_cells i where i.import_id = :importId`,
    said,
  )
  if (wish.dataset === 'operator_count' && wish.missingIsNone) await fillMissing(trx, editionId)
  if (wish.dataset === 'deficit_areas') return copyDeficits(trx, importId, editionId)
  if (wish.dataset === 'drive_test') return
  await rowsOf(
    trx,
    `insert into coverage_areas (edition_id, operator, technology, operator_count, geom)
     select :editionId, c.operator, c.technology, c.operator_count, unite_cells(array_agg(c.cell))
     from coverage_cells c where c.edition_id = :editionId group by c.operator, c.technology, c.operator_count`,
    { editionId },
  )
  await rowsOf(trx, 'select sum_coverage()')
}

/** Whom the edition speaks of, also where it says that there is nothing in the city. Deficits and counts are of all operators together. */
async function insertParts(trx: Knex.Transaction, editionId: number, found: CoverageFound, wish: CoverageWish): Promise<void> {
  const isOfAll = wish.dataset === 'operator_count' || wish.dataset === 'deficit_areas'
  const parts = isOfAll ? [{ operator: null, technology: null }] : found.parts
  await trx('coverage_parts')
    .insert(
      parts.map((part) => ({
        edition_id: editionId,
        operator: isOfAll ? null : (part.operator ?? wish.operator),
        technology: isOfAll ? null : (part.technology ?? wish.technology),
      })),
    )
    .onConflict()
    .ignore()
}

async function fillMissing(trx: Knex.Transaction, editionId: number): Promise<void> {
  await trx.raw(
    `insert into coverage_cells (edition_id, cell, operator_count)
     select :editionId, g.cell, 0 from coverage_grid g
     where not exists (select from coverage_cells c where c.edition_id = :editionId and c.cell = g.cell)`,
    { editionId },
  )
}

async function copyDeficits(trx: Knex.Transaction, importId: number, editionId: number): Promise<void> {
  await trx.raw(
    `insert into coverage_areas (edition_id, number, municipalities, stated_area_km2, geom)
     select :editionId, i.number, i.municipalities, i.stated_area_km2, i.geom from coverage_import_areas i where i.import_id = :importId`,
    { editionId, importId },
  )
}

/** Takes an edition back, or puts it back in force, as one change. Problem 404, or 409 when it is so already. */
export async function withdrawEdition(
  database: Knex,
  id: number,
  { isWithdrawn, reason }: { isWithdrawn: boolean; reason: string },
  user: SignedInUser,
) {
  const { revision } = await change(
    database,
    { actor: user.id, actorName: user.name, reason },
    async (trx, { id: changeId, knownAt }) => {
      const edition = await findEdition(trx, id)
      if (!edition) throw notFound('Die Ausgabe')
      if ((edition.withdrawn !== null) === isWithdrawn)
        throw conflict(isWithdrawn ? 'Diese Ausgabe ist schon zurückgezogen.' : 'Diese Ausgabe gilt bereits.')
      await trx('coverage_withdrawals').insert({
        ...{ change_id: changeId, edition_id: id, is_withdrawn: isWithdrawn, reason, known_from: knownAt },
      })
    },
  )
  return { revision, edition: (await findEdition(database, id)) as CoverageEdition }
}
