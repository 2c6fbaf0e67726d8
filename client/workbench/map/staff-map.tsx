import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { phases } from '../../../server/contract/codes.ts'
import type { Box, CityMap } from '../../map/map.ts'
import type { MapLabel, MapState, Overlay } from '../../map/style.ts'
import { Failure } from '../../ui/notice.tsx'
import { theme } from '../../ui/theme.ts'
import { type Overview, overview, type Settings, settings } from '../data.ts'

const padding = { top: 24, right: 24, bottom: 24, left: 24 }
/** Around a district its neighbours are to be seen. */
const neighbourhood = 0.8

const noneHidden: readonly string[] = []

interface StaffMapProps {
  /** What the map is for, read out with it. */
  label: string
  programme: string | null
  /** District with the strong outline. */
  selected: string | null
  /** Where to look; null: the whole city. */
  box: Box | null
  /** What the page draws over the public content. */
  overlay?: Overlay
  /** Ids of public layers that are not drawn. */
  hidden?: readonly string[]
  onSelect?: (districtId: string) => void
  /** Told of the map when it is there, null when it goes. */
  onMap?: (map: CityMap | null) => void
}

/** The map of the workbench: the public content of now. It comes after the rest of the page; list and form work without it. */
export function StaffMap(props: StaffMapProps) {
  const [given, shown] = [settings.answer.value, overview.answer.value]
  return (
    <div class="staff-map">
      {settings.error.value !== null && <Failure error={settings.error.value} retry={settings.again} />}
      {given && shown && <Canvas {...props} settings={given} overview={shown} />}
    </div>
  )
}

function Canvas(props: StaffMapProps & { settings: Settings; overview: Overview }) {
  const { programme, selected, overview: shown, label, box, overlay, hidden = noneHidden } = props
  const container = useRef<HTMLDivElement>(null)
  const latest = useRef(props)
  latest.current = props
  const [map, setMap] = useState<CityMap | null>(null)
  const [credits, setCredits] = useState<readonly string[]>([])
  const [error, setError] = useState<unknown>(null)
  const state = useMemo(
    () => ({ ...mapState(shown, programme, selected), hidden, overlay }),
    [theme.value, shown, programme, selected, overlay, hidden.join()],
  )
  const target = { box: box ? widened(box) : props.settings.bbox }

  useEffect(() => {
    let made: CityMap | null = null
    let isGone = false
    const make = async () => {
      const { createMap } = await import('../../map/map.ts')
      if (isGone || !container.current) return
      made = createMap(container.current, {
        state,
        target,
        padding,
        basemapUrl: props.settings.basemapStyleUrl,
        label,
        describedBy: 'staff-map-credits',
        onSelect: (districtId) => latest.current.onSelect?.(districtId),
        onMove: () => undefined,
        onCredits: setCredits,
        onTrouble: () => undefined,
      })
      setMap(made)
      latest.current.onMap?.(made)
    }
    make().catch(setError)
    return () => {
      isGone = true
      latest.current.onMap?.(null)
      made?.remove()
    }
  }, [])
  useEffect(() => map?.update(state), [map, state])
  useEffect(() => map?.look(target, padding), [map, target.box.join()])

  return (
    <>
      <div ref={container} class="staff-map__canvas" data-map />
      {error !== null && <Failure error={error} />}
      <p class="staff-map__credits" id="staff-map-credits">
        {credits.length > 0 ? `Karte: ${credits.join(', ')}` : 'Dieselben Angaben stehen in der Liste.'}
      </p>
    </>
  )
}

function widened([west, south, east, north]: Box): Box {
  const [x, y] = [((east - west) * neighbourhood) / 2, ((north - south) * neighbourhood) / 2]
  return [west - x, south - y, east + x, north + y]
}

function mapState(shown: Overview, programme: string | null, selected: string | null): MapState {
  return {
    theme: theme.peek(),
    language: 'de',
    revision: shown.clocks.revision,
    asOf: shown.clocks.asOf,
    knownAt: null,
    hidden: [],
    programme,
    selected,
    labels: labelsOf(shown, programme),
    place: null,
  }
}

function labelsOf({ districts, sections }: Overview, programme: string | null): MapLabel[] {
  return districts.map(({ id, name, labelPoint }) => {
    const whole = sections.find(
      (section) => section.districtId === id && section.programmeId === programme && section.wholeDistrict,
    )
    return { id, name, word: whole ? phases.labels[whole.phase].de : '', point: labelPoint }
  })
}
