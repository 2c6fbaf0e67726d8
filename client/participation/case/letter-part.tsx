import { useState } from 'preact/hooks'
import { formatDay } from '../../../server/contract/dates.ts'
import { getAttachment, type RequestView } from '../../../server/contract/mobile.ts'
import type { Participation } from '../../../server/contract/participation.ts'
import { addressOf } from '../../api.ts'
import { Button } from '../../ui/button.tsx'
import { mayAct } from '../data.ts'
import { LetterForm } from './letter-form.tsx'

interface LetterProps {
  known: Participation
  request: RequestView
  onChanged: () => void
}

/** Replies that were made, and a new one from the city's template. */
export function LetterPart({ known: { letters, reviews }, request, onChanged }: LetterProps) {
  const [isWriting, setWriting] = useState(false)
  const open = reviews.filter(({ status, isClosed }) => (status === 'asked' || status === 'taken_up') && !isClosed).length
  return (
    <>
      {letters.length === 0 && !isWriting && (
        <p>
          Alle Stellungnahmen kommen in ein Schreiben nach der Vorlage der Stadt.
          {open > 0 && ` Noch ${open === 1 ? 'steht eine' : `stehen ${open}`} aus.`}
        </p>
      )}
      <ul class="review-card__files">
        {letters.map(({ id, attachment, madeOn, madeBy, sentTo }) => (
          <li key={id}>
            <a href={addressOf(getAttachment.path, { id: attachment.id }, {})} download>
              {attachment.name}
            </a>{' '}
            vom {formatDay(madeOn, 'de')}, {madeBy}, {sentTo ? `per Mail an ${sentTo}` : 'nicht per Mail versandt'}
          </li>
        ))}
      </ul>
      {mayAct() && !isWriting && (
        <p>
          <Button icon="edit" onClick={() => setWriting(true)}>
            {letters.length === 0 ? 'Antwort entwerfen' : 'Weitere Antwort entwerfen'}
          </Button>
        </p>
      )}
      {isWriting && (
        <LetterForm
          request={request}
          onClose={() => setWriting(false)}
          onMade={() => {
            setWriting(false)
            onChanged()
          }}
        />
      )}
    </>
  )
}
