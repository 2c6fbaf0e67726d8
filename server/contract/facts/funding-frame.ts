import * as z from 'zod/mini'
import { ImpreciseDate, IsoDate } from '../dates.ts'
import { factKind, Line, Paragraph, Slug } from './fact.ts'

const Euro = z.number().check(z.minimum(0), z.maximum(10_000_000))

/** A month, `2026-01`. */
const Month = ImpreciseDate.check(z.regex(/^\d{4}-\d{2}$/, 'Erwartet wird ein Monat, zum Beispiel Januar 2026.'))

/** What a directive allows for the coordinator post, and what was granted by it. Without `grantedEur` no grant is known. */
export const fundingFrame = factKind({
  kind: 'funding_frame',
  table: 'funding_frames',
  label: { de: 'Förderrahmen', en: 'Funding frame' },
  roles: ['mobileCoordinator', 'gigabitCoordinator', 'admin'],
  isInternal: true,
  identity: z.object({ slug: Slug }),
  values: z.object({
    name: Line,
    directive: Line,
    mostEur: z.nullable(Euro),
    sharePercent: z.nullable(z.number().check(z.minimum(1), z.maximum(100))),
    months: z.int().check(z.minimum(1), z.maximum(120)),
    grantedEur: z.nullable(Euro),
    firstMonth: z.nullable(Month),
    noticeOn: z.nullable(IsoDate),
    legalNote: z.nullable(Paragraph),
  }),
  fields: {
    slug: {
      label: { de: 'Kennung', en: 'Identifier' },
      input: 'text',
      hint: { de: 'Kleinbuchstaben, Ziffern, Bindestriche, z. B. dik-2026', en: 'lower-case letters, digits, hyphens' },
    },
    name: { label: { de: 'Bezeichnung', en: 'Name' }, input: 'text' },
    directive: { label: { de: 'Richtlinie', en: 'Directive' }, input: 'text' },
    mostEur: { label: { de: 'Höchstbetrag der Richtlinie', en: 'Most the directive allows' }, input: 'number', unit: 'EUR' },
    sharePercent: {
      label: { de: 'Anteil an den zuwendungsfähigen Ausgaben', en: 'Share of the eligible expenses' },
      input: 'number',
      unit: '%',
      hint: { de: 'leer: Festbetrag', en: 'empty: a fixed sum' },
    },
    months: { label: { de: 'Dauer in Monaten', en: 'Length in months' }, input: 'number' },
    grantedEur: {
      label: { de: 'Bewilligte Summe', en: 'Sum granted' },
      input: 'number',
      unit: 'EUR',
      hint: { de: 'aus dem Zuwendungsbescheid; leer: kein Bescheid bekannt', en: 'from the grant notice; empty: none is known' },
    },
    firstMonth: {
      label: { de: 'Erster Monat', en: 'First month' },
      input: 'impreciseDate',
      hint: { de: 'Beginn des Bewilligungszeitraums, z. B. Januar 2027', en: 'beginning of the grant period' },
    },
    noticeOn: { label: { de: 'Datum des Zuwendungsbescheids', en: 'Date of the grant notice' }, input: 'day' },
    legalNote: {
      label: { de: 'Rechtsgrundlage und Hinweis', en: 'Legal note' },
      input: 'longText',
      hint: { de: 'mit dem Bescheid anpassen', en: 'to be adapted to the grant notice' },
    },
  },
  idOf: ({ slug }) => `frame:${slug}`,
})
