import { useEffect, useRef } from 'preact/hooks'
import { formatImpreciseDate } from '../../server/contract/dates.ts'
import type { Statement } from '../../server/contract/facts.ts'
import { Button } from '../ui/button.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { drafts, facts, findFact, mayRecord, nameOf, useFacts } from '../workbench/data.ts'
import { declarationOf, type Typed } from '../workbench/form/values.ts'
import { factName, fieldWords } from '../workbench/words.ts'
import { FactEditor } from './form/fact-editor.tsx'
import { FactHistory, Source } from './history/fact-history.tsx'
import type { Opened } from './opened.ts'

interface FactPanelProps {
  opened: Opened
  preset?: Typed
  onClose: () => void
}

/** The opened fact: the editor for those who may record it, the values and their history for everybody else. */
export function FactPanel({ opened: { kind, id, fresh }, preset, onClose }: FactPanelProps) {
  useFacts(kind)
  if (facts[kind].answer.value === null || drafts.answer.value === null) return <Skeleton heading />
  if (mayRecord(kind))
    return <FactEditor kind={kind} id={id} onClose={onClose} {...(fresh && { fresh })} {...(preset && { preset })} />
  const known = id === null ? undefined : findFact(kind, id)
  return known ? <FactReading known={known} onClose={onClose} /> : <p>Diese Angabe gibt es nicht.</p>
}

function FactReading({ known, onClose }: { known: Statement; onClose: () => void }) {
  const { kind, id, content, trueOn, source } = known
  const { fields, values } = declarationOf(kind)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [id])
  return (
    <section class="fact-editor">
      <header class="editor-header">
        <Button look="tertiary" icon="back" iconOnly onClick={onClose}>
          Zurück
        </Button>
        <h2 ref={heading} tabIndex={-1}>
          {factName(kind, content, nameOf)}
        </h2>
      </header>
      <dl class="reading">
        {Object.keys(values.shape).map((name) => (
          <div key={name}>
            <dt>{fields[name]?.label.de}</dt>
            <dd>{fieldWords(kind, name, content, nameOf)}</dd>
          </div>
        ))}
      </dl>
      <p class="muted">
        Stand {formatImpreciseDate(trueOn, 'de')}, Quelle: <Source source={source} />
      </p>
      <h3>Verlauf</h3>
      <FactHistory kind={kind} id={id} />
    </section>
  )
}
