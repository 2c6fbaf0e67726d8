import type { Knex } from 'knex'

/** The source with this citation; it is made when new, and its address completed when it had none. Returns its id. */
export async function findOrCreateSource(trx: Knex.Transaction, citation: string, url: string | null): Promise<number> {
  const { rows } = (await trx.raw(
    `insert into sources (citation, url) values (:citation, :url)
     on conflict (citation) do update set url = coalesce(sources.url, excluded.url) returning id`,
    { citation, url },
  )) as { rows: { id: number }[] }
  return (rows[0] as { id: number }).id
}

/** Address under which a source is known already, if that is another one than `url`. */
export async function otherAddressOf(database: Knex, citation: string, url: string | null): Promise<string | null> {
  const known = await database<{ citation: string; url: string | null }>('sources').where({ citation }).first('url')
  return url !== null && known?.url && known.url !== url ? known.url : null
}
