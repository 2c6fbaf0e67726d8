import { formatPercent } from '../../contract/numbers.ts'
import { areaIsSound, outsideCity } from './area.ts'
import { type Case, type Remark, type Rule, warn } from './remark.ts'

type SectionCase = Case<'section'>

/** Share of a section outside its district that still is a matter of drawing. */
const toleratedShare = 0.1
const smallestAreaM2 = 500

/** Impossible: a broken geometry, or one that is not in the city (up to 200 m beyond its generalised boundary). */
function* liesInCity({ area }: SectionCase): Iterable<Remark> {
  if (!area) return
  yield* areaIsSound(area)
  if (area.measures && area.measures.beyondCity !== 'no') yield outsideCity(area)
}

/** Implausible: the section sticks out of its district. */
function* liesInDistrict({ area }: SectionCase): Iterable<Remark> {
  const share = area?.measures?.outsideDistrict ?? 0
  if (area?.measures?.beyondCity !== 'no' || share <= toleratedShare) return
  const text = area.measures.isPoint
    ? 'Der Punkt liegt nicht im Stadtteil.'
    : `${formatPercent(share * 100, 'de')} der Fläche liegen außerhalb des Stadtteils.`
  yield warn('outside-district', 'geom', text)
}

/** Implausible: an area smaller than a plot. */
function* isNotTiny({ area }: SectionCase): Iterable<Remark> {
  if (area?.measures && !area.measures.isPoint && area.measures.areaM2 < smallestAreaM2) {
    yield warn('tiny-area', 'geom', `Die Fläche ist nur ${Math.round(area.measures.areaM2)} m² groß.`)
  }
}

/** Implausible: a part of a district without name or area; it would look like the whole district. */
function* partIsDistinct({ content, area }: SectionCase): Iterable<Remark> {
  if (content.part === null) return
  if (content.name === null)
    yield warn('part-without-name', 'name', 'Der Teilabschnitt hat keinen Namen und heißt darum wie der Stadtteil.')
  if (area === null)
    yield warn('part-without-area', 'geom', 'Der Teilabschnitt hat keine Fläche und gilt darum für den ganzen Stadtteil.')
}

/** Implausible: the whole district and a part of it in one programme; both would be drawn on each other. */
function* notWholeAndPart({ id, content, world }: SectionCase): Iterable<Remark> {
  const others = [...world.facts.section].filter(
    ([other, { programmeId, districtId }]) =>
      other !== id && programmeId === content.programmeId && districtId === content.districtId,
  )
  if (others.some(([, { part }]) => (part === null) !== (content.part === null))) {
    yield warn('whole-and-part', 'part', 'In diesem Programm gibt es den ganzen Stadtteil und Teile davon nebeneinander.')
  }
}

export const sectionRules: readonly Rule<'section'>[] = [liesInCity, liesInDistrict, isNotTiny, partIsDistinct, notWholeAndPart]
