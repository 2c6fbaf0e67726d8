import * as z from 'zod/mini'
import { deadlineUnits } from '../deadlines.ts'
import { factKind, Line, Slug } from './fact.ts'
import { periodField, validityFields, validityValues } from './validity.ts'

/** Slugs of the deadlines every site request has; the city may add others. */
export const answerDeadline = 'answer'
export const coordinationDeadline = 'coordination'

/** How long a deadline of a site request is, from when to when; one fact per period of validity. */
export const deadlineRule = factKind({
  kind: 'deadline_rule',
  table: 'deadline_rules',
  label: { de: 'Fristregel', en: 'Deadline rule' },
  roles: ['mobileCoordinator', 'admin'],
  isInternal: true,
  identity: z.object({ slug: Slug, period: Slug }),
  values: z.object({
    name: Line,
    amount: z.int().check(z.minimum(1), z.maximum(1000)),
    unit: deadlineUnits.schema,
    rollsForward: z.boolean(),
    warningDays: z.int().check(z.minimum(0), z.maximum(60)),
    ...validityValues,
  }),
  fields: {
    slug: {
      label: { de: 'Kennung der Frist', en: 'Identifier of the deadline' },
      input: 'text',
      hint: {
        de: 'answer: Antwort an den Betreiber; coordination: Abstimmung des Standorts; weitere nach Bedarf',
        en: 'answer, coordination, or one of your own',
      },
    },
    period: periodField,
    name: { label: { de: 'Bezeichnung', en: 'Name' }, input: 'text' },
    amount: { label: { de: 'Dauer', en: 'Length' }, input: 'number' },
    unit: { label: { de: 'Einheit', en: 'Unit' }, input: 'code', codes: deadlineUnits.labels },
    rollsForward: {
      label: {
        de: 'Ende an einem Samstag, Sonntag oder Feiertag: erst am nächsten Arbeitstag',
        en: 'An end on a Saturday, Sunday or holiday moves to the next working day',
      },
      input: 'boolean',
    },
    warningDays: {
      label: { de: 'Warnung vorher (Arbeitstage)', en: 'Warning before (working days)' },
      input: 'number',
      hint: {
        de: 'so viele Arbeitstage vor dem Ende wird die Ampel gelb',
        en: 'the light turns yellow so many working days before',
      },
    },
    ...validityFields,
  },
  idOf: ({ slug, period }) => `deadline:${slug}:${period}`,
})
