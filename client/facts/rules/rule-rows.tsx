import { earliest, formatDay, today } from '../../../server/contract/dates.ts'
import type { Statement } from '../../../server/contract/facts.ts'
import { holdsOn, type Validity } from '../../../server/contract/validity.ts'
import { Button } from '../../ui/button.tsx'
import { Disclosure } from '../../ui/disclosure.tsx'
import { currentFacts, mayRecord, nameOf } from '../../workbench/data.ts'
import type { Typed } from '../../workbench/form/values.ts'
import { factName } from '../../workbench/words.ts'
import { FactRows } from '../fact-rows.tsx'
import type { Opened } from '../opened.ts'
import { ExampleDeadline } from './example-deadline.tsx'

export type RuleKind = 'deadline_rule' | 'building_law_rule' | 'spot_rule'
export type OpenRule = (opened: Opened, more?: { preset?: Typed; template?: string }) => void

interface RuleRowsProps {
  kind: RuleKind
  title: string
  addLabel: string
  empty: string
  onOpen: OpenRule
}

/** The rules of a kind: those that hold or will hold, and what has ended, folded. */
export function RuleRows({ kind, title, addLabel, empty, onOpen }: RuleRowsProps) {
  const day = today()
  const all = currentFacts(kind).toSorted(inOrder)
  const ended = all.filter((rule) => standingOf(validityOf(rule), day) === 'ended')
  const rows = { kind, onOpen, about: (rule: Statement) => <About rule={rule} day={day} /> }
  return (
    <section>
      <FactRows
        {...rows}
        title={title}
        facts={all.filter((rule) => !ended.includes(rule))}
        fresh={{}}
        addLabel={addLabel}
        empty={<p>{empty}</p>}
        actions={(rule) => <PeriodActions rule={rule} onOpen={onOpen} />}
      />
      {ended.length > 0 && (
        <Disclosure summary={`Frühere Fassungen (${ended.length})`}>
          <FactRows {...rows} heading="h3" title={`${title}: frühere Fassungen`} facts={ended} empty="" />
        </Disclosure>
      )}
    </section>
  )
}

export function validityOf({ content }: Pick<Statement, 'content'>): Validity {
  return content as unknown as Validity
}

type Standing = 'holds' | 'open' | 'future' | 'ended'

/** Where a rule stands on a day; `open`: the precision of its dates does not say. */
export function standingOf(rule: Validity, day: string): Standing {
  const holds = holdsOn(rule, day)
  if (holds !== 'no') return holds === 'yes' ? 'holds' : 'open'
  return rule.validFrom !== null && (earliest(rule.validFrom) ?? '') > day ? 'future' : 'ended'
}

const standings: Record<Standing, string> = {
  holds: 'gilt heute',
  open: 'ob sie heute gilt, ist nicht sicher',
  future: 'gilt noch nicht',
  ended: 'gilt nicht mehr',
}

/** Together what belongs together, the newest first. */
function inOrder(a: Statement, b: Statement): number {
  const subject = ({ content }: Statement) => `${content.area ?? content.slug} ${content.mastKind ?? ''}`
  const start = ({ validFrom }: Validity) => validFrom?.replace('by ', '') ?? ''
  return subject(a).localeCompare(subject(b)) || start(validityOf(b)).localeCompare(start(validityOf(a)))
}

function About({ rule, day }: { rule: Statement; day: string }) {
  const standing = standingOf(validityOf(rule), day)
  const { legalNote, condition } = rule.content
  const grounds = [condition, legalNote].filter((text) => typeof text === 'string')
  return (
    <>
      <p class={`mark${standing === 'open' ? ' mark--overdue' : ''}`}>{standings[standing]}</p>
      {rule.kind === 'deadline_rule' && standing === 'holds' && <ExampleDeadline rule={rule} day={day} />}
      {grounds.length > 0 && (
        <Disclosure summary={condition ? 'Bedingungen und Rechtsgrundlage' : 'Rechtsgrundlage'}>
          {grounds.map((text) => (
            <p key={text}>{text}</p>
          ))}
        </Disclosure>
      )}
    </>
  )
}

/** A rule changes by a new period of it, and by the end of the old one. */
function PeriodActions({ rule, onOpen }: { rule: Statement; onOpen: OpenRule }) {
  if (!mayRecord(rule.kind)) return null
  const { kind, id, content } = rule
  const name = factName(kind, content, nameOf)
  const end = () => onOpen({ kind, id }, { preset: { validUntil: formatDay(today(), 'de') } })
  return (
    <>
      <Button
        look="tertiary"
        small
        icon="add"
        aria-label={`Neue Fassung: ${name}`}
        onClick={() => onOpen({ kind, id: null }, { template: id })}
      >
        Neue Fassung
      </Button>
      {content.validUntil === null && (
        <Button look="tertiary" small icon="calendar" aria-label={`Gültigkeit beenden: ${name}`} onClick={end}>
          Beenden
        </Button>
      )}
    </>
  )
}
