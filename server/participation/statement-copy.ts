import { formatDay, formatMoment } from '../contract/dates.ts'
import { opinions } from '../contract/mobile/codes.ts'
import { statementSources } from '../contract/participation-words.ts'
import type { StatementSheet } from '../contract/statements.ts'
import type { Block, ReportDocument } from '../documents/document.ts'

/** What a department has said, to be kept in its own files: the newest statement, and that there were others before. */
export function copyOf(sheet: StatementSheet, cityName: string): ReportDocument {
  const [said, ...earlier] = sheet.statements
  const at = said?.at ?? sheet.askedOn
  const name = sheet.case?.caseNumber ?? sheet.case?.operatorSiteCode
  return {
    title: `Stellungnahme ${sheet.departmentCode}`,
    subtitle: `Mobilfunkstandort${name ? ` ${name}` : ''}, ${formatMoment(at, 'de')}`,
    author: cityName,
    notice: null,
    footer: [`${sheet.departmentCode} ${sheet.departmentName}`],
    madeAt: new Date(at),
    blocks: [
      { kind: 'heading', level: 2, text: 'Frage' },
      ...paragraphs(sheet.question),
      paragraph(`Gefragt am ${formatDay(sheet.askedOn, 'de')} von ${sheet.askedBy}.`),
      { kind: 'heading', level: 2, text: 'Stellungnahme' },
      ...(said ? told(said) : []),
      ...(earlier.length > 0 ? [paragraph(`Sie ersetzt ${earlier.length} frühere.`)] : []),
    ],
  }
}

function told(said: StatementSheet['statements'][number]): Block[] {
  return [
    paragraph(`Haltung: ${opinions.labels[said.opinion].de}`),
    ...(said.conditions ? paragraphs(said.conditions) : []),
    ...(said.remark ? paragraphs(said.remark) : []),
    paragraph(
      `Abgegeben am ${formatMoment(said.at, 'de')} von ${said.givenBy} (${statementSources.labels[said.source].de})${said.isLate ? ', nach Ablauf der Frist' : ''}.`,
    ),
    ...(said.attachments.length > 0
      ? [
          {
            kind: 'list' as const,
            items: said.attachments.map(({ name, sha256 }) => [`${name} (SHA-256 ${sha256.slice(0, 16)}…)`]),
          },
        ]
      : []),
  ]
}

function paragraph(text: string): Block {
  return { kind: 'paragraph', content: [text] }
}

/** A paragraph for each line that people wrote. */
export function paragraphs(text: string): Block[] {
  return text
    .split(/\n+/)
    .map((line) => line.trim())
    .filter(Boolean)
    .map(paragraph)
}
