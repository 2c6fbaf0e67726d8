import { useEffect, useMemo } from 'preact/hooks'
import { addressWith, go, place } from '../facts/place.ts'
import { Button, ButtonLink } from '../ui/button.tsx'
import { Loaded } from '../ui/resource.tsx'
import type { Delivery, DeliveryRow, Judgement } from './contract.ts'
import { difference, mayWrite, rowAddress, rows } from './data.ts'
import { decide, nextDoubt } from './deciding.ts'
import type { DifferenceData } from './difference-layers.ts'
import { JudgementSign } from './judgement-look.tsx'
import { MapCanvas } from './map-canvas.tsx'
import { RowEntry } from './row-entry.tsx'
import { stepWords } from './steps.tsx'
import { doubts, judgementInAddress, judgementOrder, judgementWords, number, readJudgement } from './words.ts'

/** Every row with its judgement: the doubtful ones to be settled, all others to be looked at. */
export function ReviewStep({ delivery }: { delivery: Delivery }) {
  const { id, status, counts, openDoubts } = delivery
  const judgement = readJudgement(place.value.query.get('urteil')) ?? firstOf(delivery)
  const openRow = Number(place.value.query.get('zeile') ?? Number.NaN)
  useEffect(() => void rows.ask({ id, judgement }), [id, judgement])
  useEffect(() => void difference.ask(id), [id])
  const canDecide = status === 'review'
  const toNext = () => {
    const next = nextDoubt(Number.isNaN(openRow) ? null : openRow)
    go(next === null ? rowAddress(null) : addressWith({ urteil: judgementInAddress.doubtful, zeile: String(next) }))
  }
  return (
    <section class="delivery-step">
      <h2>Prüfen</h2>
      <p role="status">
        {openDoubts > 0 ? `Noch ${doubts(openDoubts)}.` : 'Keine Zeile wartet auf Sie: Sie können veröffentlichen.'}
      </p>
      <Tabs counts={counts ?? {}} current={judgement} />
      {canDecide && mayWrite() && (
        <div class="delivery-actions">
          {openDoubts > 0 && (
            <Button look="primary" icon="forward" onClick={toNext}>
              Nächste zweifelhafte Zeile
            </Button>
          )}
          <ButtonLink
            look={openDoubts > 0 ? 'secondary' : 'primary'}
            href={addressWith({ schritt: stepWords.publish, urteil: null, zeile: null })}
          >
            Weiter zum Veröffentlichen
          </ButtonLink>
          <BulkActions id={id} judgement={judgement} count={counts?.[judgement] ?? 0} />
        </div>
      )}
      <div class="review">
        <Loaded from={rows}>
          {({ rows: shown, next }) => (
            <div class="delivery-step">
              <ol class="delivery-rows" aria-label={`Zeilen: ${judgementWords[judgement]}`}>
                {shown.map((row) => (
                  <RowEntry
                    key={row.row}
                    deliveryId={id}
                    row={row}
                    isOpen={row.row === openRow}
                    canDecide={canDecide}
                    onNext={toNext}
                  />
                ))}
              </ol>
              {shown.length === 0 && <p class="empty">Keine Zeile ist {judgementWords[judgement]}.</p>}
              {next !== null && <More id={id} judgement={judgement} known={shown} />}
            </div>
          )}
        </Loaded>
        <DifferenceMap />
      </div>
    </section>
  )
}

/** What wants to be looked at first. */
function firstOf({ counts }: Delivery): Judgement {
  return judgementOrder.find((judgement) => (counts?.[judgement] ?? 0) > 0) ?? 'new'
}

function Tabs({ counts, current }: { counts: Readonly<Partial<Record<Judgement, number>>>; current: Judgement }) {
  return (
    <nav aria-label="Zeilen nach Urteil">
      <ul class="judgement-tabs">
        {judgementOrder.map((judgement) => (
          <li key={judgement}>
            <a
              href={addressWith({ urteil: judgementInAddress[judgement], zeile: null })}
              aria-current={judgement === current ? 'true' : undefined}
            >
              <JudgementSign judgement={judgement} />
              {number(counts[judgement] ?? 0)} {judgementWords[judgement]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** One decision for all rows of the judgement that is shown; it can be taken back in the same way. */
function BulkActions({ id, judgement, count }: { id: number; judgement: Judgement; count: number }) {
  if (count === 0 || judgement === 'unchanged') return null
  const what = `alle ${number(count)}`
  return (
    <>
      {judgement !== 'refused' && (
        <Button small onClick={() => void decide(id, 'accepted', { judgement })}>
          {what} übernehmen
        </Button>
      )}
      <Button small onClick={() => void decide(id, 'parked', { judgement })}>
        {what} zurückstellen
      </Button>
      <Button small onClick={() => void decide(id, 'declined', { judgement })}>
        {what} ablehnen
      </Button>
      <Button look="tertiary" small icon="renew" onClick={() => void decide(id, 'open', { judgement })}>
        Entscheidungen zurücknehmen
      </Button>
    </>
  )
}

function More({ id, judgement, known }: { id: number; judgement: Judgement; known: readonly DeliveryRow[] }) {
  return (
    <Button look="secondary" onClick={() => void rows.ask({ id, judgement, known })}>
      Weitere Zeilen
    </Button>
  )
}

/** Where the delivery changes something. */
function DifferenceMap() {
  const found = difference.answer.value
  const data = useMemo(() => found?.collection as DifferenceData | undefined, [found])
  if (!found?.bounds || !data) return null
  const select = (row: number) => go(rowAddress(row))
  return (
    <figure class="review__map delivery-step" aria-label="Karte der Unterschiede">
      <MapCanvas label="Karte: was die Lieferung ändert" data={data} box={found.bounds} onSelect={select} />
      <figcaption class="delivery-actions">
        {(['new', 'changed', 'removed', 'doubtful'] as const).map((judgement) => (
          <span key={judgement} class="delivery-row__judgement">
            <JudgementSign judgement={judgement} />
            {judgementWords[judgement]}
          </span>
        ))}
        {!found.isWhole && <span class="muted">Die Karte zeigt die ersten 5.000 Zeilen.</span>}
      </figcaption>
    </figure>
  )
}
