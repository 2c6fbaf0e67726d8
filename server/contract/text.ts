/** A text for people in both languages of the product; German comes first and is never missing. */
export interface Text {
  de: string
  en: string
}

export type Language = keyof Text

export const languages: readonly Language[] = ['de', 'en']

/** Said on every page, file and tile while invented example data are present. */
export const demoNotice = 'Beispieldaten: zum Teil erfunden'
