import { trades } from '../../server/contract/codes.ts'
import { formatDay, formatImpreciseDate } from '../../server/contract/dates.ts'
import type { Forecast, Pool } from '../../server/contract/schedule.ts'
import { type Column, DataTable } from '../ui/data-table.tsx'
import { Disclosure } from '../ui/disclosure.tsx'
import type { ForecastAnswer } from './data.ts'

/** When running trades can be expected to end, on what that rests, and how often it would have been right. */
export function ForecastTables({ answer: { pools, forecasts, minimumCases } }: { answer: ForecastAnswer }) {
  return (
    <section>
      <h2>Prognose laufender Gewerke</h2>
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
      <Disclosure summary="So wird gerechnet">
        <p>
          Grundlage sind die bekannten Dauern desselben Gewerks beim selben Betreiber (ist keiner genannt: im selben Programm).
          Laufende Gewerke zählen bis zu ihrer letzten Meldung mit (Kaplan–Meier, zensiert). Die Spanne liegt zwischen dem 10. und
          dem 90. Hundertstel von 1.000 Ziehungen mit Zurücklegen (Bootstrap); jede Dauer wird dabei so weit verschoben, wie die
          Genauigkeit ihrer Termine es offen lässt. Dieselben Angaben ergeben dieselbe Spanne.
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
    { key: 'trade', label: 'Gewerk', cell: ({ trade }) => trades.labels[trade].de },
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
    { key: 'trade', label: 'Gewerk', cell: ({ trade }) => trades.labels[trade].de },
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
