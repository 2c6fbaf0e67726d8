import { useEffect, useState } from 'preact/hooks'
import { previewRelease, publishRelease, type ReleaseFigure } from '../../server/contract/counts.ts'
import { today } from '../../server/contract/dates.ts'
import { measures } from '../../server/contract/metrics.ts'
import { premisesKinds } from '../../server/contract/objects/codes.ts'
import { Button } from '../ui/button.tsx'
import { DataTable } from '../ui/data-table.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field, TextArea } from '../ui/field.tsx'
import { explain } from '../ui/notice.tsx'
import { announce } from '../ui/toast.tsx'
import { overview, refresh } from '../workbench/data.ts'
import { ask } from '../workbench/staff.ts'
import { releases } from './data.ts'

const why = {
  small: 'weniger als 4 (oder ein Unterschied zu einer anderen Zahl)',
  partner: 'sonst ließe sich eine andere errechnen',
}

/** Stand and reason, and before anything is written: what the public will see, and what not and why. */
export function PublishDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const [stand, setStand] = useState(today())
  const [reason, setReason] = useState('')
  const [figures, setFigures] = useState<readonly ReleaseFigure[] | null>(null)
  const [error, setError] = useState<string | undefined>()
  const [isBusy, setBusy] = useState(false)
  useEffect(() => {
    if (!open || !stand) return
    let isOld = false
    setFigures(null)
    setError(undefined)
    ask(previewRelease, { query: { stand } }).then(
      (answer) => isOld || setFigures(answer.figures),
      (failure) => isOld || setError(explain(failure)),
    )
    return () => {
      isOld = true
    }
  }, [open, stand])
  const publish = async () => {
    setBusy(true)
    try {
      const { figures: all, hidden } = await ask(publishRelease, { body: { stand, reason } })
      announce(`Veröffentlicht: ${all - hidden} Zahlen, ${hidden} nicht genannt.`)
      onClose()
      await Promise.all([releases.again(), refresh()])
    } catch (failure) {
      setError(explain(failure))
    }
    setBusy(false)
  }
  return (
    <Dialog
      open={open}
      title="Zahlen veröffentlichen"
      onClose={onClose}
      footer={
        <>
          <Button look="secondary" onClick={onClose}>
            Abbrechen
          </Button>
          <Button look="primary" disabled={isBusy || !figures?.length} onClick={() => void publish()}>
            Veröffentlichen
          </Button>
        </>
      }
    >
      <Field label="Stand" hint="Tag, für den gezählt wird">
        {(wiring) => (
          <input
            {...wiring}
            class="kern-form-input__input"
            type="date"
            max={today()}
            value={stand}
            onInput={(event) => setStand(event.currentTarget.value)}
          />
        )}
      </Field>
      <TextArea label="Anlass" value={reason} error={error} onInput={(event) => setReason(event.currentTarget.value)} />
      {figures === null && !error && <p role="status">Die Vorschau wird gerechnet …</p>}
      {figures && <Preview figures={figures} />}
    </Dialog>
  )
}

function Preview({ figures }: { figures: readonly ReleaseFigure[] }) {
  const districts = new Map(overview.answer.value?.districts.map(({ id, name }) => [id, name]))
  const programmes = new Map(overview.answer.value?.programmes.map(({ id, name }) => [id, name]))
  return (
    <DataTable
      caption={`Was öffentlich wird (${figures.filter(({ hidden }) => hidden).length} von ${figures.length} nicht genannt)`}
      rows={figures}
      rowKey={(row) => [row.programmeId, row.districtId, row.kind, row.measure].join(' ')}
      empty="Es gibt keine Anschlussobjekte zu diesem Stand."
      columns={[
        { key: 'programme', label: 'Programm', cell: (row) => programmes.get(row.programmeId) ?? row.programmeId },
        { key: 'where', label: 'Stadtteil', cell: (row) => (row.districtId ? districts.get(row.districtId) : 'Ganzes Programm') },
        {
          key: 'what',
          label: 'Größe',
          cell: (row) => `${premisesKinds.labels[row.kind].de}, ${measures.labels[row.measure].de}`,
        },
        { key: 'value', label: 'Wert', numeric: true, cell: (row) => (row.hidden ? `(${row.counted})` : row.counted) },
        { key: 'why', label: 'nicht genannt, weil', cell: (row) => (row.hidden ? why[row.hidden] : '') },
      ]}
    />
  )
}
