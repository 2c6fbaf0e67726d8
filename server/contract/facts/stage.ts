import * as z from 'zod/mini'
import { trades } from '../codes.ts'
import { ImpreciseDate } from '../dates.ts'
import { FactId, factKind, Paragraph } from './fact.ts'

/** The stage of one trade in a build section: planned and actual dates, no forced order between trades. */
export const stage = factKind({
  kind: 'stage',
  table: 'stages',
  label: { de: 'Bauphase eines Gewerks', en: 'Stage of a trade' },
  roles: ['gigabitCoordinator'],
  identity: z.object({ sectionId: FactId, trade: trades.schema }),
  values: z.object({
    plannedStart: z.nullable(ImpreciseDate),
    plannedEnd: z.nullable(ImpreciseDate),
    actualStart: z.nullable(ImpreciseDate),
    actualEnd: z.nullable(ImpreciseDate),
    percent: z.nullable(z.number().check(z.minimum(0), z.maximum(100))),
    onHold: z.boolean(),
    cancelled: z.boolean(),
    surfaceRestored: z.nullable(z.boolean()),
    note: z.nullable(Paragraph),
  }),
  fields: {
    sectionId: {
      label: { de: 'Bauabschnitt', en: 'Build section' },
      input: 'reference',
      refersTo: 'section',
    },
    trade: {
      label: { de: 'Gewerk', en: 'Trade' },
      input: 'code',
      codes: trades.labels,
    },
    plannedStart: {
      label: { de: 'Beginn geplant', en: 'Planned start' },
      input: 'impreciseDate',
    },
    plannedEnd: {
      label: { de: 'Ende geplant', en: 'Planned end' },
      input: 'impreciseDate',
    },
    actualStart: {
      label: { de: 'Beginn tatsächlich', en: 'Actual start' },
      input: 'impreciseDate',
    },
    actualEnd: {
      label: { de: 'Ende tatsächlich', en: 'Actual end' },
      input: 'impreciseDate',
    },
    percent: {
      label: { de: 'Fortschritt', en: 'Progress' },
      input: 'number',
      unit: '%',
    },
    onHold: { label: { de: 'Unterbrochen', en: 'On hold' }, input: 'boolean' },
    cancelled: {
      label: { de: 'Eingestellt', en: 'Cancelled' },
      input: 'boolean',
    },
    surfaceRestored: {
      label: { de: 'Oberfläche wiederhergestellt', en: 'Surface restored' },
      input: 'unknownBoolean',
    },
    note: {
      label: { de: 'Hinweis (öffentlich)', en: 'Note (public)' },
      input: 'longText',
    },
  },
  idOf: ({ sectionId, trade }) => `${sectionId}:${trade}`,
})
