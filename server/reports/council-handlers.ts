import { createHash } from 'node:crypto'
import type { Router } from 'express'
import * as contract from '../contract/council-reports.ts'
import { dayOf, formatDay, formatMoment, today } from '../contract/dates.ts'
import { demoNotice } from '../contract/text.ts'
import { revalidate } from '../http/bodies.ts'
import type { AppContext } from '../http/context.ts'
import { answered, handle } from '../http/handle.ts'
import { invalid, notFound } from '../http/problem.ts'
import { tellReport } from './council.ts'
import { annexOf } from './council-annex.ts'
import { type ReportData, readReport } from './council-queries.ts'
import { findReport, findReports, insertReport, lastReportDay } from './council-reports.ts'
import { contentOf, type ReportDocument } from './document.ts'
import { renderHtml } from './render-html.ts'
import { renderPdf } from './render-pdf.ts'
import { renderXlsx } from './render-xlsx.ts'

const media: Record<contract.ReportFormat, string> = {
  html: 'text/html; charset=utf-8',
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

/** Status reports for the council: made by staff, read by anybody. */
export function mountCouncilReports(router: Router, context: AppContext): void {
  const { database, config } = context

  handle(router, context, contract.listCouncilReports, async () => ({ reports: await findReports(database) }))

  handle(router, context, contract.makeCouncilReport, async ({ body, user }) => {
    if (body.asOf > today()) throw invalid([{ field: 'asOf', detail: 'Der Stand darf nicht in der Zukunft liegen.' }])
    const since = body.since ?? (await lastReportDay(database, body))
    if (since !== null && since >= body.asOf)
      throw invalid([
        { field: 'since', detail: `Änderungen werden seit einem Tag vor dem ${formatDay(body.asOf, 'de')} erzählt.` },
      ])
    await requireScope(database, body)
    return insertReport(database, { ...body, since }, user)
  })

  handle(router, context, contract.getCouncilReport, async ({ params, response }) => {
    const [id = '', format = ''] = params.file.split('.')
    const report = await findReport(database, Number(id))
    if (!report) throw notFound('Der Bericht')
    const data = await readReport(database, report)
    const document = makeDocument(context, report, data)
    const name = `sachstandsbericht-${report.asOf}.${format}`
    response.set({ 'Content-Type': media[format as contract.ReportFormat], 'Cache-Control': revalidate })
    if (format === 'html') response.send(renderHtml(document, config.publicBaseUrl))
    else {
      response.set('Content-Disposition', `${format === 'pdf' ? 'inline' : 'attachment'}; filename="${name}"`)
      response.send(
        format === 'pdf'
          ? await renderPdf(document, config.publicBaseUrl)
          : await renderXlsx(document, annexOf(data, report), config.publicBaseUrl),
      )
    }
    return answered
  })
}

async function requireScope(
  database: AppContext['database'],
  { programmeId, districtId }: { programmeId: string | null; districtId: string | null },
): Promise<void> {
  if (districtId !== null && !(await database('districts').where('id', districtId).first()))
    throw notFound('Der Stadtteil', 'districtId')
  if (programmeId !== null && !(await database('programmes').where('id', programmeId).first()))
    throw notFound('Das Programm', 'programmeId')
}

/** The document follows from the report alone: from its scope and its two clocks. */
function makeDocument({ config, revisions }: AppContext, report: contract.CouncilReport, data: ReportData): ReportDocument {
  const scope = [data.programme, data.district].filter((name) => name !== null).join(', ')
  const content = {
    title: `Sachstandsbericht Glasfaserausbau ${config.cityName}`,
    subtitle: `Stand ${formatDay(report.asOf, 'de')}${scope ? ` · ${scope}` : ''}`,
    blocks: tellReport(report, data),
  }
  const hash = createHash('sha256').update(contentOf(content)).digest('hex')
  return {
    ...content,
    author: `Stadt ${config.cityName}`,
    notice: revisions.isDemo() ? demoNotice : null,
    madeAt: new Date(report.knownAt),
    footer: [
      `Stand ${report.asOf} · Kenntnisstand ${formatMoment(report.knownAt, 'de')} (${dayOf(new Date(report.knownAt))}) · Prüfsumme ${hash.slice(0, 32)}`,
      `Erneut erzeugen: ${config.publicBaseUrl}/bericht/${report.id}.pdf`,
    ],
  }
}
