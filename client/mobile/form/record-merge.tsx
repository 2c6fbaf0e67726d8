import { useState } from 'preact/hooks'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { nameOf } from '../../workbench/data.ts'
import { declarationOf } from '../../workbench/form/values.ts'
import { type MergeField, merged, mergeFields } from '../../workbench/merge.ts'
import { MergeFields } from '../../workbench/merge-fields.tsx'
import { fieldWords } from '../../workbench/words.ts'
import type { Conflict, RecordForm } from './record-form.ts'

/** Somebody else was quicker: nothing typed or drawn is lost, both versions are put together before saving again. */
export function RecordMerge({ form, conflict: { base, mine, theirs } }: { form: RecordForm; conflict: Conflict }) {
  const { fields, values } = declarationOf(form.kind)
  const [choices, setChoices] = useState<Readonly<Record<string, MergeField['choice']>>>({})
  const differing = mergeFields(Object.keys(values.shape), base, mine, theirs.content).map((field) => ({
    ...field,
    choice: choices[field.name] ?? field.choice,
  }))
  // What only the others touched, as a step, needs no choice.
  const shown = differing.filter(({ name }) => fields[name] && !['hidden', 'steps'].includes(fields[name].input))
  return (
    <Notice kind="warning" title={`Inzwischen hat ${theirs.recordedBy} hier etwas geändert`} role="alert">
      <p>
        Es wurde noch nichts gespeichert, und Ihre Eingabe ist noch da.{' '}
        {shown.length > 0
          ? 'Wählen Sie, was gelten soll, wo die Fassungen sich unterscheiden:'
          : 'In den Feldern dieses Formulars widersprechen sich die Fassungen nicht.'}
      </p>
      <MergeFields
        fields={shown}
        theirName={theirs.recordedBy}
        labelOf={(name) => fields[name]?.label.de ?? name}
        wordsOf={(name, value) => fieldWords(form.kind, name, { ...mine, [name]: value }, nameOf)}
        onChange={(next) => setChoices(Object.fromEntries(next.map(({ name, choice }) => [name, choice])))}
      />
      <p>
        <Button look="secondary" small onClick={() => form.rebase(merged(theirs.content, differing))}>
          So weiterarbeiten
        </Button>
      </p>
    </Notice>
  )
}
