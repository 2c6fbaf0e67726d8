import type { Opinion } from '../../../server/contract/mobile/codes.ts'
import type { StatementSheet } from '../../../server/contract/statements.ts'
import { Button } from '../../ui/button.tsx'
import { Disclosure } from '../../ui/disclosure.tsx'

/** Sentences to start from, as the coordinator has laid them out for this opinion. */
export function TextModules(props: { modules: StatementSheet['textModules']; opinion: Opinion; onTake: (text: string) => void }) {
  const fitting = props.modules.filter(({ opinion }) => opinion === null || opinion === props.opinion)
  if (fitting.length === 0) return null
  return (
    <Disclosure summary="Textbausteine">
      <ul class="statement-modules">
        {fitting.map(({ title, text }) => (
          <li key={title}>
            <p>
              <strong>{title}</strong>
              <br />
              {text}
            </p>
            <Button small icon="add" onClick={() => props.onTake(text)} aria-label={`${title}: übernehmen`}>
              Übernehmen
            </Button>
          </li>
        ))}
      </ul>
    </Disclosure>
  )
}
