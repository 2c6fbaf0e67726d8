import { municipalSitesLayer } from '../../../server/contract/layers/municipal-sites.ts'
import type { MunicipalSite } from '../../../server/contract/mobile/municipal-site.ts'
import { nameOf } from '../../workbench/data.ts'
import { fieldWords } from '../../workbench/words.ts'
import type { PublicLine } from '../candidate/public-view.ts'
import { flat } from '../circle.ts'
import { positionWords } from '../form/place-input.tsx'

/** What leaves of a site once it is released, as the layer declares it; the note is the public one. */
const publicNames = [
  'name',
  'kind',
  'availability',
  'availableFrom',
  'address',
  'heightM',
  'areaM2',
  'hasPower',
  'hasFibre',
  'statics',
  'heritage',
] as const satisfies readonly (keyof MunicipalSite & keyof typeof municipalSitesLayer.properties)[]

/** Everything the public would see of a site, word for word. */
export function publicViewOf(content: MunicipalSite, district: string | null): PublicLine[] {
  const { properties } = municipalSitesLayer
  const lines = publicNames.map((name) => ({
    label: properties[name].label.de,
    value: fieldWords('municipal_site', name, content, nameOf),
  }))
  return [
    ...lines,
    { label: 'Stadtteil', value: district ?? '–' },
    { label: 'Punkt', value: `genau, ${positionWords(flat(content.geom.coordinates))}` },
    { label: properties.note.label.de, value: content.publicNote ?? '–' },
  ]
}
