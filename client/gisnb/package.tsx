import { useState } from 'preact/hooks'
import { formatDay, formatMoment, today } from '../../server/contract/dates.ts'
import { type GisNbSubmission, gisNbCrs, submitGisNb } from '../../server/contract/gisnb.ts'
import { Button, ButtonLink } from '../ui/button.tsx'
import { type Column, DataTable } from '../ui/data-table.tsx'
import { SelectField } from '../ui/field.tsx'
import { explain } from '../ui/notice.tsx'
import { announce, toast } from '../ui/toast.tsx'
import { user } from '../workbench/data.ts'
import { ask } from '../workbench/staff.ts'
import { type Check, check as checked, type FileWish, isOf, packageAddress, submissions, type Wish } from './data.ts'

const formats = { shp: 'Shapefile (ZIP)', gpkg: 'GeoPackage' }

/** The package as a file, and what was handed over before. */
export function Package({ wish, check }: { wish: Wish; check: Check }) {
  const [file, setFile] = useState<FileWish>({ format: 'shp', crs: 25832 })
  const [isBusy, setBusy] = useState(false)
  const errors = check.layers.reduce((sum, layer) => sum + layer.errors, 0)
  const submit = async () => {
    setBusy(true)
    try {
      await ask(submitGisNb, { body: { ...wish, ...file, asOf: today() } })
      announce('Die Abgabe ist vermerkt.')
      await Promise.all([submissions.again(), checked.again()])
    } catch (error) {
      toast(explain(error), 'danger')
    }
    setBusy(false)
  }
  const own = (submissions.answer.value ?? []).filter(isOf(wish))
  return (
    <section>
      <h2>Paket und Abgabe</h2>
      <div class="field-row">
        <SelectField
          label="Format"
          optional="silent"
          value={file.format}
          onChange={(event) => setFile({ ...file, format: event.currentTarget.value as FileWish['format'] })}
          options={Object.entries(formats).map(([value, label]) => ({ value, label }))}
        />
        <SelectField
          label="Koordinatensystem"
          optional="silent"
          value={String(file.crs)}
          onChange={(event) => setFile({ ...file, crs: Number(event.currentTarget.value) as FileWish['crs'] })}
          options={gisNbCrs.map((crs) => ({ value: String(crs), label: `EPSG:${crs}` }))}
        />
        <ButtonLink look="primary" icon="download" href={packageAddress(wish, file)} download>
          Paket herunterladen
        </ButtonLink>
        {user.value?.roles.includes('gigabitCoordinator') && (
          <Button look="secondary" icon="check" disabled={isBusy} onClick={() => void submit()}>
            {isBusy ? 'Wird vermerkt …' : 'Abgabe vermerken'}
          </Button>
        )}
      </div>
      {errors > 0 && <p>Das Paket hat noch {errors} Fehler; der Projektträger würde es zurückgeben.</p>}
      {own.length === 0 ? (
        <p class="muted">Noch keine Abgabe vermerkt. Ist eine vermerkt, zeigt die Tabelle oben den Unterschied dazu.</p>
      ) : (
        <DataTable caption="Abgaben" columns={columns} rows={own} rowKey={({ id }) => String(id)} />
      )}
    </section>
  )
}

const columns: readonly Column<GisNbSubmission>[] = [
  { key: 'asOf', label: 'Stand', heading: true, cell: ({ asOf }) => formatDay(asOf, 'de') },
  { key: 'made', label: 'Vermerkt', cell: ({ madeAt, madeBy }) => `${formatMoment(madeAt, 'de')}, ${madeBy}` },
  {
    key: 'format',
    label: 'Format',
    cell: ({ format, crs }) => `${formats[format as keyof typeof formats] ?? format}, EPSG:${crs}`,
  },
  { key: 'errors', label: 'Fehler', numeric: true, cell: ({ errors }) => errors },
  { key: 'sha256', label: 'SHA-256', cell: ({ sha256 }) => <code title={sha256}>{sha256.slice(0, 16)}…</code> },
]
