import { useEffect, useRef } from 'preact/hooks'
import { Button } from '../ui/button.tsx'
import { user } from '../workbench/data.ts'
import { place } from '../workbench/place.ts'
import { ActivityFields } from './activity-fields.tsx'
import { cases, log } from './data.ts'
import { readActivity, type Typed } from './typed.ts'
import { focusAfter, useEntry } from './use-entry.ts'

/** Records an activity in one line. What was chosen last stays for the next one; a link from a case has chosen that. */
export function NewActivity() {
  const requestId = place.value.query.get('vorgang')
  useEffect(() => void cases.ask(null), [])
  return <Line key={requestId ?? ''} requestId={requestId} />
}

function Line({ requestId }: { requestId: string | null }) {
  const element = useRef<HTMLFormElement>(null)
  const form = useEntry({
    kind: 'activity',
    start: { ...usual(), day: 'heute', minutes: '', partners: '', description: '', requestId: requestId ?? '' },
    read: readActivity,
    next: (typed) => ({ ...typed, minutes: '', partners: '', description: '' }),
    base: null,
    keptAs: `neu/${requestId ?? ''}`,
  })
  useEffect(() => {
    if (requestId) element.current?.querySelector<HTMLElement>('[name="minutes"]')?.focus()
  }, [])
  const save = async (event: Event) => {
    event.preventDefault()
    focusAfter(element.current, await form.save(), 'minutes')
  }
  return (
    <form ref={element} class="entry-line" noValidate aria-label="Tätigkeit erfassen" onSubmit={(event) => void save(event)}>
      <ActivityFields form={form} />
      <Button look="primary" icon="add" type="submit" disabled={form.isBusy}>
        Erfassen
      </Button>
      {form.failure && (
        <p class="kern-error" role="alert">
          {form.failure}
        </p>
      )}
    </form>
  )
}

/** Art, Aufgabe and Bereich of what one recorded last; before that, what is most common. */
function usual(): Typed {
  const own = (log.answer.peek()?.activities ?? []).filter(({ recordedBy }) => recordedBy === user.peek()?.name)
  const last = own.toSorted((a, b) => b.recordedAt.localeCompare(a.recordedAt))[0]?.content
  const isGigabit = !user.peek()?.roles.includes('mobileCoordinator')
  return {
    kind: last?.kind ?? 'case_work',
    task: last?.task ?? 'coordination',
    role: last?.role ?? (isGigabit ? 'gigabit' : 'mobile'),
  }
}
