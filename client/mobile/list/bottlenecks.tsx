import { waitedFor } from '../../../server/contract/mobile/codes.ts'
import { addressWith } from '../../workbench/place.ts'
import { dayWords, districtWords, sinceWords, titleOf } from '../words.ts'
import type { ListProps } from './board.tsx'
import { queuesOf, sinceOf } from './order.ts'

/** Who keeps whom waiting and since when: the longest wait on top. */
export function Bottlenecks({ requests, today }: ListProps) {
  const queues = queuesOf(requests)
  if (queues.length === 0) return <p class="empty">Nichts wartet: Alle Anfragen sind in Betrieb oder beendet.</p>
  return (
    <div class="site-queues">
      {queues.map(({ for: whom, requests: waiting }) => (
        <section key={whom} class="site-queue">
          <h2>
            {waitedFor.labels[whom].de} <span class="muted">{waiting.length}</span>
          </h2>
          <ol>
            {waiting.map((request) => (
              <li key={request.id}>
                <strong>{sinceWords(sinceOf(request), today)}</strong> ({dayWords(sinceOf(request))}): {request.waiting?.what}.{' '}
                <a href={addressWith({ anfrage: request.id })}>{titleOf(request.content)}</a>
                {request.districtIds.length > 0 && `, ${districtWords(request)}`}
              </li>
            ))}
          </ol>
        </section>
      ))}
    </div>
  )
}
