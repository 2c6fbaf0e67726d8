import { formatNumber, formatPercent } from '../../contract/numbers.ts'
import { areaIsSound, outsideCity } from './area.ts'
import { type Case, type Remark, type Rule, refuse, warn } from './remark.ts'

type BoundaryCase = Case<'district_boundary'>

const plausibleKm2 = { least: 0.5, most: 50 }
const toleratedOverlap = 0.02

/** Impossible: a point, a broken geometry, or one more than a kilometre beyond the city as it is known. */
function* isAreaOfCity({ area }: BoundaryCase): Iterable<Remark> {
  if (!area) return
  yield* areaIsSound(area)
  if (!area.measures) return
  if (area.measures.isPoint) yield refuse('geom', 'Eine Stadtteilgrenze ist eine Fläche, kein Punkt.')
  else if (area.measures.beyondCity === 'far') yield outsideCity(area)
}

/** Implausible: beyond the city's boundary by more than generalising explains. */
function* staysInCity({ area }: BoundaryCase): Iterable<Remark> {
  if (area?.measures?.beyondCity === 'near')
    yield warn('beyond-city', 'geom', 'Die Fläche reicht mehr als 200 m über die bisherige Stadtgrenze hinaus.')
}

/** Implausible: an area no district has, or far from what it was. */
function* sizePlausible({ area }: BoundaryCase): Iterable<Remark> {
  if (!area?.measures || area.measures.isPoint) return
  const km2 = area.measures.areaM2 / 1e6
  const text = `${formatNumber(km2, 'de', 2)} km²`
  if (km2 < plausibleKm2.least || km2 > plausibleKm2.most)
    yield warn('implausible-area', 'geom', `Der Stadtteil wäre ${text} groß.`)
  const before = area.measures.areaBeforeM2
  if (before !== null && Math.abs(area.measures.areaM2 - before) > before / 5) {
    yield warn(
      'area-changed',
      'geom',
      `Die Fläche ändert sich um mehr als ein Fünftel: ${formatNumber(before / 1e6, 'de', 2)} km² → ${text}.`,
    )
  }
}

/** Implausible: two districts on the same ground. */
function* noOverlap({ area }: BoundaryCase): Iterable<Remark> {
  for (const { name, share } of area?.measures?.overlaps ?? []) {
    if (share <= toleratedOverlap) continue
    yield warn('overlap', 'geom', `${formatPercent(share * 100, 'de')} der Fläche gehören auch zu ${name}.`)
  }
}

/** Implausible: the district's own label would stand outside it; mostly two names were mixed up. */
function* containsLabel({ area }: BoundaryCase): Iterable<Remark> {
  if (area?.measures?.containsLabel === false)
    yield warn('label-outside', 'geom', 'Die Mitte des Stadtteils liegt nicht in dieser Fläche. Ist der Name richtig?')
}

/** Implausible: a simplified boundary where there is an official one, which stays in force. */
function* staysOfficial({ content, before }: BoundaryCase): Iterable<Remark> {
  if (!before?.content.official || content.official) return
  yield warn('official-stays', 'official', 'Es gibt schon eine amtliche Grenze: Angezeigt wird weiter diese.')
}

export const districtBoundaryRules: readonly Rule<'district_boundary'>[] = [
  isAreaOfCity,
  staysInCity,
  sizePlausible,
  noOverlap,
  containsLabel,
  staysOfficial,
]
