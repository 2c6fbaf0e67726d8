import * as z from 'zod/mini'
import { ImpreciseDate } from '../dates.ts'
import { type Field, Paragraph } from './fact.ts'

/** From when to when a rule holds and on what it rests; see contract/validity.ts. */
export const validityValues = {
  validFrom: z.nullable(ImpreciseDate),
  validUntil: z.nullable(ImpreciseDate),
  legalNote: z.nullable(Paragraph),
}

export const validityFields = {
  validFrom: {
    label: { de: 'Gilt ab', en: 'Valid from' },
    input: 'impreciseDate',
    hint: {
      de: 'leer: so weit zurück wie bekannt; „bis 21.11.2026“: spätestens seit diesem Tag',
      en: 'empty: as far back as is known; “by 21.11.2026”: since that day at the latest',
    },
  },
  validUntil: {
    label: { de: 'Gilt bis (letzter Tag)', en: 'Valid until (last day)' },
    input: 'impreciseDate',
    hint: { de: 'leer: bis auf Weiteres', en: 'empty: until further notice' },
  },
  legalNote: {
    label: { de: 'Rechtsgrundlage und Hinweis', en: 'Legal note' },
    input: 'longText',
    hint: { de: 'Worauf die Regel beruht, und was daran nicht sicher ist', en: 'What the rule rests on, and what is uncertain' },
  },
} as const satisfies Readonly<Record<string, Field>>

/** Tells the periods of one rule apart: "2020", "2021-06". */
export const periodField = {
  label: { de: 'Fassung', en: 'Version' },
  input: 'text',
  hint: {
    de: 'unterscheidet die Fassungen einer Regel: Kleinbuchstaben, Ziffern, Bindestriche, z. B. 2027 oder 2027-06',
    en: 'tells the versions of a rule apart: lower-case letters, digits, hyphens',
  },
} as const satisfies Field
