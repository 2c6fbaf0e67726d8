import * as z from 'zod/mini'

/** The Länder by the first two digits of the municipality key (AGS), as the library of holidays names them. */
const stateByKey = {
  '01': 'SH',
  '02': 'HH',
  '03': 'NI',
  '04': 'HB',
  '05': 'NW',
  '06': 'HE',
  '07': 'RP',
  '08': 'BW',
  '09': 'BY',
  '10': 'SL',
  '11': 'BE',
  '12': 'BB',
  '13': 'MV',
  '14': 'SN',
  '15': 'ST',
  '16': 'TH',
} as const

/** A Land, whose law says which days are holidays. */
export const FederalState = z.enum(Object.values(stateByKey))
export type FederalState = z.infer<typeof FederalState>

/** Where nothing else is known: the product is made for North Rhine-Westphalia. */
export const defaultState: FederalState = 'NW'

/** The Land of a municipality (AGS, eight digits). */
export function federalStateOf(municipality: string): FederalState {
  return stateByKey[municipality.slice(0, 2) as keyof typeof stateByKey] ?? defaultState
}
