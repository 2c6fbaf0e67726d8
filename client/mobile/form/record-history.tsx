import { useEffect, useMemo } from 'preact/hooks'
import { formatMoment } from '../../../server/contract/dates.ts'
import type { MobileKindName } from '../../../server/contract/mobile/index.ts'
import { getRecordHistory } from '../../../server/contract/mobile.ts'
import { Loaded, resource } from '../../ui/resource.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { ask } from '../../workbench/staff.ts'

/** Everything ever said about a record: who, when, what, why. */
export function RecordHistory({ kind, id, version }: { kind: MobileKindName; id: string; version: number }) {
  const history = useMemo(
    () => resource((_question: null, signal) => ask(getRecordHistory, { params: { kind, id }, signal })),
    [kind, id],
  )
  useEffect(() => void history.ask(null), [history, version])
  return (
    <Loaded from={history} skeleton={<Skeleton lines={[80, 60]} />}>
      {({ entries }) => (
        <ol class="fact-history">
          {entries.map(({ changeId, sentence, reason, source, actorName, recordedAt }) => (
            <li key={changeId}>
              <p>
                <strong>{actorName}</strong>, {formatMoment(recordedAt, 'de')}
              </p>
              <p>{sentence}</p>
              {reason !== sentence && <p>Grund: {reason}</p>}
              <p class="muted">Quelle: {source}</p>
            </li>
          ))}
        </ol>
      )}
    </Loaded>
  )
}
