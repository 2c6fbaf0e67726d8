import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { Credits } from '../map/credits.tsx'
import { Layers, Legend } from '../map/legend.tsx'
import { Button } from '../ui/button.tsx'
import { say } from '../ui/language.ts'
import { Notice } from '../ui/notice.tsx'
import { overview, settings } from './data.ts'
import { cityMap, padding, startMap } from './map-start.ts'
import { mapTask } from './map-task.ts'
import { isNarrow } from './sheet.tsx'
import { texts } from './texts.ts'
import { addressTo, navigate, page, topic, view } from './view.ts'

const words = {
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

const none: readonly string[] = []

export function MapView() {
  const container = useRef<HTMLDivElement>(null)
  const failed = useSignal(false)
  const hasTrouble = useSignal(false)
  const credits = useSignal<readonly string[]>([])
  const withheld = mapTask.value?.withheld() ?? none
  const isReady = overview.answer.value !== null && settings.answer.value !== null
  useEffect(() => {
    if (!isReady || !container.current) return
    let stop: (() => void) | undefined
    let isGone = false
    startMap(
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
    ...(mapTask.value?.credits?.() ?? none),
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
      <Legend isFolded={isNarrow.value} topic={topic.value} hidden={[...view.value.hidden, ...withheld]} />
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
      <Button icon="add" iconOnly onClick={(event) => cityMap.value?.zoom(1, event)}>
        {say(words.zoomIn)}
      </Button>
      <Button icon="minus" iconOnly onClick={(event) => cityMap.value?.zoom(-1, event)}>
        {say(words.zoomOut)}
      </Button>
      {page.value.kind !== 'dead_zone' && (
        <Layers
          topic={topic.value}
          withheld={mapTask.value?.withheld() ?? none}
          hidden={view.value.hidden}
          hasBasemap={Boolean(settings.answer.value?.basemapStyleUrl)}
          onToggle={toggleLayer}
        />
      )}
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
