import { useRef, useState } from 'preact/hooks'
import { type CoverageImport, cancelCoverageImport, largestCoverageGb } from '../../server/contract/coverage.ts'
import { type CoverageDataset, coverageDatasets } from '../../server/contract/coverage-codes.ts'
import { formatMoment } from '../../server/contract/dates.ts'
import { Disclosure } from '../ui/disclosure.tsx'
import { SelectField } from '../ui/field.tsx'
import { FileDrop } from '../ui/file-drop.tsx'
import { explain, Notice } from '../ui/notice.tsx'
import { announce, toast } from '../ui/toast.tsx'
import { Progress } from '../workbench/progress.tsx'
import { ask } from '../workbench/staff.ts'
import { Confirming } from './confirming.tsx'
import { type Desk, desk, dropTyped, sendCoverage } from './coverage-data.ts'

const recognise = ''

/** Step by step: hand in a file, see what was found in it, confirm. */
export function TakingIn({ desk: { imports, editions } }: { desk: Desk }) {
  const open = imports.filter(({ status }) => status === 'reading' || status === 'ready')
  const ended = imports.filter((one) => !open.includes(one))
  const [latest] = imports
  return (
    <section>
      <h2>Ausgabe einlesen</h2>
      <Sending />
      {open.map((one) =>
        one.status === 'reading' ? (
          <Progress
            key={one.id}
            label={`„${one.fileName}“ wird gelesen`}
            share={one.progress}
            cancel="Einlesen abbrechen"
            onCancel={() => void putAside(one)}
          />
        ) : (
          <Confirming key={one.id} received={one} editions={editions} onPutAside={() => void putAside(one)} />
        ),
      )}
      {latest?.problem && latest.status !== 'cancelled' && <Refused one={latest} />}
      {ended.length > 0 && (
        <Disclosure summary={`Zuletzt eingelesene Dateien (${ended.length})`}>
          <ul class="coverage__imports">
            {ended.map((one) => (
              <li key={one.id}>
                <strong>{one.fileName}</strong>, {statuses[one.status]}
                {one.problem && <p>{one.problem}</p>}
                <p class="muted">
                  {one.actorName}, {formatMoment(one.receivedAt, 'de')}
                </p>
              </li>
            ))}
          </ul>
        </Disclosure>
      )}
    </section>
  )
}

const statuses: Readonly<Record<CoverageImport['status'], string>> = {
  reading: 'wird gelesen',
  ready: 'zu bestätigen',
  imported: 'übernommen',
  refused: 'nicht brauchbar',
  cancelled: 'abgebrochen',
  failed: 'fehlgeschlagen',
}

async function putAside({ id, fileName }: CoverageImport): Promise<void> {
  try {
    await ask(cancelCoverageImport, { params: { id } })
    dropTyped(id)
    announce(`${fileName} verworfen`)
  } catch (error) {
    toast(explain(error), 'danger')
  }
  await desk.again()
}

function Refused({ one }: { one: CoverageImport }) {
  return (
    <Notice kind="danger" title={`„${one.fileName}“ wurde nicht übernommen`} role="status">
      <p>{one.problem}</p>
    </Notice>
  )
}

function Sending() {
  const [dataset, setDataset] = useState<string>(recognise)
  const [share, setShare] = useState<number | null>(null)
  const [error, setError] = useState<unknown>(null)
  const sending = useRef<AbortController | null>(null)
  const send = async (file: File) => {
    sending.current = new AbortController()
    setError(null)
    setShare(0)
    try {
      const wished = dataset === recognise ? null : (dataset as CoverageDataset)
      await sendCoverage(file, wished, { signal: sending.current.signal, onProgress: setShare })
      announce(`${file.name} wird gelesen`)
    } catch (reason) {
      setError(reason)
    }
    setShare(null)
    await desk.again()
  }
  return (
    <>
      <SelectField
        label="Was ist es?"
        optional="silent"
        hint="Nur nötig, wenn es nicht von selbst erkannt wird: etwa bei Flächen, die keinen Betreiber nennen."
        value={dataset}
        onChange={(event) => setDataset(event.currentTarget.value)}
        options={[
          { value: recognise, label: 'selbst erkennen' },
          ...coverageDatasets.keys.map((value) => ({ value, label: coverageDatasets.labels[value].de })),
        ]}
      />
      <FileDrop
        label="Datei"
        accept=".gpkg,.zip,.csv,.txt,.geojson,.json,.xlsx"
        disabled={share !== null}
        onFile={(file) => void send(file)}
      >
        GeoPackage oder Shapefile (ZIP) der Bundesnetzagentur, Versorgung eines Betreibers, oder Messfahrt als CSV mit Zeit,
        Länge, Breite, Betreiber, Technik, RSRP; bis {largestCoverageGb} GB. Übernommen wird nur, was in der Stadt liegt.
      </FileDrop>
      {share !== null && (
        <Progress label="Wird gesendet" share={share} cancel="Senden abbrechen" onCancel={() => sending.current?.abort()} />
      )}
      {error !== null && (
        <Notice kind="danger" title="Die Datei wurde nicht angenommen" role="alert">
          <p>{explain(error)}</p>
        </Notice>
      )}
    </>
  )
}
