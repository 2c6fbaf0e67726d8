import './activities.css'
import { useEffect } from 'preact/hooks'
import { activityKinds } from '../../server/contract/activities/codes.ts'
import { formatDuration } from '../../server/contract/activities/duration.ts'
import { formatDay } from '../../server/contract/dates.ts'
import { ButtonLink } from '../ui/button.tsx'
import { Loaded } from '../ui/resource.tsx'
import { caseLog, mayWrite } from './data.ts'

/** On the page of a case: what was done for it, and the way to record more. */
export function CaseActivities({ request: { id } }: { request: { id: string } }) {
  useEffect(() => {
    caseLog.forget()
    void caseLog.ask(id)
  }, [id])
  return (
    <Loaded from={caseLog}>
      {({ activities, evaluation }) => (
        <>
          {activities.length === 0 ? (
            <p class="empty">Für diesen Vorgang ist noch keine Tätigkeit erfasst.</p>
          ) : (
            <>
              <p>Zusammen {formatDuration(evaluation.minutes)}.</p>
              <ul class="entry-history">
                {activities.map((entry) => (
                  <li key={entry.id}>
                    {formatDay(entry.content.day, 'de')}, {formatDuration(entry.content.minutes)},{' '}
                    {activityKinds.labels[entry.content.kind].de}: {entry.content.description}{' '}
                    <span class="muted">{entry.person}</span>
                  </li>
                ))}
              </ul>
            </>
          )}
          {mayWrite() && (
            <p>
              <ButtonLink look="secondary" small icon="add" href={`/arbeitsplatz/taetigkeiten?vorgang=${id}`}>
                Tätigkeit erfassen
              </ButtonLink>
            </p>
          )}
        </>
      )}
    </Loaded>
  )
}
