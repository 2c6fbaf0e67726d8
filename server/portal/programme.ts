import type { Knex } from 'knex'
import type { Clocks } from '../http/clocks.ts'
import { notFound } from '../http/problem.ts'
import { counted } from './counted.ts'
import { clockBindings, known, list, loadBody, newest, provenance, resolvedClocks } from './sql.ts'
import { figures, sections, targets } from './views.ts'

const milestones = list(
  `'id', m.id, 'title', m.title, 'titleEn', m.title_en, 'planned', m.planned,
   'actual', case when milestone_happened_on(m, :knownAt) <= :asOf then m.actual end,
   'note', m.note, 'noteEn', m.note_en, 'provenance', ${provenance('m')},
   'revisions', ${list(
     `'planned', r.planned, 'actual', r.actual, 'provenance', ${provenance('r')}`,
     `milestones r where r.id = m.id and ${known('r')}`,
     newest('r'),
   )}`,
  'milestones_at(:asOf, :knownAt) m where m.programme_id = p.id',
  'm.position, imprecise_latest(coalesce(m.actual, m.planned)), m.id',
)

const funding = list(
  `'id', m.id, 'giver', m.giver, 'role', m.role, 'amountEur', m.amount_eur, 'approximate', m.approximate, 'partOf', m.part_of,
   'note', m.note, 'noteEn', m.note_en, 'provenance', ${provenance('m')}`,
  'funding_at(:asOf, :knownAt) m where m.programme_id = p.id',
  'm.position, m.id',
)

/**
 * The statement in force; on a day before the first one, that first one: a programme keeps its page all along the time slider, and only
 * what is said about it (targets, money, sections) begins on its day.
 */
const inForceOrFirst = `(
  select f.* from programmes f where f.id = :id and ${known('f')}
  order by (f.holds_from <= :asOf) desc, case when f.holds_from <= :asOf then f.holds_from end desc, f.holds_from,
    f.known_from desc, f.version desc
  limit 1)`

const programme = `
  select json_build_object(
    'clocks', ${resolvedClocks},
    'programme', json_build_object(
      'id', p.id, 'name', p.name, 'nameEn', p.name_en, 'kind', p.kind, 'summary', p.summary, 'summaryEn', p.summary_en,
      'passiveOperator', p.passive_operator, 'activeOperator', p.active_operator, 'provenance', ${provenance('p')}),
    'targets', ${targets('f.programme_id = p.id')},
    'figures', ${figures('f.programme_id = p.id')},
    'counted', ${counted('c.programme_id = p.id and c.district_id is null')},
    'milestones', ${milestones},
    'funding', ${funding},
    'sections', ${sections('x.programme_id = p.id')})
  from ${inForceOrFirst} p`

/** Body of `getProgramme`. */
export async function loadProgramme(database: Knex, id: string, clocks: Clocks): Promise<string> {
  const body = await loadBody(database, programme, { ...clockBindings(database, clocks), id })
  if (body === null) throw notFound('Das Programm', 'id')
  return body
}
