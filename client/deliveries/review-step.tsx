import { useEffect, useState } from 'preact/hooks'
import type { Delivery, Judgement } from '../../server/contract/deliveries.ts'
import { Button } from '../ui/button.tsx'
import { Loaded } from '../ui/resource.tsx'
import { addressWith, go, place } from '../workbench/place.ts'
import { difference, findNextDoubt, pageSize, rows } from './data.ts'
import { DifferenceMap } from './difference-map.tsx'
import { ReviewActions } from './review-actions.tsx'
import { Reasons, Tabs } from './review-filters.tsx'
import { RowEntry } from './row-entry.tsx'
import { doubts, judgementInAddress, judgementOrder, judgementWords, readJudgement } from './words.ts'

/** Every row with its judgement: the doubtful ones to be settled, all others to be looked at. */
export function ReviewStep({ delivery }: { delivery: Delivery }) {
  const { id, status, counts, openDoubts } = delivery
  const { query } = place.value
  const judgement = readJudgement(query.get('urteil')) ?? firstOf(delivery)
  const reason = query.get('grund')
  const openRow = query.has('zeile') ? Number(query.get('zeile')) : null
  const [count, setCount] = useState(pageSize)
  useEffect(() => void rows.ask({ id, judgement, reason, count }), [id, judgement, reason, count])
  useEffect(() => void difference.ask(id), [id])
  const toNext = async () => {
    const next = await findNextDoubt(id, openRow)
    go(addressWith({ urteil: judgementInAddress.doubtful, grund: null, zeile: next === null ? null : String(next) }))
    if (next === null) document.getElementById('nach-dem-pruefen')?.focus()
  }
  return (
    <section class="delivery-step">
      <h2>Prüfen</h2>
      <p role="status">
        {openDoubts > 0 ? `Noch ${doubts(openDoubts)}.` : 'Keine Zeile wartet auf Sie: Sie können veröffentlichen.'}
      </p>
      <Tabs counts={counts ?? {}} current={judgement} />
      <ReviewActions delivery={delivery} judgement={judgement} reason={reason} onNext={() => void toNext()} />
      <div class="review">
        <Loaded from={rows}>
          {({ rows: shown, next, reasons }) => (
            <div class="delivery-step">
              <Reasons reasons={reasons} current={reason} />
              <ol class="delivery-rows" aria-label={`Zeilen: ${judgementWords[judgement]}`}>
                {shown.map((row) => (
                  <RowEntry
                    key={row.row}
                    deliveryId={id}
                    row={row}
                    isOpen={row.row === openRow}
                    canDecide={status === 'review'}
                    onNext={() => void toNext()}
                  />
                ))}
              </ol>
              {shown.length === 0 && <p class="empty">Keine Zeile ist {judgementWords[judgement]}.</p>}
              {next !== null && (
                <>
                  <Button look="secondary" onClick={() => setCount(shown.length + pageSize)}>
                    Weitere Zeilen
                  </Button>
                  <ReachRow row={openRow} last={shown.at(-1)?.row ?? null} onMore={() => setCount(shown.length + pageSize)} />
                </>
              )}
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

/** A row that is opened by its address but lies on a later page: reads on until it is there. */
function ReachRow({ row, last, onMore }: { row: number | null; last: number | null; onMore: () => void }) {
  const isBeyond = row !== null && last !== null && row > last
  useEffect(() => {
    if (isBeyond) onMore()
  }, [isBeyond, last])
  return null
}
