import { computed, effect, signal, useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { phases } from '../../server/contract/codes.ts'
import { Credits } from '../map/credits.tsx'
import { Layers, Legend } from '../map/legend.tsx'
import type { Box, CityMap, Target } from '../map/map.ts'
import type { MapState } from '../map/style.ts'
import { Button } from '../ui/button.tsx'
import { language, say } from '../ui/language.ts'
import { Notice } from '../ui/notice.tsx'
import { theme } from '../ui/theme.ts'
import { overview, revision, settings, today } from './data.ts'
import { districtStates } from './districts.ts'
import { place } from './place.ts'
import { coveredHeight, isNarrow } from './sheet.tsx'
import { texts } from './texts.ts'
import { addressTo, clocks, navigate, page, pageChange, view } from './view.ts'

const words = {
  map: { de: 'Karte des Glasfaserausbaus', en: 'Map of the fibre rollout' },
  description: {
    de: 'Pfeiltasten verschieben die Karte, Plus und Minus vergrößern und verkleinern. Dieselben Angaben stehen in der Liste der Stadtteile und in der Tabelle.',
    en: 'Arrow keys move the map, plus and minus zoom. The same information is in the list of districts and in the table.',
  },
  zoomIn: { de: 'Vergrößern', en: 'Zoom in' },
  zoomOut: { de: 'Verkleinern', en: 'Zoom out' },
  whole: { de: 'Ganze Stadt', en: 'Whole city' },
  noMap: { de: 'Die Karte kann hier nicht gezeichnet werden', en: 'The map cannot be drawn here' },
  noMapText: {
    de: 'Ihr Browser erlaubt keine Grafik mit WebGL. Dieselben Angaben stehen in der Tabelle.',
    en: 'Your browser does not allow WebGL graphics. The same information is in the table.',
  },
  trouble: { de: 'Teile der Karte konnten nicht geladen werden.', en: 'Parts of the map could not be loaded.' },
  retry: { de: 'Erneut laden', en: 'Load again' },
}

/** The map, once it is there. */
export const cityMap = signal<CityMap | null>(null)

const margin = 24

/** What the map shows, from the address and the last answer; null until there is one. */
const mapState = computed<MapState | null>(() => {
  const answer = overview.answer.value
  if (!answer) return null
  const { hidden, programme } = view.value
  return {
    theme: theme.value,
    language: language.value,
    // The address of a tile follows the question, not the answer: a change is on its way at once.
    revision: Math.max(revision.value, answer.clocks.revision),
    asOf: clocks.value.asOf ?? (clocks.value.knownAt ? answer.clocks.asOf : today.value),
    knownAt: clocks.value.knownAt ?? null,
    hidden,
    programme,
    selected: page.value.kind === 'district' ? page.value.id : null,
    labels: districtStates(answer, programme).map(({ id, name, labelPoint, phase }) => ({
      id,
      name,
      point: labelPoint,
      word: phase ? say(phases.labels[phase]) : '',
    })),
    place: place.value?.point ?? null,
  }
})

/** Where to look: where the address says, else at what is selected, else at the whole city. */
function targetNow(): Target {
  const { camera } = view.peek()
  const shown = page.peek()
  if (camera) return { camera }
  const district = shown.kind === 'district' ? overview.answer.peek()?.districts.find((one) => one.id === shown.id) : undefined
  return { box: (district?.bbox ?? settings.answer.peek()?.bbox ?? [6.9, 51, 7.12, 51.11]) as Box }
}

/** Room for the sheet below, and on narrow screens for the buttons at the side. */
function padding() {
  const side = isNarrow.peek() ? 56 : margin
  return { top: margin, left: margin, right: side, bottom: margin + coveredHeight() }
}

/** Loads the map when the text is there, and keeps it at what the view says. */
async function start(
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
    label: say(words.map),
    describedBy: 'map-description',
    onSelect: (id) => navigate({ ...pageChange({ kind: 'district', id }), camera: view.peek().camera }),
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

export function MapView() {
  const container = useRef<HTMLDivElement>(null)
  const failed = useSignal(false)
  const hasTrouble = useSignal(false)
  const credits = useSignal<readonly string[]>([])
  const isReady = overview.answer.value !== null && settings.answer.value !== null
  useEffect(() => {
    if (!isReady || !container.current) return
    let stop: (() => void) | undefined
    let isGone = false
    start(
      container.current,
      (all) => {
        credits.value = all
      },
      () => {
        hasTrouble.value = true
      },
    ).then(
      (end) => {
        stop = end
        if (isGone) end()
      },
      () => {
        failed.value = true
      },
    )
    return () => {
      isGone = true
      stop?.()
    }
  }, [isReady, credits, failed, hasTrouble])

  const all = [
    overview.answer.value?.boundaries.attribution ?? '',
    ...(settings.answer.value?.basemapAttribution ? [settings.answer.value.basemapAttribution] : credits.value),
  ].filter(Boolean)
  return (
    <section class="map" aria-label={say(texts.map)}>
      <p id="map-description" class="kern-sr-only">
        {say(words.description)}
      </p>
      <div class="map__frame">
        {failed.value ? <NoMap /> : <div class="map__canvas" data-map ref={container} />}
        {!failed.value && <Controls />}
        {hasTrouble.value && (
          <Trouble
            onRetry={() => {
              hasTrouble.value = false
              cityMap.value?.reload()
            }}
          />
        )}
        <Credits credits={all} />
      </div>
      <Legend isFolded={isNarrow.value} />
    </section>
  )
}

function toggleLayer(id: string): void {
  const { hidden } = view.peek()
  navigate({ hidden: hidden.includes(id) ? hidden.filter((one) => one !== id) : [...hidden, id] }, { replace: true })
}

function NoMap() {
  return (
    <div class="map__notice">
      <Notice kind="warning" title={say(words.noMap)} role="alert">
        <p>{say(words.noMapText)}</p>
        <p>
          <a href={addressTo({ display: 'table' })}>{say(texts.table)}</a>
        </p>
      </Notice>
    </div>
  )
}

function Trouble({ onRetry }: { onRetry: () => void }) {
  return (
    <div class="map__trouble" role="status">
      <span>{say(words.trouble)}</span>
      <Button small onClick={onRetry}>
        {say(words.retry)}
      </Button>
    </div>
  )
}

function Controls() {
  return (
    <div class="map__controls">
      <Button icon="add" iconOnly onClick={() => cityMap.value?.zoom(1)}>
        {say(words.zoomIn)}
      </Button>
      <Button icon="minus" iconOnly onClick={() => cityMap.value?.zoom(-1)}>
        {say(words.zoomOut)}
      </Button>
      <Layers hidden={view.value.hidden} hasBasemap={Boolean(settings.answer.value?.basemapStyleUrl)} onToggle={toggleLayer} />
      <Button
        icon="home"
        iconOnly
        onClick={() => {
          navigate({ camera: null }, { replace: true })
          const { bbox } = settings.answer.value ?? {}
          if (bbox) cityMap.value?.look({ box: bbox }, padding())
        }}
      >
        {say(words.whole)}
      </Button>
    </div>
  )
}
