import { useId } from 'preact/hooks'
import type { DeliveryDetail, DeliveryTable } from '../../server/contract/deliveries.ts'
import { objectKinds } from '../../server/contract/objects/index.ts'
import { Button } from '../ui/button.tsx'
import { type Column, DataTable } from '../ui/data-table.tsx'
import { Checkbox, Field, SelectField, TextField } from '../ui/field.tsx'
import { addressWith, go } from '../workbench/place.ts'
import { CrsField } from './crs-field.tsx'
import { Remarks } from './remarks.tsx'
import { StandField } from './stand-field.tsx'
import { stepWords } from './steps.tsx'
import { citationOf, type MappingForm, whatInputs } from './use-mapping.ts'
import { number } from './words.ts'

const kindOptions = [
  ...Object.entries(objectKinds).map(([value, { label }]) => ({ value, label: label.de })),
  { value: 'street', label: 'Straßenschlüssel (amtliche Liste)' },
]

interface WhatStepProps {
  detail: DeliveryDetail
  form: MappingForm
  senders: readonly string[]
}

/** What the file is, from whom, for when: guessed with reasons, said by a person where it is not clear. */
export function WhatStep({ detail, form, senders }: WhatStepProps) {
  const { typed, table, set, errorAt } = form
  const next = (event: Event) => {
    event.preventDefault()
    if (form.check(whatInputs)) go(addressWith({ schritt: stepWords.columns }))
  }
  return (
    <form class="delivery-step" noValidate onSubmit={next}>
      <h2>Was ist es?</h2>
      {detail.guess && detail.guess.reasons.length > 0 && <Reasons reasons={detail.guess.reasons} />}
      <div class="form-grid">
        {detail.tables.length > 1 && (
          <SelectField
            label="Blatt oder Ebene"
            hint={`${detail.tables.length} sind in der Datei; eine Lieferung nimmt eine davon auf`}
            value={typed.table}
            options={detail.tables.map(({ name, rowCount }) => ({
              value: name,
              label: rowCount === null ? name : `${name} (${number(rowCount)} Zeilen)`,
            }))}
            onChange={(event) => set({ table: event.currentTarget.value })}
          />
        )}
        <SelectField
          label="Was steht darin?"
          value={typed.kind}
          error={errorAt('kind')}
          options={[{ value: '', label: 'Bitte wählen' }, ...kindOptions]}
          onChange={(event) => set({ kind: event.currentTarget.value as MappingForm['typed']['kind'] })}
        />
        <SenderField form={form} senders={senders} />
        <StandField value={typed.trueOn} error={errorAt('trueOn')} onInput={(trueOn) => set({ trueOn })} />
        <TextField
          label="Quelle"
          hint="steht später bei jeder Angabe"
          value={citationOf(typed)}
          error={errorAt('citation')}
          onInput={(event) => set({ citation: event.currentTarget.value })}
        />
      </div>
      {table && <CrsField table={table} form={form} />}
      <Checkbox
        label="Die Datei ist vollständig: Was fehlt, gibt es nicht mehr"
        checked={typed.isComplete}
        onChange={(event) => set({ isComplete: event.currentTarget.checked })}
      />
      {table && <Remarks remarks={table.remarks} label="Bemerkungen zur Tabelle" />}
      {table && <Preview table={table} />}
      <div class="delivery-actions">
        <Button look="primary" type="submit" icon="forward">
          Weiter zu den Spalten
        </Button>
      </div>
    </form>
  )
}

function Reasons({ reasons }: { reasons: readonly string[] }) {
  return (
    <div>
      <p>Vermutet, weil:</p>
      <ul class="remark-list">
        {reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
    </div>
  )
}

/** One of the senders known, or a new one. */
function SenderField({ form, senders }: { form: MappingForm; senders: readonly string[] }) {
  const list = useId()
  const { typed, set, errorAt } = form
  const isNew = typed.senderName.trim() !== '' && !senders.includes(typed.senderName.trim())
  return (
    <Field
      label="Absender"
      hint={isNew ? 'neuer Absender: Die Zuordnung wird für ihn gemerkt' : 'Betreiber oder Baufirma, z. B. EVL'}
      error={errorAt('senderName')}
    >
      {(wiring) => (
        <>
          <input
            {...wiring}
            type="text"
            name="senderName"
            class={`kern-form-input__input${errorAt('senderName') ? ' kern-form-input__input--error' : ''}`}
            list={list}
            value={typed.senderName}
            onInput={(event) => set({ senderName: event.currentTarget.value })}
          />
          <datalist id={list}>
            {senders.map((sender) => (
              <option key={sender} value={sender} />
            ))}
          </datalist>
        </>
      )}
    </Field>
  )
}

type PreviewRow = DeliveryTable['preview'][number] & { position: number }

/** The first rows as they stand in the file. */
function Preview({ table }: { table: DeliveryTable }) {
  const columns = table.columns.map(
    ({ name, type }): Column<PreviewRow> => ({
      key: name,
      label: name,
      numeric: type === 'number',
      cell: (row) => String(row[name] ?? ''),
    }),
  )
  const rows = table.preview.map((row, index): PreviewRow => ({ ...row, position: index }))
  return (
    <div class="delivery-preview">
      <DataTable
        caption={`Die ersten ${rows.length} Zeilen von „${table.name}“`}
        columns={columns}
        rows={rows}
        rowKey={({ position }) => String(position)}
      />
    </div>
  )
}
