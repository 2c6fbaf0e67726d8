import type { Router } from 'express'
import * as contract from '../contract/coverage.ts'
import { usableLevelDbm } from '../contract/coverage-codes.ts'
import { media } from '../contract/media.ts'
import { sendBody } from '../http/bodies.ts'
import { type Clocks, resolveClocks } from '../http/clocks.ts'
import type { AppContext } from '../http/context.ts'
import { answered, handle } from '../http/handle.ts'
import { conflict, notFound } from '../http/problem.ts'
import { findAllEditions, findEditions, importEdition, withdrawEdition } from './editions.ts'
import { findComparisons, findTrend, findWorstCells } from './figures.ts'
import type { CoverageJobs } from './jobs.ts'
import { endImport, findImport, findImports } from './queries.ts'
import { receiveCoverageFile } from './receive.ts'

const shownImports = 20
const shownCells = 100

/** Editions of mobile coverage: taking them in, taking them back, and what they say. */
export function mountCoverage(router: Router, context: AppContext & { coverageJobs: CoverageJobs }): void {
  mountImports(router, context)
  mountFigures(router, context)
}

function mountImports(router: Router, context: AppContext & { coverageJobs: CoverageJobs }): void {
  const { database, config, revisions, coverageJobs: jobs } = context
  const known = async (id: number) => {
    const found = await findImport(database, id)
    if (!found) throw notFound('Der Import')
    return found
  }

  handle(router, context, contract.getCoverageDesk, async () => ({
    editions: await findAllEditions(database),
    imports: await findImports(database, shownImports),
  }))

  handle(router, context, contract.receiveCoverage, async ({ query, request, user }) => {
    const id = await receiveCoverageFile(database, config.dataDir, request, {
      ...{ fileName: query.name, wishedDataset: query.dataset ?? null, actor: user.id, actorName: user.name },
    })
    jobs.wake(id)
    return known(id)
  })

  handle(router, context, contract.getCoverageImport, async ({ params }) => known(params.id))

  handle(router, context, contract.cancelCoverageImport, async ({ params, user }) => {
    await known(params.id)
    const text = `Abgebrochen von ${user.name}. Es wurde nichts übernommen.`
    if (!(await endImport(database, params.id, 'cancelled', text))) throw conflict('Dieser Import ist schon beendet.')
    jobs.cancel(params.id)
    return known(params.id)
  })

  handle(router, context, contract.importCoverage, async ({ params, body, user }) => {
    const { revision, edition } = await importEdition(database, params.id, body, user)
    revisions.announce(revision)
    return edition
  })

  handle(router, context, contract.withdrawCoverage, async ({ params, body, user }) => {
    const { revision, edition } = await withdrawEdition(database, params.id, body, user)
    revisions.announce(revision)
    return edition
  })
}

/** Public: kept until the next change, for they are counted from many cells. */
function mountFigures(router: Router, context: AppContext): void {
  const { database, revisions } = context
  const resolved = (clocks: Clocks) => ({ ...clocks, revision: revisions.current() })

  handle(router, context, contract.listCoverageEditions, async ({ query }) => {
    const clocks = resolveClocks(query)
    return { clocks: resolved(clocks), editions: await findEditions(database, clocks.asOf, clocks.knownAt) }
  })

  handle(router, context, contract.getCoverageTrend, async ({ query, request, response }) => {
    const clocks = resolveClocks(query)
    await sendBody(context, request, response, {
      key: `${request.path} ${clocks.asOf} ${clocks.knownAt}`,
      contentType: media.json,
      load: async () => JSON.stringify({ clocks: resolved(clocks), ...(await findTrend(database, clocks)) }),
    })
    return answered
  })

  handle(router, context, contract.getCoverageComparison, async ({ query, request, response }) => {
    const { dataset = 'authority_coverage', usableFromDbm = usableLevelDbm } = query
    const question = { ...resolveClocks(query), dataset, usableFromDbm }
    await sendBody(context, request, response, {
      key: `${request.path} ${question.asOf} ${question.knownAt} ${dataset} ${usableFromDbm}`,
      contentType: media.json,
      load: async () =>
        JSON.stringify({
          ...{ clocks: resolved({ asOf: question.asOf, knownAt: question.knownAt }), dataset, usableFromDbm },
          comparisons: await findComparisons(database, question),
          worst: await findWorstCells(database, question, shownCells),
        }),
    })
    return answered
  })
}
