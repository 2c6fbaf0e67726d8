import * as z from 'zod/mini'
import type { IsoDate } from '../dates.ts'
import { builtAreas, ruledMastKinds } from '../mobile/codes.ts'
import { Measure } from '../mobile/fields.ts'
import { type Choice, chooseRule, holdsOn, type Validity } from '../validity.ts'
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
      hint: { de: 'z. B. 15; leer: ohne Begrenzung der Höhe', en: 'e.g. 15; empty: no limit of height' },
    },
    condition: { label: { de: 'Bedingungen', en: 'Conditions' }, input: 'longText' },
    ...validityFields,
  },
  idOf: ({ slug }) => `building-law:${slug}`,
})

/** Where a mast stands and how; `any` in a rule: either way. */
export interface MastPlace {
  area: z.infer<typeof builtAreas.schema>
  mastKind: z.infer<typeof ruledMastKinds.schema>
}

/** Whether two rules, or a rule and a mast, speak of the same. */
export function isSameMast(a: MastPlace, b: MastPlace): boolean {
  return a.area === b.area && (a.mastKind === b.mastKind || a.mastKind === 'any' || b.mastKind === 'any')
}

/** The rule for a mast on a day: one for its very installation, where it holds for certain, goes before one for any. */
export function ruleForMast<R extends MastPlace & Validity>(rules: readonly R[], mast: MastPlace, day: IsoDate): Choice<R> {
  const own = rules.filter((rule) => isSameMast(rule, mast) && rule.mastKind !== 'any' && holdsOn(rule, day) === 'yes')
  return chooseRule(own.length > 0 ? own : rules.filter((rule) => isSameMast(rule, mast)), day)
}
