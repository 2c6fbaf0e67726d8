import { type Quantity, quantities } from '../../../server/contract/codes.ts'
import { Button } from '../../ui/button.tsx'
import { Loaded } from '../../ui/resource.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { currentFacts, facts, mayRecord, useFacts } from '../../workbench/data.ts'
import type { Content } from '../../workbench/form/values.ts'
import { addressWith, go, place } from '../../workbench/place.ts'
import { factValue } from '../../workbench/words.ts'
import { FactPanel } from '../fact-panel.tsx'
import { FactRows, Marks } from '../fact-rows.tsx'
import { addressOfOpened, type Opened, readOpened } from '../opened.ts'
import { SectionsOfProgramme } from './sections-of-programme.tsx'

/** Programmes with what belongs to them: targets, milestones, money, figures of the whole city, build sections. */
export function ProgrammesPage() {
  useFacts('programme', 'target', 'milestone', 'funding', 'figure', 'section')
  return (
    <div class="page page--split">
      <Loaded from={facts.programme} skeleton={<Skeleton heading />}>
        {() => <Programmes />}
      </Loaded>
    </div>
  )
}

function Programmes() {
  const { query } = place.value
  const programmes = currentFacts('programme').toSorted((a, b) => Number(a.content.position) - Number(b.content.position))
  const chosen = query.get('programm') ?? programmes[0]?.id ?? null
  const opened = readOpened(query.get('angabe'), (kind) => freshFact(kind, chosen, query.get('stadtteil')))
  const open = (next: Opened) => go(addressWith({ angabe: addressOfOpened(next) }))
  const close = () => go(addressWith({ angabe: null, stadtteil: null }))
  return (
    <>
      <nav class="page__list" aria-label="Programme">
        <h1>Programme</h1>
        <ul class="section-list">
          {programmes.map(({ id, content }) => (
            <li key={id}>
              <a
                class="section-link"
                href={addressWith({ programm: id, angabe: null, stadtteil: null })}
                aria-current={id === chosen ? 'true' : undefined}
              >
                <span class="section-link__name">{String(content.name)}</span>
                <span>{factValue('programme', content)}</span>
                <Marks kind="programme" id={id} />
              </a>
            </li>
          ))}
        </ul>
        {programmes.length === 0 && (
          <p class="empty">
            Noch kein Programm. Ein Programm ist ein Förderaufruf oder ein Ausbau eines Unternehmens; alles andere gehört dazu.
          </p>
        )}
        {mayRecord('programme') && (
          <Button look="secondary" icon="add" small onClick={() => open({ kind: 'programme', id: null })}>
            Programm anlegen
          </Button>
        )}
      </nav>
      <div class="page__detail">
        {opened && <FactPanel key={addressOfOpened(opened)} opened={opened} onClose={close} />}
        {!opened && chosen && <ProgrammeDetail id={chosen} onOpen={open} />}
      </div>
    </>
  )
}

/** What a new fact of this programme begins with. */
function freshFact(kind: Opened['kind'], programmeId: string | null, districtId: string | null): Content {
  if (kind === 'programme') return { position: 100 }
  if (kind === 'section') return { programmeId, ...(districtId && { districtId }) }
  const position = kind === 'milestone' || kind === 'funding' ? { position: 100 } : {}
  return { programmeId, ...position }
}

/** Given order, or that of the quantities; partial targets after the whole. */
function rank({ position, quantity, scope }: Content): number {
  if (typeof position === 'number') return position
  return quantities.keys.indexOf(quantity as Quantity) * 2 + (scope ? 1 : 0)
}

const parts = [
  {
    kind: 'target',
    title: 'Ziele',
    add: 'Ziel ergänzen',
    empty: 'Noch keine Ziele. Ein Ziel sagt, wie viele Anschlüsse oder Kilometer das Programm erreichen will.',
  },
  {
    kind: 'milestone',
    title: 'Meilensteine',
    add: 'Meilenstein ergänzen',
    empty: 'Noch keine Meilensteine, zum Beispiel der Zuwendungsbescheid oder der geplante Start der Dienste.',
  },
  {
    kind: 'funding',
    title: 'Mittel',
    add: 'Mittel ergänzen',
    empty: 'Noch keine Zuwendungen und Eigenanteile.',
  },
  {
    kind: 'figure',
    title: 'Kennzahlen des ganzen Programms',
    add: 'Kennzahl ergänzen',
    empty: 'Noch keine Kennzahlen. Die der Stadtteile stehen beim Ausbaustand.',
  },
] as const

function ProgrammeDetail({ id, onOpen }: { id: string; onOpen: (opened: Opened) => void }) {
  const programme = currentFacts('programme').find((one) => one.id === id)
  if (!programme) return <p class="empty">Dieses Programm gibt es nicht.</p>
  const belongs = (kind: Opened['kind']) =>
    currentFacts(kind)
      .filter(({ content }) => content.programmeId === id && (kind !== 'figure' || content.districtId === null))
      .toSorted((a, b) => rank(a.content) - rank(b.content))
  return (
    <>
      <FactRows kind="programme" title="Angaben zum Programm" facts={[programme]} empty="" onOpen={onOpen} />
      {parts.map(({ kind, title, add, empty }) => (
        <FactRows
          key={kind}
          kind={kind}
          title={title}
          facts={belongs(kind)}
          fresh={{ programmeId: id }}
          addLabel={add}
          empty={<p>{empty}</p>}
          onOpen={onOpen}
        />
      ))}
      <SectionsOfProgramme programmeId={id} onOpen={onOpen} />
    </>
  )
}
