/** A line of the register in the newer form, made of what a test is about. */
export interface LineWish {
  id: string
  ags?: string
  streetKey?: string
  street?: string
  houseNumber?: string | number
  suffix?: string
  east?: number | string
  north?: number | string
  date?: string
}

const inOpladen = { east: 359_980, north: 5_659_400 }

/** 21 columns, as the Land delivers them today. */
export function newerLine(wish: LineWish): string {
  const { land, region, county, municipality } = parts(wish.ags)
  const { id, streetKey = '02001', street = 'Amtsweg', houseNumber = 1, suffix = '', date = '2026-01-15' } = wish
  const { east = inOpladen.east, north = inOpladen.north } = wish
  const place = [land, 'Nordrhein-Westfalen', region, 'Köln', county, 'Leverkusen', municipality, 'Leverkusen', '0000', '']
  return ['N', id, 'A', ...place, streetKey, street, houseNumber, suffix, '32', east, north, date].join(';')
}

/** 15 columns, decimal comma, zone in front of the easting. */
export function olderLine(wish: LineWish): string {
  const { land, region, county, municipality } = parts(wish.ags)
  const { id, streetKey = '02001', street = 'Amtsweg', houseNumber = 1, suffix = '', date = '2022-01-01' } = wish
  const east = `32${wish.east ?? inOpladen.east},060`
  const north = `${wish.north ?? inOpladen.north},386`
  return [
    'N',
    id,
    'A',
    land,
    region,
    county,
    municipality,
    '0000',
    streetKey,
    houseNumber,
    suffix,
    east,
    north,
    street,
    date,
  ].join(';')
}

function parts(ags = '05316000') {
  return { land: ags.slice(0, 2), region: ags.slice(2, 3), county: ags.slice(3, 5), municipality: ags.slice(5) }
}
