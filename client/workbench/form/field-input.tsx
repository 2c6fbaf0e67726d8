import { useId } from 'preact/hooks'
import type { Field } from '../../../server/contract/facts/fact.ts'
import type { FactKindName } from '../../../server/contract/facts/index.ts'
import { Checkbox, Field as FieldFrame, type Option, RadioGroup, SelectField, TextArea, TextField } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { currentFacts, nameOf, overview, useFacts } from '../data.ts'
import { factName } from '../words.ts'
import { GeometryField } from './geometry-field.tsx'
import { MarkdownField } from './markdown-field.tsx'
import { type FormKind, type FormReading, hintOf, isRequired, labelOf, type Typed, type TypedValue } from './values.ts'

/** What an input needs of the form around it. */
export interface FieldForm {
  kind: FormKind
  input: { typed: Typed }
  reading: FormReading
  errorAt: (name: string) => string | undefined
  set: (name: string, value: TypedValue) => void
  leave: (name: string) => void
}

export interface FieldInputProps {
  form: FieldForm
  name: string
  field: Field
}

/** The input of a declared field, with what was understood and what is wrong beside it. */
export function FieldInput({ form, name, field }: FieldInputProps) {
  const value = form.input.typed[name]
  const label = field.label.de
  switch (field.input) {
    case 'hidden':
      return null
    case 'boolean':
      return <Checkbox label={label} checked={value === true} onChange={(event) => form.set(name, event.currentTarget.checked)} />
    case 'unknownBoolean':
      return (
        <RadioGroup
          legend={label}
          name={name}
          value={typeof value === 'string' ? value : ''}
          options={yesNoUnknown}
          onChoose={(chosen) => form.set(name, chosen)}
        />
      )
    case 'code':
      return <Select form={form} name={name} field={field} options={codeOptions(field)} />
    case 'codes':
      return <Codes form={form} name={name} field={field} />
    case 'day':
      return <Day form={form} name={name} field={field} />
    case 'reference':
      return <Reference form={form} name={name} field={field} />
    case 'references':
      return <References form={form} name={name} field={field} />
    case 'geometry':
      return <GeometryField form={form} name={name} field={field} />
    case 'markdown':
      return <MarkdownField form={form} name={name} field={field} />
    case 'longText':
      return <TextArea {...wiring({ form, name, field })} rows={3} />
    default:
      return <TextField {...wiring({ form, name, field })} inputMode={field.input === 'number' ? 'decimal' : undefined} />
  }
}

const yesNoUnknown: readonly Option[] = [
  { value: 'yes', label: 'ja' },
  { value: 'no', label: 'nein' },
  { value: '', label: 'nicht bekannt' },
]

/** Label, hint, value, error and events of a text box for the field. */
export function wiring({ form, name, field }: FieldInputProps) {
  const value = form.input.typed[name]
  const understood = form.reading.understood[name]
  const hint = hintOf(name, field, form.input.typed)
  return {
    label: labelOf(field),
    hint: understood ? <strong class="understood">verstanden als: {understood}</strong> : hint,
    error: form.errorAt(name),
    optional: !isRequired(form.kind, name),
    name,
    value: typeof value === 'string' ? value : '',
    onInput: (event: Event) => form.set(name, (event.currentTarget as HTMLInputElement).value),
    onBlur: () => form.leave(name),
  }
}

function codeOptions(field: Field): Option[] {
  return Object.entries(field.codes ?? {}).map(([value, { de }]) => ({ value, label: de }))
}

function Select({ form, name, field, options }: FieldInputProps & { options: readonly Option[] }) {
  const value = form.input.typed[name]
  const required = isRequired(form.kind, name)
  return (
    <SelectField
      label={field.label.de}
      hint={field.hint?.de}
      error={form.errorAt(name)}
      optional={!required}
      name={name}
      value={typeof value === 'string' ? value : ''}
      options={[{ value: '', label: required ? 'Bitte wählen' : '–' }, ...options]}
      onChange={(event) => form.set(name, event.currentTarget.value)}
      onBlur={() => form.leave(name)}
    />
  )
}

/** A day of the calendar, chosen or typed as the browser does it. */
function Day(props: FieldInputProps) {
  const { label, hint, error, optional, ...events } = wiring(props)
  return (
    <FieldFrame label={label} hint={hint} error={error} optional={optional}>
      {(wired) => (
        <input
          {...events}
          {...wired}
          type="date"
          class={`kern-form-input__input${error ? ' kern-form-input__input--error' : ''}`}
        />
      )}
    </FieldFrame>
  )
}

/** Some of the words of a field. */
function Codes({ form, name, field }: FieldInputProps) {
  const id = useId()
  const value = form.input.typed[name]
  const chosen = Array.isArray(value) ? (value as readonly string[]) : []
  const error = form.errorAt(name)
  // In the order of the declaration: what is ticked and unticked again is unchanged.
  const toggle = (code: string, isChosen: boolean) =>
    form.set(
      name,
      Object.keys(field.codes ?? {}).filter((other) => (other === code ? isChosen : chosen.includes(other))),
    )
  return (
    <fieldset class="kern-fieldset" aria-describedby={error ? id : undefined}>
      <legend class="kern-label">{field.label.de}</legend>
      {field.hint && <p class="kern-hint">{field.hint.de}</p>}
      <div class="kern-fieldset__body">
        {codeOptions(field).map((option, index) => (
          <Checkbox
            key={option.value}
            label={option.label}
            name={name}
            checked={chosen.includes(option.value)}
            aria-invalid={error && index === 0 ? true : undefined}
            onChange={(event) => toggle(option.value, event.currentTarget.checked)}
          />
        ))}
      </div>
      {error && (
        <p class="kern-error" id={id} role="alert">
          <Icon name="danger" small />
          <span class="kern-body">{error}</span>
        </p>
      )}
    </fieldset>
  )
}

function Reference({ form, name, field }: FieldInputProps) {
  const target = field.refersTo
  useFacts(...(target && target !== 'district' ? [target as FactKindName] : []))
  const options = target === 'district' ? districtOptions() : factOptions(target as FactKindName)
  return <Select form={form} name={name} field={field} options={options} />
}

function factOptions(kind: FactKindName): Option[] {
  return currentFacts(kind).map(({ id, content }) => ({ value: id, label: factName(kind, content, nameOf) }))
}

function districtOptions(): Option[] {
  return (overview.answer.value?.districts ?? []).map(({ id, name }) => ({ value: id, label: name }))
}

function References({ form, name, field }: FieldInputProps) {
  const value = form.input.typed[name]
  const chosen = Array.isArray(value) ? (value as readonly string[]) : []
  const toggle = (id: string, isChosen: boolean) =>
    form.set(name, isChosen ? [...chosen, id] : chosen.filter((other) => other !== id))
  return (
    <fieldset class="kern-fieldset">
      <legend class="kern-label">{field.label.de}</legend>
      {field.hint && <p class="kern-hint">{field.hint.de}</p>}
      <div class="kern-fieldset__body choice-grid">
        {districtOptions().map((option) => (
          <Checkbox
            key={option.value}
            label={option.label}
            checked={chosen.includes(option.value)}
            onChange={(event) => toggle(option.value, event.currentTarget.checked)}
          />
        ))}
      </div>
    </fieldset>
  )
}
