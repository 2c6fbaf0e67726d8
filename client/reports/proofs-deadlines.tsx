import { useState } from 'preact/hooks'
import { formatDay } from '../../server/contract/dates.ts'
import {
  type Deadline,
  type DeadlineRule,
  deadlineStates,
  type ProofFolder,
  proofs,
  withdrawDeadline,
} from '../../server/contract/proofs.ts'
import { Button } from '../ui/button.tsx'
import { type Column, DataTable } from '../ui/data-table.tsx'
import { toast } from '../ui/toast.tsx'
import { ask } from '../workbench/staff.ts'
import { WithdrawDialog } from '../workbench/withdraw-dialog.tsx'
import { folder, mayWrite } from './proofs-data.ts'
import { DeadlineForm } from './proofs-deadline-form.tsx'

const columns: readonly Column<Deadline>[] = [
  {
    key: 'proof',
    label: 'Nachweis',
    heading: true,
    cell: ({ proof, budgetYear }) => `${proofs.labels[proof].de} ${budgetYear ?? ''}`.trim(),
  },
  { key: 'due', label: 'Fällig', cell: dueText },
  { key: 'state', label: 'Stand', cell: ({ state }) => deadlineStates.labels[state].de },
]

/** The strictest rule gives the safe day; a milder one is named beside it. */
function dueText({ dueOn, latestOn }: Deadline): string {
  if (!dueOn) return '–'
  return latestOn && latestOn !== dueOn
    ? `${formatDay(dueOn, 'de')} (nach der mildesten Regel ${formatDay(latestOn, 'de')})`
    : formatDay(dueOn, 'de')
}

/** When proofs are due; the next ones first. */
export function Deadlines({ answer: { deadlines } }: { answer: ProofFolder }) {
  return (
    <section>
      <h2>Fristen</h2>
      <DataTable
        caption="Fristen der Nachweise"
        columns={columns}
        rows={deadlines.toReversed()}
        rowKey={({ proof, budgetYear }) => `${proof} ${budgetYear}`}
        empty="Keine Frist: Es gibt keine Regel, oder kein Zuwendungsbescheid ist als Meilenstein erfasst."
      />
    </section>
  )
}

/** By which rules deadlines are counted, with the ground in law; rules are recorded and withdrawn, never changed. */
export function DeadlineRules({ answer, isNow }: { answer: ProofFolder; isNow: boolean }) {
  const [withdrawn, setWithdrawn] = useState<DeadlineRule | null>(null)
  const withdraw = async (reason: string) => {
    if (!withdrawn) return
    await ask(withdrawDeadline, { params: { id: withdrawn.id }, body: { reason } })
    toast('Die Regel ist zurückgezogen.')
    await folder.again()
  }
  return (
    <section>
      <h2>Regeln der Fristen</h2>
      <ul class="findings" aria-label="Regeln der Fristen">
        {answer.rules.map((rule) => (
          <li key={rule.id} class="finding">
            <p class="finding__sentence">{ruleText(rule)}</p>
            <p>{rule.legalNote}</p>
            <p class="muted">
              {rule.isGeneral ? 'Gilt für alle geförderten Programme' : 'Gilt für dieses Programm'}
              {validity(rule)}. Erfasst von {rule.recordedBy}.
            </p>
            {mayWrite() && isNow && (
              <Button look="tertiary" small icon="remove" onClick={() => setWithdrawn(rule)}>
                Regel zurückziehen
              </Button>
            )}
          </li>
        ))}
      </ul>
      {answer.rules.length === 0 && <p class="empty">Keine Regel. Ohne Regel gibt es keine Fristen.</p>}
      {mayWrite() && isNow && <DeadlineForm programmeId={answer.programme.id} />}
      <WithdrawDialog
        title={withdrawn && 'Regel zurückziehen'}
        what={withdrawn ? `${ruleText(withdrawn)}. ${withdrawn.isGeneral ? 'Sie entfällt für alle Programme.' : ''}` : ''}
        onWithdraw={withdraw}
        onClose={() => setWithdrawn(null)}
      />
    </section>
  )
}

function ruleText({ proof, months }: DeadlineRule): string {
  return `${proofs.labels[proof].de}: ${months === null ? 'einmal je Haushaltsjahr' : `${months} Monate nach der Fertigstellungsanzeige`}`
}

function validity({ validFrom, validUntil }: DeadlineRule): string {
  return [validFrom && ` ab ${formatDay(validFrom, 'de')}`, validUntil && ` bis ${formatDay(validUntil, 'de')}`]
    .filter(Boolean)
    .join('')
}
