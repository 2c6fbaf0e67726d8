import { changeObjects, type ObjectRow, previewChange } from '../../../server/contract/objects.ts'
import { addressWith, go } from '../../workbench/place.ts'
import { ask } from '../../workbench/staff.ts'
import { selection } from './data.ts'
import { Editor } from './edit-fields.tsx'
import { useEditForm } from './edit-form.ts'
import { asked, type PremisesFilter } from './filter.ts'
import { PanelHeader } from './panel-header.tsx'
import { noSelection } from './selection.ts'
import { amountWords, contentOf } from './words.ts'

const params = { kind: 'premises' as const }
const close = () => go(addressWith({ bearbeiten: null, neu: null }))

interface SeveralProps {
  filter: PremisesFilter
  /** The filter in words; empty: none. */
  where: string
  count: number
  revision: number
}

/** Changes all that are chosen in one change. */
export function EditSeveral({ filter, where, count, revision }: SeveralProps) {
  const chosen = selection.value
  const targets = chosen.all ? { filter: asked(filter) } : { ids: [...chosen.ids] }
  const form = useEditForm({
    key: 'premises/auswahl',
    known: null,
    base: revision,
    preview: (set, trueOn, base, signal) =>
      ask(previewChange, { params, body: { ...targets, revision: base, set, trueOn }, signal }),
    save: (set, basis, base) => ask(changeObjects, { params, body: { ...targets, revision: base, set, ...basis } }),
    onSaved: () => {
      selection.value = noSelection
      close()
    },
  })
  const exclude = chosen.all
    ? undefined
    : (ids: readonly string[]) => {
        selection.value = { all: false, ids: new Set([...chosen.ids].filter((id) => !ids.includes(id))) }
        void form.rebase()
      }
  if (count === 0)
    return (
      <section class="fact-editor">
        <PanelHeader title="Nichts ausgewählt" onClose={close} />
        <p>Wählen Sie Zeilen der Tabelle oder einen Rahmen auf der Karte.</p>
      </section>
    )
  return (
    <section class="fact-editor">
      <PanelHeader title={`${amountWords(count)} bearbeiten`} onClose={close}>
        <p class="muted">{chosen.all && where ? `Alle gefilterten: ${where}. ` : ''}Nur was Sie ändern, wird gesetzt.</p>
      </PanelHeader>
      <Editor form={form} mode="several" submit={`${amountWords(count)} ändern`} {...(exclude && { onExclude: exclude })} />
    </section>
  )
}

/** Changes one object, with all its values. */
export function EditOne({ row, revision, onDone }: { row: ObjectRow; revision: number; onDone: () => void }) {
  const ids = [row.id]
  const form = useEditForm({
    key: `premises/${row.id}`,
    known: contentOf(row),
    base: revision,
    preview: (set, trueOn, base, signal) => ask(previewChange, { params, body: { ids, revision: base, set, trueOn }, signal }),
    save: (set, basis, base) => ask(changeObjects, { params, body: { ids, revision: base, set, ...basis } }),
    onSaved: onDone,
  })
  return <Editor form={form} mode="one" submit="Änderung speichern" />
}
