import { useRef } from 'preact/hooks'
import type { FactKindName } from '../../../server/contract/facts/index.ts'
import { currentFacts, facts, mayRecord, useFacts } from '../../workbench/data.ts'
import type { Content, Typed } from '../../workbench/form/values.ts'
import { addressWith, go, place } from '../../workbench/place.ts'
import { FactPanel } from '../fact-panel.tsx'
import { FactRows } from '../fact-rows.tsx'
import { addressOfOpened, type Opened, readOpened } from '../opened.ts'
import { Departments } from './departments.tsx'
import { NewPeriodHint } from './new-period-hint.tsx'
import { PlaceholderList } from './placeholder-list.tsx'
import { RuleRows } from './rule-rows.tsx'
import { TextModules } from './text-modules.tsx'

const kinds = ['department', 'deadline_rule', 'building_law_rule', 'spot_rule', 'text_module', 'letter_template'] as const

/** What the mobile desk works by: who is asked, how long a deadline is, what the law says, the words of statements and letters. */
export function RulesPage() {
  useFacts(...kinds, 'funding_frame')
  const quick = useRef<{ preset?: Typed; count: number }>({ count: 0 })
  const { query } = place.value
  const template = query.get('vorlage')
  const opened = readOpened(query.get('angabe'), (kind) => freshOf(kind, template))
  const open = (next: Opened, more: { preset?: Typed; template?: string } = {}) => {
    quick.current = { count: quick.current.count + 1, ...(more.preset && { preset: more.preset }) }
    go(addressWith({ angabe: addressOfOpened(next), vorlage: more.template ?? null }))
  }
  const close = () => {
    quick.current = { count: quick.current.count }
    go(addressWith({ angabe: null, vorlage: null }))
  }
  if (opened) {
    const { preset, count } = quick.current
    const isKnown = facts[opened.kind].answer.value !== null
    return (
      <div class={`page${opened.kind === 'letter_template' ? ' page--wide' : ''}`}>
        <h1>Regeln und Stellen</h1>
        {template && opened.id === null && <NewPeriodHint kind={opened.kind} id={template} onOpen={open} />}
        {opened.kind === 'letter_template' && <PlaceholderList />}
        {/* What a new one begins with is read from others: only once they are there. */}
        {isKnown && (
          <FactPanel key={`${addressOfOpened(opened)} ${count}`} opened={opened} onClose={close} {...(preset && { preset })} />
        )}
      </div>
    )
  }
  return (
    <div class="page">
      <h1>Regeln und Stellen</h1>
      <p>
        Wonach Standortanfragen bearbeitet werden. Fristen, Bauordnung und Vereinbarungen ändern sich: Darum steht jede Regel mit
        ihrer Gültigkeit und ihrer Quelle hier, und was früher galt, bleibt lesbar. Nichts auf dieser Seite ist öffentlich.
      </p>
      <Departments onOpen={open} />
      <RuleRows
        kind="deadline_rule"
        title="Fristen"
        addLabel="Frist anlegen"
        empty="Noch keine Fristen. Ohne sie zeigt keine Anfrage, bis wann die Stadt antworten muss."
        onOpen={open}
      />
      <RuleRows
        kind="building_law_rule"
        title="Baurecht: verfahrensfreie Höhen"
        addLabel="Regel anlegen"
        empty="Noch keine Regeln. Aus ihnen folgt der Vorschlag, ob ein Mast eine Baugenehmigung braucht."
        onOpen={open}
      />
      <RuleRows
        kind="spot_rule"
        title="Weiße und graue Flecken"
        addLabel="Regel anlegen"
        empty="Noch keine Regeln. Sie sagen, bei wie vielen Betreibern ein Ort als weißer oder grauer Fleck gilt."
        onOpen={open}
      />
      <TextModules onOpen={open} />
      <FactRows
        kind="letter_template"
        title="Briefvorlagen"
        facts={currentFacts('letter_template')}
        fresh={{}}
        addLabel="Briefvorlage anlegen"
        empty={<p>Noch keine Vorlage. Aus der Vorlage „reply“ entsteht das Antwortschreiben an den Betreiber.</p>}
        onOpen={open}
      />
      <FactRows
        kind="funding_frame"
        title="Förderrahmen"
        facts={currentFacts('funding_frame')}
        fresh={{}}
        addLabel="Förderrahmen anlegen"
        about={({ content }) => typeof content.legalNote === 'string' && <p class="muted">{content.legalNote}</p>}
        empty={
          <p>
            Noch kein Förderrahmen. Er sagt, was für die Koordination bewilligt ist; die Tätigkeiten stellen ihm Ausgaben
            gegenüber.
          </p>
        }
        onOpen={open}
      />
      {!kinds.some(mayRecord) && <p class="muted">Ändern dürfen diese Angaben die Mobilfunkkoordination und die Verwaltung.</p>}
    </div>
  )
}

/** What a new fact begins with: what is usual, or what its older period says but for its dates. */
function freshOf(kind: FactKindName, template: string | null): Content {
  const older = template === null ? undefined : currentFacts(kind).find(({ id }) => id === template)
  if (older) return { ...older.content, period: null, validFrom: null, validUntil: null, legalNote: null, ...ownSlug(kind) }
  return usual[kind] ?? {}
}

/** Rules of building law have no period beside their identifier: the new one needs its own. */
function ownSlug(kind: FactKindName): Content {
  return kind === 'building_law_rule' ? { slug: null } : {}
}

const usual: Partial<Record<FactKindName, Content>> = {
  department: { active: true, silence: 'stays_open', position: 100 },
  deadline_rule: { unit: 'days', rollsForward: true, warningDays: 5 },
  building_law_rule: { mastKind: 'any' },
  funding_frame: { months: 36 },
}
