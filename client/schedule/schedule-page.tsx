import { useEffect } from 'preact/hooks'
import { Loaded } from '../ui/resource.tsx'
import { ClockFields, readClocks } from '../workbench/clocks.tsx'
import { overview } from '../workbench/data.ts'
import { place } from '../workbench/place.ts'
import { AnnouncedList } from './announced-list.tsx'
import { forecast, ledger } from './data.ts'
import { ForecastTables } from './forecast-tables.tsx'
import { LedgerTable } from './ledger-table.tsx'

/** What was announced against what happened, per operator and date; and when running trades can be expected to end. */
export function SchedulePage() {
  const clocks = readClocks(place.value.query)
  const key = JSON.stringify(clocks)
  const revision = overview.answer.value?.clocks.revision
  useEffect(() => {
    void ledger.ask(clocks)
    void forecast.ask(clocks)
  }, [key, revision])
  return (
    <div class="page">
      <h1>Termine</h1>
      <p>
        Jede Ankündigung bleibt stehen, auch eine zurückgenommene. Termine behalten ihre Genauigkeit: Wo sie nicht entscheidet,
        steht eine Spanne. Gezählt wird vom letzten Tag zum letzten Tag.
      </p>
      <search class="field-row">
        <ClockFields />
      </search>
      <Loaded from={ledger}>
        {(answer) => (
          <>
            <LedgerTable operators={answer.operators} minimum={answer.minimumCases} />
            <Loaded from={forecast}>{(expected) => <ForecastTables answer={expected} />}</Loaded>
            <AnnouncedList dates={answer.dates} />
          </>
        )}
      </Loaded>
    </div>
  )
}
