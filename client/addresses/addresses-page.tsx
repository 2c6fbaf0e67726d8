import { useEffect } from 'preact/hooks'
import { registerLicence } from '../../server/contract/addresses.ts'
import { formatImpreciseDate } from '../../server/contract/dates.ts'
import { formatNumber } from '../../server/contract/numbers.ts'
import { Loaded } from '../ui/resource.tsx'
import { user } from '../workbench/data.ts'
import { isRunning, type Register, register } from './data.ts'
import { Differences } from './differences.tsx'
import { ImportForm } from './import-form.tsx'
import { ImportList } from './import-list.tsx'
import { TryOut } from './try-out.tsx'

const pollMs = 1_000

/** The official address register: how it stands, where its file comes from, what disagrees with the boundaries. */
export function AddressesPage() {
  useEffect(() => void register.ask(null), [])
  const mayImport = user.value?.roles.some((role) => role === 'gigabitCoordinator' || role === 'admin') ?? false
  return (
    <div class="page">
      <h1>Adressen</h1>
      <Loaded from={register}>
        {(answer) => (
          <>
            <State register={answer} />
            {answer.addresses === 0 && <WhereFrom />}
            {mayImport && <ImportForm register={answer} />}
            <ImportList imports={answer.imports} mayCancel={mayImport} />
            {answer.streets > 0 && <TryOut />}
            {answer.streets > 0 && <Differences register={answer} />}
            <FollowRunning register={answer} />
          </>
        )}
      </Loaded>
    </div>
  )
}

/** Asks again as long as a file is being read. */
function FollowRunning({ register: { imports } }: { register: Register }) {
  const isBusy = imports.some(isRunning)
  useEffect(() => {
    if (!isBusy) return
    const timer = setInterval(() => void register.again(), pollMs)
    return () => clearInterval(timer)
  }, [isBusy])
  return null
}

function State({ register: { municipality, addresses, streets, registerDate } }: { register: Register }) {
  return (
    <>
      <p>
        Hausnummern und Straßenschlüssel der Gemeinde {municipality} aus dem amtlichen Register des Landes. Danach findet die
        öffentliche Suche Adressen, und Lieferungen werden ihnen zugeordnet. Was an einer Adresse gebaut ist, bleibt intern.
      </p>
      <dl class="addresses__state">
        <Amount label="Adressen" value={formatNumber(addresses, 'de', 0)} />
        <Amount label="Straßen" value={formatNumber(streets, 'de', 0)} />
        <Amount label="Stand des Registers" value={registerDate ? formatImpreciseDate(registerDate, 'de') : 'noch keiner'} />
      </dl>
      <p class="muted">
        Quelle: {registerLicence.publisher}, <a href={registerLicence.url}>{registerLicence.name}</a>
      </p>
    </>
  )
}

function Amount({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  )
}

function WhereFrom() {
  return (
    <div class="empty">
      <p>
        <strong>Noch keine Adressen.</strong> So kommen sie herein:
      </p>
      <ol>
        <li>
          Laden Sie bei Geobasis NRW (OpenGeodata.NRW) die „Gebäudereferenzen“ herunter: <code>gebref.txt</code>, für das ganze
          Land als ZIP-Datei. Sie ist frei, auch ohne Anmeldung.
        </li>
        <li>Geben Sie die Datei hier ab, so wie sie ist. Nur die Adressen der eigenen Gemeinde werden übernommen.</li>
        <li>
          Auf dem Server geht es auch ohne Browser: <code>npm run addresses -- gebref.zip</code>
        </li>
      </ol>
      <p>Auch die Liste der Straßenschlüssel (CSV) wird angenommen; mit ihr findet die Suche schon die Straßen.</p>
    </div>
  )
}
