import { type AddressImport, cancelAddressImport } from '../../server/contract/addresses.ts'
import { formatImpreciseDate, formatMoment } from '../../server/contract/dates.ts'
import { formatNumber } from '../../server/contract/numbers.ts'
import { Button } from '../ui/button.tsx'
import { Disclosure } from '../ui/disclosure.tsx'
import { explain } from '../ui/notice.tsx'
import { toast } from '../ui/toast.tsx'
import { ask } from '../workbench/staff.ts'
import { differences, isRunning, register } from './data.ts'
import { Progress } from './progress.tsx'

const statuses: Readonly<Record<AddressImport['status'], string>> = {
  waiting: 'wartet',
  reading: 'wird gelesen',
  applying: 'wird übernommen',
  done: 'übernommen',
  refused: 'abgelehnt',
  cancelled: 'abgebrochen',
  failed: 'fehlgeschlagen',
}

/** Counts in the order in which they matter; zeros of rare kinds are left out. */
const counted: readonly [key: string, one: string, many: string][] = [
  ['added', 'neue Adresse', 'neue Adressen'],
  ['moved', 'verschoben', 'verschoben'],
  ['renamed', 'umbenannt oder umnummeriert', 'umbenannt oder umnummeriert'],
  ['vanished', 'weggefallen', 'weggefallen'],
  ['unchanged', 'unverändert', 'unverändert'],
  ['streets', 'neue Straße', 'neue Straßen'],
  ['streetsRenamed', 'Straße umbenannt', 'Straßen umbenannt'],
  ['new', 'neue Straße', 'neue Straßen'],
  ['changed', 'geändert', 'geändert'],
  ['refused', 'Zeile abgelehnt', 'Zeilen abgelehnt'],
]

export function ImportList({ imports, mayCancel }: { imports: readonly AddressImport[]; mayCancel: boolean }) {
  if (imports.length === 0) return null
  return (
    <section>
      <h2>Eingelesene Dateien</h2>
      <ul class="addresses__imports">
        {imports.map((one) => (
          <li key={one.id}>
            <Entry of={one} mayCancel={mayCancel} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Entry({ of, mayCancel }: { of: AddressImport; mayCancel: boolean }) {
  return (
    <>
      <p>
        <strong>{of.fileName}</strong>, {statuses[of.status]}
        {of.registerDate && `, Stand ${formatImpreciseDate(of.registerDate, 'de')}`}
      </p>
      {isRunning(of) && <Running of={of} mayCancel={mayCancel} />}
      {of.problem && <p class="addresses__problem">{of.problem}</p>}
      {of.result && <p>{resultSentence(of.result)}</p>}
      <p class="muted">
        {of.actorName}, {formatMoment(of.receivedAt, 'de')}
        {of.lines > 0 && `; ${formatNumber(of.kept, 'de', 0)} von ${formatNumber(of.lines, 'de', 0)} Zeilen gehören zur Gemeinde`}
        <span class="addresses__hash">; SHA-256 {of.sha256}</span>
      </p>
      {of.remarks.length > 0 && (
        <Disclosure summary={`Auffällige Zeilen (${of.remarks.length})`}>
          <ul>
            {of.remarks.map(({ line, text }) => (
              <li key={line}>
                Zeile {formatNumber(line, 'de', 0)}: {text}
              </li>
            ))}
          </ul>
        </Disclosure>
      )}
    </>
  )
}

function Running({ of, mayCancel }: { of: AddressImport; mayCancel: boolean }) {
  const cancel = async () => {
    try {
      await ask(cancelAddressImport, { params: { id: of.id } })
      await Promise.all([register.again(), differences.again()])
    } catch (error) {
      toast(explain(error), 'danger')
    }
  }
  return (
    <Progress label={statuses[of.status]} share={of.bytes > 0 ? of.bytesRead / of.bytes : 0}>
      {mayCancel && (
        <Button small onClick={() => void cancel()}>
          Einlesen abbrechen
        </Button>
      )}
    </Progress>
  )
}

function resultSentence(result: Readonly<Record<string, number>>): string {
  const parts = counted.flatMap(([key, one, many]) => {
    const count = result[key] ?? 0
    return count > 0 ? [`${formatNumber(count, 'de', 0)} ${count === 1 ? one : many}`] : []
  })
  return parts.length > 0 ? `${parts.join(', ')}.` : 'Keine Änderung.'
}
