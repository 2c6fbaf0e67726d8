import type { DeliveryRow } from '../../server/contract/deliveries.ts'
import { Button } from '../ui/button.tsx'
import { mayWrite, rowAddress } from './data.ts'
import { decide } from './deciding.ts'
import { JudgementSign } from './judgement-look.tsx'
import { Remarks } from './remarks.tsx'
import { SolveForm } from './solve-form.tsx'
import { decisionWords, judgementWords, number } from './words.ts'

interface RowEntryProps {
  deliveryId: number
  row: DeliveryRow
  isOpen: boolean
  canDecide: boolean
  onNext: () => void
}

/** One row: what it is, how it was judged and why, what would change field by field, what becomes of it. */
export function RowEntry({ deliveryId, row, isOpen, canDecide, onNext }: RowEntryProps) {
  const { judgement, decision, label, remarks, changes, isMended } = row
  const name = rowName(row)
  return (
    <li class={`delivery-row${isOpen ? ' delivery-row--open' : ''}`} id={`zeile-${row.row}`}>
      <div class="delivery-row__head">
        <span class="muted">{name}</span>
        <a class="delivery-entry__name" href={rowAddress(isOpen ? null : row.row)} aria-expanded={isOpen}>
          {label}
        </a>
        <span class="delivery-row__judgement">
          <JudgementSign judgement={judgement} />
          {judgementWords[judgement]}
          {isMended && ' (berichtigt)'}
        </span>
        {decision !== 'open' && (
          <span class="mark mark--draft">{decision === 'accepted' && !canDecide ? 'übernommen' : decisionWords[decision]}</span>
        )}
      </div>
      <Remarks remarks={remarks} label={`Bemerkungen zu ${name}`} />
      <Changes changes={changes} />
      {canDecide && mayWrite() && isOpen && (
        <SolveForm key={`${row.row}-${judgement}`} deliveryId={deliveryId} row={row} onNext={onNext} />
      )}
      {canDecide && mayWrite() && !isOpen && decision !== 'open' && judgement !== 'unchanged' && (
        <div class="delivery-actions">
          <Button
            look="tertiary"
            small
            icon="renew"
            aria-label={`Entscheidung zurücknehmen: ${name}`}
            onClick={() => void decide(deliveryId, 'open', { rows: [row.row] })}
          >
            Entscheidung zurücknehmen
          </Button>
        </div>
      )}
    </li>
  )
}

/** Rows that are no longer in the file have no number in it. */
export function rowName({ row }: Pick<DeliveryRow, 'row'>): string {
  return row < 0 ? 'fehlt in der Datei' : `Zeile ${number(row)}`
}

function Changes({ changes }: Pick<DeliveryRow, 'changes'>) {
  if (changes.length === 0) return null
  return (
    <dl class="field-changes">
      {changes.map(({ field, label, before, after }) => (
        <div key={field}>
          <dt>{label}:</dt>
          <dd>
            {before !== null && (
              <>
                <span class="kern-sr-only">bisher </span>
                <del>{before}</del> <span aria-hidden="true">→</span>{' '}
              </>
            )}
            <span class="kern-sr-only">{before === null ? 'neu ' : 'künftig '}</span>
            <ins>{after ?? 'leer'}</ins>
          </dd>
        </div>
      ))}
    </dl>
  )
}
