import { stringify } from 'csv-stringify/sync'
import type { Router } from 'express'
import { formatMoment } from '../contract/dates.ts'
import * as contract from '../contract/quality.ts'
import { demoNotice } from '../contract/text.ts'
import type { AppContext } from '../http/context.ts'
import { answered, handle } from '../http/handle.ts'
import { conflict, notFound } from '../http/problem.ts'
import { findFinding, findFindings, findLastRun, findRuleStates, writeAcceptance } from './queries.ts'
import { runQualityRules } from './run.ts'

const defaultLimit = 100

/** Consistency: rules, their findings and what was said about them. */
export function mountQuality(router: Router, context: AppContext): void {
  const { database, bodies, config } = context

  handle(router, context, contract.listFindings, async ({ query: { after, limit = defaultLimit, ...filter } }) => {
    const findings = await findFindings(database, filter, { after, limit: limit + 1 })
    const page = findings.slice(0, limit)
    return { findings: page, next: findings.length > limit ? (page.at(-1)?.id ?? null) : null }
  })

  handle(router, context, contract.exportFindings, async ({ query, response }) => {
    const notice = context.revisions.isDemo() ? demoNotice : null
    response
      .attachment(`befunde.csv`)
      .type('text/csv')
      .send(writeFindings(await findFindings(database, query), config.publicBaseUrl, notice))
    return answered
  })

  handle(router, context, contract.listRules, async () => {
    const states = await findRuleStates(database)
    const rules = Object.keys(contract.qualityRules) as contract.QualityRuleId[]
    return {
      rules: rules.map((id) => {
        const { checked = null, open = 0, accepted = 0 } = states.get(id) ?? {}
        return { id, checked, open, accepted }
      }),
      lastRun: await findLastRun(database),
    }
  })

  handle(router, context, contract.runRules, async () => {
    const found = await runQualityRules(database, 'request')
    bodies.drop()
    return { found }
  })

  const explain = async (id: number, explanation: Parameters<typeof writeAcceptance>[2]) => {
    if (!(await findFinding(database, id))) throw notFound('Der Befund')
    if (!(await writeAcceptance(database, id, explanation))) throw conflict('Den Befund gibt es nicht mehr.')
    bodies.drop()
    const finding = await findFinding(database, id)
    if (!finding) throw notFound('Der Befund')
    return finding
  }
  handle(router, context, contract.acceptFinding, ({ params, body, user }) =>
    explain(params.id, { by: user.id, name: user.name, reason: body.reason }),
  )
  handle(router, context, contract.reopenFinding, ({ params }) => explain(params.id, null))
}

function writeFindings(findings: readonly contract.Finding[], baseUrl: string, notice: string | null): string {
  const rows = findings.map((finding) => ({
    Regel: finding.rule,
    Schwere: contract.severities.labels[finding.severity].de,
    Titel: contract.qualityRules[finding.rule].title.de,
    Befund: finding.sentence,
    Gegenstand: finding.subject.id,
    Seite: new URL(finding.href, baseUrl).href,
    'Zuerst gesehen': formatMoment(finding.firstSeen, 'de'),
    Erklärung: finding.acceptance?.reason ?? null,
    ...(notice && { Hinweis: notice }),
  }))
  const columns = ['Regel', 'Schwere', 'Titel', 'Befund', 'Gegenstand', 'Seite', 'Zuerst gesehen', 'Erklärung']
  const options = { header: true, bom: true, delimiter: ';', record_delimiter: '\r\n', escape_formulas: true } as const
  return stringify(rows, { ...options, columns: notice ? [...columns, 'Hinweis'] : columns })
}
