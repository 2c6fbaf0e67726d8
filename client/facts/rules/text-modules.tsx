import type { Statement } from '../../../server/contract/facts.ts'
import { opinions } from '../../../server/contract/mobile/codes.ts'
import { currentFacts, nameOf } from '../../workbench/data.ts'
import { fieldWords } from '../../workbench/words.ts'
import { FactRows } from '../fact-rows.tsx'
import type { OpenRule } from './rule-rows.tsx'

/** The sentences offered for statements, in the order of the opinions they belong to. */
export function TextModules({ onOpen }: { onOpen: OpenRule }) {
  const rank = ({ content }: Statement) => (opinions.keys as readonly unknown[]).indexOf(content.opinion)
  return (
    <FactRows
      kind="text_module"
      title="Textbausteine für Stellungnahmen"
      facts={currentFacts('text_module').toSorted((a, b) => rank(a) - rank(b))}
      fresh={{}}
      addLabel="Textbaustein anlegen"
      about={({ kind, content }) => (
        <p class="muted">
          {content.opinion === null ? 'bei jeder Haltung' : `bei „${fieldWords(kind, 'opinion', content, nameOf)}“`}
          {content.departmentSlug !== null && `, nur für ${fieldWords(kind, 'departmentSlug', content, nameOf)}`}
        </p>
      )}
      empty={<p>Noch keine Textbausteine. Sie ersparen den Fachbereichen das Tippen wiederkehrender Sätze.</p>}
      onOpen={onOpen}
    />
  )
}
