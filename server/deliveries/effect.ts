import type { Knex } from 'knex'
import type { Mapping, ObjectMapping } from '../contract/deliveries.ts'
import { tryChange } from '../database/change.ts'
import { countAccepted, describePublication, writeAccepted } from './publish.ts'
import { isOfObjects } from './streets.ts'

interface Figure {
  label: string
  value: number | null
}

/** More rows are published without a trial: it would take as long as the publication itself. */
const mostTried = 5000

const clocks = `current_date, timestamptz '9999-01-01'`

const figures: Record<ObjectMapping['kind'], string> = {
  premises: `select 'Anschlüsse insgesamt' as label, coalesce(sum(p.units), 0)::float8 as value from premises_at(${clocks}) p
    union all select 'davon versorgbar', coalesce(sum(p.units), 0) from premises_at(${clocks}) p where premises_reached(p.state, p.steps, current_date, 'passed')
    union all select 'davon angeschlossen', coalesce(sum(p.units), 0) from premises_at(${clocks}) p where premises_reached(p.state, p.steps, current_date, 'connected')`,
  route: `select 'Trasse (m)' as label, coalesce(round(sum(st_length(r.geom))), 0)::float8 as value from routes_at(${clocks}) r`,
  duct: `select case d.condition when 'new' then 'Leerrohr neu (m)' else 'Mitgenutzte Infrastruktur (m)' end as label,
      coalesce(round(sum(st_length(d.geom) * d.count)), 0)::float8 as value from ducts_at(${clocks}) d group by d.condition order by 1`,
  cable: `select 'Glasfaserkabel (m)' as label, coalesce(round(sum(st_length(c.geom) * c.count)), 0)::float8 as value from cables_at(${clocks}) c`,
  structure: `select 'Bauwerke' as label, count(*)::float8 as value from structures_at(${clocks}) s`,
}

/** What publishing would do: the sentence, and the figures before and after (a publication that is rolled back). */
export async function tryPublication(
  database: Knex,
  { id, mapping, actor }: { id: number; mapping: Mapping; actor: { id: string; name: string } },
) {
  const counts = await countAccepted(database, id)
  const accepted = counts.new + counts.changed + counts.doubtful + counts.removed
  return {
    sentence: describePublication(mapping, counts),
    warnings: [],
    figures:
      accepted === 0 || accepted > mostTried || !isOfObjects(mapping)
        ? []
        : await compareFigures(database, { id, mapping, actor }),
    accepted,
    left: counts.left,
  }
}

async function compareFigures(
  database: Knex,
  { id, mapping, actor }: { id: number; mapping: ObjectMapping; actor: { id: string; name: string } },
) {
  const read = async (source: Knex) => (await source.raw<{ rows: Figure[] }>(figures[mapping.kind])).rows
  const before = await read(database)
  const details = { actor: actor.id, actorName: actor.name, reason: 'Vorschau einer Lieferung' }
  const after = await tryChange(database, details, async (trx) => {
    await writeAccepted(trx, { id, mapping })
    return read(trx)
  })
  const labels = [...new Set([...before, ...after].map(({ label }) => label))]
  const figureOf = (list: readonly Figure[], label: string) => list.find((one) => one.label === label)?.value ?? 0
  return labels.map((label) => ({ label, before: figureOf(before, label), after: figureOf(after, label) }))
}
