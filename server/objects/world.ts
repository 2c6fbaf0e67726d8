import type { Knex } from 'knex'
import type { World } from './rules.ts'

interface Row {
  id: string
  name: string
  programmeId: string
  districtId: string
}

/** What objects refer to, as known now. */
export async function loadWorld(database: Knex): Promise<World> {
  const now = "current_date, timestamptz '9999-01-01'"
  // One after the other: within a change there is one connection only.
  const found = async (sql: string) => (await database.raw<{ rows: Row[] }>(sql)).rows
  const districts = await found('select d.id, d.name from districts d')
  const programmes = await found(`select p.id, p.name from programmes_at(${now}) p`)
  const sections =
    await found(`select s.id, coalesce(s.name, d.name) as name, s.programme_id as "programmeId", s.district_id as "districtId"
    from build_sections_at(${now}) s join districts d on d.id = s.district_id`)
  const names = (rows: Row[]) => new Map(rows.map(({ id, name }) => [id, name]))
  return {
    districts: names(districts),
    programmes: names(programmes),
    sections: new Map(sections.map(({ id, ...section }) => [id, section])),
  }
}
