import './activities.css'
import { useEffect, useState } from 'preact/hooks'
import type { ActivityLog } from '../../server/contract/activities.ts'
import { formatDay, formatMoment } from '../../server/contract/dates.ts'
import { formatMoney } from '../../server/contract/numbers.ts'
import { ButtonLink } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { Loaded } from '../ui/resource.tsx'
import { overview } from '../workbench/data.ts'
import { addressWith, place } from '../workbench/place.ts'
import { askedPeriod } from './asked-period.ts'
import { Budgets } from './budget.tsx'
import { exportAddress, log, mayWrite } from './data.ts'
import { EntryDialog, type OpenedEntry } from './entry-dialog.tsx'
import { MoneySums, WorkSums } from './evaluation.tsx'
import { LastWritten } from './last-written.tsx'
import { NewActivity } from './new-activity.tsx'
import { NewExpense } from './new-expense.tsx'
import { PeriodFields } from './period.tsx'
import { ActivityTable, ExpenseTable } from './tables.tsx'

/** Log of the funded coordinator post: what was done, what was spent, what the grant leaves, and the proof of it all. */
export function ActivitiesPage() {
  const { from, to, knownAt } = askedPeriod(place.value.query)
  // A funding frame may have been published.
  const revision = overview.answer.value?.clocks.revision
  const isNow = knownAt === undefined
  const isAnswered = log.answer.value !== null || log.error.value !== null
  useEffect(
    () => void log.ask({ ...(from && { from }), ...(to && { to }), ...(knownAt && { knownAt }) }),
    [from, to, knownAt, revision],
  )
  return (
    <div class="page page--wide">
      <h1>Tätigkeiten</h1>
      <p>
        Was die Koordination tut und ausgibt: die Grundlage des Verwendungsnachweises. Nur die Koordinatoren und die Verwaltung
        der Konten sehen diese Seite.
      </p>
      {/* What was chosen last is read from the log: the form waits for it. */}
      {isAnswered && mayWrite() && isNow && <NewActivity />}
      <LastWritten />
      <PeriodFields />
      <Loaded from={log}>
        {(answer) => (
          <>
            {!isNow && <Past knownAt={answer.knownAt} />}
            <Log answer={answer} isNow={isNow} />
          </>
        )}
      </Loaded>
    </div>
  )
}

function Past({ knownAt }: { knownAt: string | null }) {
  return (
    <Notice kind="info" title={`Kenntnisstand ${knownAt ? formatMoment(knownAt, 'de') : 'heute'}`}>
      <p>
        So stand es damals hier; spätere Berichtigungen fehlen. <a href={addressWith({ stand: null })}>Zurück zu heute</a>
      </p>
    </Notice>
  )
}

function Log({ answer, isNow }: { answer: ActivityLog; isNow: boolean }) {
  const [opened, setOpened] = useState<OpenedEntry | null>(null)
  const { eligibleEur, otherEur } = answer.evaluation
  return (
    <>
      <Budgets budgets={answer.budgets} asOf={answer.to} />
      <section>
        <h2>Im Einzelnen</h2>
        <ActivityTable activities={answer.activities} onOpen={setOpened} />
      </section>
      <WorkSums log={answer} />
      <section>
        <h2>
          Ausgaben: {formatMoney(eligibleEur)} zuwendungsfähig{otherEur > 0 && `, ${formatMoney(otherEur)} nicht`}
        </h2>
        {mayWrite() && isNow && <NewExpense />}
        <ExpenseTable expenses={answer.expenses} onOpen={setOpened} />
        <MoneySums log={answer} />
      </section>
      <Proof answer={answer} />
      <EntryDialog opened={opened} onClose={() => setOpened(null)} />
    </>
  )
}

function Proof({ answer: { from, to, knownAt } }: { answer: ActivityLog }) {
  const question = { to, ...(from && { from }), ...(knownAt && { knownAt }) }
  return (
    <section>
      <h2>Nachweis</h2>
      <p>
        Eine ZIP-Datei mit PDF (Zahlen und Tabellen für den Sachbericht), Excel-Tabellen und Belegen,{' '}
        {from ? `vom ${formatDay(from, 'de')} ` : ''}bis zum {formatDay(to, 'de')}. Ihr Kenntnisstand steht darin: Mit ihm lässt
        sie sich später unverändert wieder erzeugen, auch wenn inzwischen etwas berichtigt wurde.
      </p>
      <ButtonLink look="primary" icon="download" href={exportAddress(question)} download>
        Nachweis herunterladen
      </ButtonLink>
    </section>
  )
}
