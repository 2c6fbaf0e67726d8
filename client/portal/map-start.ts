import { computed, effect, signal } from '@preact/signals'
import { phases } from '../../server/contract/codes.ts'
import type { Box, CityMap, Target } from '../map/map.ts'
import type { MapState } from '../map/style.ts'
import { language, say } from '../ui/language.ts'
import { theme } from '../ui/theme.ts'
import { overview, revision, settings, today } from './data.ts'
import { districtStates } from './districts.ts'
import { mapTask } from './map-task.ts'
import { place } from './place.ts'
import { coveredHeight, isNarrow } from './sheet.tsx'
import { clocks, districtPage, navigate, page, pageChange, selectedDistrict, topic, view } from './view.ts'

const words = {
  fibre: { de: 'Karte des Glasfaserausbaus', en: 'Map of the fibre rollout' },
  mobile: { de: 'Karte des Mobilfunks', en: 'Map of mobile coverage' },
}

/** The map, once it is there. */
export const cityMap = signal<CityMap | null>(null)

const margin = 24

/** What the map shows, from the address and the last answer; null until there is one. */
const mapState = computed<MapState | null>(() => {
  const answer = overview.answer.value
  if (!answer) return null
  const { hidden, programme } = view.value
  const task = mapTask.value
  return {
    theme: theme.value,
    language: language.value,
    // The address of a tile follows the question, not the answer: a change is on its way at once.
    revision: Math.max(revision.value, answer.clocks.revision),
    asOf: clocks.value.asOf ?? (clocks.value.knownAt ? answer.clocks.asOf : today.value),
    knownAt: clocks.value.knownAt ?? null,
    hidden: [...hidden, ...(task?.withheld() ?? [])],
    programme,
    selected: selectedDistrict.value,
    labels: districtStates(answer, programme).map(({ id, name, labelPoint, phase }) => ({
      id,
      name,
      point: labelPoint,
      word: phase && topic.value === 'fibre' ? say(phases.labels[phase]) : '',
    })),
    place: place.value?.point ?? null,
    topic: topic.value,
    ...task?.state(),
  }
})

/** Where to look: where the address says, else at what is selected, else at the whole city. */
function targetNow(): Target {
  const { camera } = view.peek()
  if (camera) return { camera }
  const district = overview.answer.peek()?.districts.find(({ id }) => id === selectedDistrict.peek())
  return { box: (district?.bbox ?? settings.answer.peek()?.bbox ?? [6.9, 51, 7.12, 51.11]) as Box }
}

/** Room for the sheet below, and on narrow screens for the buttons at the side. */
export function padding() {
  const side = isNarrow.peek() ? 56 : margin
  return { top: margin, left: margin, right: side, bottom: margin + coveredHeight() }
}

/** Loads the map when the text is there, and keeps it at what the view says. */
export async function startMap(
  container: HTMLElement,
  credits: (all: readonly string[]) => void,
  trouble: () => void,
): Promise<() => void> {
  const { createMap } = await import('../map/map.ts')
  const state = mapState.peek()
  if (!state) throw new Error('The map starts after the first answer')
  const made = createMap(container, {
    state,
    target: targetNow(),
    padding: padding(),
    basemapUrl: settings.answer.peek()?.basemapStyleUrl ?? null,
    label: say(words[topic.peek()]),
    describedBy: 'map-description',
    onSelect: (id) => navigate({ ...pageChange(districtPage(id)), camera: view.peek().camera }),
    onPoint: (point) => mapTask.peek()?.onPoint?.(point) ?? false,
    onMove: (camera) => navigate({ camera }, { replace: true }),
    onCredits: credits,
    onTrouble: trouble,
  })
  cityMap.value = made
  // A band that comes or a window that grows changes the room: what is to be seen stays in sight, unless the person chose a place.
  made.map.on('resize', () => {
    if (view.peek().camera === null) made.look(targetNow(), padding(), true)
  })
  const stops = [
    effect(() => {
      if (mapState.value) made.update(mapState.value)
    }),
    followTarget(made),
  ]
  return () => {
    for (const stop of stops) stop()
    made.remove()
    cityMap.value = null
  }
}

/** Moves the map when something else is selected or the address names another place; not when the person has moved it. */
function followTarget(made: CityMap): () => void {
  let last = JSON.stringify(targetNow())
  return effect(() => {
    page.value
    view.value.camera
    const target = targetNow()
    const moved = JSON.stringify(target) !== last
    last = JSON.stringify(target)
    const isThere = 'camera' in target && Math.abs(made.map.getZoom() - target.camera.zoom) < 0.01 && isAt(made, target.camera)
    if (moved && !isThere) made.look(target, padding())
  })
}

function isAt(made: CityMap, { longitude, latitude }: { longitude: number; latitude: number }): boolean {
  const { lng, lat } = made.map.getCenter()
  return Math.abs(lng - longitude) < 1e-4 && Math.abs(lat - latitude) < 1e-4
}
