import { useEffect } from 'preact/hooks'
import { Field } from '../ui/field.tsx'
import { Loaded } from '../ui/resource.tsx'
import { overview } from '../workbench/data.ts'
import { addressWith, go, place } from '../workbench/place.ts'
import { AnnouncedList } from './announced-list.tsx'
import { forecast, ledger, readClocks } from './data.ts'
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
    <div class="page page--sections">
      <h1>Termine</h1>
      <p>
        Jede Ankündigung bleibt stehen, auch eine zurückgenommene. Termine behalten ihre Genauigkeit: Wo sie nicht entscheidet,
        steht eine Spanne. Gezählt wird vom letzten Tag zum letzten Tag.
      </p>
      <search class="findings__filters">
        <DayField label="Stand" name="datum" value={clocks.asOf} />
        <DayField label="Bekannt bis" name="stand" value={clocks.knownAt} />
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

function DayField({ label, name, value }: { label: string; name: 'datum' | 'stand'; value: string | undefined }) {
  return (
    <Field label={label} optional="silent">
      {(wiring) => (
        <input
          {...wiring}
          type="date"
          class="kern-form-input__input"
          value={value?.slice(0, 10) ?? ''}
          onChange={(event) => go(addressWith({ [name]: event.currentTarget.value || null }), { replace: true })}
        />
      )}
    </Field>
  )
}
