import { figureStates, type Phase, phases, type Quantity, quantities, trades } from '../contract/codes.ts'
import { compareImprecise, formatDay, formatImpreciseDate, formatMoment, hasPassed } from '../contract/dates.ts'
import { phaseLooks, phaseRank } from '../contract/layers/phase-look.ts'
import { measures } from '../contract/metrics.ts'
import { formatKm, formatNumber } from '../contract/numbers.ts'
import { announcedSteps } from '../contract/schedule.ts'
import type { Block, Drawing, Inline } from '../documents/document.ts'
import { Citations } from './citations.ts'
import type { CountedRow, DateRow, QuantityRow, ReportData, ReportQuestion, SectionRow } from './council-queries.ts'

const date = (value: string | null) => (value === null ? '–' : formatImpreciseDate(value, 'de'))
const phase = (id: Phase | null) => (id === null ? 'nicht bekannt' : phases.labels[id].de)
const heading = (text: string): Block => ({ kind: 'heading', level: 2, text })
const paragraph = (...content: Inline[]): Block => ({ kind: 'paragraph', content })

/** The blocks of a status report, in the order in which a council reads. */
export function tellReport(question: ReportQuestion, data: ReportData): Block[] {
  const cite = new Citations(question)
  const blocks = [
    ...tellSummary(data, cite),
    ...tellChanges(question, data, cite),
    ...tellDistricts(data, cite),
    ...tellMap(question, data),
    ...tellQuantities(data, cite),
    ...tellDates(data, cite),
    ...tellNextSteps(question, data, cite),
  ]
  return [...blocks, ...cite.list(), ...tellReading(question)]
}

function tellSummary({ sections }: ReportData, cite: Citations): Block[] {
  if (sections.length === 0)
    return [heading('Zusammenfassung'), paragraph('Für diesen Umfang ist kein Bauabschnitt veröffentlicht.')]
  const byProgramme = Map.groupBy(sections, ({ programme_id: id }) => id)
  const paragraphs = [...byProgramme.values()].map((own) => {
    const [first] = own as [SectionRow]
    const groups = [...Map.groupBy(own, (section) => section.phase)].toSorted(([a], [b]) => phaseRank[b] - phaseRank[a])
    const counts = groups.flatMap(([id, members], index): Inline[] => [
      index === 0 ? '' : index === groups.length - 1 ? ' und ' : ', ',
      cite.query(`${members.length} ${phase(id)}`, 'build_sections', { programmeId: first.programme_id, phase: id }),
    ])
    const all = `${own.length} ${own.length === 1 ? 'Bauabschnitt' : 'Bauabschnitte'}`
    return paragraph(
      `${first.programme}: `,
      cite.query(all, 'build_sections', { programmeId: first.programme_id }),
      ', davon ',
      ...counts,
      '.',
    )
  })
  return [heading('Zusammenfassung'), ...paragraphs]
}

function tellChanges({ since }: ReportQuestion, { changes }: ReportData, cite: Citations): Block[] {
  if (since === null) return []
  const title = heading(`Änderungen seit dem ${formatDay(since, 'de')}`)
  if (changes.length === 0) return [title, paragraph('Der Ausbaustand keines Bauabschnitts hat sich geändert.')]
  const items = changes.map(({ id, name, before, after }): Inline[] => [
    `${name}: bisher ${phase(before)}, jetzt `,
    after === null ? phase(after) : cite.query(phase(after), 'build_sections', id),
  ])
  return [title, { kind: 'list', items }]
}

function tellDistricts({ sections }: ReportData, cite: Citations): Block[] {
  if (sections.length === 0) return []
  return [
    heading('Stand je Bauabschnitt'),
    {
      kind: 'table',
      caption: 'Ausbaustand, nächster angekündigter Termin und Quelle',
      columns: [
        { label: 'Bauabschnitt', share: 3 },
        { label: 'Programm', share: 4 },
        { label: 'Ausbaustand', share: 3 },
        { label: 'Angekündigtes Ende', share: 2.4 },
        { label: 'Stand', share: 2 },
        { label: 'Quelle', share: 1.3 },
      ],
      rows: sections.map((section) => [
        section.name,
        section.programme,
        cite.query(phase(section.phase), 'build_sections', section.id),
        date(section.planned_end),
        date(section.true_on),
        cite.source(section.source),
      ]),
    },
  ]
}

/** Of several programmes in a district the furthest speaks for it; parts of districts are in the table only. */
function tellMap({ programmeId, districtId }: ReportQuestion, { map, sections }: ReportData): Block[] {
  const [first] = map
  if (!first) return []
  // Of what a report is not about, its map says nothing either.
  const isTold = (id: string) => (districtId ?? programmeId) === null || sections.some((section) => section.district_id === id)
  const told = map.filter(({ id }) => isTold(id))
  const phaseOf = (districtId: string) =>
    sections
      .filter((section) => section.district_id === districtId && section.whole_district)
      .map((section) => section.phase)
      .toSorted((a, b) => phaseRank[b] - phaseRank[a])[0] ?? 'unknown'
  const shown = phases.keys.filter((id) => told.some((district) => phaseOf(district.id) === id))
  const drawing: Drawing = {
    width: 483,
    height: first.height,
    shapes: map.map(({ id, path }) => ({ path, fill: isTold(id) ? phaseLooks[phaseOf(id)].color.light : '#ffffff' })),
    labels: map.map(({ id, name, x, y }) => {
      const look = phaseLooks[phaseOf(id)]
      return {
        x,
        y,
        lines: [name, ...(isTold(id) ? phase(phaseOf(id)).split(' ') : [])],
        ink: phaseRank[phaseOf(id)] >= phaseRank.fibre_blown ? look.ink.light : '#171a2b',
      }
    }),
    legend: shown.map((id) => ({ fill: phaseLooks[id].color.light, text: phase(id) })),
  }
  const alt = `Karte der Stadtteile: ${told.map(({ id, name }) => `${name} ${phase(phaseOf(id))}`).join(', ')}.`
  const caption = 'Vereinfachte Karte der Stadtteile mit dem Ausbaustand; dieselben Angaben stehen in der Tabelle davor.'
  return [heading('Karte'), { kind: 'drawing', drawing, alt, caption }]
}

function amount({ quantity, value, approximate }: QuantityRow): string {
  const isLength = ['fibre_cable', 'new_duct', 'reused_infrastructure', 'trench'].includes(quantity)
  return `${approximate ? 'rund ' : ''}${isLength ? formatKm(value, 'de') : formatNumber(value, 'de')}`
}

const quantity = (id: Quantity) => quantities.labels[id].de

function tellQuantities({ targets, figures, counted }: ReportData, cite: Citations): Block[] {
  const title = heading('Zahlen und Ziele')
  if (targets.length + figures.length + counted.length === 0) return [title, paragraph('Dazu ist nichts veröffentlicht.')]
  const row = (layer: string, what: string) => (one: QuantityRow) => [
    one.district ? `${quantity(one.quantity)}, ${one.district}` : quantity(one.quantity),
    one.programme,
    what || figureStates.labels[one.state as keyof typeof figureStates.labels]?.de || 'gemeldet',
    cite.query(amount(one), layer, one.id),
    date(one.true_on),
    cite.source(one.source),
  ]
  const countedRow = (one: CountedRow): Inline[] => [
    one.district ? `${quantity(one.quantity)}, ${one.district}` : quantity(one.quantity),
    one.programme,
    `gezählt: ${measures.labels[one.measure].de}`,
    cite.query(one.value === null ? 'nicht genannt (Datenschutz)' : formatNumber(one.value, 'de'), 'counted_figures', one.id),
    date(one.true_on),
    cite.source(one.source),
  ]
  return [
    title,
    paragraph('Kabel, neues Leerrohr, mitgenutzte Infrastruktur und Trasse sind verschiedene Größen und werden nicht addiert.'),
    {
      kind: 'table',
      caption: 'Ziele, gemeldete und gezählte Zahlen',
      columns: [
        { label: 'Größe', share: 3 },
        { label: 'Programm', share: 4 },
        { label: 'Was', share: 2 },
        { label: 'Wert', share: 2, numeric: true },
        { label: 'Stand', share: 2 },
        { label: 'Quelle', share: 1.3 },
      ],
      rows: [...targets.map(row('targets', 'Ziel')), ...figures.map(row('figures', '')), ...counted.map(countedRow)],
    },
  ]
}

/** "Manfort, Tiefbau: Ende" or the title of a milestone. */
function nameOf({ section, trade, what, title }: DateRow): string {
  return title ?? `${section}, ${trade ? trades.labels[trade].de : ''}: ${announcedSteps.labels[what].de}`
}

function tellDates({ dates }: ReportData, cite: Citations): Block[] {
  if (dates.length === 0) return []
  return [
    heading('Termine: angekündigt und eingetreten'),
    {
      kind: 'table',
      caption: 'Gewerke und Meilensteine',
      columns: [
        { label: 'Gewerk oder Meilenstein', share: 4.4 },
        { label: 'Zuerst angekündigt', share: 2.2 },
        { label: 'Zuletzt angekündigt', share: 2.6 },
        { label: 'Eingetreten', share: 2.2 },
        { label: 'Quelle', share: 1.3 },
      ],
      rows: dates.map((one): Inline[] => [
        cite.query(nameOf(one), one.layer, one.id),
        date(one.first_named),
        one.times_moved > 0
          ? cite.query(`${date(one.named)} (${one.times_moved}-mal verschoben)`, one.layer, one.id)
          : date(one.named),
        date(one.actual),
        cite.source(one.source),
      ]),
    },
  ]
}

/** What was announced and has not happened: what is due first, and what is overdue. */
function tellNextSteps({ asOf }: ReportQuestion, { dates }: ReportData, cite: Citations): Block[] {
  const open = dates
    .flatMap((one) => (one.named && !one.actual ? [{ ...one, named: one.named }] : []))
    .toSorted((a, b) => compareImprecise(a.named, b.named))
  const title = heading('Nächste Schritte')
  if (open.length === 0) return [title, paragraph('Kein weiterer Termin ist angekündigt.')]
  const items = open.map((one): Inline[] => [
    cite.query(nameOf(one), one.layer, one.id),
    hasPassed(one.named, asOf) ? ` – angekündigt war ${date(one.named)}; nicht als erledigt gemeldet` : ` – ${date(one.named)}`,
  ])
  return [title, { kind: 'list', items }]
}

function tellReading({ asOf, knownAt }: ReportQuestion): Block[] {
  return [
    heading('Zu diesem Bericht'),
    paragraph(
      `Er gilt für den ${formatDay(asOf, 'de')} und beruht auf dem, was am ${formatMoment(knownAt, 'de')} bekannt war. Spätere Berichtigungen ändern ihn nicht. ` +
        'Jede Zahl und jeder Ausbaustand führt als Link zu der Abfrage, aus der sie stammt.',
    ),
  ]
}
