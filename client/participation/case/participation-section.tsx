import '../participation.css'
import { useEffect, useState } from 'preact/hooks'
import type { RequestView } from '../../../server/contract/mobile.ts'
import type { Participation } from '../../../server/contract/participation.ts'
import { Button } from '../../ui/button.tsx'
import { Loaded } from '../../ui/resource.tsx'
import { mayAct, participation } from '../data.ts'
import { AskDialog } from './ask-dialog.tsx'
import { ClockList } from './clock-list.tsx'
import { LetterPart } from './letter-part.tsx'
import { ReviewCard } from './review-card.tsx'

interface SectionProps {
  request: RequestView
  /** Something has happened that other parts of the page tell of. */
  onChanged: () => void
}

/** On the page of a case: its deadlines, what departments were asked and said, and the reply to the operator. */
export function ParticipationSection({ request, onChanged }: SectionProps) {
  useEffect(() => void participation.ask(request.id), [request.id, request.version])
  useEffect(() => () => participation.forget(), [request.id])
  const changed = () => {
    void participation.again()
    onChanged()
  }
  return (
    <Loaded from={participation}>
      {(known) => (
        <div class="participation">
          <h3>Fristen</h3>
          <ClockList clocks={known.clocks} today={known.today} />
          <Departments known={known} request={request} onChanged={changed} />
          <h3>Antwort an den Betreiber</h3>
          <LetterPart known={known} request={request} onChanged={changed} />
        </div>
      )}
    </Loaded>
  )
}

function Departments({ known, request, onChanged }: SectionProps & { known: Participation }) {
  const [isAsking, setAsking] = useState(false)
  const { reviews } = known
  return (
    <>
      <h3>Fachbereiche</h3>
      {reviews.length === 0 && (
        <p>Noch ist niemand gefragt. Jeder Fachbereich bekommt eine Mail mit eigenem Link und antwortet ohne Konto.</p>
      )}
      <ul class="review-list">
        {reviews.map((review) => (
          <li key={review.id}>
            <ReviewCard review={review} today={known.today} onChanged={onChanged} />
          </li>
        ))}
      </ul>
      {mayAct() && (
        <p>
          <Button look={reviews.length === 0 ? 'primary' : 'secondary'} icon="mail" onClick={() => setAsking(true)}>
            Fachbereiche fragen
          </Button>
        </p>
      )}
      {isAsking && (
        <AskDialog
          known={known}
          request={request}
          onClose={() => setAsking(false)}
          onAsked={() => {
            setAsking(false)
            onChanged()
          }}
        />
      )}
    </>
  )
}
