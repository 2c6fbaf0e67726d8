import { createHash } from 'node:crypto'
import type { Router } from 'express'
import * as contract from '../contract/council-reports.ts'
import { dayOf, formatDay, formatMoment, today } from '../contract/dates.ts'
import { demoNotice } from '../contract/text.ts'
import { type Block, contentOf, type ReportDocument } from '../documents/document.ts'
import { renderPdf } from '../documents/render-pdf.ts'
import { revalidate } from '../http/bodies.ts'
import type { AppContext } from '../http/context.ts'
import { answered, handle } from '../http/handle.ts'
import { invalid, notFound } from '../http/problem.ts'
import { tellReport } from './council.ts'
import { annexOf } from './council-annex.ts'
import { type ReportData, type ReportQuestion, readReport } from './council-queries.ts'
import { findReport, findReports, insertReport, lastReportDay } from './council-reports.ts'
import { renderHtml } from './render-html.ts'
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
    return insertReport(database, { ...body, since }, user, async (trx, question) =>
      hashOf(makeContent(context, question, await readReport(trx, question))),
    )
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

type Content = Pick<ReportDocument, 'title' | 'subtitle' | 'blocks'>

/** What a report says follows from its scope and its two clocks alone. */
function makeContent({ config }: AppContext, question: ReportQuestion, data: ReportData): Content {
  const scope = [data.programme, data.district].filter((name) => name !== null).join(', ')
  return {
    title: `Sachstandsbericht Glasfaserausbau ${config.cityName}`,
    subtitle: `Stand ${formatDay(question.asOf, 'de')}${scope ? ` · ${scope}` : ''}`,
    blocks: tellReport(question, data),
  }
}

function hashOf(content: Content): string {
  return createHash('sha256').update(contentOf(content)).digest('hex')
}

function makeDocument(context: AppContext, report: contract.CouncilReport, data: ReportData): ReportDocument {
  const { cityName, publicBaseUrl } = context.config
  const content = makeContent(context, report, data)
  const isUnchanged = hashOf(content) === report.sha256
  return {
    ...content,
    blocks: [...(isUnchanged ? [] : [tellChanged(report)]), ...content.blocks],
    author: `Stadt ${cityName}`,
    notice: noticeOf(report, isUnchanged),
    madeAt: new Date(report.knownAt),
    footer: [
      `Stand ${report.asOf} · Kenntnisstand ${formatMoment(report.knownAt, 'de')} (${dayOf(new Date(report.knownAt))}) · Prüfsumme ${report.sha256.slice(0, 32)}`,
      `Erneut erzeugen: ${publicBaseUrl}/bericht/${report.id}.pdf`,
    ],
  }
}

/** Said on every page. Whether example data were present is a matter of when the report was made, not of when it is read. */
function noticeOf({ isDemo }: contract.CouncilReport, isUnchanged: boolean): string | null {
  const said = [...(isDemo ? [demoNotice] : []), ...(isUnchanged ? [] : ['nicht mehr wie bei der Erstellung'])]
  return said.length > 0 ? said.join(' · ') : null
}

/** What cannot be had again says so: example data were removed, older publications added later, or the program tells it otherwise. */
function tellChanged({ isDemo, sha256 }: contract.CouncilReport): Block {
  const reason = isDemo
    ? 'Die Beispieldaten, auf denen er beruhte, sind verändert oder entfernt.'
    : 'Seine Grundlage oder die Fassung des Programms ist eine andere als bei der Erstellung.'
  const text = `Dieser Bericht lässt sich nicht mehr unverändert erzeugen (Prüfsumme bei der Erstellung: ${sha256.slice(0, 32)}). ${reason}`
  return { kind: 'paragraph', content: [text] }
}
