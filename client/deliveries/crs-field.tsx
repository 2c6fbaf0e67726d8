import { useMemo } from 'preact/hooks'
import type { DeliveryTable } from '../../server/contract/deliveries.ts'
import { SelectField } from '../ui/field.tsx'
import type { DifferenceData } from './difference-layers.ts'
import { MapCanvas } from './map-canvas.tsx'
import type { MappingForm } from './use-mapping.ts'

/** The systems deliveries come in, with what tells them apart. */
const systems: readonly { value: string; label: string }[] = [
  { value: '25832', label: 'ETRS89 / UTM 32N (EPSG:25832): Ostwert 6-stellig, etwa 360000' },
  { value: '4647', label: 'ETRS89 / UTM 32N mit führender 32 (EPSG:4647): etwa 32360000' },
  { value: '4326', label: 'WGS 84, Grad (EPSG:4326): GPS, etwa 7,0 und 51,0' },
  { value: '4258', label: 'ETRS89, Grad (EPSG:4258): etwa 7,0 und 51,0' },
  { value: '3857', label: 'Web-Mercator (EPSG:3857): etwa 780000 und 6620000' },
  { value: '31466', label: 'Gauß-Krüger Zone 2 (EPSG:31466): Rechtswert etwa 2570000' },
  { value: '31467', label: 'Gauß-Krüger Zone 3 (EPSG:31467): Rechtswert etwa 3360000' },
]

const how = { declared: 'steht in der Datei', recognised: 'an den Werten erkannt', asked: 'von Ihnen gewählt' } as const

/** In which system the coordinates are: asked only when the file does not say and the values do not show it. */
export function CrsField({ table, form }: { table: DeliveryTable; form: MappingForm }) {
  const { typed, set, errorAt } = form
  const { crs, needsCrs } = table
  if (!crs && !needsCrs) return null
  const known = systems.find(({ value }) => value === String(crs?.epsg))
  return (
    <div class="delivery-step">
      {crs && (
        <p>
          Koordinatensystem: {known?.label ?? `EPSG:${crs.epsg}`} <span class="muted">({how[crs.how]})</span>
        </p>
      )}
      {crs?.isSwapped && (
        <p class="mark mark--overdue">
          In der Datei steht der Nordwert vor dem Ostwert (oder Breite vor Länge). Die beiden sind für Sie getauscht; auf der
          Karte muss die Lieferung in der Stadt liegen.
        </p>
      )}
      {needsCrs && (
        <SelectField
          label="Koordinatensystem"
          hint="Die Datei nennt keines, und die Werte passen zu mehreren. Vergleichen Sie die Größe der Werte in der Vorschau."
          value={typed.crs}
          error={errorAt('crs')}
          options={[{ value: '', label: 'Bitte wählen' }, ...systems]}
          onChange={(event) => set({ crs: event.currentTarget.value })}
        />
      )}
      {needsCrs && typed.crs !== '' && <WhereItLies table={table} epsg={Number(typed.crs)} />}
    </div>
  )
}

/** The first rows on the map, if the chosen system is the right one. */
function WhereItLies({ table, epsg }: { table: DeliveryTable; epsg: number }) {
  const place = table.places.find((one) => one.epsg === epsg)
  const data = useMemo(
    (): DifferenceData => ({
      type: 'FeatureCollection',
      features: (place?.points ?? []).map((coordinates, row) => ({
        type: 'Feature',
        properties: { judgement: 'new', row },
        geometry: { type: 'Point', coordinates },
      })),
    }),
    [place],
  )
  if (!place) {
    return (
      <p class="mark mark--stale" role="status">
        In diesem System liegt die Lieferung nicht in Nordrhein-Westfalen. Bitte wählen Sie ein anderes.
      </p>
    )
  }
  return (
    <>
      <p role="status">So läge die Lieferung. Stimmt der Ort?</p>
      <MapCanvas label="Karte: Lage der Lieferung im gewählten Koordinatensystem" data={data} box={place.bounds} />
    </>
  )
}
