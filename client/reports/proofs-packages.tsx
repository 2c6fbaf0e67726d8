import { useState } from 'preact/hooks'
import { formatDay, today } from '../../server/contract/dates.ts'
import { addSubmission, type Proof, type ProofFolder, proofs } from '../../server/contract/proofs.ts'
import { Button, ButtonLink } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field, SelectField } from '../ui/field.tsx'
import { Icon } from '../ui/icon.tsx'
import { explain, Notice } from '../ui/notice.tsx'
import { toast } from '../ui/toast.tsx'
import { ask } from '../workbench/staff.ts'
import { folder, mayWrite, packageAddress } from './proofs-data.ts'

/** What is still missing for each proof, and what is there. */
export function Missing({ answer: { checks } }: { answer: ProofFolder }) {
  return (
    <section>
      <h2>Was fehlt noch</h2>
      <div class="proof-checks">
        {proofs.keys.map((proof) => {
          const own = checks.filter((check) => check.proof === proof)
          const there = own.filter(({ isThere }) => isThere).length
          return (
            <section key={proof}>
              <h3>
                {proofs.labels[proof].de}: {there} von {own.length}
              </h3>
              <ul class="proof-list">
                {own.map(({ id, isThere, text }) => (
                  <li key={id}>
                    <Icon name={isThere ? 'success' : 'warning'} small />{' '}
                    <span class="kern-sr-only">{isThere ? 'vorhanden: ' : 'fehlt: '}</span>
                    {text}
                  </li>
                ))}
              </ul>
            </section>
          )
        })}
      </div>
      <p class="muted">
        Was ein Nachweis enthalten muss, bestimmt der Zuwendungsbescheid; die Liste folgt den bekannten Auskünften.
      </p>
    </section>
  )
}

/** Downloads of the package, and the note that it was handed in. */
export function Packages({ answer, isNow }: { answer: ProofFolder; isNow: boolean }) {
  const years = answer.deadlines.flatMap(({ budgetYear }) => budgetYear ?? []).toReversed()
  const [chosen, setYear] = useState<number | null>(null)
  const [submitted, setSubmitted] = useState<Proof | null>(null)
  const year = chosen ?? years[0] ?? Number(answer.clocks.asOf.slice(0, 4))
  return (
    <section>
      <h2>Paket für die Zuwendungsgeber</h2>
      <p>
        Sachbericht zum Ausfüllen (HTML und Markdown), Tabellen (XLSX und CSV), Belege und ein Verzeichnis mit SHA-256. Derselbe
        Stand ergibt dieselben Bytes.
      </p>
      <div class="field-row">
        {years.length > 0 && (
          <SelectField
            label="Haushaltsjahr"
            value={String(year)}
            optional="silent"
            onChange={(event) => setYear(Number(event.currentTarget.value))}
            options={years.map((one) => ({ value: String(one), label: String(one) }))}
          />
        )}
        <ButtonLink look="secondary" icon="download" download href={packageAddress(answer, 'interim', year)}>
          {`Zwischennachweis ${year}`}
        </ButtonLink>
        <ButtonLink look="secondary" icon="download" download href={packageAddress(answer, 'final', null)}>
          Verwendungsnachweis
        </ButtonLink>
      </div>
      {mayWrite() && isNow && (
        <p class="fact-row__actions">
          {proofs.keys.map((proof) => (
            <Button key={proof} look="tertiary" small icon="check" onClick={() => setSubmitted(proof)}>
              {`${proofs.labels[proof].de}${proof === 'interim' ? ` ${year}` : ''} als eingereicht vermerken`}
            </Button>
          ))}
        </p>
      )}
      <Submissions answer={answer} />
      <SubmitDialog answer={answer} proof={submitted} year={year} onClose={() => setSubmitted(null)} />
    </section>
  )
}

function Submissions({ answer: { submissions } }: { answer: ProofFolder }) {
  if (submissions.length === 0) return <p class="empty">Noch keine Einreichung vermerkt.</p>
  return (
    <ul class="proof-list">
      {submissions.map(({ id, proof, budgetYear, submittedOn, recordedBy, package: sent }) => (
        <li key={id}>
          {proofs.labels[proof].de} {budgetYear}: eingereicht am {formatDay(submittedOn, 'de')}, vermerkt von {recordedBy}.
          {sent && <span class="muted proof-hash"> SHA-256 des Pakets: {sent.sha256}</span>}
        </li>
      ))}
    </ul>
  )
}

function SubmitDialog({
  answer,
  proof,
  year,
  onClose,
}: {
  answer: ProofFolder
  proof: Proof | null
  year: number
  onClose: () => void
}) {
  const [day, setDay] = useState(today())
  const [error, setError] = useState<string | null>(null)
  const save = async () => {
    if (!proof) return
    const { clocks, frozenAt } = answer
    const budgetYear = proof === 'interim' ? year : null
    try {
      const body = { proof, budgetYear, submittedOn: day, note: null, package: { asOf: clocks.asOf, knownAt: frozenAt } }
      await ask(addSubmission, { params: { programmeId: answer.programme.id }, body })
      setError(null)
      onClose()
      toast('Die Einreichung ist vermerkt.')
      await folder.again()
    } catch (failure) {
      setError(explain(failure))
    }
  }
  return (
    <Dialog
      open={proof !== null}
      title="Einreichung vermerken"
      onClose={onClose}
      footer={
        <>
          <Button look="secondary" onClick={onClose}>
            Abbrechen
          </Button>
          <Button look="primary" icon="check" onClick={() => void save()}>
            Vermerken
          </Button>
        </>
      }
    >
      <p>Festgehalten werden der Tag und die SHA-256 des Pakets, wie es jetzt ist. Ein Vermerk lässt sich nicht löschen.</p>
      {error && <Notice kind="danger" title={error} role="alert" />}
      <Field label="Eingereicht am">
        {(wiring) => (
          <input
            {...wiring}
            type="date"
            class="kern-form-input__input"
            max={today()}
            value={day}
            onInput={(event) => setDay(event.currentTarget.value)}
          />
        )}
      </Field>
    </Dialog>
  )
}
