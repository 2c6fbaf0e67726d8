import { useEffect, useMemo, useState } from 'preact/hooks'
import type * as z from 'zod/mini'
import { fundingClasses } from '../../../server/contract/codes.ts'
import { formatMoment, latest as latestDay } from '../../../server/contract/dates.ts'
import { connectionStates, schoolTypes } from '../../../server/contract/objects/codes.ts'
import { getObject, type ObjectStatement, withdrawObjects } from '../../../server/contract/objects.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Disclosure } from '../../ui/disclosure.tsx'
import { TextField } from '../../ui/field.tsx'
import { explain, Notice } from '../../ui/notice.tsx'
import { Loaded, resource } from '../../ui/resource.tsx'
import { nameOf, refresh, useFacts } from '../../workbench/data.ts'
import { offerUndo } from '../../workbench/publish/publication.ts'
import { ask } from '../../workbench/staff.ts'
import { ObjectHistory } from '../network/object-history.tsx'
import { list, mayChange } from './data.ts'
import { EditOne } from './edit-panel.tsx'
import { PanelHeader } from './panel-header.tsx'
import { StateBadge } from './sign.tsx'
import { consentStrand, contentOf, dateWords, kindWords, stateWords, titleOf, unitWords, worksStrand } from './words.ts'

type Known = z.output<(typeof getObject)['response']>

const params = { kind: 'premises' as const }

interface DetailPanelProps {
  id: string
  /** Raised when something was changed anywhere. */
  revision: number
  onClose: () => void
}

/** Everything known about one object. */
export function DetailPanel({ id, revision, onClose }: DetailPanelProps) {
  const found = useMemo(() => resource(() => ask(getObject, { params: { ...params, id }, query: {} })), [id])
  useEffect(() => {
    void found.ask(null)
  }, [found, revision])
  return <Loaded from={found}>{(known) => <Detail known={known} onClose={onClose} />}</Loaded>
}

function Detail({ known, onClose }: { known: Known; onClose: () => void }) {
  const [isEditing, setEditing] = useState(false)
  const { object, statements, revision } = known
  if (object === null)
    return (
      <section class="fact-editor">
        <PanelHeader title="Zurückgezogen" onClose={onClose} />
        <Notice kind="info" title="Dieses Anschlussobjekt gilt nicht mehr">
          <p>Was darüber bekannt war, steht im Verlauf.</p>
        </Notice>
        <ObjectHistory statements={statements} />
      </section>
    )
  const { addressId } = contentOf(object)
  return (
    <section class="fact-editor">
      <PanelHeader title={titleOf(object)} onClose={isEditing ? () => setEditing(false) : onClose}>
        <StateBadge state={object.status} kind={contentOf(object).kind} />
      </PanelHeader>
      {isEditing ? (
        <EditOne row={object} revision={revision} onDone={() => setEditing(false)} />
      ) : (
        <>
          <div class="editor-actions">
            {mayChange() && (
              <Button look="primary" icon="edit" onClick={() => setEditing(true)}>
                Bearbeiten
              </Button>
            )}
            {addressId && (
              <ButtonLink look="secondary" icon="list" href={`?adresse=${encodeURIComponent(addressId)}`}>
                Adressblatt
              </ButtonLink>
            )}
          </div>
          <PremisesFacts known={known} />
          <ObjectHistory statements={statements} />
          {mayChange() && <Withdrawal id={object.id} revision={revision} onDone={onClose} />}
        </>
      )}
    </section>
  )
}

/** Values, steps and what sources say differently; also on the address sheet. */
export function PremisesFacts({ known: { object, statements } }: { known: Known }) {
  useFacts('programme', 'section')
  if (!object) return null
  const content = contentOf(object)
  const rows: [string, string | null][] = [
    ['Adresse', object.address],
    ['Stadtteil', nameOf('district', content.districtId)],
    ['Art', kindWords(content.kind)],
    ['Art der Bildungseinrichtung', schoolTypes.labels[content.schoolType as 'primary']?.de ?? null],
    ['Einheiten', unitWords(content.kind, content.units)],
    ['Name (intern)', content.name],
    ['Programm', content.programmeId && nameOf('programme', content.programmeId)],
    ['Bauabschnitt', content.sectionId && nameOf('section', content.sectionId)],
    ['Förderklasse', fundingClasses.labels[content.fundingClass as 'funded']?.de ?? null],
    ['Betreiber', content.operator],
    ['Kennung beim Absender', content.externalId],
    ['Bemerkung', content.note],
    ['Stand', dateWords(object.trueOn)],
    ['Quelle', object.source.citation],
    ['Erfasst', formatMoment(object.knownFrom, 'de')],
  ]
  return (
    <>
      <dl class="premises-values">
        {rows
          .filter(([, value]) => value)
          .map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      <div class="premises-strands">
        <Strand title="Zustimmung" states={consentStrand} steps={content.steps} />
        <Strand title="Bau und Anschluss" states={worksStrand} steps={content.steps} />
      </div>
      <Sources statements={statements} />
    </>
  )
}

function Strand({ title, states, steps }: { title: string; states: readonly string[]; steps: Readonly<Record<string, string>> }) {
  const reached = states.filter((state) => steps[state])
  return (
    <section>
      <h3>{title}</h3>
      {reached.length === 0 && <p class="muted">Kein Datum bekannt.</p>}
      <ol class="premises-steps">
        {reached.map((state) => (
          <li key={state}>
            <StateBadge state={state} /> <span class="muted">{dateWords(steps[state] ?? '')}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}

/** Whether two sources name different states for the same day, or a later one a state that lies behind. */
function contradict(statements: readonly ObjectStatement[]): boolean {
  const told = statements
    .map(({ content, trueOn }) => ({ on: latestDay(trueOn), far: connectionStates.keys.indexOf(contentOf({ content }).state) }))
    .toSorted((a, b) => (a.on < b.on ? -1 : 1))
  return told.some(({ on, far }, at) => {
    const next = told[at + 1]
    return next !== undefined && (next.on === on ? next.far !== far : next.far < far)
  })
}

/** What each source said last, beside each other, where they differ about the state. */
function Sources({ statements }: { statements: readonly ObjectStatement[] }) {
  const valid = statements.filter(({ knownTo, retracted }) => knownTo === null && !retracted)
  const latest = [...new Map(valid.toReversed().map((statement) => [statement.source.citation, statement])).values()].toReversed()
  if (latest.length < 2) return null
  return (
    <section>
      <h3>Quellen nebeneinander</h3>
      {contradict(latest) && <p class="mark mark--overdue">Die Quellen widersprechen sich im Zustand.</p>}
      <dl class="versions">
        {latest.map((statement) => {
          const { state, units, operator } = contentOf(statement)
          return (
            <div key={statement.version}>
              <dt>
                {statement.source.citation}, Stand {dateWords(statement.trueOn)}
              </dt>
              <dd>
                {stateWords(state)}, {units} {units === 1 ? 'Einheit' : 'Einheiten'}
                {operator && `, ${operator}`}
              </dd>
            </div>
          )
        })}
      </dl>
    </section>
  )
}

/** An object that never was: all that is known about it is taken back. */
function Withdrawal({ id, revision, onDone }: { id: string; revision: number; onDone: () => void }) {
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<string | undefined>()
  const withdraw = async () => {
    try {
      const written = await ask(withdrawObjects, { params, body: { ids: [id], revision, reason } })
      offerUndo(written.revision, written.sentence)
      onDone()
      await Promise.all([refresh(), list.again()])
    } catch (error) {
      setProblem(explain(error))
    }
  }
  return (
    <Disclosure summary="Zurückziehen">
      <p>Nur wenn es das Objekt nie gab, zum Beispiel doppelt erfasst. Was sich geändert hat, wird oben geändert.</p>
      <TextField label="Warum?" value={reason} error={problem} onInput={(event) => setReason(event.currentTarget.value)} />
      <p>
        <Button look="secondary" small icon="remove" disabled={reason.trim().length < 3} onClick={() => void withdraw()}>
          Zurückziehen
        </Button>
      </p>
    </Disclosure>
  )
}
