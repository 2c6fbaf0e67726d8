import './network.css'
import { useEffect, useMemo, useState } from 'preact/hooks'
import type { Box } from '../../map/map.ts'
import { Loaded } from '../../ui/resource.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { overview, useFacts } from '../../workbench/data.ts'
import { place } from '../../workbench/place.ts'
import { network } from './data.ts'
import { awaitedClick, endDrawing, merging, sketch } from './drawing.ts'
import { Lengths } from './lengths.tsx'
import { NetworkList } from './network-list.tsx'
import { NetworkMap } from './network-map.tsx'
import { ObjectPanel } from './object-panel.tsx'
import { readShown, type Shown } from './query.ts'

/** Trassen, Leerrohre, Kabel and Bauwerke: on the map, in the table of equal rank, and one of them in the panel. */
export function NetworkPage() {
  useFacts('programme', 'section')
  return (
    <Loaded from={overview} skeleton={<Skeleton heading />}>
      {({ clocks }) => <Desk revision={clocks.revision} />}
    </Loaded>
  )
}

function Desk({ revision }: { revision: number }) {
  const shown = readShown(place.value.query)
  const { kind, filter, sort, descending, opened } = shown
  const question = JSON.stringify([kind, filter, sort, descending])
  const [pages, setPages] = useState({ question, count: 1 })
  const count = pages.question === question ? pages.count : 1
  useEffect(() => {
    void network.ask({ kind, filter, sort, descending, pages: count })
  }, [question, count, revision])
  useEffect(() => endDrawing, [opened, kind])
  const box = useBox(shown)
  return (
    <div
      class={`desk network${opened ? ' desk--selected' : ''}${needsMap() ? ' network--on-map' : ''}${merging.value ? ' network--merging' : ''}`}
    >
      <aside class="desk__list" aria-label="Netz">
        <h1>Netz</h1>
        <NetworkList shown={shown} onMore={() => setPages({ question, count: count + 1 })} />
        <Lengths revision={revision} />
      </aside>
      <div class="desk__map">
        <NetworkMap filter={filter} selected={opened} box={box} />
      </div>
      <section class="desk__panel" aria-label="Ausgewählt">
        <ObjectPanel key={`${kind} ${opened}`} kind={kind} id={opened} revision={revision} />
      </section>
    </div>
  )
}

/** Something is being drawn or pointed at: on phones the map shows itself for it. */
function needsMap(): boolean {
  return sketch.value !== null || awaitedClick.value !== null || merging.value !== null
}

/** The opened object; else, once something is filtered, all that fits. */
function useBox({ opened, filter }: Shown): Box | null {
  const answer = network.answer.value
  const isFiltered = Object.keys(filter).length > 0
  return useMemo(() => {
    const row = answer?.rows.find(({ id }) => id === opened)
    if (row) return boxOf(row.content.geom as { coordinates: unknown })
    return isFiltered && !opened ? (answer?.totals.bounds ?? null) : null
  }, [answer, opened, isFiltered])
}

function boxOf({ coordinates }: { coordinates: unknown }): Box | null {
  const numbers = [coordinates].flat(3) as number[]
  const [longitudes, latitudes] = [numbers.filter((_, index) => index % 2 === 0), numbers.filter((_, index) => index % 2 === 1)]
  if (numbers.length < 2) return null
  return [Math.min(...longitudes), Math.min(...latitudes), Math.max(...longitudes), Math.max(...latitudes)]
}
