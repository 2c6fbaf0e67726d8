import { useMemo } from 'preact/hooks'
import { go } from '../workbench/place.ts'
import { difference, rowAddress } from './data.ts'
import type { DifferenceData } from './difference-layers.ts'
import { type DrawnJudgement, JudgementSign } from './judgement-look.tsx'
import { MapCanvas } from './map-canvas.tsx'
import { judgementWords } from './words.ts'

const explained: readonly DrawnJudgement[] = ['new', 'changed', 'removed', 'doubtful', 'refused']

/** Where the delivery changes something. */
export function DifferenceMap() {
  const found = difference.answer.value
  const data = useMemo(() => found?.collection as DifferenceData | undefined, [found])
  if (!found?.bounds || !data) return null
  return (
    <figure class="review__map delivery-step" aria-label="Karte der Unterschiede">
      <MapCanvas label="Karte: was die Lieferung ändert" data={data} box={found.bounds} onSelect={(row) => go(rowAddress(row))} />
      <figcaption class="delivery-actions">
        {explained.map((judgement) => (
          <span key={judgement} class="delivery-row__judgement">
            <JudgementSign judgement={judgement} />
            {judgementWords[judgement]}
          </span>
        ))}
        {!found.isWhole && <span class="muted">Die Karte zeigt nicht alle Zeilen, die zweifelhaften aber zuerst.</span>}
      </figcaption>
    </figure>
  )
}
