import { useState } from 'preact/hooks'
import { matchAddresses } from '../../../server/contract/addresses.ts'
import { changeObjects, createObject, type ObjectRow, previewChange, previewObject } from '../../../server/contract/objects.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { explain } from '../../ui/notice.tsx'
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

const fresh = { kind: 'household', units: '1', state: 'not_served' }

interface Place {
  label: string
  addressId: string | null
  districtId: string | null
}

/** Records new premises at an official address, or in a district where none is known. */
export function NewPremises({ revision }: { revision: number }) {
  const [found, setFound] = useState<Place | null>(null)
  const at = found ? { addressId: found.addressId, ...(found.districtId && { districtId: found.districtId }) } : {}
  const form = useEditForm({
    key: 'premises/neu',
    known: null,
    fresh,
    base: revision,
    preview: (set, trueOn, _base, signal) =>
      ask(previewObject, { params, body: { content: contentFor(set, at), trueOn }, signal }),
    save: (set, basis) => ask(createObject, { params, body: { content: contentFor(set, at), ...basis } }),
    onSaved: (written) => go(addressWith({ neu: null, objekt: 'id' in written ? String(written.id) : null })),
  })
  const choose = (place: Place) => {
    setFound(place)
    form.set('addressId', place.addressId)
    form.set('districtId', place.districtId)
  }
  return (
    <section class="fact-editor">
      <PanelHeader title="Neues Anschlussobjekt" onClose={close} />
      <AddressSearch onChoose={choose} />
      {found && <p role="status">Gewählt: {found.label}</p>}
      <Editor form={form} mode="new" submit="Anlegen" />
    </section>
  )
}

function contentFor(set: Readonly<Record<string, unknown>>, at: object): Record<string, unknown> {
  return { ...at, ...set }
}

/** Finds official addresses for what is typed: "Kölner Straße 12a". */
function AddressSearch({ onChoose }: { onChoose: (place: Place) => void }) {
  const [text, setText] = useState('')
  const [candidates, setCandidates] = useState<readonly Place[] | null>(null)
  const [error, setError] = useState<string | undefined>()
  const search = async () => {
    setError(undefined)
    const [, street = text, houseNumber = null, suffix = null] = /^(.*?)\s+(\d+)\s*([a-zA-Z])?$/.exec(text.trim()) ?? []
    try {
      const { matches } = await ask(matchAddresses, { body: { addresses: [{ street, houseNumber, suffix }] } })
      setCandidates(matches[0]?.candidates.filter(({ addressId }) => addressId !== null) ?? [])
    } catch (reason) {
      setError(explain(reason))
    }
  }
  return (
    <div class="premises-edit__text">
      <TextField
        label="Adresse"
        hint="Straße und Hausnummer, z. B. „Kölner Str. 12a“"
        value={text}
        error={error}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return
          event.preventDefault()
          void search()
        }}
      />
      <Button look="secondary" small icon="search" disabled={text.trim().length < 3} onClick={() => void search()}>
        Adresse suchen
      </Button>
      {candidates?.length === 0 && (
        <p role="status">
          Keine amtliche Adresse gefunden. Steht sie im <a href="/arbeitsplatz/adressen">Adressregister</a>?
        </p>
      )}
      <ul class="premises-chips">
        {candidates?.map((place) => (
          <li key={place.addressId}>
            <Button look="secondary" small onClick={() => onChoose(place)}>
              {place.label}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  )
}
