import type { Knex } from 'knex'

/** Statements that fill or read millions of rows take longer than those of the product may. */
export const patient = { query_timeout: 60 * 60_000 }

const beginnings =
  'Linden Birken Küppers Möwen Schloß Rat Hof Fichten Wupper Dhünn Rhein Berg Feld Garten Mühlen Brunnen Kirch Markt Sonnen Wald'
const middles = 'er en bach tal feld heim hausen berg furt au ing rode dorf busch garten mar ort stein wiesen eck'
const endings = 'straße weg allee platz gasse ring ufer pfad stieg hof'

/** The name of the nth invented street: all different. */
export function streetName(n: number): string {
  const pick = (words: string, at: number) => words.split(' ')[at % words.split(' ').length] as string
  const stem = pick(beginnings, n) + pick(middles, Math.floor(n / 20)) + pick(endings, Math.floor(n / 400))
  const more = Math.floor(n / 4000)
  return more === 0
    ? stem
    : `${pick('Alte Neue Obere Untere Große Kleine Hintere Vordere', more)} ${pick(middles, more)}${more} ${stem}`
}

export interface Address {
  street: string
  houseNumber: number
  suffix: string
}

/** The mth address of a street; every seventh house has an "a". */
export const addressOf = (street: number, m: number): Address => ({
  street: streetName(street),
  houseNumber: 1 + m,
  suffix: m % 7 === 6 ? 'a' : '',
})

/** Puts invented streets and addresses in the place of those that are there. Official id of an address: denw, five digits of its street, m. */
export async function fill(database: Knex, streets: number, perStreet: number): Promise<void> {
  await database.transaction(async (trx) => {
    await trx.raw('set local statement_timeout = 0')
    await trx.raw('truncate addresses, street_names, streets')
    const names = JSON.stringify(Array.from({ length: streets }, (_, n) => streetName(n)))
    await trx
      .raw(
        `insert into streets (key, official_key, name, geom, place)
         select lpad(n::text, 5, '0'), '053160000000' || lpad(n::text, 5, '0'), name, p, p
         from (select n, name, st_setsrid(st_point(354000 + n % 300 * 30, 5652000 + n / 300 * 30), 25832) as p
           from jsonb_array_elements_text(cast(? as jsonb)) with ordinality e (name, n)) s`,
        [names],
      )
      .options(patient)
    await trx.raw('insert into street_names (street_key, name) select s.key, s.name from streets s').options(patient)
    await trx
      .raw(
        `insert into addresses (id, street_key, house_number, suffix, geom, district_id, polygon_district_id)
         select 'denw' || s.key || m, s.key, 1 + m, case when m % 7 = 6 then 'a' else '' end, st_translate(s.geom, m * 12, m % 2 * 20), 'opladen', 'opladen'
         from streets s, generate_series(0, ? - 1) m`,
        [perStreet],
      )
      .options(patient)
  })
  for (const table of ['addresses', 'street_names', 'streets']) await database.raw(`analyze ${table}`).options(patient)
}
