import { useSignal } from '@preact/signals'
import type { RefObject } from 'preact'
import { useRef } from 'preact/hooks'
import { today } from '../../../server/contract/dates.ts'
import {
  dayParts,
  longestRemark,
  reportedOperators,
  shownTechnologies,
  surroundings,
} from '../../../server/contract/dead-zones.ts'
import type { Text } from '../../../server/contract/text.ts'
import { ApiError } from '../../api.ts'
import { Button } from '../../ui/button.tsx'
import { RadioGroup, SelectField, TextArea, TextField } from '../../ui/field.tsx'
import { say } from '../../ui/language.ts'
import { Failure } from '../../ui/notice.tsx'
import { cell, districts, oldestDay, type Report, type ReportField, report, sendReport } from './report.ts'
import { PlaceFields } from './report-place.tsx'
import { words } from './report-words.ts'

type Errors = Partial<Record<ReportField, string>>

const choices = {
  operator: { codes: reportedOperators, legend: words.operator },
  technology: { codes: shownTechnologies, legend: words.technology },
  surroundings: { codes: surroundings, legend: words.surroundings },
} as const

const set = (changes: Partial<Report>) => {
  report.value = { ...report.peek(), ...changes }
}

/** Where, which network, what the phone showed, when: nothing about whoever reports. */
export function ReportForm() {
  const form = useRef<HTMLFormElement>(null)
  const { errors, failure, isSending, send } = useSending(form)
  const { seenOn, dayPart, remark } = report.value
  return (
    <form class="form report" ref={form} onSubmit={send} noValidate>
      <p>{say(words.intro)}</p>
      <PlaceFields error={isPlaceFit() ? undefined : errors.place} />
      {(['operator', 'technology', 'surroundings'] as const).map((field) => (
        <Choice key={field} field={field} error={errors[field]} />
      ))}
      <div class="field-row">
        <TextField
          type="date"
          label={say(words.seenOn)}
          hint={say(words.seenOnHint)}
          error={errors.seenOn}
          min={oldestDay.value}
          max={today()}
          value={seenOn}
          onInput={(event) => set({ seenOn: event.currentTarget.value })}
        />
        <SelectField
          label={say(words.dayPart)}
          error={errors.dayPart}
          value={dayPart}
          options={optionsOf(dayParts)}
          onChange={(event) => set({ dayPart: event.currentTarget.value })}
        />
      </div>
      <TextArea
        label={say(words.remark)}
        hint={say(words.remarkHint)}
        error={errors.remark}
        optional
        rows={3}
        maxLength={longestRemark}
        value={remark}
        onInput={(event) => set({ remark: event.currentTarget.value })}
      />
      <Trap />
      {failure !== null && <Failure error={failure} />}
      <p>
        <Button type="submit" look="primary" disabled={isSending}>
          {say(isSending ? words.sending : words.send)}
        </Button>
      </p>
    </form>
  )
}

function Choice({ field, error }: { field: keyof typeof choices; error: string | undefined }) {
  const { codes, legend } = choices[field]
  return (
    <RadioGroup
      legend={say(legend)}
      name={field}
      value={report.value[field]}
      options={optionsOf(codes)}
      error={report.value[field] ? undefined : error}
      onChoose={(value) => set({ [field]: value })}
    />
  )
}

function optionsOf({ labels }: { labels: Readonly<Record<string, Text>> }) {
  return Object.entries(labels).map(([value, label]) => ({ value, label: say(label) }))
}

/** Robots fill in what people do not see. */
function Trap() {
  return (
    <div class="trap" aria-hidden="true">
      <label>
        Website
        <input
          tabIndex={-1}
          autocomplete="off"
          value={report.value.website}
          onInput={(event) => set({ website: event.currentTarget.value })}
        />
      </label>
    </div>
  )
}

const isPlaceFit = () => cell.value !== null && districts.value?.length !== 0

/** What is missing before the server is asked. */
function missing(): Errors {
  const { operator, technology, surroundings, seenOn } = report.peek()
  const isOutside = districts.peek()?.length === 0
  return {
    ...(cell.peek() === null ? { place: say(words.choosePlace) } : isOutside && { place: say(words.outside) }),
    ...(!operator && { operator: say(words.chooseOne) }),
    ...(!technology && { technology: say(words.chooseOne) }),
    ...(!surroundings && { surroundings: say(words.chooseOne) }),
    ...(!seenOn && { seenOn: say(words.chooseOne) }),
  }
}

/** What the server refuses, by field of the form. */
function refused(error: unknown): Errors {
  if (!(error instanceof ApiError)) return {}
  const fields = ['operator', 'technology', 'surroundings', 'seenOn', 'dayPart', 'remark'] as const
  const said = fields.map((field) => [field, error.field(field)] as const).filter(([, detail]) => detail)
  const place = error.field('point')
  return { ...Object.fromEntries(said), ...(place && { place }) }
}

function useSending(form: RefObject<HTMLFormElement | null>) {
  const errors = useSignal<Errors>({})
  const failure = useSignal<unknown>(null)
  const isSending = useSignal(false)

  const show = (found: Errors) => {
    errors.value = found
    // After the marks are there: to the first of them.
    setTimeout(() => firstMarked(form.current)?.focus())
  }
  const send = async (event: Event) => {
    event.preventDefault()
    const found = missing()
    failure.value = null
    const place = cell.peek()
    if (Object.keys(found).length > 0 || place === null) return show(found)
    errors.value = {}
    isSending.value = true
    try {
      await sendReport(place)
    } catch (error) {
      const said = refused(error)
      show(said)
      failure.value = Object.keys(said).length > 0 ? null : error
    }
    isSending.value = false
  }
  return { errors: errors.value, failure: failure.value, isSending: isSending.value, send }
}

function firstMarked(form: HTMLFormElement | null): HTMLElement | null {
  const mark = form?.querySelector('.kern-error')
  return mark?.parentElement?.querySelector<HTMLElement>('input, select, textarea') ?? null
}
