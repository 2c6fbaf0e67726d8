import { useEffect, useId, useRef } from 'preact/hooks'
import { fundingClasses } from '../../../server/contract/codes.ts'
import { connectionStates, premisesKinds, schoolTypes } from '../../../server/contract/objects/codes.ts'
import { Button } from '../../ui/button.tsx'
import { type Option, SelectField, TextField } from '../../ui/field.tsx'
import { isSaveShortcut, useKeyDown } from '../../ui/use-key-down.ts'
import { currentFacts, nameOf, overview, useFacts } from '../../workbench/data.ts'
import { BasisFields } from '../../workbench/form/basis-fields.tsx'
import { Conflict } from './conflict.tsx'
import { operators } from './data.ts'
import { typedValue } from './edit.ts'
import type { EditForm } from './edit-form.ts'
import { consentStrand, stateWords, worksStrand } from './words.ts'

type Codes = Readonly<Record<string, { de: string }>>

/** Stands for "not touched" in a choice about several objects. */
const unchanged = '(unverändert)'
const nothing: Option = { value: '', label: 'keine Angabe' }

function optionsOf(codes: Codes): Option[] {
  return Object.entries(codes).map(([value, { de }]) => ({ value, label: de }))
}

function factOptions(kind: 'programme' | 'section'): Option[] {
  return currentFacts(kind).map(({ id }) => ({ value: id, label: nameOf(kind, id) }))
}

interface FieldsProps {
  form: EditForm
  /** several: nothing is known, untouched fields stay; one: what is known stands in the fields; new: the same, from the start. */
  mode: 'several' | 'one' | 'new'
}

/** The fields of premises; only those that are touched are set. */
export function EditFields({ form, mode }: FieldsProps) {
  useFacts('programme', 'section')
  useEffect(() => {
    if (operators.answer.peek() === null) void operators.ask(null)
  }, [])
  const state = valueAt(form, 'state')
  const one = mode !== 'several'
  const districts = (overview.answer.value?.districts ?? []).map(({ id, name }) => ({ value: id, label: name }))
  const choice = (name: string, label: string, options: readonly Option[], required = false) => (
    <Choice form={form} mode={mode} name={name} label={label} options={required ? options : [nothing, ...options]} />
  )
  return (
    <>
      <div class="form-grid">
        {choice('state', 'Zustand', optionsOf(connectionStates.labels), true)}
        {!one && state !== '' && <Step form={form} state={state} label="Datum des Schritts" />}
        {choice('fundingClass', 'Förderklasse', optionsOf(fundingClasses.labels))}
        {choice('programmeId', 'Programm', factOptions('programme'))}
        {choice('sectionId', 'Bauabschnitt', factOptions('section'))}
        <Text
          form={form}
          mode={mode}
          name="operator"
          label="Betreiber"
          offers={operators.answer.value?.map(({ name }) => name)}
        />
        {one && (
          <>
            {choice('kind', 'Art', optionsOf(premisesKinds.labels), true)}
            {valueAt(form, 'kind') === 'educational_institution' &&
              choice('schoolType', 'Art der Bildungseinrichtung', optionsOf(schoolTypes.labels))}
            <Text form={form} mode={mode} name="units" label="Einheiten" />
            {(mode === 'one' || form.typed.point !== undefined) && choice('districtId', 'Stadtteil', districts, true)}
            <Text form={form} mode={mode} name="name" label="Name (nur intern)" />
          </>
        )}
        <Text
          form={form}
          mode={mode}
          name="note"
          label={form.typed.point === undefined ? 'Bemerkung (intern)' : 'Warum keine amtliche Adresse? (intern)'}
        />
      </div>
      {one && <Strands form={form} />}
    </>
  )
}

function valueAt({ typed, known }: EditForm, name: string): string {
  return typed[name] ?? (known ? typedValue(known, name) : '')
}

function Choice(props: FieldsProps & { name: string; label: string; options: readonly Option[] }) {
  const { form, mode, name, label, options } = props
  const untouched: Option[] = mode === 'several' ? [{ value: unchanged, label: 'unverändert' }] : []
  const fallback = mode === 'several' ? unchanged : ''
  const value = form.typed[name] ?? (form.known ? typedValue(form.known, name) : fallback)
  const missing =
    options.some((option) => option.value === value) || value === unchanged ? [] : [{ value, label: value || 'Bitte wählen' }]
  return (
    <SelectField
      label={label}
      name={name}
      optional
      error={form.errorAt(name)}
      value={value}
      options={[...untouched, ...missing, ...options]}
      onChange={({ currentTarget }) => form.set(name, currentTarget.value === unchanged ? null : currentTarget.value)}
    />
  )
}

function Text(props: FieldsProps & { name: string; label: string; offers?: readonly string[] | undefined }) {
  const { form, mode, name, label, offers } = props
  const list = useId()
  const isCleared = mode === 'several' && form.typed[name] === ''
  return (
    <div class="premises-edit__text">
      <TextField
        label={label}
        name={name}
        optional
        hint={mode === 'several' ? (isCleared ? 'wird geleert' : 'leer: unverändert') : undefined}
        error={form.errorAt(name)}
        value={valueAt(form, name)}
        {...(offers && { list })}
        onInput={({ currentTarget }) =>
          form.set(name, mode === 'several' && currentTarget.value === '' ? null : currentTarget.value)
        }
      />
      {mode === 'several' && (
        <Button look="tertiary" small aria-pressed={isCleared} onClick={() => form.set(name, isCleared ? null : '')}>
          {isCleared ? `${label} doch nicht leeren` : `${label} leeren`}
        </Button>
      )}
      {offers && (
        <datalist id={list}>
          {offers.map((offer) => (
            <option key={offer} value={offer} />
          ))}
        </datalist>
      )}
    </div>
  )
}

function Step({ form, state, label }: { form: EditForm; state: string; label: string }) {
  const name = `step:${state}`
  const understood = form.reading.understood[name]
  return (
    <TextField
      label={label}
      name={name}
      optional
      hint={understood ? <strong class="understood">verstanden als: {understood}</strong> : 'z. B. 28.03.2022 oder März 2022'}
      error={form.errorAt(name)}
      value={valueAt(form, name)}
      onInput={({ currentTarget }) => form.set(name, currentTarget.value)}
    />
  )
}

/** Dates of the steps: what the owner agrees to apart from what is built. */
function Strands({ form }: { form: EditForm }) {
  const strand = (legend: string, states: readonly string[]) => (
    <fieldset class="kern-fieldset">
      <legend class="kern-label">{legend}</legend>
      <div class="kern-fieldset__body">
        {states.map((state) => (
          <Step key={state} form={form} state={state} label={stateWords(state)} />
        ))}
      </div>
    </fieldset>
  )
  return (
    <>
      {strand('Daten: Zustimmung', consentStrand)}
      {strand('Daten: Bau und Anschluss', worksStrand)}
    </>
  )
}

interface EditorProps extends FieldsProps {
  submit: string
  /** What a conflict can be solved with besides going on: taking the objects out. */
  onExclude?: (ids: readonly string[]) => void
}

/** Fields, basis, the sentence that will be saved with its warnings, and the button. Ctrl+S saves what the sentence says. */
export function Editor({ form, mode, submit, onExclude }: EditorProps) {
  const element = useRef<HTMLFormElement>(null)
  const run = async () => {
    await form.save()
    requestAnimationFrame(() => element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
  }
  useKeyDown((event) => {
    if (!isSaveShortcut(event)) return
    event.preventDefault()
    void run()
  })
  return (
    <form
      ref={element}
      class="fact-editor"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void run()
      }}
    >
      <EditFields form={form} mode={mode} />
      <BasisFields form={form.basisForm} canRetract={false} />
      <Conflict form={form} {...(onExclude && { onExclude })} />
      <Forecast form={form} />
      <div class="editor-actions">
        <Button look="primary" type="submit" aria-keyshortcuts="Control+S" disabled={form.isBusy || form.forecast === null}>
          {submit}
        </Button>
        {form.isDirty && (
          <Button look="tertiary" icon="remove" onClick={form.reset}>
            Eingabe verwerfen
          </Button>
        )}
      </div>
      <p class="kern-hint">
        Strg+S speichert. Gilt sofort und nur intern; zehn Minuten lang lässt es sich rückgängig machen. Ihre Eingabe bleibt beim
        Schließen und Neuladen erhalten.
      </p>
    </form>
  )
}

/** What saving would do, in one sentence with reason and source, and what seems implausible. */
function Forecast({ form: { forecast, basisForm, error } }: { form: EditForm }) {
  const { reason, citation } = basisForm.input.basis
  return (
    <section class="draft-effect" aria-label="Das wird gespeichert" aria-live="polite">
      {forecast === null && error === null && <p class="muted">Ändern Sie ein Feld; hier steht dann, was gespeichert wird.</p>}
      {forecast && (
        <>
          <p class="sentence">
            {forecast.sentence} {reason.trim() && `Grund: ${reason.trim()}. `}
            {citation.trim() && `Quelle: ${citation.trim()}.`}
          </p>
          {forecast.unchanged > 0 && <p class="muted">{forecast.unchanged} sind schon so und bleiben unberührt.</p>}
          {forecast.warnings.length > 0 && (
            <ul class="warnings">
              {forecast.warnings.map(({ rule, text }) => (
                <li key={rule}>{text}</li>
              ))}
            </ul>
          )}
        </>
      )}
    </section>
  )
}
