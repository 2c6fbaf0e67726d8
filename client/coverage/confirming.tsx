import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { type CoverageEdition, type CoverageFound, type CoverageImport, importCoverage } from '../../server/contract/coverage.ts'
import { coverageByOperator, coverageDatasets } from '../../server/contract/coverage-codes.ts'
import { parseImpreciseDate } from '../../server/contract/date-input.ts'
import { mobileOperators, mobileTechnologies } from '../../server/contract/mobile/codes.ts'
import { ApiError } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { Checkbox } from '../ui/field.tsx'
import { explain, Notice } from '../ui/notice.tsx'
import { announce } from '../ui/toast.tsx'
import { refusedFields } from '../workbench/form/use-basis.ts'
import { ask } from '../workbench/staff.ts'
import { Choice, Line, Lines, StandField } from './confirming-fields.tsx'
import { dropTyped, keepTyped, keptTyped, readAnew, suggested, type Typed } from './coverage-data.ts'
import { FoundInFile } from './found-in-file.tsx'

interface ConfirmingProps {
  received: CoverageImport
  editions: readonly CoverageEdition[]
  onPutAside: () => void
}

/** What was found in a file, and what only a person knows about it; then it becomes an edition. */
export function Confirming({ received, editions, onPutAside }: ConfirmingProps) {
  const { id, found, fileName, sameAs } = received
  const form = useConfirming(received, editions)
  const element = useRef<HTMLFormElement>(null)
  useLayoutEffect(() => announce(`${fileName} ist gelesen: bitte bestätigen`), [id])
  // What is wrong is where one goes on.
  useLayoutEffect(() => element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus(), [form.refusals])
  if (!found) return null
  const { typed, set, errors, failure, isBusy } = form
  const wire = (name: keyof Typed) => ({
    value: String(typed[name]),
    error: errors[name],
    onChange: (value: string) => set(name, value),
  })
  const isByOperator = found.dataset === 'authority_coverage' || found.dataset === 'operator_coverage'
  return (
    <section class="coverage__confirming" aria-labelledby={`confirming-${id}`}>
      <h3 id={`confirming-${id}`}>„{fileName}“ bestätigen</h3>
      <FoundInFile found={found} />
      {sameAs.length > 0 && (
        <Notice kind="warning" title="Dieselbe Datei ist schon eingelesen">
          <p>Als {sameAs.map((title) => `„${title}“`).join(', ')}.</p>
        </Notice>
      )}
      <form
        ref={element}
        class="coverage__form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void form.confirm()
        }}
      >
        {isByOperator && (
          <Choice
            label="Datensatz"
            {...wire('dataset')}
            options={coverageByOperator.map((value) => ({ value, label: coverageDatasets.labels[value].de }))}
          />
        )}
        <Line label="Name der Ausgabe" hint="öffentlich, z. B. „Mobilfunkmonitoring Juli 2026“" {...wire('title')} />
        <StandField {...wire('trueOn')} />
        {found.asksOperator && <Choice label="Betreiber" {...wire('operator')} options={optionsOf(mobileOperators)} asks />}
        {found.asksTechnology && <Choice label="Technik" {...wire('technology')} options={optionsOf(mobileTechnologies)} asks />}
        <Line label="Quelle" hint="öffentlich" {...wire('citation')} />
        <Line label="Adresse der Quelle" type="url" optional hint="https://…, öffentlich" {...wire('url')} />
        <Line label="Urheber" hint="steht auf der Karte, z. B. „© Bundesnetzagentur“" {...wire('attribution')} />
        <Lines label="Hinweis zur Methode" hint="öffentlich: wie die Angaben entstanden sind" {...wire('methodNote')} />
        <Lines
          label="Bruch in der Methode"
          hint="nur, wenn sich diese Ausgabe nicht mit den früheren vergleichen lässt: warum. Der Verlauf wird hier unterbrochen."
          {...wire('methodBreak')}
        />
        {hasGaps(found) && (
          <Checkbox
            label="Wo die Datei nichts sagt, gibt es keinen Betreiber (sonst bleibt es offen)"
            checked={typed.missingIsNone}
            onChange={(event) => set('missingIsNone', event.currentTarget.checked)}
          />
        )}
        {failure !== null && (
          <Notice kind="danger" title="Nicht übernommen" role="alert">
            <p>{explain(failure)}</p>
          </Notice>
        )}
        <div class="coverage__buttons">
          <Button type="submit" look="primary" icon="check" disabled={isBusy}>
            {isBusy ? 'Wird übernommen …' : 'Als Ausgabe veröffentlichen'}
          </Button>
          <Button look="secondary" onClick={onPutAside} disabled={isBusy}>
            Verwerfen
          </Button>
        </div>
      </form>
    </section>
  )
}

const hasGaps = ({ dataset, cells, cityCells }: CoverageFound) => dataset === 'operator_count' && cells < cityCells

function optionsOf<Key extends string>({
  keys,
  labels,
}: {
  keys: readonly Key[]
  labels: Readonly<Record<Key, { de: string }>>
}) {
  return keys.map((value) => ({ value, label: labels[value].de }))
}

/** What is typed, kept over a reload, and the confirmation. */
function useConfirming(received: CoverageImport, editions: readonly CoverageEdition[]) {
  const { id, found } = received
  const before = editions.find((edition) => edition.dataset === found?.dataset && edition.withdrawn === null)
  const [typed, setTyped] = useState<Typed>(() => ({ ...suggested(received, before), ...keptTyped(id) }))
  const [errors, setErrors] = useState<Readonly<Partial<Record<string, string>>>>({})
  const [failure, setFailure] = useState<unknown>(null)
  const [isBusy, setBusy] = useState(false)
  const [refusals, setRefusals] = useState(0)
  const refuse = (fields: Readonly<Record<string, string>>) => {
    setErrors(fields)
    setRefusals((count) => count + 1)
  }

  const set = <Name extends keyof Typed>(name: Name, value: string | boolean) => {
    const next = { ...typed, [name]: value } as Typed
    setTyped(next)
    keepTyped(id, next)
    setErrors({ ...errors, [name]: undefined })
  }

  const confirm = async () => {
    const wish = wishOf(typed)
    if (wish.trueOn === '') return refuse({ trueOn: 'Bitte einen Tag oder Zeitraum angeben, zum Beispiel Juli 2026.' })
    setBusy(true)
    setFailure(null)
    try {
      const edition = await ask(importCoverage, { params: { id }, body: wish })
      dropTyped(id)
      announce(`${edition.title} veröffentlicht`)
      await readAnew()
    } catch (error) {
      const refused = error instanceof ApiError ? refusedFields(error.problem) : {}
      refuse(refused)
      if (Object.keys(refused).length === 0) setFailure(error)
    }
    setBusy(false)
  }
  return { typed, set, errors, failure, isBusy, refusals, confirm }
}

function wishOf({ citation, url, operator, technology, trueOn, methodNote, methodBreak, ...typed }: Typed) {
  return {
    ...typed,
    trueOn: parseImpreciseDate(trueOn) ?? '',
    source: { citation: citation.trim(), url: url.trim() || null },
    operator: mobileOperators.keys.find((key) => key === operator) ?? null,
    technology: mobileTechnologies.keys.find((key) => key === technology) ?? null,
    methodNote: methodNote.trim() || null,
    methodBreak: methodBreak.trim() || null,
  }
}
