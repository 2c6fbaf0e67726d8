import type { ComponentChildren, JSX } from 'preact'
import { useId } from 'preact/hooks'
import { Icon } from './icon.tsx'
import { say } from './language.ts'
import { uiTexts } from './texts.ts'

export interface FieldProps {
  label: string
  hint?: ComponentChildren
  /** What is wrong with the value; the field is marked and the text read out. */
  error?: string | undefined
  /** `silent`: nobody would take it for required (a filter). */
  optional?: boolean | 'silent'
}

interface Wiring {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': boolean | undefined
  'aria-required': boolean | undefined
}

/** Label, hint and error around a control; the control gets the ids that tie them together. */
export function Field({
  label,
  hint,
  error,
  optional,
  children,
}: FieldProps & { children: (wiring: Wiring) => ComponentChildren }) {
  const id = useId()
  const described = [hint !== undefined && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ')
  return (
    <div class="kern-form-input">
      <label class="kern-label" for={id}>
        {label}
        {optional === true && <span class="kern-label__optional"> ({say(uiTexts.optional)})</span>}
      </label>
      {hint !== undefined && (
        <div class="kern-hint" id={`${id}-hint`}>
          {hint}
        </div>
      )}
      {children({
        id,
        'aria-describedby': described || undefined,
        'aria-invalid': error ? true : undefined,
        'aria-required': optional ? undefined : true,
      })}
      {error && <FieldError id={`${id}-error`}>{error}</FieldError>}
    </div>
  )
}

type Native<Tag extends 'input' | 'textarea' | 'select'> = Omit<
  JSX.IntrinsicElements[Tag],
  keyof FieldProps | 'ref' | 'children' | 'class' | 'role' | 'type' | 'list' | 'multiple' | 'size'
>
type TextKind = 'text' | 'date' | 'email' | 'password' | 'url' | 'tel'

export function TextField(props: FieldProps & Native<'input'> & { type?: TextKind }) {
  const { label, hint, error, optional = false, type = 'text', ...native } = props
  // The typings know no input whose type is one of several: all of these are text boxes.
  const kind = { type } as { type: 'text' }
  return (
    <Field label={label} hint={hint} error={error} optional={optional}>
      {(wiring) => (
        <input
          {...native}
          {...wiring}
          {...kind}
          class={`kern-form-input__input${error ? ' kern-form-input__input--error' : ''}`}
        />
      )}
    </Field>
  )
}

export function TextArea({ label, hint, error, optional = false, ...native }: FieldProps & Native<'textarea'>) {
  return (
    <Field label={label} hint={hint} error={error} optional={optional}>
      {(wiring) => (
        <textarea
          rows={5}
          {...native}
          {...wiring}
          class={`kern-form-input__input text-area${error ? ' kern-form-input__input--error' : ''}`}
        />
      )}
    </Field>
  )
}

export interface Option {
  value: string
  label: string
}

export function SelectField({
  label,
  hint,
  error,
  optional = false,
  options,
  ...native
}: FieldProps & Native<'select'> & { options: readonly Option[] }) {
  return (
    <Field label={label} hint={hint} error={error} optional={optional}>
      {(wiring) => (
        <div class="kern-form-input__select-wrapper">
          <select {...native} {...wiring} class={`kern-form-input__select${error ? ' kern-form-input__select--error' : ''}`}>
            {options.map((option) => (
              <option key={option.value} value={option.value} selected={option.value === native.value}>
                {option.label}
              </option>
            ))}
          </select>
        </div>
      )}
    </Field>
  )
}

export function Checkbox({ label, ...native }: { label: ComponentChildren } & Native<'input'>) {
  const id = useId()
  return (
    <div class="kern-form-check">
      <input type="checkbox" {...native} id={id} class="kern-form-check__checkbox" />
      <label class="kern-label" for={id}>
        {label}
      </label>
    </div>
  )
}

interface RadioProps {
  legend: string
  name: string
  value: string
  options: readonly Option[]
  error?: string | undefined
  onChoose: (value: string) => void
}

export function RadioGroup({ legend, name, value, options, error, onChoose }: RadioProps) {
  const id = useId()
  return (
    <fieldset class="kern-fieldset" aria-describedby={error && `${id}-error`}>
      <legend class="kern-label">{legend}</legend>
      <div class="kern-fieldset__body">
        {options.map((option) => (
          <div key={option.value} class="kern-form-check">
            <input
              type="radio"
              class="kern-form-check__radio"
              id={`${id}-${option.value}`}
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChoose(option.value)}
            />
            <label class="kern-label" for={`${id}-${option.value}`}>
              {option.label}
            </label>
          </div>
        ))}
      </div>
      {error && <FieldError id={`${id}-error`}>{error}</FieldError>}
    </fieldset>
  )
}

function FieldError({ id, children }: { id: string; children: string }) {
  return (
    <p class="kern-error" id={id} role="alert">
      <Icon name="danger" small />
      <span class="kern-body">{children}</span>
    </p>
  )
}
