import type { Conflict, Draft } from '../../../server/contract/facts.ts'
import { Button } from '../../ui/button.tsx'
import { facts, findFact, useFacts } from '../data.ts'
import { merging } from './publication.ts'

export function MergeButton({ conflict }: { conflict: Conflict }) {
  return (
    <Button
      look="secondary"
      small
      onClick={() => {
        merging.value = conflict
      }}
    >
      Zusammenführen
    </Button>
  )
}

/** A draft that cannot be published before it is merged with what somebody else has published. */
export function StaleDraft({ draft }: { draft: Draft }) {
  useFacts(draft.kind)
  const isKnown = facts[draft.kind].answer.value !== null
  const current = findFact(draft.kind, draft.factId) ?? null
  return <p>Beruht auf einer überholten Fassung. {draft.mine && isKnown && <MergeButton conflict={{ draft, current }} />}</p>
}
