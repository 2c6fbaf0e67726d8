import { useMemo } from 'preact/hooks'
import type { RequestView } from '../../../server/contract/mobile.ts'
import { Button } from '../../ui/button.tsx'
import { inputKey } from '../../workbench/kept-input.ts'
import { addressWith, go } from '../../workbench/place.ts'
import { oneRequest, requests } from '../data.ts'
import { drawArea } from '../drawn.ts'
import { AreaInput } from '../form/area-input.tsx'
import { AttachmentDrop, AttachmentList } from '../form/attachments.tsx'
import { useKeptFiles } from '../form/kept-files.ts'
import { type FieldGroup, Group, RecordEditor } from '../form/record-fields.tsx'
import { askedNames, type RecordForm, useRecordForm } from '../form/record-form.ts'
import { SiteMap, sketch } from '../site-map.tsx'
import { titleOf } from '../words.ts'
import { Beside } from './beside.tsx'

const kind = 'site_request'
const names = askedNames(kind)

const receipt: FieldGroup = {
  title: 'Eingang',
  names: ['operators', 'operatorSiteCode', 'towerCompany', 'receivedOn', 'receivedVia', 'caseType', 'caseNumber'],
}
const wish: FieldGroup = {
  title: 'Vorhaben',
  names: ['purpose', 'backhaul', 'minAntennaHeightM', 'bandsMhz', 'technologies', 'purposeNote'],
}
const contact: FieldGroup = { title: 'Ansprechperson und Bemerkung (intern)', names: ['contactName', 'contactEmail', 'note'] }

/** A new case in one sitting: who, when, what for, where, with the letter beside it. */
export function NewCase() {
  const key = inputKey(kind, 'neu')
  const [files, setFiles] = useKeptFiles(key)
  const fresh = useMemo(() => ({ caseType: 'new_macro', attachmentIds: files.map(({ id }) => id) }), [files])
  const form = useRecordForm(kind, { key, known: null, fresh, names })
  const close = () => go(addressWith({ anfrage: null }))
  return (
    <Beside
      map={<FormMap form={form} id={null} />}
      head={
        <header class="editor-header">
          <Back />
          <h1>Neue Standortanfrage</h1>
        </header>
      }
    >
      <RecordEditor
        form={form}
        title="Neue Standortanfrage"
        saves="Anfrage anlegen"
        onSaved={(id) => {
          setFiles([])
          go(addressWith({ anfrage: id }), { replace: true })
        }}
        onClose={close}
      >
        <CaseFields form={form} requestId={null} />
        <fieldset class="kern-fieldset record-group">
          <legend class="record-group__title">Anlagen</legend>
          <AttachmentDrop label="Schreiben des Betreibers" onAdded={(file) => setFiles([...files, file])} />
          {files.length > 0 && (
            <AttachmentList files={files} onRemove={(id) => setFiles(files.filter((file) => file.id !== id))} />
          )}
        </fieldset>
      </RecordEditor>
    </Beside>
  )
}

/** The data of a known case; steps, files and candidates have places of their own. */
export function EditCase({ request }: { request: RequestView }) {
  const form = useRecordForm(kind, {
    key: inputKey(kind, request.id),
    known: request,
    names,
    again: () => void oneRequest.again(),
  })
  const close = () => go(addressWith({ bearbeiten: null }))
  return (
    <Beside
      map={<FormMap form={form} id={request.id} />}
      head={
        <header class="editor-header">
          <Back />
          <h1>{titleOf(request.content)}: Angaben ändern</h1>
        </header>
      }
    >
      <RecordEditor form={form} title="Angaben ändern" saves="Änderung speichern" onSaved={close} onClose={close}>
        <CaseFields form={form} requestId={request.id} />
      </RecordEditor>
    </Beside>
  )
}

function CaseFields({ form, requestId }: { form: RecordForm; requestId: string | null }) {
  return (
    <>
      <Group form={form} group={receipt} />
      <Group form={form} group={wish} />
      <AreaInput form={form} requestId={requestId} />
      <Group form={form} group={contact} />
    </>
  )
}

/** Back to where one came from; what is typed stays. */
function Back() {
  const isEdit = addressWith({ bearbeiten: null }) !== addressWith({})
  return (
    <Button
      look="tertiary"
      icon="back"
      iconOnly
      onClick={() => go(addressWith(isEdit ? { bearbeiten: null } : { anfrage: null }))}
    >
      Zurück, die Eingabe bleibt erhalten
    </Button>
  )
}

/** The search area as typed so far, among those of other cases. What is being drawn, the drawing itself shows. */
function FormMap({ form, id }: { form: RecordForm; id: string | null }) {
  const { geom, radiusM } = form.reading.content as Pick<RequestView['content'], 'geom' | 'radiusM'>
  const own = sketch.value ? [] : drawArea({ id: 'own', content: { geom, radiusM } as RequestView['content'] }, 'Diese Anfrage')
  const others = (requests.answer.value?.requests ?? []).filter((request) => request.id !== id)
  const mine = own.map((one) => ({ ...one, isSelected: true }))
  return (
    <SiteMap
      label="Karte zum Suchkreis. Alles darauf lässt sich auch eintippen."
      drawn={[...others.flatMap((request) => drawArea(request, titleOf(request.content))), ...mine]}
      focus={mine}
    />
  )
}
