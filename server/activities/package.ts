import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Knex } from 'knex'
import { formatMoment } from '../contract/dates.ts'
import { demoNotice } from '../contract/text.ts'
import { readAttachment } from '../database/attachments.ts'
import { lockWriters } from '../database/change.ts'
import { contentOf, type ReportDocument } from '../documents/document.ts'
import { renderPdf } from '../documents/render-pdf.ts'
import { writeXlsx } from '../formats/index.ts'
import { writeZip, type ZipEntry } from '../formats/write-zip.ts'
import { tablesOf } from './tables.ts'
import { periodWords, type ToldLog, tellLog, voucherPaths } from './tell.ts'

/**
 * A moment after which nothing can become known as earlier: neither entries of the log nor facts are being written. In whole
 * milliseconds, as addresses carry it.
 */
export async function freezeKnowledge(database: Knex): Promise<string> {
  return database.transaction(async (trx) => {
    await lockWriters(trx)
    const { rows } = await trx.raw<{ rows: { now: string }[] }>('select lock_log() as now')
    return new Date((rows[0] as { now: string }).now).toISOString()
  })
}

interface About {
  cityName: string
  baseUrl: string
  isDemo: boolean
}

function documentOf(log: ToldLog, { cityName, isDemo }: About): ReportDocument {
  const content = {
    title: `Tätigkeits- und Ausgabennachweis ${cityName}`,
    subtitle: `Koordination Mobilfunk und Gigabit · ${periodWords(log)}`,
    blocks: tellLog(log),
  }
  const sha256 = createHash('sha256').update(contentOf(content)).digest('hex')
  return {
    ...content,
    author: `Stadt ${cityName}`,
    notice: isDemo ? demoNotice : null,
    madeAt: new Date(log.knownAt),
    footer: [
      `Zeitraum ${periodWords(log)} · Kenntnisstand ${formatMoment(log.knownAt, 'de')} · Prüfsumme ${sha256.slice(0, 32)}`,
      `Unverändert wieder zu erzeugen mit dem Kenntnisstand ${log.knownAt}`,
    ],
  }
}

/**
 * Writes the ZIP and gives its path to `use`; afterwards it is gone. All of it follows from period and knowledge, so the same question
 * gives the same bytes.
 */
export async function withPackage(
  database: Knex,
  log: ToldLog,
  about: About,
  use: (path: string) => Promise<void>,
): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'ausbauatlas-activities-'))
  const place = (name: string) => join(directory, name)
  try {
    await writeFile(place('Nachweis.pdf'), await renderPdf(documentOf(log, about), about.baseUrl))
    await writeXlsx(place('Nachweis.xlsx'), tablesOf(log))
    const paths = voucherPaths(log.expenses)
    const vouchers = log.expenses.flatMap(({ id, voucher }): ZipEntry[] => {
      const name = paths.get(id)
      return voucher && name ? [{ name, content: () => readAttachment(database, voucher.id) }] : []
    })
    const documents = ['Nachweis.pdf', 'Nachweis.xlsx'].map((name) => ({ name, path: place(name) }))
    await writeZip(place('package.zip'), [...documents, ...vouchers.toReversed()])
    await use(place('package.zip'))
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}
