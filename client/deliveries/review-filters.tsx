import type { Judgement } from '../../server/contract/deliveries.ts'
import { SelectField } from '../ui/field.tsx'
import { addressWith, go } from '../workbench/place.ts'
import { JudgementSign } from './judgement-look.tsx'
import { judgementInAddress, judgementOrder, judgementWords, number } from './words.ts'

/** How many rows were judged how; choosing one shows them. */
export function Tabs({ counts, current }: { counts: Readonly<Partial<Record<Judgement, number>>>; current: Judgement }) {
  return (
    <nav aria-label="Zeilen nach Urteil">
      <ul class="judgement-tabs">
        {judgementOrder.map((judgement) => (
          <li key={judgement}>
            <a
              href={addressWith({ urteil: judgementInAddress[judgement], grund: null, zeile: null })}
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

interface ReasonsProps {
  reasons: readonly { code: string; text: string; count: number }[]
  current: string | null
}

/** Rows with the same remark are settled together. */
export function Reasons({ reasons, current }: ReasonsProps) {
  if (reasons.length < 2 && current === null) return null
  return (
    <SelectField
      label="Grund"
      optional="silent"
      value={current ?? ''}
      options={[
        { value: '', label: 'alle Gründe' },
        ...reasons.map(({ code, text, count }) => ({ value: code, label: `${text} (${number(count)})` })),
      ]}
      onChange={(event) => go(addressWith({ grund: event.currentTarget.value || null, zeile: null }), { replace: true })}
    />
  )
}
