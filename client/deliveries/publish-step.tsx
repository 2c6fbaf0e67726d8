import { useEffect, useState } from 'preact/hooks'
import { type Delivery, publishDelivery } from '../../server/contract/deliveries.ts'
import { Button, ButtonLink } from '../ui/button.tsx'
import { type Column, DataTable } from '../ui/data-table.tsx'
import { Checkbox } from '../ui/field.tsx'
import { Failure } from '../ui/notice.tsx'
import { Loaded } from '../ui/resource.tsx'
import { addressWith } from '../workbench/place.ts'
import { ask } from '../workbench/staff.ts'
import { effect, mayWrite, opened } from './data.ts'
import { stepWords } from './steps.tsx'
import { doubts, number, rowCount } from './words.ts'

/** What publishing does, said before it is done. */
export function PublishStep({ delivery }: { delivery: Delivery }) {
  const { id, openDoubts } = delivery
  const [releases, setReleases] = useState(true)
  const [error, setError] = useState<unknown>(null)
  const [isBusy, setBusy] = useState(false)
  useEffect(() => void effect.ask(id), [id])
  const publish = async () => {
    setBusy(true)
    setError(null)
    try {
      await ask(publishDelivery, { params: { id }, body: { releaseFigures: releases } })
      await opened.again()
    } catch (failure) {
      setError(failure)
    }
    setBusy(false)
  }
  return (
    <section class="delivery-step">
      <h2>Veröffentlichen</h2>
      <Loaded from={effect}>
        {({ sentence, warnings, figures, accepted, left }) => (
          <>
            <p class="sentence">{sentence}</p>
            {warnings.length > 0 && (
              <ul class="warnings" aria-label="Hinweise zur Plausibilität">
                {warnings.map(({ rule, text }) => (
                  <li key={rule + text}>{text}</li>
                ))}
              </ul>
            )}
            {openDoubts > 0 && (
              <p class="mark mark--overdue">
                {doubts(openDoubts)} {openDoubts === 1 ? 'ist' : 'sind'} noch offen und {openDoubts === 1 ? 'geht' : 'gehen'} mit
                der Fehlerliste an den Absender zurück.{' '}
                <a href={addressWith({ schritt: stepWords.review, urteil: 'zweifelhaft' })}>Jetzt klären</a>
              </p>
            )}
            {figures.length > 0 && <Figures figures={figures} />}
            {error !== null && <Failure error={error} />}
            {mayWrite() && (
              <>
                <Checkbox
                  label="Öffentliche Zahlen neu veröffentlichen"
                  checked={releases}
                  onChange={(event) => setReleases(event.currentTarget.checked)}
                />
                <div class="delivery-actions">
                  <Button look="primary" icon="check" disabled={isBusy || accepted === 0} onClick={() => void publish()}>
                    {`${rowCount(accepted)} veröffentlichen`}
                  </Button>
                  {left > 0 && <span class="muted">{rowCount(left)} nicht dabei</span>}
                </div>
                {accepted === 0 && <p>Es gibt nichts zu veröffentlichen: Keine Zeile ändert etwas.</p>}
              </>
            )}
            <p>
              <ButtonLink look="tertiary" icon="left" href={addressWith({ schritt: stepWords.review })}>
                Zurück zum Prüfen
              </ButtonLink>
            </p>
          </>
        )}
      </Loaded>
    </section>
  )
}

interface Figure {
  label: string
  before: number | null
  after: number | null
}

const figureColumns: readonly Column<Figure>[] = [
  { key: 'label', label: 'Zahl', heading: true, cell: ({ label }) => label },
  { key: 'before', label: 'vorher', numeric: true, cell: ({ before }) => shown(before) },
  { key: 'after', label: 'nachher', numeric: true, cell: ({ after }) => shown(after) },
]

function shown(value: number | null): string {
  return value === null ? '–' : number(value)
}

function Figures({ figures }: { figures: readonly Figure[] }) {
  return <DataTable caption="Gezählt vorher und nachher" columns={figureColumns} rows={figures} rowKey={({ label }) => label} />
}
