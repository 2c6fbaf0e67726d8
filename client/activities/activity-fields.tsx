import { useId } from 'preact/hooks'
import { activityKinds, fundingTasks, workRoles } from '../../server/contract/activities/codes.ts'
import type { Text } from '../../server/contract/text.ts'
import { Field, type Option, SelectField } from '../ui/field.tsx'
import { cases, log } from './data.ts'
import type { EntryForm } from './use-entry.ts'

/** The inputs of an activity: filled in by keyboard from left to right, Enter records it. */
export function ActivityFields({ form }: { form: EntryForm }) {
  const before = log.answer.value?.activities ?? []
  const once = (texts: (string | null)[]) => [...new Set(texts.filter((text) => text !== null))].slice(0, 30)
  return (
    <>
      <Offered form={form} name="day" label="Tag" hint="heute, gestern, 28.3." offers={[]} />
      <Offered form={form} name="minutes" label="Dauer" hint="1:30, 90, 1,5 h" offers={[]} />
      <Codes form={form} name="kind" label="Art" codes={activityKinds.labels} />
      <Codes form={form} name="task" label="Aufgabe" codes={fundingTasks.labels} />
      <Codes form={form} name="role" label="Bereich" codes={workRoles.labels} />
      <CaseField form={form} />
      <Offered
        form={form}
        name="partners"
        label="Beteiligte"
        isOptional
        offers={once(before.map(({ content }) => content.partners))}
      />
      <Offered
        form={form}
        name="description"
        label="Was wurde getan?"
        offers={once(before.map(({ content }) => content.description))}
      />
    </>
  )
}

interface OfferedProps {
  form: EntryForm
  name: string
  label: string
  hint?: string
  isOptional?: boolean
  /** What was typed here before. */
  offers: readonly string[]
}

/** A text box that offers earlier texts, and says how it was understood. */
export function Offered({ form, name, label, hint, isOptional = false, offers }: OfferedProps) {
  const list = useId()
  const understood = form.reading.understood[name]
  const { error, ...wired } = form.wire(name)
  return (
    <div class={`entry-field entry-field--${name}`}>
      <Field
        label={label}
        error={error}
        optional={isOptional}
        hint={understood ? <strong class="understood">{understood}</strong> : hint}
      >
        {(wiring) => (
          <>
            <input
              {...wired}
              {...wiring}
              type="text"
              autocomplete="off"
              list={offers.length > 0 ? list : undefined}
              class={`kern-form-input__input${error ? ' kern-form-input__input--error' : ''}`}
            />
            {offers.length > 0 && (
              <datalist id={list}>
                {offers.map((offer) => (
                  <option key={offer} value={offer} />
                ))}
              </datalist>
            )}
          </>
        )}
      </Field>
    </div>
  )
}

interface CodesProps {
  form: EntryForm
  name: string
  label: string
  codes: Readonly<Record<string, Text>>
}

export function Codes({ form, name, label, codes }: CodesProps) {
  const options = Object.entries(codes).map(([value, { de }]) => ({ value, label: de }))
  return <Choice form={form} name={name} label={label} options={[{ value: '', label: 'Bitte wählen' }, ...options]} />
}

function Choice({ form, name, label, options }: Omit<CodesProps, 'codes'> & { options: readonly Option[] }) {
  return (
    <div class={`entry-field entry-field--${name}`}>
      <SelectField
        label={label}
        name={name}
        value={form.typed[name] ?? ''}
        error={form.errorAt(name)}
        options={options}
        optional={name === 'requestId'}
        onChange={(event) => form.set(name, event.currentTarget.value)}
        onBlur={() => form.leave(name)}
      />
    </div>
  )
}

/** The case the activity belongs to, if any. */
function CaseField({ form }: { form: EntryForm }) {
  const known = (cases.answer.value?.requests ?? []).map(({ id, content }) => ({
    value: id,
    label: [content.caseNumber, content.operatorSiteCode].filter(Boolean).join(' · ') || id,
  }))
  const chosen = form.typed.requestId ?? ''
  const unknown = chosen !== '' && !known.some(({ value }) => value === chosen)
  const options = [
    { value: '', label: 'ohne Vorgang' },
    ...(unknown ? [{ value: chosen, label: `${chosen} (nicht bekannt)` }] : []),
    ...known,
  ]
  return <Choice form={form} name="requestId" label="Vorgang" options={options} />
}
