import { useEffect, useRef, useState } from 'preact/hooks'
import type { CityMap } from '../../map/map.ts'
import { Button } from '../../ui/button.tsx'
import { Disclosure } from '../../ui/disclosure.tsx'
import { TextArea } from '../../ui/field.tsx'
import { overview } from '../data.ts'
import { boxOf, describeGeometry, type Geometry, readGeometry, ringsOf } from '../map/geometry.ts'
import { StaffMap } from '../map/staff-map.tsx'
import type { FieldInputProps } from './field-input.tsx'
import type { TypedValue } from './values.ts'

/** An area: drawn on the map, or from a GeoJSON file or text (which also works without a pointer). */
export function GeometryField({ form, name, field }: FieldInputProps) {
  const [isDrawing, setDrawing] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const geometry = (form.input.typed[name] ?? null) as Geometry | null
  const error = problem ?? form.errorAt(name)
  const set = (next: Geometry | null) => {
    setProblem(null)
    form.set(name, next as TypedValue)
  }
  const read = (text: string) => {
    const reading = readGeometry(text)
    if (reading.ok) set(reading.geometry)
    else setProblem(reading.reason)
  }
  return (
    <fieldset class="kern-fieldset geometry-field">
      <legend class="kern-label">{field.label.de}</legend>
      <p>{geometry ? describeGeometry(geometry) : (field.hint?.de ?? 'noch keine')}</p>
      {error && (
        <p class="kern-error" role="alert">
          {error}
        </p>
      )}
      <div class="fact-row__actions">
        <Button look="secondary" small icon="edit" aria-expanded={isDrawing} onClick={() => setDrawing(!isDrawing)}>
          {isDrawing ? 'Karte schließen' : 'Auf der Karte zeichnen'}
        </Button>
        {geometry && (
          <Button look="tertiary" small icon="remove" onClick={() => set(null)}>
            Entfernen
          </Button>
        )}
      </div>
      {isDrawing && <DrawingMap geometry={geometry} districtId={form.input.typed.districtId} onChange={set} />}
      <Disclosure summary="Aus GeoJSON übernehmen">
        <GeoJsonInput onText={read} />
      </Disclosure>
    </fieldset>
  )
}

interface DrawingMapProps {
  geometry: Geometry | null
  districtId: TypedValue | undefined
  onChange: (geometry: Geometry | null) => void
}

/** The drawing library comes only when somebody draws. Esc gives up a begun polygon; it does not leave the form. */
function DrawingMap({ geometry, districtId, onChange }: DrawingMapProps) {
  const [map, setMap] = useState<CityMap | null>(null)
  const clear = useRef<() => void>(() => undefined)
  const start = useRef(geometry)
  useEffect(() => {
    if (!map) return
    let stop: () => void = () => undefined
    let isGone = false
    const begin = async () => {
      const { startDrawing } = await import('../map/draw.ts')
      if (isGone) return
      const drawing = startDrawing(map.map, ringsOf(start.current), (rings) =>
        onChange(rings ? { type: 'Polygon', coordinates: rings } : null),
      )
      clear.current = drawing.clear
      stop = drawing.stop
    }
    map.map.once('idle', () => void begin())
    return () => {
      isGone = true
      stop()
    }
  }, [map])
  const district = overview.answer.value?.districts.find(({ id }) => id === districtId)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only keeps Esc inside the drawing.
    <div class="drawing" onKeyDown={(event) => event.key === 'Escape' && event.stopPropagation()}>
      <p class="kern-hint">
        Klicken Sie die Ecken nacheinander an, zum Schluss noch einmal die erste. Danach lassen sich die Ecken verschieben; ein
        Rechtsklick löscht eine Ecke.
      </p>
      <StaffMap
        label="Karte zum Zeichnen der Fläche"
        programme={null}
        selected={typeof districtId === 'string' ? districtId : null}
        box={start.current ? boxOf(start.current) : (district?.bbox ?? null)}
        onMap={setMap}
      />
      <Button look="tertiary" small icon="renew" onClick={() => clear.current()}>
        Neu beginnen
      </Button>
    </div>
  )
}

/** Text or file with one geometry, in degrees (WGS84). */
function GeoJsonInput({ onText }: { onText: (text: string) => void }) {
  const [text, setText] = useState('')
  return (
    <div class="geojson-input">
      <label class="file-label">
        GeoJSON-Datei mit einer Fläche
        <input
          type="file"
          accept=".geojson,.json,application/geo+json"
          onChange={(event) => void event.currentTarget.files?.[0]?.text().then(onText)}
        />
      </label>
      <TextArea
        label="oder als Text"
        optional
        hint='z. B. {"type":"Polygon","coordinates":[…]}, Länge und Breite in Grad'
        value={text}
        rows={4}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <Button look="secondary" small disabled={text.trim() === ''} onClick={() => onText(text)}>
        Übernehmen
      </Button>
    </div>
  )
}
