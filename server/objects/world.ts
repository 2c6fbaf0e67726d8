import type { Knex } from 'knex'
import type { World } from './rules.ts'

/** What objects refer to, as known now. */
export async function loadWorld(database: Knex): Promise<World> {
  const now = "current_date, timestamptz '9999-01-01'"
  const [districts, programmes, sections] = await Promise.all(
    [
      'select d.id, d.name from districts d',
      `select p.id, p.name from programmes_at(${now}) p`,
      `select s.id, coalesce(s.name, d.name) as name, s.programme_id as "programmeId", s.district_id as "districtId"
        from build_sections_at(${now}) s join districts d on d.id = s.district_id`,
    ].map(
      async (sql) => (await database.raw(sql)).rows as { id: string; name: string; programmeId: string; districtId: string }[],
    ),
  )
  const names = (rows: { id: string; name: string }[] = []) => new Map(rows.map(({ id, name }) => [id, name]))
  return {
    districts: names(districts),
    programmes: names(programmes),
    sections: new Map(sections?.map(({ id, ...section }) => [id, section])),
  }
}
