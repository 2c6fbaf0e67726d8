import { useEffect, useMemo, useRef } from 'preact/hooks'
import { lineKinds, type NetworkKind, type ObjectRow, type ObjectStatement } from '../../../server/contract/objects.ts'
import { Button } from '../../ui/button.tsx'
import { Failure, Notice } from '../../ui/notice.tsx'
import { Loaded, resource } from '../../ui/resource.tsx'
import { nameOf } from '../../workbench/data.ts'
import { BasisFields } from '../../workbench/form/basis-fields.tsx'
import { FieldInput } from '../../workbench/form/field-input.tsx'
import { declarationOf } from '../../workbench/form/values.ts'
import { addressWith, go } from '../../workbench/place.ts'
import { askObject, mayChange } from './data.ts'
import { endDrawing } from './drawing.ts'
import { GeometryInput } from './geometry-input.tsx'
import { LineTools } from './line-tools.tsx'
import { MergeNotice } from './merge-notice.tsx'
import { type Latest, type ObjectForm, useObjectForm } from './object-form.ts'
import { ObjectHistory } from './object-history.tsx'
import { Withdrawal } from './withdrawal.tsx'
import { kindWords, metres, statusWord, titleOf, valueWords } from './words.ts'

interface ObjectPanelProps {
  kind: NetworkKind
  /** null: nothing is opened; `neu`: a new object. */
  id: string | null
  revision: number
}

/** What is opened: the form for those who may change the network, its values for everybody else, its history for all. */
export function ObjectPanel({ kind, id, revision }: ObjectPanelProps) {
  if (id === null) return <NothingOpened kind={kind} />
  if (id === 'neu') return mayChange() ? <NewObject key={kind} kind={kind} revision={revision} /> : <NothingOpened kind={kind} />
  return <Known kind={kind} id={id} revision={revision} />
}

function NothingOpened({ kind }: { kind: NetworkKind }) {
  return (
    <div class="empty">
      <h2>Wählen Sie ein Objekt</h2>
      <p>
        In der Tabelle oder auf der Karte: Trassen, Leerrohre, Kabel und Bauwerke mit ihren Längen, Quellen und ihrem Verlauf.
      </p>
      {mayChange() && <p>„{kindWords[kind].new}“ über der Tabelle legt ein Objekt an, gezeichnet oder aus Koordinaten.</p>}
      <p>Genaue Verläufe sind intern. Öffentlich werden nur Summen.</p>
    </div>
  )
}

function NewObject({ kind, revision }: { kind: NetworkKind; revision: number }) {
  return <Editor kind={kind} latest={{ object: null, isWithdrawn: false, revision, again: () => undefined }} statements={[]} />
}

function Known({ kind, id, revision }: { kind: NetworkKind; id: string; revision: number }) {
  const found = useMemo(() => resource(() => askObject(kind, id)), [kind, id])
  // A form that is open outlives the withdrawal of its object.
  const last = useRef<ObjectRow | null>(null)
  useEffect(() => {
    void found.ask(null)
  }, [found, revision])
  return (
    <Loaded from={found}>
      {({ object, statements, revision: seen }) => {
        if (object) last.current = object
        const shown = object ?? (last.current?.id === id ? last.current : null)
        const latest = { object: shown, isWithdrawn: object === null, revision: seen, again: () => void found.ask(null) }
        return (
          <>
            {shown && mayChange() && <Editor key={id} kind={kind} latest={latest} statements={statements} />}
            {shown && !mayChange() && object && <Reading kind={kind} object={shown} />}
            {object === null && !(shown && mayChange()) && <Withdrawn />}
            <ObjectHistory statements={statements} />
          </>
        )
      }}
    </Loaded>
  )
}

function Withdrawn() {
  return (
    <Notice kind="info" title="Dieses Objekt ist zurückgezogen">
      <p>Was darüber bekannt war, steht im Verlauf.</p>
    </Notice>
  )
}

function Header({ title, children }: { title: string; children?: preact.ComponentChildren }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus({ preventScroll: true }), [])
  return (
    <header class="editor-header">
      <Button look="tertiary" icon="back" iconOnly onClick={() => go(addressWith({ objekt: null }))}>
        Zurück
      </Button>
      <div>
        <h2 ref={heading} tabIndex={-1}>
          {title}
        </h2>
        {children}
      </div>
    </header>
  )
}

function Facts({ object }: { object: ObjectRow }) {
  const districts = object.districtIds.map((id) => nameOf('district', id)).join(', ') || 'außerhalb der Stadtteile'
  return (
    <p class="muted">
      {[statusWord(object.status), object.lengthM !== null && metres(object.lengthM), districts].filter(Boolean).join(' · ')}
    </p>
  )
}

interface EditorProps {
  kind: NetworkKind
  latest: Latest
  statements: readonly ObjectStatement[]
}

function Editor({ kind, latest, statements }: EditorProps) {
  const form = useObjectForm(kind, latest)
  const element = useRef<HTMLFormElement>(null)
  const { object: known, revision } = latest
  const submit = async () => {
    const id = await form.save()
    if (id && id !== known?.id) go(addressWith({ objekt: id }), { replace: true })
    if (!id) requestAnimationFrame(() => element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
  }
  if (latest.isWithdrawn && !form.isDirty) return <Withdrawn />
  return (
    <form
      ref={element}
      class="fact-editor"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <Header key={form.version} title={known ? `${kindWords[kind].one} ${titleOf(known.content)}` : kindWords[kind].new}>
        {known && <Facts object={known} />}
      </Header>
      <Fields form={form} id={known?.id ?? null} />
      {(form.isDirty || !known) && <BasisFields form={form.basisForm} canRetract={false} />}
      <Forecast form={form} />
      {form.conflict && <MergeNotice form={form} conflict={form.conflict} statements={statements} />}
      {form.error !== null && <Failure error={form.error} />}
      <div class="editor-actions">
        <Button look="primary" type="submit" disabled={form.isBusy || !form.isDirty || form.conflict !== null}>
          {form.version === null ? 'Anlegen' : 'Änderung speichern'}
        </Button>
        {form.isDirty && (
          <Button
            look="secondary"
            onClick={() => {
              endDrawing()
              form.reset()
            }}
          >
            Verwerfen
          </Button>
        )}
      </div>
      <p class="kern-hint">Gilt sofort und nur intern. Zehn Minuten lang lässt es sich rückgängig machen.</p>
      {known && !form.isDirty && (
        <>
          {(lineKinds as readonly string[]).includes(kind) && (
            <LineTools key={`tools ${form.version}`} kind={kind} object={known} revision={revision} />
          )}
          <Withdrawal key={`withdrawal ${form.version}`} kind={kind} object={known} revision={revision} />
        </>
      )}
    </form>
  )
}

function Fields({ form, id }: { form: ObjectForm; id: string | null }) {
  const { fields, values } = declarationOf(form.kind)
  return (
    <>
      <GeometryInput form={form} id={id} />
      <div class="form-grid">
        {Object.keys(values.shape)
          .filter((name) => name !== 'geom')
          .map((name) => {
            const field = fields[name]
            return field && <FieldInput key={name} form={form} name={name} field={field} />
          })}
      </div>
    </>
  )
}

/** What saving would mean, before it is done. */
function Forecast({ form: { forecast } }: { form: ObjectForm }) {
  if (!forecast) return null
  return (
    <section class="draft-effect" aria-label="Was sich ändert" aria-live="polite">
      <p>{forecast.sentence}</p>
      {forecast.warnings.map(({ rule, text }) => (
        <Notice key={rule} kind="warning" title={text} />
      ))}
    </section>
  )
}

function Reading({ kind, object }: { kind: NetworkKind; object: ObjectRow }) {
  const { fields, values } = declarationOf(kind)
  return (
    <section class="fact-editor">
      <Header title={`${kindWords[kind].one} ${titleOf(object.content)}`}>
        <Facts object={object} />
      </Header>
      <dl class="reading">
        {Object.keys(values.shape)
          .filter((name) => name !== 'geom')
          .map((name) => {
            const field = fields[name]
            return (
              field && (
                <div key={name}>
                  <dt>{field.label.de}</dt>
                  <dd>{valueWords(name, field, object.content)}</dd>
                </div>
              )
            )
          })}
      </dl>
    </section>
  )
}
