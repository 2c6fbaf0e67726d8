import { useSignal } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { cornersOf, type LonLat } from '../../../server/contract/inspire-grid.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { say } from '../../ui/language.ts'
import { announce } from '../../ui/toast.tsx'
import { cityMap, padding } from '../map-start.ts'
import { type Hit, SearchField } from '../search.tsx'
import { isNarrow, setSheet } from '../sheet.tsx'
import { cell, choosePlace, districts, type Finding, finding, movePlace } from './report.ts'
import { words } from './report-words.ts'

const hasPoint = ({ point }: Hit) => point !== null
/** From here on a place found by the device is worth a second look. */
const impreciseM = 75

/** Where it was: by search, by the device, on the map or by the keyboard; and what of it will be kept. */
export function PlaceFields({ error }: { error: string | undefined }) {
  const trouble = useSignal('')
  const choose = (place: LonLat, how: Finding) => {
    trouble.value = ''
    choosePlace(place, how)
    lookAtCell()
  }
  return (
    <fieldset class="kern-fieldset report__place" aria-describedby={error && 'report-place-error'}>
      <legend class="kern-label">{say(words.where)}</legend>
      <SearchField
        label={say(words.search)}
        placeholder={say(words.placeholder)}
        accepts={hasPoint}
        onChoose={({ name, point }) => point && choose(point, { by: 'search', name })}
      />
      <div class="report__ways">
        <DeviceButton onFound={choose} onTrouble={(text) => (trouble.value = text)} />
        {cityMap.value && <MapButton onFound={choose} />}
      </div>
      {cityMap.value && <p class="muted">{say(words.tap)}</p>}
      <p role="status" class="report__trouble">
        {trouble.value}
      </p>
      <Kept />
      {error && (
        <p class="kern-error" id="report-place-error" role="alert">
          <Icon name="danger" small />
          <span class="kern-body">{error}</span>
        </p>
      )}
    </fieldset>
  )
}

/** Shows the square with the streets around it, at once: the address of the page does not follow. */
function lookAtCell(): void {
  if (!cell.peek()) return
  const [[west, south], , [east, north]] = cornersOf(cell.peek() ?? '')
  const margin = 0.003
  cityMap.peek()?.look({ box: [west - margin, south - margin, east + margin, north + margin] }, padding())
}

type Ways = { onFound: (place: LonLat, how: Finding) => void }

/** Asks the device, only when somebody says so. */
function DeviceButton({ onFound, onTrouble }: Ways & { onTrouble: (text: string) => void }) {
  const isAsking = useSignal(false)
  const locate = () => {
    isAsking.value = true
    announce(say(words.locating))
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        isAsking.value = false
        onFound([coords.longitude, coords.latitude], { by: 'device', accuracyM: Math.round(coords.accuracy) })
      },
      ({ code }) => {
        isAsking.value = false
        onTrouble(say(code === 1 ? words.refused : words.unknown))
      },
      { enableHighAccuracy: true, timeout: 20_000, maximumAge: 60_000 },
    )
  }
  if (!('geolocation' in navigator)) return null
  return (
    <Button look="secondary" small icon="place" disabled={isAsking.value} onClick={locate}>
      {say(isAsking.value ? words.locating : words.device)}
    </Button>
  )
}

/** The middle of the map, for those who move it by keys; on a narrow screen the map comes into sight first. */
function MapButton({ onFound }: Ways) {
  const takeMiddle = () => {
    const map = cityMap.peek()?.map
    if (!map) return
    const { bottom } = padding()
    const { width, height } = map.getContainer().getBoundingClientRect()
    const { lng, lat } = map.unproject([width / 2, (height - (isNarrow.peek() ? bottom : 0)) / 2])
    onFound([lng, lat], { by: 'map' })
  }
  return (
    <>
      {isNarrow.value && (
        <Button look="secondary" small icon="map" onClick={() => setSheet('low')}>
          {say(words.onMap)}
        </Button>
      )}
      <Button look="secondary" small onClick={takeMiddle}>
        {say(words.middle)}
      </Button>
    </>
  )
}

const directions = [
  { name: 'north', icon: 'up', east: 0, north: 1 },
  { name: 'south', icon: 'down', east: 0, north: -1 },
  { name: 'west', icon: 'left', east: -1, north: 0 },
  { name: 'east', icon: 'right', east: 1, north: 0 },
] as const

function Kept() {
  const known = districts.value
  const box = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    if (known) announce(keptText())
  }, [known])
  // Whoever has tapped on the map sees what came of it.
  useLayoutEffect(() => {
    if (cell.value && isNarrow.peek()) box.current?.scrollIntoView({ block: 'nearest' })
  }, [cell.value])
  return (
    <div class="report__kept" ref={box} data-cell={cell.value ?? undefined}>
      <p>
        <strong>{say(words.kept)}</strong>
      </p>
      <p>{keptText()}</p>
      {findingText() && <p>{findingText()}</p>}
      {cell.value && (
        <fieldset class="report__move">
          <legend>{say(words.move)}</legend>
          {directions.map(({ name, icon, east, north }) => (
            <Button
              key={name}
              look="secondary"
              icon={icon}
              iconOnly
              onClick={() => {
                movePlace(east, north)
                lookAtCell()
              }}
            >
              {say(words[name])}
            </Button>
          ))}
        </fieldset>
      )}
    </div>
  )
}

function keptText(): string {
  if (!cell.value) return say(words.noPlace)
  if (districts.value === null) return say(words.squareSomewhere)
  return districts.value.length > 0 ? say(words.square)(districts.value.join(say(words.or))) : say(words.outside)
}

function findingText(): string {
  const how = finding.value
  if (how?.by === 'search') return say(words.middleOf)(how.name)
  return how?.by === 'device' && how.accuracyM > impreciseM ? say(words.imprecise)(how.accuracyM) : ''
}
