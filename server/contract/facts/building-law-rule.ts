import * as z from 'zod/mini'
import { builtAreas, ruledMastKinds } from '../mobile/codes.ts'
import { Measure } from '../mobile/fields.ts'
import { factKind, Paragraph, Slug } from './fact.ts'
import { validityFields, validityValues } from './validity.ts'

/** Up to which height a mast needs no permit, where and from when to when. Gives reasoned suggestions, never decisions. */
export const buildingLawRule = factKind({
  kind: 'building_law_rule',
  table: 'building_law_rules',
  label: { de: 'Baurechtsregel', en: 'Building-law rule' },
  roles: ['mobileCoordinator', 'admin'],
  isInternal: true,
  identity: z.object({ slug: Slug }),
  values: z.object({
    area: builtAreas.schema,
    mastKind: ruledMastKinds.schema,
    maxHeightM: z.nullable(Measure(200)),
    condition: z.nullable(Paragraph),
    ...validityValues,
  }),
  fields: {
    slug: {
      label: { de: 'Kennung', en: 'Identifier' },
      input: 'text',
      hint: { de: 'Land, Beginn, Lage: z. B. nrw-2027-01-inside', en: 'Land, beginning, area: e.g. nrw-2027-01-inside' },
    },
    area: { label: { de: 'Lage im Planungsrecht', en: 'Built-up area' }, input: 'code', codes: builtAreas.labels },
    mastKind: { label: { de: 'Aufstellung', en: 'Installation' }, input: 'code', codes: ruledMastKinds.labels },
    maxHeightM: {
      label: { de: 'Verfahrensfrei bis zur Höhe', en: 'Exempt up to the height' },
      input: 'number',
      unit: 'm',
      hint: { de: 'z. B. 15 m; leer: ohne Begrenzung der Höhe', en: 'e.g. 15 m; empty: no limit of height' },
    },
    condition: { label: { de: 'Bedingungen', en: 'Conditions' }, input: 'longText' },
    ...validityFields,
  },
  idOf: ({ slug }) => `building-law:${slug}`,
})

/** Whether two rules, or a rule and a site, speak of the same masts at the same kind of place. */
export function isSameMast(a: BuildingLawCase, b: BuildingLawCase): boolean {
  return a.area === b.area && (a.mastKind === b.mastKind || a.mastKind === 'any' || b.mastKind === 'any')
}

export interface BuildingLawCase {
  area: z.infer<typeof builtAreas.schema>
  mastKind: z.infer<typeof ruledMastKinds.schema>
}
