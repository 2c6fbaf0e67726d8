import * as z from 'zod/mini'
import { IsoDate } from '../dates.ts'
import { FactId, factKind, Line, Paragraph } from '../facts/fact.ts'
import { activityKinds, fundingTasks, workRoles } from './codes.ts'

/** What somebody of the funded post did on a day, and how long it took. Internal. */
export const activity = factKind({
  kind: 'activity',
  table: 'activities',
  label: { de: 'Tätigkeit', en: 'Activity' },
  roles: ['mobileCoordinator', 'gigabitCoordinator'],
  identity: z.object({}),
  values: z.object({
    day: IsoDate,
    minutes: z.int(),
    kind: activityKinds.schema,
    task: fundingTasks.schema,
    role: workRoles.schema,
    requestId: z.nullable(FactId),
    partners: z.nullable(Line),
    description: Paragraph,
  }),
  fields: {
    day: { label: { de: 'Tag', en: 'Day' }, input: 'day' },
    minutes: { label: { de: 'Dauer', en: 'Duration' }, input: 'number', unit: 'min' },
    kind: { label: { de: 'Art', en: 'Kind' }, input: 'code', codes: activityKinds.labels },
    task: { label: { de: 'Aufgabe', en: 'Task' }, input: 'code', codes: fundingTasks.labels },
    role: { label: { de: 'Bereich', en: 'Role' }, input: 'code', codes: workRoles.labels },
    requestId: { label: { de: 'Vorgang', en: 'Case' }, input: 'reference', refersTo: 'site_request' },
    partners: { label: { de: 'Beteiligte', en: 'Partners' }, input: 'text' },
    description: { label: { de: 'Was wurde getan?', en: 'What was done' }, input: 'longText' },
  },
  idOf: () => '',
})
export type Activity = z.infer<typeof activity.values>
