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
import { GeometryInput } from './geometry-input.tsx'
import { LineTools } from './line-tools.tsx'
import { type ObjectForm, useObjectForm } from './object-form.ts'
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
  if (id === 'neu') return mayChange() ? <Editor kind={kind} known={null} revision={revision} /> : <NothingOpened kind={kind} />
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

function Known({ kind, id, revision }: { kind: NetworkKind; id: string; revision: number }) {
  const found = useMemo(() => resource(() => askObject(kind, id)), [kind, id])
  useEffect(() => {
    void found.ask(null)
  }, [found, revision])
  return (
    <Loaded from={found}>
      {({ object, statements, revision: seen }) => (
        <>
          {object === null ? (
            <Notice kind="info" title="Dieses Objekt ist zurückgezogen">
              <p>Was darüber bekannt war, steht im Verlauf.</p>
            </Notice>
          ) : mayChange() ? (
            <Editor key={object.version} kind={kind} known={object} revision={seen} statements={statements} />
          ) : (
            <Reading kind={kind} object={object} />
          )}
          <ObjectHistory statements={statements} />
        </>
      )}
    </Loaded>
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
  known: ObjectRow | null
  revision: number
  statements?: readonly ObjectStatement[]
}

function Editor({ kind, known, revision }: EditorProps) {
  const form = useObjectForm(kind, known, revision)
  const element = useRef<HTMLFormElement>(null)
  const submit = async () => {
    const id = await form.save()
    if (id && !known) go(addressWith({ objekt: id }), { replace: true })
    if (!id) requestAnimationFrame(() => element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
  }
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
      <Header title={known ? `${kindWords[kind].one} ${titleOf(known.content)}` : kindWords[kind].new}>
        {known && <Facts object={known} />}
      </Header>
      <Fields form={form} id={known?.id ?? null} />
      {(form.isDirty || !known) && <BasisFields form={form.basisForm} canRetract={false} />}
      <Forecast form={form} />
      {form.isStale ? (
        <Notice kind="warning" title="Jemand anderes war schneller" role="alert">
          <p>
            Das Objekt wurde inzwischen geändert. Laden Sie den neuen Stand; danach können Sie Ihre Änderung noch einmal eingeben.
          </p>
          <Button look="secondary" onClick={() => location.reload()}>
            Neuen Stand laden
          </Button>
        </Notice>
      ) : (
        form.error !== null && <Failure error={form.error} />
      )}
      <div class="editor-actions">
        <Button look="primary" type="submit" disabled={form.isBusy || !form.isDirty}>
          {known ? 'Änderung speichern' : 'Anlegen'}
        </Button>
        {form.isDirty && (
          <Button look="secondary" onClick={form.reset}>
            Verwerfen
          </Button>
        )}
      </div>
      <p class="kern-hint">Gilt sofort und nur intern. Zehn Minuten lang lässt es sich rückgängig machen.</p>
      {known && !form.isDirty && (
        <>
          {(lineKinds as readonly string[]).includes(kind) && <LineTools kind={kind} object={known} revision={revision} />}
          <Withdrawal kind={kind} object={known} revision={revision} />
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
