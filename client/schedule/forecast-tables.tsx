import { trades } from '../../server/contract/codes.ts'
import { formatDay, formatImpreciseDate } from '../../server/contract/dates.ts'
import type { DurationCase, Forecast, Pool } from '../../server/contract/schedule.ts'
import { type Column, DataTable } from '../ui/data-table.tsx'
import { Disclosure } from '../ui/disclosure.tsx'
import type { ForecastAnswer } from './data.ts'

/** When running sections and trades can be expected to end, on what that rests, and how often it would have been right. */
export function ForecastTables({ answer: { pools, forecasts, minimumCases } }: { answer: ForecastAnswer }) {
  return (
    <section>
      <h2>Prognose laufender Bauabschnitte und Gewerke</h2>
      <DataTable
        caption="Voraussichtliches Ende"
        columns={forecastColumns(pools, minimumCases)}
        rows={forecasts}
        rowKey={({ factId }) => factId}
        empty="Bis zu diesem Tag läuft kein Gewerk mit bekanntem Beginn."
      />
      <DataTable
        caption="Worauf die Prognose beruht, und wie oft sie gestimmt hätte"
        columns={poolColumns(minimumCases)}
        rows={pools}
        rowKey={({ id }) => id}
        empty="Noch keine Dauer bekannt."
      />
      {pools.map((pool) => (
        <Cases key={pool.id} pool={pool} />
      ))}
      <Disclosure summary="So wird gerechnet">
        <p>
          Grundlage sind die bekannten Dauern desselben Gewerks beim selben Betreiber (ist keiner genannt: im selben Programm).
          Ein ganzer Bauabschnitt dauert vom Beginn des Tiefbaus bis zum Ende der Inbetriebnahme. Laufendes zählt bis zu seiner
          letzten Meldung mit (Kaplan–Meier, zensiert). Die Spanne liegt zwischen dem 10. und dem 90. Hundertstel von 1.000
          Ziehungen mit Zurücklegen (Bootstrap); jede Dauer wird dabei so weit verschoben, wie die Genauigkeit ihrer Termine es
          offen lässt. Dieselben Angaben ergeben dieselbe Spanne.
        </p>
        <p>
          Unter {minimumCases} beendeten Fällen gibt es keine Prognose: Erst dann umfassen kürzeste und längste Dauer rund vier
          von fünf künftigen. Rückprobe: Jeder beendete Fall wird einmal weggelassen und aus den übrigen vorhergesagt.
        </p>
      </Disclosure>
    </section>
  )
}

function forecastColumns(pools: readonly Pool[], minimum: number): Column<Forecast>[] {
  return [
    { key: 'section', label: 'Bauabschnitt', heading: true, cell: ({ section }) => section },
    { key: 'trade', label: 'Gewerk', cell: ({ trade }) => tradeText(trade) },
    { key: 'started', label: 'Begonnen', cell: ({ started }) => formatImpreciseDate(started, 'de') },
    { key: 'reported', label: 'Zuletzt gemeldet', cell: ({ reportedOn }) => formatDay(reportedOn, 'de') },
    {
      key: 'announced',
      label: 'Angekündigt',
      cell: ({ announcedEnd }) => (announcedEnd ? formatImpreciseDate(announcedEnd, 'de') : '–'),
    },
    { key: 'band', label: 'Ende in 80 von 100 Fällen', cell: (forecast) => bandText(forecast, pools, minimum) },
    { key: 'median', label: 'Mitte', cell: ({ band }) => (band ? dayText(band.median) : '–') },
  ]
}

function tradeText(trade: Pool['trade']): string {
  return trade ? trades.labels[trade].de : 'ganzer Bauabschnitt'
}

/** What the numbers of a pool are made of: each case with its dates, and the way to its section. */
function Cases({ pool }: { pool: Pool }) {
  const name = `${tradeText(pool.trade)}, ${pool.name}`
  return (
    <Disclosure summary={`Fälle: ${name} (${pool.cases.length})`}>
      <DataTable caption={`Dauern: ${name}`} columns={caseColumns} rows={pool.cases} rowKey={({ sectionId }) => sectionId} />
    </Disclosure>
  )
}

const caseColumns: readonly Column<DurationCase>[] = [
  {
    key: 'section',
    label: 'Bauabschnitt',
    heading: true,
    cell: ({ section, sectionId, programmeId }) => (
      <a href={`/arbeitsplatz?${new URLSearchParams({ programm: programmeId, abschnitt: sectionId })}`}>{section}</a>
    ),
  },
  { key: 'started', label: 'Begonnen', cell: ({ started }) => formatImpreciseDate(started, 'de') },
  { key: 'ended', label: 'Beendet', cell: ({ ended }) => (ended ? formatImpreciseDate(ended, 'de') : 'läuft') },
  { key: 'reported', label: 'Zuletzt gemeldet', cell: ({ reportedOn }) => formatDay(reportedOn, 'de') },
  { key: 'days', label: 'Tage', numeric: true, cell: ({ days }) => days },
]

function bandText({ band, poolId }: Forecast, pools: readonly Pool[], minimum: number): string {
  const cases = pools.find(({ id }) => id === poolId)?.completed ?? 0
  if (!band) return `zu wenige Fälle (n = ${cases} < ${minimum})`
  return `${dayText(band.from)} bis ${dayText(band.to)}`
}

/** Without a day, too many cases still run to say it. */
function dayText(day: string | null): string {
  return day ? formatDay(day, 'de') : 'offen'
}

function poolColumns(minimum: number): Column<Pool>[] {
  return [
    { key: 'name', label: 'Betreiber oder Programm', heading: true, cell: ({ name }) => name },
    { key: 'trade', label: 'Gewerk', cell: ({ trade }) => tradeText(trade) },
    { key: 'completed', label: 'beendet', numeric: true, cell: ({ completed }) => completed },
    { key: 'running', label: 'laufend', numeric: true, cell: ({ running }) => running },
    { key: 'backTest', label: 'Rückprobe', cell: (pool) => backTestText(pool, minimum) },
  ]
}

function backTestText({ backTest, completed }: Pool, minimum: number): string {
  if (!backTest) return `zu wenige Fälle (n = ${completed} < ${minimum})`
  const { cases, inside, medianErrorDays } = backTest
  const error = medianErrorDays === null ? 'mittlerer Fehler offen' : `mittlerer Fehler ${medianErrorDays} Tage`
  return `${inside} von ${cases} Enden in der Spanne (${Math.round((inside / cases) * 100)} %), ${error}`
}
