import { useState } from 'preact/hooks'
import type * as z from 'zod/mini'
import { importGeoJson } from '../../../server/contract/facts.ts'
import { ApiError } from '../../api.ts'
import { Button } from '../../ui/button.tsx'
import { Checkbox, TextField } from '../../ui/field.tsx'
import { FileDrop } from '../../ui/file-drop.tsx'
import { Failure } from '../../ui/notice.tsx'
import { drafts } from '../../workbench/data.ts'
import { BasisFields } from '../../workbench/form/basis-fields.tsx'
import { useBasis } from '../../workbench/form/use-basis.ts'
import { draftCount, openPublishing } from '../../workbench/publish/publication.ts'
import { ask } from '../../workbench/staff.ts'
import { type FeatureCollection, type FileReading, readGeoJsonFile } from './geojson-file.ts'
import { ImportReport } from './import-report.tsx'

type Report = z.output<(typeof importGeoJson)['response']>
type ImportTarget = { kind: 'district_boundary' } | { kind: 'section'; programmeId: string }

/** Boundaries or sections from a file: choose it, say what it rests on, read the report, publish the drafts. */
export function GeoJsonImport(target: ImportTarget) {
  const [file, setFile] = useState<FileReading | null>(null)
  const [isOfficial, setOfficial] = useState(true)
  const [attribution, setAttribution] = useState('')
  const [report, setReport] = useState<Report | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [isBusy, setBusy] = useState(false)
  const basis = useBasis()

  const run = async (collection: FeatureCollection) => {
    if (!basis.check() || (target.kind === 'district_boundary' && !attribution.trim())) return
    setBusy(true)
    setError(null)
    const { trueOn, source, reason } = basis.basis.value
    try {
      const common = { trueOn, source, reason, collection }
      const body =
        target.kind === 'section'
          ? { ...target, ...common }
          : { ...target, ...common, official: isOfficial, attribution: attribution.trim() }
      setReport(await ask(importGeoJson, { body }))
      await drafts.ask(null)
    } catch (failure) {
      setError(failure)
      if (failure instanceof ApiError) basis.refuse(failure.problem)
    }
    setBusy(false)
  }

  const choose = async (chosen: File) => {
    setReport(null)
    setError(null)
    setFile(await readGeoJsonFile(chosen))
  }

  return (
    <form
      class="geojson-import"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (file?.ok) void run(file.collection)
      }}
    >
      <FileDrop label="GeoJSON-Datei" accept=".geojson,.json,application/geo+json" onFile={(chosen) => void choose(chosen)}>
        {hints[target.kind]}
      </FileDrop>
      {file && <ChosenFile file={file} />}
      {file?.ok && (
        <>
          {target.kind === 'district_boundary' && (
            <>
              <TextField
                label="Quellenvermerk"
                hint="steht auf der Karte, z. B. „© Stadt Leverkusen, dl-de/by-2-0“"
                value={attribution}
                error={attribution.trim() || !basis.isChecked ? undefined : 'Bitte den Quellenvermerk angeben.'}
                onInput={(event) => setAttribution(event.currentTarget.value)}
              />
              <Checkbox
                label="amtliche Grenzen"
                checked={isOfficial}
                onChange={(event) => setOfficial(event.currentTarget.checked)}
              />
            </>
          )}
          <BasisFields form={basis} canRetract={false} />
          <Button look="primary" type="submit" disabled={isBusy}>
            Prüfen und als Entwürfe übernehmen
          </Button>
        </>
      )}
      {error !== null && <Failure error={error} />}
      {report && <Done report={report} />}
    </form>
  )
}

const hints = {
  district_boundary:
    'Je Stadtteil ein Objekt; die Eigenschaft „name“ nennt den Stadtteil. Koordinaten in Länge und Breite, oder in EPSG:25832 mit Angabe in „crs“.',
  section:
    'Die Eigenschaft „name“ nennt den Bauabschnitt, „district“ den Stadtteil (sonst der, in dem er liegt), „buildPhase“ die Bauphase.',
}

function ChosenFile({ file }: { file: FileReading }) {
  if (!file.ok) {
    return (
      <p class="kern-error" role="alert">
        {file.reason}
      </p>
    )
  }
  const { length } = file.collection.features
  return (
    <p role="status">
      {length === 1 ? 'Ein Objekt' : `${length} Objekte`} mit den Eigenschaften {file.names.join(', ') || '(keine)'}.
    </p>
  )
}

function Done({ report }: { report: Report }) {
  const ids = report.features.flatMap(({ draftId }) => draftId ?? [])
  return (
    <>
      <ImportReport features={report.features} />
      {ids.length > 0 && (
        <Button look="primary" onClick={() => openPublishing(ids)}>
          {`${draftCount(ids.length)} ansehen und veröffentlichen …`}
        </Button>
      )}
    </>
  )
}
