import { currentFacts, useFacts } from '../../workbench/data.ts'
import { addressWith, go, place } from '../../workbench/place.ts'
import { FactPanel } from '../fact-panel.tsx'
import { FactRows } from '../fact-rows.tsx'
import { GeoJsonImport } from '../import/geojson-import.tsx'
import { addressOfOpened, type Opened, readOpened } from '../opened.ts'

/** The districts' boundaries: replaced by the city's own file, all at once, or looked at one by one. */
export function BoundariesPage() {
  useFacts('district_boundary')
  const opened = readOpened(place.value.query.get('angabe'), () => ({}))
  const open = (next: Opened) => go(addressWith({ angabe: addressOfOpened(next) }))
  const close = () => go(addressWith({ angabe: null }))
  if (opened) {
    return (
      <div class="page">
        <h1>Stadtteilgrenzen</h1>
        <FactPanel key={addressOfOpened(opened)} opened={opened} onClose={close} />
      </div>
    )
  }
  return (
    <div class="page">
      <h1>Stadtteilgrenzen</h1>
      <p>
        Das Produkt beginnt mit vereinfachten, nicht amtlichen Grenzen. Mit der GeoJSON-Datei der Stadt werden sie ersetzt: Die
        Datei wird je Stadtteil geprüft, daraus entstehen Entwürfe, und erst die Veröffentlichung ändert die Karte.
      </p>
      <GeoJsonImport kind="district_boundary" />
      <FactRows
        kind="district_boundary"
        title="Geltende Grenzen"
        facts={currentFacts('district_boundary')}
        empty={<p>Noch keine Grenzen.</p>}
        onOpen={open}
      />
    </div>
  )
}
