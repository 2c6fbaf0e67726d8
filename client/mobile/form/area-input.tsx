import { useEffect, useState } from 'preact/hooks'
import { Button } from '../../ui/button.tsx'
import { Disclosure } from '../../ui/disclosure.tsx'
import { RadioGroup } from '../../ui/field.tsx'
import { FieldInput } from '../../workbench/form/field-input.tsx'
import { declarationOf } from '../../workbench/form/values.ts'
import { type Geometry, type Position, ringsOf } from '../../workbench/map/geometry.ts'
import { flat } from '../circle.ts'
import { drawing, freeMap, sketch } from '../site-map.tsx'
import { Around } from './around.tsx'
import { PlaceInput } from './place-input.tsx'
import { PolygonText } from './polygon-text.tsx'
import type { RecordForm } from './record-form.ts'

const usualRadiusM = '300'

/** The search area: a circle by centre and radius, or an area by its corners; drawn, or typed, which also works without a pointer. */
export function AreaInput({ form, requestId }: { form: RecordForm; requestId: string | null }) {
  const geometry = (form.input.typed.geom ?? null) as Geometry | null
  const [shape, setShape] = useState<'circle' | 'polygon'>(geometry?.type === 'Polygon' ? 'polygon' : 'circle')
  useEffect(() => freeMap, [])
  const choose = (next: string) => {
    freeMap()
    setShape(next === 'polygon' ? 'polygon' : 'circle')
    if (next === 'polygon') form.set('radiusM', '')
    form.set('geom', null)
  }
  return (
    <fieldset class="kern-fieldset record-group" data-field="geom">
      <legend class="record-group__title">Suchkreis</legend>
      <RadioGroup
        legend="Form"
        name="form-des-suchkreises"
        value={shape}
        options={[
          { value: 'circle', label: 'Kreis' },
          { value: 'polygon', label: 'Fläche mit Ecken' },
        ]}
        onChoose={choose}
      />
      {shape === 'circle' ? (
        <CircleInput form={form} geometry={geometry} requestId={requestId} />
      ) : (
        <PolygonInput form={form} geometry={geometry} />
      )}
      {geometry && (
        <p>
          <Button
            look="tertiary"
            small
            icon="remove"
            onClick={() => {
              freeMap()
              form.set('geom', null)
              form.set('radiusM', '')
            }}
          >
            Suchkreis entfernen
          </Button>
        </p>
      )}
    </fieldset>
  )
}

interface ShapeProps {
  form: RecordForm
  geometry: Geometry | null
}

function CircleInput({ form, geometry, requestId }: ShapeProps & { requestId: string | null }) {
  const center = geometry?.type === 'Point' ? flat(geometry.coordinates) : null
  const radius = form.reading.content.radiusM
  const field = declarationOf(form.kind).fields.radiusM
  const setCenter = (position: Position) => {
    form.set('geom', { type: 'Point', coordinates: position })
    if (!form.input.typed.radiusM) form.set('radiusM', usualRadiusM)
  }
  const draw = () => {
    sketch.value = {
      shape: 'circle',
      start: center && typeof radius === 'number' && radius > 0 ? { center, radiusM: radius } : null,
      onChange: (circle) => {
        form.set('geom', { type: 'Point', coordinates: circle.center })
        form.set('radiusM', String(circle.radiusM))
      },
    }
  }
  return (
    <>
      <PlaceInput label="Mittelpunkt" point={center} error={form.errorAt('geom')} onChange={setCenter} />
      {center && <Around point={center} requestId={requestId} />}
      <div class="form-grid">{field && <FieldInput form={form} name="radiusM" field={field} />}</div>
      <Sketching
        begin={draw}
        label={center ? 'Kreis auf der Karte ändern' : 'Kreis auf der Karte ziehen'}
        hint="Klicken Sie die Mitte an, dann den Rand. Danach lässt sich der Kreis verschieben und am Rand größer oder kleiner ziehen."
      />
    </>
  )
}

function PolygonInput({ form, geometry }: ShapeProps) {
  const rings = geometry?.type === 'Polygon' ? ringsOf(geometry) : null
  const error = form.errorAt('geom')
  const draw = () => {
    sketch.value = {
      shape: 'polygon',
      start: rings,
      onChange: (next) => form.set('geom', { type: 'Polygon', coordinates: next }),
    }
  }
  return (
    <>
      <p role="status">{rings ? `Fläche mit ${(rings[0]?.length ?? 1) - 1} Ecken` : 'Noch keine Fläche.'}</p>
      {error && (
        <p class="kern-error" role="alert">
          {error}
        </p>
      )}
      <Sketching
        begin={draw}
        label={rings ? 'Fläche auf der Karte ändern' : 'Fläche auf der Karte zeichnen'}
        hint="Klicken Sie die Ecken nacheinander an, zum Schluss noch einmal die erste. Danach lassen sich die Ecken verschieben; ein Rechtsklick löscht eine."
      />
      <Disclosure summary="Fläche als Text eingeben">
        <PolygonText onPolygon={(polygon) => form.set('geom', polygon)} />
      </Disclosure>
    </>
  )
}

function Sketching({ begin, label, hint }: { begin: () => void; label: string; hint: string }) {
  if (!sketch.value)
    return (
      <p>
        <Button look="secondary" small icon="edit" onClick={begin}>
          {label}
        </Button>
      </p>
    )
  return (
    <>
      <div class="fact-row__actions">
        <Button look="secondary" small icon="check" onClick={freeMap}>
          Zeichnen beenden
        </Button>
        <Button look="tertiary" small icon="renew" onClick={() => drawing.value?.clear()}>
          Neu beginnen
        </Button>
      </div>
      <p class="kern-hint">{hint}</p>
    </>
  )
}
