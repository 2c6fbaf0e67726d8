import type { ComponentChildren } from 'preact'
import { formatImpreciseDate } from '../../server/contract/dates.ts'
import type { FactKindName } from '../../server/contract/facts/index.ts'
import type { Draft, Statement } from '../../server/contract/facts.ts'
import { Button } from '../ui/button.tsx'
import { drafts, mayRecord, nameOf } from '../workbench/data.ts'
import { inputKey, keptKeys } from '../workbench/kept-input.ts'
import { factName, factValue } from '../workbench/words.ts'
import { Source } from './history/fact-history.tsx'
import type { Opened } from './opened.ts'

interface FactRowsProps {
  kind: FactKindName
  /** Level of the heading on the page. */
  heading?: 'h2' | 'h3'
  title: string
  facts: readonly Statement[]
  /** Values of a new fact that follow from the place; without it none can be added here. */
  fresh?: Readonly<Record<string, unknown>>
  addLabel?: string
  /** Shown when there is nothing yet: what it is for. */
  empty: ComponentChildren
  onOpen: (opened: Opened) => void
  /** What more there is to say about a fact, below its value. */
  about?: (fact: Statement) => ComponentChildren
  /** What else can be done with a fact, before opening it. */
  actions?: (fact: Statement) => ComponentChildren
}

/** The facts of a kind as rows that open in the editor, drafts marked, with a way to add one. */
export function FactRows(props: FactRowsProps) {
  const { kind, heading: Heading = 'h2', title, facts, fresh, addLabel, empty, onOpen } = props
  const added = (drafts.answer.value ?? []).filter(
    (draft) =>
      draft.kind === kind && draft.base === null && belongs(draft, fresh) && !facts.some(({ id }) => id === draft.factId),
  )
  return (
    <section class="fact-rows">
      <Heading>{title}</Heading>
      {facts.length + added.length === 0 && <div class="empty">{empty}</div>}
      <ul>
        {facts.map((fact) => (
          <FactRow key={fact.id} fact={fact} onOpen={onOpen} about={props.about?.(fact)} actions={props.actions?.(fact)} />
        ))}
        {added.map((draft) => (
          <li key={draft.id} class="fact-row">
            <div>
              <p class="fact-row__name">{factName(kind, draft.content, nameOf)}</p>
              <p>{factValue(kind, draft.content)}</p>
              <DraftMark draft={draft} />
            </div>
            {draft.mine && (
              <OpenButton
                name={factName(kind, draft.content, nameOf)}
                onClick={() => onOpen({ kind, id: draft.factId })}
                editable
              />
            )}
          </li>
        ))}
      </ul>
      {fresh && mayRecord(kind) && (
        <Button look="secondary" icon="add" small onClick={() => onOpen({ kind, id: null, fresh })}>
          {addLabel ?? 'Ergänzen'}
        </Button>
      )}
    </section>
  )
}

function belongs(draft: Draft, fresh: FactRowsProps['fresh']): boolean {
  return fresh !== undefined && Object.entries(fresh).every(([name, value]) => value === null || draft.content[name] === value)
}

interface FactRowProps {
  fact: Statement
  onOpen: FactRowsProps['onOpen']
  about: ComponentChildren
  actions: ComponentChildren
}

function FactRow({ fact, onOpen, about, actions }: FactRowProps) {
  const { kind, id, content, source, trueOn } = fact
  const name = factName(kind, content, nameOf)
  return (
    <li class="fact-row">
      <div>
        <p class="fact-row__name">{name}</p>
        <p>{factValue(kind, content)}</p>
        {about}
        <p class="muted">
          Stand {formatImpreciseDate(trueOn, 'de')}, <Source source={source} />
        </p>
        <Marks kind={kind} id={id} />
      </div>
      <div class="fact-row__actions">
        {actions}
        <OpenButton name={name} editable={mayRecord(kind)} onClick={() => onOpen({ kind, id })} />
      </div>
    </li>
  )
}

interface OpenButtonProps {
  name: string
  editable: boolean
  iconOnly?: boolean
  onClick: () => void
}

/** "Bearbeiten" or, without the role for it, "Ansehen"; screen readers hear of what. */
export function OpenButton({ name, editable, iconOnly = false, onClick }: OpenButtonProps) {
  const label = editable ? 'Bearbeiten' : 'Ansehen'
  return (
    <Button
      look="tertiary"
      small
      icon={editable ? 'edit' : 'show'}
      iconOnly={iconOnly}
      onClick={onClick}
      aria-label={`${label}: ${name}`}
      title={`${label}: ${name}`}
    >
      {label}
    </Button>
  )
}

/** Marks of a fact: drafts of anybody, input that has not been saved. */
export function Marks({ kind, id }: { kind: FactKindName; id: string }) {
  const about = (drafts.answer.value ?? []).filter((draft) => draft.kind === kind && draft.factId === id)
  return (
    <>
      {about.map((draft) => (
        <DraftMark key={draft.id} draft={draft} />
      ))}
      {keptKeys.value.has(inputKey(kind, id)) && <p class="mark mark--kept">Eingabe noch nicht gespeichert</p>}
    </>
  )
}

function DraftMark({ draft }: { draft: Draft }) {
  const whose = draft.mine ? 'Ihr Entwurf' : `Entwurf von ${draft.authorName}`
  return (
    <p class={`mark mark--${draft.stale ? 'stale' : 'draft'}`}>
      {whose}
      {draft.stale && ', überholt'}: {draft.retracted ? 'zurückziehen' : factValue(draft.kind, draft.content) || 'geändert'}
    </p>
  )
}
