import { useEffect, useRef, useState } from 'preact/hooks'
import type { LogKindName } from '../../server/contract/activities/index.ts'
import { type ActivityEntry, type ExpenseEntry, getEntryHistory, withdrawEntry } from '../../server/contract/activities.ts'
import { formatMoment } from '../../server/contract/dates.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Disclosure } from '../ui/disclosure.tsx'
import { Loaded, resource } from '../ui/resource.tsx'
import { ask } from '../workbench/staff.ts'
import { WithdrawDialog } from '../workbench/withdraw-dialog.tsx'
import { ActivityFields } from './activity-fields.tsx'
import { lastWritten, log, mayWrite } from './data.ts'
import { ExpenseFields } from './expense-fields.tsx'
import { readActivity, readExpense, typedActivity, typedExpense } from './typed.ts'
import { focusAfter, useEntry } from './use-entry.ts'

/** An entry that is opened in a dialog. */
export type OpenedEntry = { kind: 'activity'; entry: ActivityEntry } | { kind: 'expense'; entry: ExpenseEntry }

const titles: Readonly<Record<LogKindName, string>> = { activity: 'Tätigkeit', expense: 'Ausgabe' }

/** Correct, withdraw, see what it said before. */
export function EntryDialog({ opened, onClose }: { opened: OpenedEntry | null; onClose: () => void }) {
  const [isWithdrawing, setWithdrawing] = useState(false)
  const withdraw = async (reason: string) => {
    if (!opened) return
    const { id, version } = opened.entry
    const entry = await ask(withdrawEntry, { params: { kind: opened.kind, id }, body: { version, reason } })
    lastWritten.value = { kind: opened.kind, entry, until: Date.now() + 600_000 }
    onClose()
    await log.again()
  }
  return (
    <>
      <Dialog open={opened !== null} title={opened ? titles[opened.kind] : ''} onClose={onClose}>
        {opened && (
          <>
            {mayWrite() && (
              <Correction
                key={`${opened.entry.id} ${opened.entry.version}`}
                opened={opened}
                onSaved={onClose}
                onWithdraw={() => setWithdrawing(true)}
              />
            )}
            <History kind={opened.kind} id={opened.entry.id} />
          </>
        )}
      </Dialog>
      <WithdrawDialog
        title={isWithdrawing && opened ? `${titles[opened.kind]} zurückziehen` : null}
        what="Der Eintrag zählt dann nicht mehr mit. Er bleibt in seinem Verlauf und in früheren Nachweisen lesbar."
        onWithdraw={withdraw}
        onClose={() => setWithdrawing(false)}
      />
    </>
  )
}

function Correction({ opened, onSaved, onWithdraw }: { opened: OpenedEntry; onSaved: () => void; onWithdraw: () => void }) {
  const element = useRef<HTMLFormElement>(null)
  const { kind, entry } = opened
  const form = useEntry({
    kind,
    start: kind === 'activity' ? typedActivity(entry.content) : typedExpense(entry.content),
    read: kind === 'activity' ? readActivity : readExpense,
    base: entry,
    keptAs: `${entry.id}/${entry.version}`,
  })
  const save = async (event: Event) => {
    event.preventDefault()
    if (await form.save()) onSaved()
    else focusAfter(element.current, false, '')
  }
  return (
    <form ref={element} class="entry-form" noValidate onSubmit={(event) => void save(event)}>
      {kind === 'activity' ? <ActivityFields form={form} /> : <ExpenseFields form={form} />}
      {form.failure && (
        <p class="kern-error" role="alert">
          {form.failure}
        </p>
      )}
      <p class="entry-form__actions">
        <Button look="primary" icon="check" type="submit" disabled={form.isBusy}>
          Berichtigen
        </Button>
        <Button look="tertiary" icon="remove" onClick={onWithdraw}>
          Zurückziehen …
        </Button>
      </p>
    </form>
  )
}

const history = resource((params: { kind: LogKindName; id: string }, signal) => ask(getEntryHistory, { params, signal }))

function History({ kind, id }: { kind: LogKindName; id: string }) {
  useEffect(() => {
    history.forget()
    void history.ask({ kind, id })
  }, [kind, id])
  return (
    <Disclosure summary="Verlauf" open={!mayWrite()}>
      <Loaded from={history}>
        {({ entries }) => (
          <ol class="entry-history">
            {entries.map(({ version, sentence, reason, recordedAt, recordedBy }) => (
              <li key={version}>
                {sentence}
                {reason && ` Grund: ${reason}.`}
                <span class="muted">
                  {' '}
                  {formatMoment(recordedAt, 'de')}, {recordedBy}
                </span>
              </li>
            ))}
          </ol>
        )}
      </Loaded>
    </Disclosure>
  )
}
