import { useState } from 'preact/hooks'
import { type DeliveryDetail, type MappableField, mapDelivery } from '../../server/contract/deliveries.ts'
import { ApiError } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { Disclosure } from '../ui/disclosure.tsx'
import { SelectField } from '../ui/field.tsx'
import { Failure } from '../ui/notice.tsx'
import { addressWith, go } from '../workbench/place.ts'
import { ask } from '../workbench/staff.ts'
import { opened } from './data.ts'
import { stepWords } from './steps.tsx'
import { type MappingForm, whatInputs } from './use-mapping.ts'
import { WordList } from './word-list.tsx'

/** Which column holds what. Guessed ones are marked, missing required ones named. */
export function ColumnsStep({ detail, form }: { detail: DeliveryDetail; form: MappingForm }) {
  const [error, setError] = useState<unknown>(null)
  const [isBusy, setBusy] = useState(false)
  // What is chosen among the others while one looks at them stays there.
  const [firstChosen] = useState(() => new Set(Object.keys(form.typed.columns).filter((name) => form.typed.columns[name])))
  const { delivery, guess } = detail
  const send = async (event: Event) => {
    event.preventDefault()
    if (!form.check(whatInputs)) return go(addressWith({ schritt: stepWords.what }))
    if (!form.check(form.fields.map(({ name }) => `columns.${name}`))) return
    setBusy(true)
    setError(null)
    try {
      await ask(mapDelivery, { params: { id: delivery.id }, body: form.mapping() })
      form.forget()
      await opened.again()
      go(addressWith({ schritt: stepWords.review }))
    } catch (failure) {
      setError(failure)
      if (failure instanceof ApiError) form.refuse(failure.problem)
    }
    setBusy(false)
  }
  const missing = form.fields.filter(
    ({ name, isRequired }) => isRequired && !form.typed.columns[name] && !form.typed.defaults[name],
  )
  const isShown = ({ name, isRequired }: MappableField) => isRequired || firstChosen.has(name) || usual.includes(name)
  const others = form.fields.filter((field) => !isShown(field))
  return (
    <form class="delivery-step" noValidate onSubmit={(event) => void send(event)}>
      <h2>Spalten</h2>
      {guess?.rememberedFor && <p>Die Zuordnung ist von der letzten Lieferung gemerkt: {guess.rememberedFor}.</p>}
      {missing.length > 0 && (
        <p class="mark mark--overdue">Noch nicht zugeordnet: {missing.map(({ label }) => label).join(', ')}</p>
      )}
      <FieldList fields={form.fields.filter(isShown)} form={form} detail={detail} />
      {others.length > 0 && (
        <Disclosure summary={`Weitere Angaben (${others.length})`}>
          <FieldList fields={others} form={form} detail={detail} />
        </Disclosure>
      )}
      <WordList detail={detail} form={form} />
      {error !== null && <Failure error={error} />}
      <div class="delivery-actions">
        <Button look="primary" type="submit" icon="forward" disabled={isBusy}>
          Zeilen prüfen
        </Button>
        <span class="muted">
          Die Zuordnung wird für {form.typed.senderName.trim() || 'den Absender'} gemerkt. Veröffentlicht wird noch nichts.
        </span>
      </div>
    </form>
  )
}

/** Asked for by every delivery that has no place of its own. */
const usual = ['street', 'houseNumber', 'units']

interface FieldListProps {
  fields: readonly MappableField[]
  form: MappingForm
  detail: DeliveryDetail
}

function FieldList({ fields, form, detail }: FieldListProps) {
  return (
    <ul class="mapping-list">
      {fields.map((field) => (
        <FieldRow key={field.name} field={field} form={form} isGuessed={detail.guess?.guessed.includes(field.name) ?? false} />
      ))}
    </ul>
  )
}

interface FieldRowProps {
  field: MappableField
  form: MappingForm
  isGuessed: boolean
}

function FieldRow({ field, form, isGuessed }: FieldRowProps) {
  const { typed, table, set, errorAt } = form
  const { name, label, hint, isRequired, codes, mayDefault } = field
  const chosen = typed.columns[name] ?? ''
  const column = table?.columns.find((one) => one.name === chosen)
  return (
    <li class="mapping-row">
      <SelectField
        label={label}
        hint={hint ?? undefined}
        optional={!isRequired}
        value={chosen}
        error={errorAt(`columns.${name}`)}
        options={[
          { value: '', label: 'steht nicht in der Datei' },
          ...(table?.columns ?? []).map((one) => ({ value: one.name, label: one.name })),
        ]}
        onChange={(event) => set({ columns: { ...typed.columns, [name]: event.currentTarget.value } })}
      />
      {!column && mayDefault && codes ? (
        <SelectField
          label={`${label} in allen Zeilen`}
          optional="silent"
          value={typed.defaults[name] ?? ''}
          options={[{ value: '', label: 'offen' }, ...Object.entries(codes).map(([value, word]) => ({ value, label: word }))]}
          onChange={(event) => set({ defaults: { ...typed.defaults, [name]: event.currentTarget.value } })}
        />
      ) : (
        <p class="mapping-row__samples">
          {column && (column.samples.length > 0 ? `z. B. ${column.samples.slice(0, 3).join(' · ')}` : 'Die Spalte ist leer.')}
          {column && isGuessed && <span class="mark mark--draft">vermutet, bitte prüfen</span>}
        </p>
      )}
    </li>
  )
}
