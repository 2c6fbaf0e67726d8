import type { LegendEntry, Topic } from '../../server/contract/layers/layer.ts'
import { Icon } from '../ui/icon.tsx'
import { say } from '../ui/language.ts'
import { Swatch } from '../ui/phase.tsx'
import { drawnLayers } from './style.ts'

const words = {
  legend: { de: 'Legende', en: 'Legend' },
  layers: { de: 'Ebenen', en: 'Layers' },
  point: { de: 'Lage bekannt, Ausdehnung nicht', en: 'location known, extent not' },
  basemap: { de: 'Hintergrundkarte', en: 'Background map' },
}

interface LegendProps {
  isFolded: boolean
  topic?: Topic
  /** Layers that are not drawn. */
  hidden?: readonly string[]
}

/** What colours, patterns and points mean, from the declarations of the layers. A strip below the map, or folded on narrow screens. */
export function Legend({ isFolded, topic = 'fibre', hidden = [] }: LegendProps) {
  const drawn = drawnLayers(topic).filter(({ id }) => !hidden.includes(id))
  const content = (
    <>
      {drawn.map((layer) => layer.legend && <Entries key={layer.id} entries={layer.legend} />)}
      {topic === 'fibre' && (
        <p class="legend__hint">
          <span class="legend__point" aria-hidden="true" />
          {say(words.point)}
        </p>
      )}
    </>
  )
  return isFolded ? (
    <details class="legend legend--folded">
      <summary class="map-button">{say(words.legend)}</summary>
      <div class="legend__body">{content}</div>
    </details>
  ) : (
    <section class="legend legend--strip" aria-label={say(words.legend)}>
      {content}
    </section>
  )
}

export function Entries({ entries }: { entries: readonly LegendEntry[] }) {
  return (
    <ul class="legend__entries">
      {entries.map((entry) => (
        <li key={entry.label.de}>
          <Swatch look={entry} />
          {say(entry.label)}
        </li>
      ))}
    </ul>
  )
}

interface LayersProps {
  topic?: Topic
  /** Layers the page does not show anyway. */
  withheld?: readonly string[]
  hidden: readonly string[]
  hasBasemap: boolean
  onToggle: (layer: string) => void
}

/** Which layers are drawn. */
export function Layers({ topic = 'fibre', withheld = [], hidden, hasBasemap, onToggle }: LayersProps) {
  const switches = [
    ...drawnLayers(topic)
      .filter(({ id }) => !withheld.includes(id))
      .map((layer) => ({ id: layer.id, label: say(layer.title) })),
    ...(hasBasemap ? [{ id: 'basemap', label: say(words.basemap) }] : []),
  ]
  return (
    <details class="layers">
      <summary class="map-button" title={say(words.layers)}>
        <Icon name="layers" />
        <span class="kern-sr-only">{say(words.layers)}</span>
      </summary>
      <fieldset class="layers__body">
        <legend>{say(words.layers)}</legend>
        {switches.map(({ id, label }) => (
          <label key={id} class="layers__switch">
            <input type="checkbox" checked={!hidden.includes(id)} onChange={() => onToggle(id)} />
            {label}
          </label>
        ))}
      </fieldset>
    </details>
  )
}
