import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { Button } from '../ui/button.tsx'
import { Field, type FieldProps } from '../ui/field.tsx'
import { explain, Notice } from '../ui/notice.tsx'
import type { Task } from './task.ts'

interface FormProps {
  task: Task<FormData>
  submit: string
  children: ComponentChildren
  /** Further buttons beside the one that submits. */
  beside?: ComponentChildren
  /** The form replaces what had the focus: its first field takes it over. */
  takesFocus?: boolean
}

/** A form whose fields are read when it is submitted. After a refusal the focus goes to the first field that was refused. */
export function Form({ task, submit, children, beside, takesFocus }: FormProps) {
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (takesFocus) form.current?.querySelector('input')?.focus()
  }, [])
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [task.refusals])
  return (
    <form
      ref={form}
      class="account-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void task.run(new FormData(event.currentTarget))
      }}
    >
      {children}
      {task.error !== null && <Notice kind="danger" title={explain(task.error)} role="alert" />}
      <div class="account-buttons">
        <Button type="submit" look="primary" aria-disabled={task.isBusy}>
          {task.isBusy ? 'Einen Moment …' : submit}
        </Button>
        {beside}
      </div>
    </form>
  )
}

/** The text of a field; passwords may begin and end with a space. */
export function textOf(form: FormData, name: string): string {
  return String(form.get(name) ?? '')
}

interface PasswordFieldProps extends FieldProps {
  name: string
  autocomplete: 'current-password' | 'new-password'
}

/** A password, hidden until its owner wants to see it. */
export function PasswordField({ label, hint, error, name, autocomplete }: PasswordFieldProps) {
  const [isShown, setShown] = useState(false)
  return (
    <Field label={label} hint={hint} error={error}>
      {(wiring) => (
        <div class="password-field">
          <input
            {...wiring}
            {...({ type: isShown ? 'text' : 'password' } as { type: 'password' })}
            name={name}
            autocomplete={autocomplete}
            autocapitalize="none"
            spellcheck={false}
            class={`kern-form-input__input${error ? ' kern-form-input__input--error' : ''}`}
          />
          <Button
            look="tertiary"
            icon={isShown ? 'hide' : 'show'}
            iconOnly
            aria-pressed={isShown}
            onClick={() => setShown(!isShown)}
          >
            Kennwort anzeigen
          </Button>
        </div>
      )}
    </Field>
  )
}
