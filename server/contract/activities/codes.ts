import type * as z from 'zod/mini'
import { codes } from '../codes.ts'

/** What somebody of the funded post did. */
export const activityKinds = codes({
  call: { de: 'Telefonat', en: 'Call' },
  meeting: { de: 'Besprechung', en: 'Meeting' },
  case_work: { de: 'Vorgangsbearbeitung', en: 'Case work' },
  opinion: { de: 'Stellungnahme', en: 'Opinion' },
  site_visit: { de: 'Ortstermin', en: 'Site visit' },
  public_relations: { de: 'Öffentlichkeitsarbeit', en: 'Public relations' },
  report: { de: 'Bericht', en: 'Report' },
  training: { de: 'Fortbildung', en: 'Training' },
})
export type ActivityKind = z.infer<typeof activityKinds.schema>

/** Tasks 1 to 4 of the directive of the Land of July 2021, in its order. */
export const fundingTasks = codes({
  coordination: { de: '1 Koordinierende Ansprechstelle', en: '1 Coordinating contact' },
  steering: { de: '2 Steuerung der Akteure vor Ort', en: '2 Active steering of local actors' },
  action_concept: { de: '3 Gesamtbild und Handlungskonzept', en: '3 Overall picture and action concept' },
  clearing_house: { de: '4 Clearingstelle vor Ort', en: '4 Local clearing house' },
})
export type FundingTask = z.infer<typeof fundingTasks.schema>

/** The successor programme funds one post for both. */
export const workRoles = codes({
  mobile: { de: 'Mobilfunk', en: 'Mobile' },
  gigabit: { de: 'Gigabit', en: 'Gigabit' },
})
export type WorkRole = z.infer<typeof workRoles.schema>

export const expenseKinds = codes({
  staff: { de: 'Personal', en: 'Staff' },
  travel: { de: 'Reise', en: 'Travel' },
  material: { de: 'Sachmittel', en: 'Material' },
  other: { de: 'Sonstiges', en: 'Other' },
})
export type ExpenseKind = z.infer<typeof expenseKinds.schema>
