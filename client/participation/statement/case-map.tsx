import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { getOverview, getSettings } from '../../../server/contract/portal.ts'
import type { StatementSheet } from '../../../server/contract/statements.ts'
import { call } from '../../api.ts'
import type { CityMap } from '../../map/map.ts'
import type { MapState } from '../../map/style.ts'
import { Button } from '../../ui/button.tsx'
import { Loaded, resource } from '../../ui/resource.tsx'
import { theme } from '../../ui/theme.ts'
import { boxOf, placeOverlay } from './case-overlay.ts'

const around = resource(async (_question: null, signal) => {
  const [settings, overview] = await Promise.all([call(getSettings, { signal }), call(getOverview, { query: {}, signal })])
  return { settings, overview }
})
type Around = NonNullable<(typeof around)['answer']['value']>

const padding = { top: 40, right: 40, bottom: 40, left: 40 }

/**
 * Search area and candidates on the city's own map. A background from elsewhere is loaded only when it is asked for: its server would
 * learn which place is looked at, and search areas are nobody else's business.
 */
export function CaseMap({ sheet }: { sheet: StatementSheet }) {
  useEffect(() => void around.ask(null), [])
  const [hasBackground, setBackground] = useState(false)
  if (!boxOf(sheet)) return null
  return (
    <section class="statement-map" aria-labelledby="karte">
      <h2 id="karte">Karte</h2>
      <Loaded from={around} skeleton={<div class="statement-map__canvas" />}>
        {(shown) => {
          const url = shown.settings.basemapStyleUrl
          return (
            <>
              <Canvas key={String(hasBackground)} sheet={sheet} around={shown} basemapUrl={hasBackground ? url : null} />
              {url && !hasBackground && (
                <p>
                  <Button small icon="map" onClick={() => setBackground(true)}>
                    {`Straßenkarte von ${new URL(url).hostname} laden`}
                  </Button>
                </p>
              )}
            </>
          )
        }}
      </Loaded>
      <p class="statement-muted" id="karte-beschreibung">
        Gestrichelt: der Suchkreis des Betreibers. Punkte: Standortkandidaten. Dieselben Angaben stehen unter „Der Vorgang“ und
        bei den Standorten.
      </p>
    </section>
  )
}

function Canvas({
  sheet,
  around: { settings, overview },
  basemapUrl,
}: {
  sheet: StatementSheet
  around: Around
  basemapUrl: string | null
}) {
  const container = useRef<HTMLDivElement>(null)
  const [map, setMap] = useState<CityMap | null>(null)
  const [hasFailed, setFailed] = useState(false)
  const state = useMemo((): MapState => {
    const { revision, asOf } = overview.clocks
    const labels = overview.districts.map(({ id, name, labelPoint }) => ({ id, name, word: '', point: labelPoint }))
    return {
      ...{ theme: theme.value, language: 'de', revision, asOf, knownAt: null, hidden: ['build_sections'], programme: null },
      ...{ selected: null, place: null, labels, overlay: placeOverlay(sheet, theme.value) },
    }
  }, [sheet, overview, theme.value])
  useEffect(() => {
    let made: CityMap | null = null
    let isGone = false
    const make = async () => {
      const { createMap } = await import('../../map/map.ts')
      if (isGone || !container.current) return
      made = createMap(container.current, {
        ...{ state, padding, basemapUrl, label: 'Karte mit Suchkreis und Standortkandidaten', describedBy: 'karte-beschreibung' },
        target: { box: boxOf(sheet) ?? settings.bbox },
        onSelect: () => undefined,
        onMove: () => undefined,
        onCredits: () => undefined,
        onTrouble: () => undefined,
      })
      setMap(made)
    }
    make().catch(() => setFailed(true))
    return () => {
      isGone = true
      made?.remove()
    }
  }, [])
  useEffect(() => map?.update(state), [map, state])
  return (
    <>
      <div ref={container} class="statement-map__canvas" data-map />
      {hasFailed && <p>Die Karte kann hier nicht gezeichnet werden; dieselben Angaben stehen darunter.</p>}
      {basemapUrl && settings.basemapAttribution && <p class="statement-muted">{settings.basemapAttribution}</p>}
    </>
  )
}
