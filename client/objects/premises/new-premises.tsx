import { createObject, previewObject } from '../../../server/contract/objects.ts'
import { addressWith, go } from '../../workbench/place.ts'
import { ask } from '../../workbench/staff.ts'
import { AddressSearch } from './address-search.tsx'
import { Editor } from './edit-fields.tsx'
import { useEditForm } from './edit-form.ts'
import { PanelHeader } from './panel-header.tsx'
import { PointChoice } from './point-choice.tsx'

const params = { kind: 'premises' as const }
const fresh = { kind: 'household', units: '1', state: 'not_served' }

/** Where new premises are: at an official address, or at a point where there is none. */
export type Where = { addressId: string; districtId: string | null } | { point: string; districtId: string | null }

/** Records new premises: first where, then what. */
export function NewPremises({ revision }: { revision: number }) {
  const form = useEditForm({
    key: 'premises/neu',
    known: null,
    fresh,
    base: revision,
    preview: (content, trueOn, _base, signal) => ask(previewObject, { params, body: { content, trueOn }, signal }),
    save: (content, basis) => ask(createObject, { params, body: { content, ...basis } }),
    onSaved: (written) => go(addressWith({ neu: null, objekt: 'id' in written ? String(written.id) : null })),
  })
  const choose = (where: Where) => {
    form.set('addressId', 'addressId' in where ? where.addressId : null)
    form.set('point', 'point' in where ? where.point : null)
    form.set('districtId', where.districtId)
  }
  const { addressId, point } = form.typed
  return (
    <section class="fact-editor">
      <PanelHeader title="Neues Anschlussobjekt" onClose={() => go(addressWith({ neu: null }))} />
      <AddressSearch chosen={addressId ?? null} onChoose={choose} />
      <PointChoice chosen={point ?? null} isNeeded={addressId === undefined} onChoose={choose} />
      {addressId === undefined && point === undefined ? (
        <p class="muted">Wählen Sie zuerst, wo das Objekt ist. Danach folgen Zustand, Programm und die übrigen Angaben.</p>
      ) : (
        <Editor form={form} mode="new" submit="Anlegen" />
      )}
    </section>
  )
}
