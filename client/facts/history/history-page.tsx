import { useEffect, useState } from 'preact/hooks'
import { dayOf, formatDay, formatMoment } from '../../../server/contract/dates.ts'
import { type Change, listChanges } from '../../../server/contract/facts.ts'
import { Button } from '../../ui/button.tsx'
import { Disclosure } from '../../ui/disclosure.tsx'
import { Failure } from '../../ui/notice.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { overview, user } from '../../workbench/data.ts'
import { undo } from '../../workbench/publish/publication.ts'
import { ask } from '../../workbench/staff.ts'

const pageSize = 50

/** Who changed what, when and why; changes can be undone from here for ten minutes. */
export function HistoryPage() {
  const { changes, hasMore, error, reload, more } = useChanges()
  return (
    <section class="page">
      <h1>Verlauf</h1>
      <p>
        Jede Veröffentlichung steht hier mit Person, Zeit und Grund. Nichts wird gelöscht: Auch Rückgängigmachen ist eine neue
        Fassung.
      </p>
      {error !== null && <Failure error={error} retry={reload} />}
      {changes === null && error === null && <Skeleton heading />}
      {changes?.length === 0 && <p>Noch wurde nichts veröffentlicht.</p>}
      <ol class="change-list">
        {changes?.map((change) => (
          <ChangeEntry key={change.id} change={change} onUndone={reload} />
        ))}
      </ol>
      {hasMore && (
        <Button look="secondary" onClick={more}>
          Ältere Änderungen
        </Button>
      )}
    </section>
  )
}

function useChanges() {
  const [changes, setChanges] = useState<readonly Change[] | null>(null)
  const [hasMore, setHasMore] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const load = async (before: number | undefined, known: readonly Change[]) => {
    setError(null)
    try {
      const { changes: next } = await ask(listChanges, { query: { limit: pageSize, ...(before && { before }) } })
      setChanges([...known, ...next])
      setHasMore(next.length === pageSize)
    } catch (reason) {
      setError(reason)
    }
  }
  const reload = () => void load(undefined, [])
  const revision = overview.answer.value?.clocks.revision
  // Once it is known which revision there is, and again with each new one.
  useEffect(() => {
    if (revision !== undefined) reload()
  }, [revision])
  return { changes, hasMore, error, reload, more: () => void load(changes?.at(-1)?.id, changes ?? []) }
}

function ChangeEntry({ change, onUndone }: { change: Change; onUndone: () => void }) {
  const knownOn = dayOf(new Date(change.knownAt))
  const isEarlier = knownOn < dayOf(new Date(change.recordedAt))
  return (
    <li class="change">
      <p>
        <strong>{change.actorName}</strong>, <time dateTime={change.recordedAt}>{formatMoment(change.recordedAt, 'de')}</time>
        {change.undoes !== null && <span class="mark">macht Nr. {change.undoes} rückgängig</span>}
        {change.undoneBy !== null && <span class="mark">rückgängig gemacht durch Nr. {change.undoneBy}</span>}
      </p>
      <p>Grund: {change.reason}</p>
      {isEarlier && <p>Bekannt seit {formatDay(knownOn, 'de')}</p>}
      <Sentences sentences={change.sentences} />
      <p class="change__links">
        <span class="muted">Nr. {change.id}</span>
        <a href={`/?stand=${knownOn}`}>Öffentliche Sicht an diesem Tag</a>
        {change.undoable && user.value && <UndoButton change={change} onUndone={onUndone} />}
      </p>
    </li>
  )
}

const fewSentences = 5

/** The loading of the published facts is one change with a great many sentences. */
function Sentences({ sentences }: { sentences: readonly string[] }) {
  const items = (some: readonly string[]) => (
    <ul>
      {some.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  )
  if (sentences.length <= fewSentences) return items(sentences)
  return <Disclosure summary={`${sentences.length} Angaben`}>{items(sentences)}</Disclosure>
}

function UndoButton({ change, onUndone }: { change: Change; onUndone: () => void }) {
  const [isBusy, setBusy] = useState(false)
  const run = async () => {
    setBusy(true)
    await undo(change.id)
    setBusy(false)
    onUndone()
  }
  return (
    <Button look="secondary" small disabled={isBusy} onClick={() => void run()}>
      Rückgängig machen
    </Button>
  )
}
