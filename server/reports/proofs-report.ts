import { fundingRoles, quantities } from '../contract/codes.ts'
import { formatMoment } from '../contract/dates.ts'
import { formatNumber } from '../contract/numbers.ts'
import { type Evidence, evidenceKinds, type Proof, type ProofFolder, proofs } from '../contract/proofs.ts'
import { demoNotice } from '../contract/text.ts'
import { html } from '../http/html.ts'
import { dateText, dayText, evidencePath } from './proofs-tables.ts'

/** A part of the factual text: said once, written as HTML and as Markdown. */
interface Part {
  title: string
  paragraphs: readonly string[]
  list?: readonly string[]
}

export interface ReportFacts {
  folder: ProofFolder
  proof: Proof
  year: number | undefined
  evidence: readonly Evidence[]
  cityName: string
  isDemo: boolean
}

/** What only people can say stands in such brackets. */
const fill = (what: string) => `[Bitte ergänzen: ${what}]`

export function titleOf({ proof, year, folder }: Pick<ReportFacts, 'proof' | 'year' | 'folder'>): string {
  return `${proofs.labels[proof].de}${year ? ` ${year}` : ''}: ${folder.programme.name}`
}

/** Factual text (Sachbericht) filled from the facts; what they do not say is left to be filled in. */
function partsOf(facts: ReportFacts): Part[] {
  const { folder, evidence } = facts
  return [
    {
      title: '1. Vorhaben',
      paragraphs: [
        folder.programme.summary ?? fill('Gegenstand der Förderung'),
        `Betreiber des passiven Netzes: ${folder.programme.passiveOperator ?? fill('Name')}. Betreiber des aktiven Netzes: ${folder.programme.activeOperator ?? fill('Name')}.`,
        `Zuwendungsempfängerin: Stadt ${facts.cityName}. ${fill('Aktenzeichen und Datum der Zuwendungsbescheide')}`,
      ],
    },
    {
      title: '2. Verlauf',
      paragraphs: [fill('Besonderheiten im Berichtszeitraum, Abweichungen vom Zeitplan und ihre Gründe')],
      list: course(folder),
    },
    { title: '3. Bauabschnitte', paragraphs: [], list: folder.sections.map(sectionLine) },
    {
      title: '4. Zahlen gegenüber den Zielen',
      paragraphs: [
        'Die vier Längen (Kabel, neues Leerrohr, mitgenutzte Infrastruktur, Trasse) sind verschiedene Größen und werden nicht addiert.',
      ],
      list: folder.targets.map(targetLine),
    },
    {
      title: '5. Mittel',
      paragraphs: [fill('Mittelabrufe und Ausgaben mit Belegnummern; sie werden hier nicht geführt')],
      list: folder.money.map(
        ({ giver, role, amountEur, approximate, partOf }) =>
          `${giver}, ${fundingRoles.labels[role].de}: ${approximate ? 'rund ' : ''}${formatNumber(amountEur, 'de', 2)} Euro${partOf ? ` (enthalten in: ${partOf})` : ''}`,
      ),
    },
    {
      title: '6. Belege',
      paragraphs: evidence.length === 0 ? ['Die Mappe enthält keine Belege.'] : [],
      list: evidence.map(
        (file, index) =>
          `${evidencePath(file, index)}: ${evidenceKinds.labels[file.kind].de}, ${dateText(file.dated)}. ${file.proves}`,
      ),
    },
    {
      title: '7. Was noch fehlt',
      paragraphs: missing(facts).length === 0 ? ['Nichts aus der Liste der Angaben und Belege.'] : [],
      list: missing(facts),
    },
  ]
}

/** What the completeness list of this proof says is missing. */
export function missing({ folder, proof }: Pick<ReportFacts, 'folder' | 'proof'>): string[] {
  return folder.checks.filter((one) => one.proof === proof && !one.isThere).map(({ text }) => text)
}

function course(folder: ProofFolder): string[] {
  return folder.milestones.map(({ title, planned, actual, note, source }) => {
    const dates = [actual && `erreicht: ${dateText(actual)}`, planned && `geplant: ${dateText(planned)}`]
      .filter(Boolean)
      .join(', ')
    return `${title} (${dates || 'ohne Termin'}).${note ? ` ${note}` : ''} Quelle: ${source.citation}`
  })
}

function sectionLine({ name, civilWorksStart, civilWorksEnd, plannedEnd }: ProofFolder['sections'][number]): string {
  if (civilWorksEnd)
    return `${name}: Tiefbau beendet ${dateText(civilWorksEnd)}${civilWorksStart ? `, begonnen ${dateText(civilWorksStart)}` : ''}.`
  const announced = plannedEnd ? `, Ende angekündigt für ${dateText(plannedEnd)}` : ''
  return civilWorksStart
    ? `${name}: Tiefbau begonnen ${dateText(civilWorksStart)}${announced}.`
    : `${name}: kein Beginn gemeldet${announced}.`
}

function targetLine({ quantity, target, approximate, unit, districts, reported }: ProofFolder['targets'][number]): string {
  const amount = (value: number, rough: boolean) =>
    `${rough ? 'rund ' : ''}${formatNumber(value, 'de')}${unit === 'm' ? ' m' : ''}`
  const scope = districts ? ` (${districts.join(', ')})` : ''
  const said = reported
    .map((figure) => `${amount(figure.value, figure.approximate)}, ${dateText(figure.source.trueOn)}`)
    .join('; ')
  return `${quantities.labels[quantity].de}${scope}: Ziel ${amount(target, approximate)}; gemeldet: ${said || (districts ? 'nicht je Teilziel geführt' : 'keine Zahl')}.`
}

function frozen({ folder }: ReportFacts): string {
  return `Stand ${dayText(folder.clocks.asOf)}, Kenntnis vom ${formatMoment(folder.frozenAt, 'de')}.`
}

/** A page that opens in browsers and in word processors. */
export function reportHtml(facts: ReportFacts): string {
  const title = titleOf(facts)
  return html`<!doctype html>
<html lang="de"><head><meta charset="utf-8"><title>${title}</title>
<style>body{font-family:sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;line-height:1.5}h2{margin-top:2rem}</style></head>
<body><main><h1>${title}</h1>
<p>Sachbericht. ${frozen(facts)}${facts.isDemo && html` <strong>${demoNotice}.</strong>`}</p>
${partsOf(facts).map(
  ({ title: heading, paragraphs, list = [] }) => html`<h2>${heading}</h2>
${paragraphs.map((text) => html`<p>${text}</p>\n`)}${list.length > 0 && html`<ul>\n${list.map((text) => html`<li>${text}</li>\n`)}</ul>\n`}`,
)}</main></body></html>
`.text
}

export function reportMarkdown(facts: ReportFacts): string {
  const plain = (text: string) => text.replaceAll(/([\\`*_[\]<>#|])/g, '\\$1').replaceAll('\n', ' ')
  const blocks = partsOf(facts).flatMap(({ title, paragraphs, list = [] }) => [
    `## ${plain(title)}`,
    ...paragraphs.map(plain),
    ...(list.length > 0 ? [list.map((text) => `- ${plain(text)}`).join('\n')] : []),
  ])
  const demo = facts.isDemo ? ` **${demoNotice}.**` : ''
  return `${[`# ${plain(titleOf(facts))}`, `Sachbericht. ${frozen(facts)}${demo}`, ...blocks].join('\n\n')}\n`
}
