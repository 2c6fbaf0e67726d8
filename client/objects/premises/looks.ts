import type { Theme } from '../../../server/contract/layers/layer.ts'
import type { ConnectionState, PremisesKind } from '../../../server/contract/objects/codes.ts'

/** How a state looks: fill, and a mark on it, so that no state is told by its colour alone. Paths in a square of 24. */
export interface StateLook {
  color: Readonly<Record<Theme, string>>
  ink: Readonly<Record<Theme, string>>
  /** Stroked path; empty: none. */
  mark: string
}

const dark = { light: '#16181f', dark: '#f4f5f8' }
const onStrong = { light: '#ffffff', dark: '#04121d' }

/** Consent is warm, works are blue and grow darker (lighter on dark ground), what is connected is green, what will not be is grey. */
export const stateLooks: Readonly<Record<ConnectionState, StateLook>> = {
  not_served: { color: { light: '#ffffff', dark: '#1a1c26' }, ink: dark, mark: '' },
  eligible: { color: { light: '#fdf3d8', dark: '#4a3a10' }, ink: dark, mark: 'M12 12h0.01' },
  owner_contacted: { color: { light: '#f9dc97', dark: '#6b4e05' }, ink: dark, mark: 'M8 12H16' },
  no_response: { color: { light: '#f6b44b', dark: '#7a4a00' }, ink: dark, mark: 'M8 12h0.01M12 12h0.01M16 12h0.01' },
  consent_given: { color: { light: '#f9dc97', dark: '#6b4e05' }, ink: dark, mark: 'M8 12L11 15L16 9' },
  consent_refused: { color: { light: '#f7d9d4', dark: '#5a1f1a' }, ink: dark, mark: 'M9 9L15 15M15 9L9 15' },
  passed: { color: { light: '#bfe3f6', dark: '#183e54' }, ink: dark, mark: 'M12 9V15' },
  passed_plus: { color: { light: '#8fc7ea', dark: '#24597a' }, ink: dark, mark: 'M10 9V15M14 9V15' },
  prepared: { color: { light: '#2f74ad', dark: '#7fb8e2' }, ink: onStrong, mark: 'M8.5 9V15M12 9V15M15.5 9V15' },
  connected: {
    color: { light: '#1f7a4f', dark: '#56c58f' },
    ink: onStrong,
    mark: 'M12 12m-1.5 0a1.5 1.5 0 1 0 3 0a1.5 1.5 0 1 0 -3 0',
  },
  bookable: { color: { light: '#125c39', dark: '#8fe0b7' }, ink: onStrong, mark: 'M12 8.5V15.5M8.5 12H15.5' },
  activated: { color: { light: '#063d27', dark: '#cbf9e1' }, ink: onStrong, mark: 'M13 7.5L9.5 12.5H14.5L11 16.5' },
  not_possible: { color: { light: '#b9bcc6', dark: '#4a4d58' }, ink: dark, mark: 'M8 16L16 8' },
}

/** The shape of a kind, closed path in a square of 24. Households, by far the most, are discs. */
export const kindShapes: Readonly<Record<PremisesKind, string>> = {
  household: 'M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0 -18Z',
  business: 'M4 4H20V20H4Z',
  educational_institution: 'M12 1.5L23 20.5H1Z',
  hospital: 'M8 2H16V8H22V16H16V22H8V16H2V8H8Z',
  public_building: 'M12 1.5L22.5 9.2L18.5 21.5H5.5L1.5 9.2Z',
  mobile_site: 'M12 1L23 12L12 23L1 12Z',
}

/** Further states are drawn above others, and institutions above households. */
export const kindRank: Readonly<Record<PremisesKind, number>> = {
  household: 0,
  business: 1,
  public_building: 2,
  mobile_site: 3,
  educational_institution: 4,
  hospital: 5,
}
