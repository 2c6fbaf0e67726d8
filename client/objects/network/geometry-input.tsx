import { useEffect, useState } from 'preact/hooks'
import { lineKinds, measureLine, readGeometry } from '../../../server/contract/objects.ts'
import { Button } from '../../ui/button.tsx'
import { Disclosure } from '../../ui/disclosure.tsx'
import { TextArea } from '../../ui/field.tsx'
import { explain } from '../../ui/notice.tsx'
import { useKeyDown } from '../../ui/use-key-down.ts'
import { ask } from '../../workbench/staff.ts'
import { drawing, endDrawing, sketch } from './drawing.ts'
import type { ObjectForm } from './object-form.ts'
import type { Position } from './snapping.ts'
import { metres } from './words.ts'

interface Geometry {
  type: string
  coordinates: unknown
}

/** Course or location: drawn on the map, or pasted as text, which also works without a pointer. */
export function GeometryInput({ form, id }: { form: ObjectForm; id: string | null }) {
  const geometry = (form.input.typed.geom ?? null) as Geometry | null
  const isLine = (lineKinds as readonly string[]).includes(form.kind)
  const lengthM = useLength(isLine ? geometry : null)
  const isDrawing = sketch.value !== null
  const set = (positions: readonly Position[]) => form.set('geom', positions.length > 0 ? geometryOf(isLine, positions) : null)
  useUndoKeys(isDrawing)
  const begin = () => {
    sketch.value = {
      shape: isLine ? 'line' : 'point',
      start: geometry ? positionsOf(geometry) : null,
      id,
      onChange: (positions) => {
        if (positions.length >= (isLine ? 2 : 1)) set(positions)
      },
    }
  }
  return (
    <fieldset class="kern-fieldset geometry-field">
      <legend class="kern-label">{isLine ? 'Verlauf' : 'Lage'}</legend>
      <p role="status">{geometryWords(isLine, geometry, lengthM)}</p>
      {form.errorAt('geom') && (
        <p class="kern-error" role="alert">
          {form.errorAt('geom')}
        </p>
      )}
      <div class="fact-row__actions">
        {isDrawing ? (
          <>
            <Button look="secondary" small icon="check" onClick={endDrawing}>
              Zeichnen beenden
            </Button>
            <Button look="tertiary" small onClick={() => drawing.value?.undo()} aria-keyshortcuts="Control+Z">
              Schritt zurück
            </Button>
            <Button look="tertiary" small onClick={() => drawing.value?.redo()} aria-keyshortcuts="Control+Shift+Z">
              Schritt vor
            </Button>
            <Button look="tertiary" small icon="renew" onClick={() => drawing.value?.clear()}>
              Neu beginnen
            </Button>
          </>
        ) : (
          <Button look="secondary" small icon="edit" onClick={begin}>
            {geometry ? 'Auf der Karte ändern' : 'Auf der Karte zeichnen'}
          </Button>
        )}
      </div>
      {isDrawing && (
        <p class="kern-hint">
          {isLine
            ? 'Klicken Sie die Punkte der Linie nacheinander an, den letzten noch einmal (oder Eingabetaste). In der Nähe des Netzes rastet der Punkt ein. Danach lassen sich Ecken verschieben; ein Rechtsklick löscht eine.'
            : 'Klicken Sie die Stelle an. Danach lässt sich der Punkt verschieben.'}
        </p>
      )}
      <Disclosure summary="Als Text eingeben">
        <PastedText form={form} isLine={isLine} onGeometry={(next) => form.set('geom', next as never)} />
      </Disclosure>
    </fieldset>
  )
}

/** Ctrl+Z and Ctrl+Shift+Z, wherever the focus is but in a field, where they are the field's. */
function useUndoKeys(isDrawing: boolean): void {
  useKeyDown((event) => {
    const isInField = event.target instanceof Element && event.target.closest('input, textarea, select')
    if (!isDrawing || event.key.toLowerCase() !== 'z' || !(event.ctrlKey || event.metaKey) || isInField) return
    event.preventDefault()
    if (event.shiftKey) drawing.value?.redo()
    else drawing.value?.undo()
  })
}

function geometryOf(isLine: boolean, positions: readonly Position[]): { type: string; coordinates: unknown } {
  return isLine ? { type: 'LineString', coordinates: positions } : { type: 'Point', coordinates: positions[0] }
}

function positionsOf({ type, coordinates }: Geometry): readonly Position[] {
  return (type === 'Point' ? [coordinates] : coordinates) as readonly Position[]
}

function geometryWords(isLine: boolean, geometry: Geometry | null, lengthM: number | null): string {
  if (!geometry) return 'noch keine'
  if (!isLine) {
    const [longitude = 0, latitude = 0] = geometry.coordinates as number[]
    return `Punkt ${latitude.toFixed(5).replace('.', ',')} / ${longitude.toFixed(5).replace('.', ',')}`
  }
  const corners = `${(geometry.coordinates as unknown[]).length} Punkte`
  return lengthM === null ? corners : `${metres(lengthM)}, ${corners}`
}

/** Length in EPSG:25832, asked of the server while drawing: the same number that counts later. */
function useLength(geometry: Geometry | null): number | null {
  const [lengthM, setLengthM] = useState<number | null>(null)
  const text = geometry ? JSON.stringify(geometry) : null
  useEffect(() => {
    if (text === null) {
      setLengthM(null)
      return
    }
    const aborter = new AbortController()
    const timer = setTimeout(() => {
      ask(measureLine, { body: { geom: JSON.parse(text) }, signal: aborter.signal })
        .then((answer) => setLengthM(answer.lengthM))
        .catch(() => setLengthM(null))
    }, 150)
    return () => {
      clearTimeout(timer)
      aborter.abort()
    }
  }, [text])
  return lengthM
}

interface PastedTextProps {
  form: ObjectForm
  isLine: boolean
  onGeometry: (geometry: unknown) => void
}

function PastedText({ form, isLine, onGeometry }: PastedTextProps) {
  const [text, setText] = useState('')
  const [outcome, setOutcome] = useState<{ text: string; isError: boolean } | null>(null)
  const take = async () => {
    try {
      const { geometry, crs } = await ask(readGeometry, { body: { kind: form.kind, text } })
      onGeometry(geometry)
      setOutcome({ text: `Übernommen, gelesen als ${crs}.`, isError: false })
    } catch (error) {
      setOutcome({ text: explain(error), isError: true })
    }
  }
  return (
    <div class="geojson-input">
      <TextArea
        label={isLine ? 'Linie als Text' : 'Punkt als Text'}
        optional
        hint={`Koordinaten (eine Zeile je Punkt, z. B. „359012,5 5654321,0“), WKT oder GeoJSON. ETRS89/UTM, Grad und Gauß-Krüger werden erkannt.`}
        value={text}
        rows={4}
        error={outcome?.isError ? outcome.text : undefined}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      {outcome && !outcome.isError && <p role="status">{outcome.text}</p>}
      <Button look="secondary" small disabled={text.trim() === ''} onClick={() => void take()}>
        Text übernehmen
      </Button>
    </div>
  )
}
