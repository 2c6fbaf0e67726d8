import { useId } from 'preact/hooks'
import { Checkbox, Field, TextField } from '../../ui/field.tsx'
import { knownSources } from '../data.ts'
import type { Basis } from './basis.ts'
import type { BasisForm } from './use-basis.ts'

const mostSources = 20

/** What every statement rests on: the day it holds for, the reason, the source. `canRetract`: there is something to withdraw. */
export function BasisFields({ form, canRetract }: { form: BasisForm; canRetract: boolean }) {
  const { basis } = form.input
  const understood = form.basis.understood.trueOn
  const wire = (name: Exclude<keyof Basis, 'retracted'>) => ({
    name,
    value: basis[name],
    error: form.errorAt(name),
    onInput: (event: Event) => form.setBasis(name, (event.currentTarget as HTMLInputElement).value),
    onBlur: () => form.leave(name),
  })
  return (
    <fieldset class="kern-fieldset form-basis">
      <legend class="kern-label">Worauf stützt sich die Änderung?</legend>
      <TextField label="Grund" hint="steht im Verlauf, z. B. „Abnahme am 28.03.“" {...wire('reason')} />
      <SourceField form={form} />
      <TextField label="Adresse der Quelle" type="url" optional hint="https://…, öffentlich" {...wire('url')} />
      <TextField
        label="Stand"
        hint={understood ? <strong class="understood">verstanden als: {understood}</strong> : 'Tag, für den die Angabe gilt'}
        {...wire('trueOn')}
      />
      {canRetract && (
        <Checkbox
          label="Angabe zurückziehen: Sie war nie richtig (was nur zu Ende ging, bekommt ein Ende)"
          checked={basis.retracted}
          onChange={(event) => form.setBasis('retracted', event.currentTarget.checked)}
        />
      )}
    </fieldset>
  )
}

/** The sources named last are offered; choosing one brings its address along. */
function SourceField({ form }: { form: BasisForm }) {
  const list = useId()
  const sources = knownSources.value.slice(0, mostSources)
  const type = (citation: string) => {
    form.setBasis('citation', citation)
    const known = sources.find((source) => source.citation === citation)
    if (known?.url) form.setBasis('url', known.url)
  }
  return (
    <Field label="Quelle" hint="öffentlich, z. B. „Mitteilung der EVL vom 28.03.2022“" error={form.errorAt('citation')}>
      {(wired) => (
        <>
          <input
            {...wired}
            type="text"
            class={`kern-form-input__input${form.errorAt('citation') ? ' kern-form-input__input--error' : ''}`}
            name="citation"
            list={list}
            value={form.input.basis.citation}
            onInput={(event) => type(event.currentTarget.value)}
            onBlur={() => form.leave('citation')}
          />
          <datalist id={list}>
            {sources.map((source) => (
              <option key={source.citation} value={source.citation} />
            ))}
          </datalist>
        </>
      )}
    </Field>
  )
}
