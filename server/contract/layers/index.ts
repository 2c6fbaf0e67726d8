import { announcedDatesLayer } from './announced-dates.ts'
import { buildSectionsLayer } from './build-sections.ts'
import { countedFiguresLayer } from './counted-figures.ts'
import { districtsLayer } from './districts.ts'
import { figuresLayer } from './figures.ts'
import { fundingLayer } from './funding.ts'
import type { Layer } from './layer.ts'
import { milestonesLayer } from './milestones.ts'
import { mobileCoverageLayer } from './mobile-coverage.ts'
import { mobileCoverageDistrictsLayer } from './mobile-coverage-districts.ts'
import { mobileDeadZonesLayer } from './mobile-dead-zones.ts'
import { mobileDeficitsLayer } from './mobile-deficits.ts'
import { mobileMeasuredLayer } from './mobile-measured.ts'
import { mobileSitesLayer } from './mobile-sites.ts'
import { mobileSpotsLayer } from './mobile-spots.ts'
import { municipalSitesLayer } from './municipal-sites.ts'
import { placesLayer } from './places.ts'
import { programmesLayer } from './programmes.ts'
import { qualityMarksLayer } from './quality-marks.ts'
import { stagesLayer } from './stages.ts'
import { targetsLayer } from './targets.ts'

/** Every layer and table that leaves the server; those with a style are drawn in this order, bottom to top. */
export const layers: readonly Layer[] = [
  districtsLayer,
  buildSectionsLayer,
  mobileCoverageLayer,
  mobileSpotsLayer,
  mobileDeficitsLayer,
  mobileMeasuredLayer,
  placesLayer,
  programmesLayer,
  stagesLayer,
  targetsLayer,
  figuresLayer,
  milestonesLayer,
  announcedDatesLayer,
  fundingLayer,
  countedFiguresLayer,
  qualityMarksLayer,
  municipalSitesLayer,
  mobileSitesLayer,
  mobileDeadZonesLayer,
  mobileCoverageDistrictsLayer,
]

export function findLayer(id: string): Layer | undefined {
  return layers.find((candidate) => candidate.id === id)
}
