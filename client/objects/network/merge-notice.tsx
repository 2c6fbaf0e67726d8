import { useState } from 'preact/hooks'
import { lineKinds, type NetworkKind, type ObjectStatement } from '../../../server/contract/objects.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { type Content, declarationOf } from '../../workbench/form/values.ts'
import { type MergeField, merged, mergeFields } from '../../workbench/merge.ts'
import { MergeFields } from '../../workbench/merge-fields.tsx'
import { endDrawing } from './drawing.ts'
import type { Conflict, ObjectForm } from './object-form.ts'
import { valueWords } from './words.ts'

interface MergeNoticeProps {
  form: ObjectForm
  conflict: Conflict
  /** What was ever said about the object: tells who was quicker. */
  statements: readonly ObjectStatement[]
}

/** Somebody else was quicker: nothing typed or drawn is lost, and both versions are put together before saving again. */
export function MergeNotice({ form, conflict, statements }: MergeNoticeProps) {
  const { theirs, mine } = conflict
  const resume = (content: Content) => {
    // What is drawn is in the form by now; drawing on would begin from the old course.
    endDrawing()
    form.rebase(content)
  }
  if (!theirs)
    return (
      <Notice kind="warning" title="Dieses Objekt wurde inzwischen zurückgezogen" role="alert">
        <p>Ihre Eingabe ist noch da. Sie können sie als neues Objekt anlegen oder verwerfen.</p>
        <p>
          <Button look="secondary" small onClick={() => resume(mine)}>
            Als neues Objekt weiterarbeiten
          </Button>
        </p>
      </Notice>
    )
  const author = statements.find(({ version }) => version === theirs.version)?.change.actorName ?? 'die andere Person'
  return (
    <Merge key={theirs.version} kind={form.kind} conflict={conflict} theirs={theirs.content} author={author} onMerged={resume} />
  )
}

interface MergeProps {
  kind: NetworkKind
  conflict: Conflict
  theirs: Content
  author: string
  onMerged: (content: Content) => void
}

function Merge({ kind, conflict: { base, mine }, theirs, author, onMerged }: MergeProps) {
  const { fields, values } = declarationOf(kind)
  const [choices, setChoices] = useState<Readonly<Record<string, MergeField['choice']>>>({})
  const differing = mergeFields(Object.keys(values.shape), base, mine, theirs).map((field) => ({
    ...field,
    choice: choices[field.name] ?? field.choice,
  }))
  const wordsOf = (name: string, value: unknown) => {
    const field = fields[name]
    if (!field) return String(value ?? '–')
    return name === 'geom' ? courseWords(kind, value) : valueWords(name, field, { ...mine, [name]: value })
  }
  return (
    <Notice kind="warning" title={`Inzwischen hat ${author} dieses Objekt geändert`} role="alert">
      <p>
        Es wurde noch nichts gespeichert, und Ihre Eingabe ist noch da.{' '}
        {differing.length > 0
          ? 'Wählen Sie, was gelten soll, wo die Fassungen sich unterscheiden:'
          : 'Beide Fassungen sagen dasselbe.'}
      </p>
      <MergeFields
        fields={differing}
        theirName={author}
        labelOf={(name) => fields[name]?.label.de ?? name}
        wordsOf={wordsOf}
        onChange={(next) => setChoices(Object.fromEntries(next.map(({ name, choice }) => [name, choice])))}
      />
      <p>
        <Button look="secondary" small onClick={() => onMerged(merged(theirs, differing))}>
          So weiterarbeiten
        </Button>
      </p>
    </Notice>
  )
}

function courseWords(kind: NetworkKind, value: unknown): string {
  const { coordinates } = (value ?? { coordinates: [] }) as { coordinates: readonly unknown[] }
  return (lineKinds as readonly string[]).includes(kind) ? `Linie mit ${coordinates.length} Punkten` : 'Punkt auf der Karte'
}
