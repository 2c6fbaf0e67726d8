import { useRef } from 'preact/hooks'
import type * as z from 'zod/mini'
import type { FactKindName } from '../../../server/contract/facts/index.ts'
import type { SectionSummary } from '../../../server/contract/portal.ts'
import { SelectField } from '../../ui/field.tsx'
import { Loaded } from '../../ui/resource.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { drafts, facts, mayRecord, type Overview, overview, useFacts } from '../../workbench/data.ts'
import type { Content, Typed } from '../../workbench/form/values.ts'
import { StaffMap } from '../../workbench/map/staff-map.tsx'
import { addressWith, go, place } from '../../workbench/place.ts'
import { FactPanel } from '../fact-panel.tsx'
import { addressOfOpened, type Opened, readOpened } from '../opened.ts'
import { SectionList } from './section-list.tsx'
import { SectionPanel } from './section-panel.tsx'

type Section = z.infer<typeof SectionSummary>

/** The coordinator's desk: sections that want attention, the map, the selected section or the form of one of its facts. */
export function RolloutPage() {
  useFacts('stage', 'section', 'figure', 'target', 'programme')
  return (
    <Loaded from={overview} skeleton={<Skeleton heading />}>
      {(answer) => <Desk overview={answer} />}
    </Loaded>
  )
}

function Desk({ overview: { programmes, sections, districts } }: { overview: Overview }) {
  const { query } = place.value
  const programmeId = query.get('programm') ?? programmes.find((one) => one.sections > 0)?.id ?? programmes[0]?.id ?? ''
  const shown = sections.filter((section) => section.programmeId === programmeId)
  const selected = shown.find((section) => section.id === query.get('abschnitt')) ?? null
  const district = districts.find(({ id }) => id === selected?.districtId) ?? null
  const selectDistrict = (districtId: string) => {
    const section = shown.find((one) => one.districtId === districtId)
    go(addressWith({ abschnitt: section?.id ?? null, angabe: null, stadtteil: section ? null : districtId }))
  }
  return (
    <div class={`desk${selected ? ' desk--selected' : ''}`}>
      <aside class="desk__list" aria-label="Bauabschnitte">
        <h1>Ausbaustand</h1>
        <SelectField
          label="Programm"
          value={programmeId}
          options={programmes.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(event) =>
            go(addressWith({ programm: event.currentTarget.value, abschnitt: null, angabe: null, stadtteil: null }))
          }
        />
        {facts.stage.answer.value === null || drafts.answer.value === null ? (
          <Skeleton lines={[90, 90, 90, 90]} />
        ) : (
          <SectionList sections={shown} selected={selected?.id ?? null} />
        )}
        {shown.length === 0 && <NoSections programmeId={programmeId} />}
      </aside>
      <div class="desk__map">
        <StaffMap
          label="Karte der Bauabschnitte. Auswählen geht auch in der Liste."
          programme={programmeId}
          selected={district?.id ?? query.get('stadtteil')}
          box={district?.bbox ?? null}
          onSelect={selectDistrict}
        />
      </div>
      <section class="desk__panel" aria-label="Ausgewählt">
        {selected ? <Selected key={selected.id} section={selected} /> : <NothingSelected programmeId={programmeId} />}
      </section>
    </div>
  )
}

function NoSections({ programmeId }: { programmeId: string }) {
  return (
    <p class="empty">
      Dieses Programm hat noch keine Bauabschnitte. Sie werden auf der{' '}
      <a href={`/arbeitsplatz/programme?programm=${programmeId}`}>Seite des Programms</a> angelegt, gezeichnet oder aus einer
      Datei übernommen.
    </p>
  )
}

function NothingSelected({ programmeId }: { programmeId: string }) {
  const districtId = place.value.query.get('stadtteil')
  const district = overview.answer.value?.districts.find(({ id }) => id === districtId)
  if (district) {
    return (
      <div class="empty">
        <h2>{district.name}</h2>
        <p>
          Für diesen Stadtteil hat das Programm noch keinen Bauabschnitt.{' '}
          {mayRecord('section') && (
            <a href={`/arbeitsplatz/programme?programm=${programmeId}&neu=section&stadtteil=${district.id}`}>
              Bauabschnitt anlegen
            </a>
          )}
        </p>
      </div>
    )
  }
  return (
    <div class="empty">
      <h2>Wählen Sie einen Stadtteil</h2>
      <p>
        In der Liste oder auf der Karte. Oben in der Liste steht, was Aufmerksamkeit braucht: Ihre Entwürfe, Termine, die
        verstrichen sind, und lange Stille.
      </p>
      <p>Was Sie ändern, ist zuerst ein Entwurf. Die Öffentlichkeit sieht ihn erst, wenn Sie ihn veröffentlichen.</p>
    </div>
  )
}

/** The section, or one of its facts in the editor; the address says which, so that a reload comes back to it. */
function Selected({ section }: { section: Section }) {
  const quick = useRef<{ preset?: Typed; count: number }>({ count: 0 })
  const opened = readOpened(place.value.query.get('angabe'), (kind, id) => freshFact(kind, id, section))
  const open = (next: Opened, preset?: Typed) => {
    quick.current = { count: quick.current.count + 1, ...(preset && { preset }) }
    go(addressWith({ angabe: addressOfOpened(next) }))
  }
  const close = () => {
    quick.current = { count: quick.current.count }
    go(addressWith({ angabe: null }))
  }
  if (!opened) return <SectionPanel section={section} onOpen={open} />
  const { preset, count } = quick.current
  return <FactPanel key={count} opened={opened} onClose={close} {...(preset && { preset })} />
}

/** What a new fact of this section begins with; a trade nobody has said anything about is made from its id. */
function freshFact(kind: FactKindName, id: string | null, { programmeId, districtId, id: sectionId }: Section): Content {
  if (kind === 'figure') return { programmeId, districtId }
  return kind === 'stage' && id ? { sectionId, trade: id.slice(sectionId.length + 1) } : {}
}
