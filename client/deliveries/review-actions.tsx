import type { Decision, Delivery, Judgement } from '../../server/contract/deliveries.ts'
import { Button, ButtonLink } from '../ui/button.tsx'
import { addressWith } from '../workbench/place.ts'
import { mayWrite } from './data.ts'
import { decide } from './deciding.ts'
import { stepWords } from './steps.tsx'
import { number } from './words.ts'

interface ReviewActionsProps {
  delivery: Delivery
  judgement: Judgement
  /** Only rows with this remark are shown, and meant. */
  reason: string | null
  onNext: () => void
}

/** Where to go on, and one decision for all rows that are shown. */
export function ReviewActions({ delivery, judgement, reason, onNext }: ReviewActionsProps) {
  const { id, status, counts, openDoubts } = delivery
  if (status !== 'review' || !mayWrite()) return null
  return (
    <div class="delivery-actions">
      {openDoubts > 0 && (
        <Button look="primary" icon="forward" onClick={onNext}>
          Nächste zweifelhafte Zeile
        </Button>
      )}
      <ButtonLink
        id="nach-dem-pruefen"
        look={openDoubts > 0 ? 'secondary' : 'primary'}
        href={addressWith({ schritt: stepWords.publish, urteil: null, grund: null, zeile: null })}
      >
        Weiter zum Veröffentlichen
      </ButtonLink>
      <BulkActions id={id} judgement={judgement} reason={reason} count={counts?.[judgement] ?? 0} />
    </div>
  )
}

interface BulkProps {
  id: number
  judgement: Judgement
  reason: string | null
  count: number
}

function BulkActions({ id, judgement, reason, count }: BulkProps) {
  if (count === 0 || judgement === 'unchanged') return null
  const what = reason ? 'alle mit diesem Grund' : `alle ${number(count)}`
  const forAll = (decision: Decision) => () => void decide(id, decision, { judgement, ...(reason && { reason }) })
  return (
    <>
      {judgement !== 'refused' && (
        <Button small onClick={forAll('accepted')}>
          {`${what} übernehmen`}
        </Button>
      )}
      <Button small onClick={forAll('parked')}>
        {`${what} zurückstellen`}
      </Button>
      <Button small onClick={forAll('declined')}>
        {`${what} ablehnen`}
      </Button>
      <Button look="tertiary" small icon="renew" onClick={forAll('open')}>
        Entscheidungen zurücknehmen
      </Button>
    </>
  )
}
