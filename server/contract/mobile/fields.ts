import * as z from 'zod/mini'
import { IsoDate } from '../dates.ts'
import { Line, Paragraph } from '../facts/fact.ts'

/** A number of metres or square metres, half metres and less allowed. */
export const Measure = (most: number) => z.number().check(z.minimum(0), z.maximum(most))

export const AttachmentIds = z.array(z.int().check(z.positive())).check(z.maxLength(100))

export const Email = z.email('Erwartet wird eine E-Mail-Adresse.').check(z.maxLength(200))

/** A step of a case: its day, and what belongs to it (a file number, a remark). */
export const StepRecord = z.strictObject({ on: IsoDate, note: z.nullable(Line) })

/** Deadlines stand still from `from` on; `to` is the first day they run again, null while they stand still. */
export const Pause = z.strictObject({ from: IsoDate, to: z.nullable(IsoDate), reason: Line })
export type Pause = z.infer<typeof Pause>

export const parcelValues = {
  address: z.nullable(Line),
  cadastralDistrict: z.nullable(Line),
  cadastralSection: z.nullable(Line),
  parcel: z.nullable(Line),
}

export const parcelFields = {
  address: { label: { de: 'Adresse oder Lage', en: 'Address or location' }, input: 'text' },
  cadastralDistrict: { label: { de: 'Gemarkung', en: 'Cadastral district' }, input: 'text' },
  cadastralSection: { label: { de: 'Flur', en: 'Cadastral section' }, input: 'text' },
  parcel: { label: { de: 'Flurstück', en: 'Parcel' }, input: 'text' },
} as const

export const noteValue = z.nullable(Paragraph)
