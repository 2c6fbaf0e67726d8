import { useState } from 'preact/hooks'
import { Button } from '../../ui/button.tsx'
import { TextArea } from '../../ui/field.tsx'
import { readGeometry } from '../../workbench/map/geometry.ts'
import { type Polygon, readCorners } from './corners.ts'

/** Corners as "Breite Länge" a line, or GeoJSON. */
export function PolygonText({ onPolygon }: { onPolygon: (polygon: Polygon) => void }) {
  const [text, setText] = useState('')
  const [error, setError] = useState<string | undefined>()
  const take = () => {
    const reading = text.trim().startsWith('{') ? readGeometry(text) : readCorners(text)
    if (!reading.ok) setError(reading.reason)
    else if (reading.geometry.type !== 'Polygon') setError('Gebraucht wird eine einzelne Fläche.')
    else {
      setError(undefined)
      onPolygon(reading.geometry)
    }
  }
  return (
    <div class="geojson-input">
      <TextArea
        label="Ecken oder GeoJSON"
        optional="silent"
        hint="Eine Ecke je Zeile, Breite und Länge in Grad, z. B. „51,034 6,988“; oder eine Fläche als GeoJSON"
        value={text}
        rows={4}
        error={error}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <Button look="secondary" small disabled={text.trim() === ''} onClick={take}>
        Fläche übernehmen
      </Button>
    </div>
  )
}
