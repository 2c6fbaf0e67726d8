import type { FactKindName } from '../../../server/contract/facts/index.ts'
import { validityWords } from '../../../server/contract/validity.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { findFact, findOwnDraft, nameOf } from '../../workbench/data.ts'
import { factName } from '../../workbench/words.ts'
import { type OpenRule, validityOf } from './rule-rows.tsx'

/** A new period begins where the old one ends: says whether that end is set, and leads there. */
export function NewPeriodHint({ kind, id, onOpen }: { kind: FactKindName; id: string; onOpen: OpenRule }) {
  const older = findFact(kind, id)
  if (!older) return null
  const draft = findOwnDraft(kind, id)
  const hasEnd = older.content.validUntil !== null || Boolean(draft?.content.validUntil)
  return (
    <Notice kind="info" title={`Neue Fassung von „${factName(kind, older.content, nameOf)}“`}>
      <p>
        Die bisherige gilt so: {validityWords(validityOf(draft ?? older))}.{' '}
        {hasEnd
          ? 'Die neue beginnt am Tag danach.'
          : 'Zwei Fassungen können nicht am selben Tag gelten: Setzen Sie zuerst ihr Ende. Als Entwurf genügt es; beide lassen sich zusammen veröffentlichen.'}
      </p>
      {!hasEnd && (
        <Button look="secondary" small onClick={() => onOpen({ kind, id })}>
          Zur bisherigen Fassung
        </Button>
      )}
    </Notice>
  )
}
