/** A text for people in both languages of the product; German comes first and is never missing. */
export interface Text {
  de: string
  en: string
}

export type Language = keyof Text

export const languages: readonly Language[] = ['de', 'en']
