import type { Knex } from 'knex'
import type { ObjectKindName } from '../contract/objects/index.ts'
import type { ObjectStatement } from '../contract/objects.ts'
import { kindOf } from './kinds.ts'
import { contentSql, lengthOf } from './sql.ts'
import { describeDifferences, describeNew } from './words.ts'
import { loadWorld } from './world.ts'

/** Everything ever said about an object, corrected and withdrawn statements included, last recorded first. */
export async function findStatements(database: Knex, name: ObjectKindName, id: string): Promise<ObjectStatement[]> {
  const { rows } = (await database.raw(
    `select s.version, ${contentSql(name, 's', 'geojson')} as content, ${lengthOf(name, 's')} as "lengthM", s.true_on as "trueOn",
      json_build_object('citation', o.citation, 'url', o.url) as source, s.known_from as "knownFrom",
      nullif(s.known_to, 'infinity') as "knownTo", s.retracted,
      json_build_object('id', c.id, 'actorName', c.actor_name, 'reason', c.reason, 'recordedAt', iso_moment(c.recorded_at)) as change
    from ${kindOf(name).table} s join sources o on o.id = s.source_id join changes c on c.id = s.change_id
    where s.id = :id order by s.known_from desc, s.version desc`,
    { id },
  )) as { rows: Omit<ObjectStatement, 'sentence'>[] }
  const world = await loadWorld(database)
  return rows.map((statement, index) => {
    const before = rows.slice(index + 1).find(({ retracted }) => !retracted)
    return { ...statement, sentence: sentenceOf(statement, before) }
  })

  function sentenceOf(
    statement: Omit<ObjectStatement, 'sentence'>,
    before: Omit<ObjectStatement, 'sentence'> | undefined,
  ): string {
    if (statement.retracted) return 'Zurückgezogen.'
    if (!before) return `Neu: ${describeNew(name, statement.content, world)}.`
    const differences = describeDifferences(name, before.content, statement.content, world)
    return differences.length > 0 ? `${differences.join(', ')}.` : 'Bestätigt, ohne Änderung.'
  }
}
