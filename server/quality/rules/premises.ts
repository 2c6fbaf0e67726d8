import { type ConnectionState, connectionStates, type PremisesKind, premisesKinds } from '../../contract/objects/codes.ts'
import { count, type Details, now, type RuleQuery } from './rule.ts'

const kind = (details: Details) => premisesKinds.labels[details.kind as PremisesKind].de
const state = (value: unknown) => connectionStates.labels[value as ConnectionState].de

const allPremises = `select count(*) from premises_at(${now}) p`

const subject = `'premises' as subject_kind, p.id as subject_id, p.district_id, p.programme_id`

/** The statement that was in force before the present one. */
const before = `
  select q.state from premises q where q.id = p.id and q.version <> p.version and not q.retracted and q.known_to = 'infinity'
    and q.holds_from <= :today::date order by q.holds_from desc, q.known_from desc, q.version desc limit 1`

const placed = `premises_at(${now}) p join district_boundaries_at(${now}) b on b.district_id = p.district_id where p.geom is not null`

const network = `(
  select d.geom from ducts_at(${now}) d where d.status = 'laid' union all select c.geom from cables_at(${now}) c where c.status = 'laid'
  union all select r.geom from routes_at(${now}) r where r.status = 'laid')`

const connected = `premises_at(${now}) p where p.geom is not null and premises_reached(p.state, p.steps, :today::date, 'connected')`

/** Programmes with premises, each with every district in which it has a section. */
const countable = `
  select s.programme_id, s.district_id, min(s.id) as id from build_sections_at(${now}) s
  where s.programme_id in (select p.programme_id from premises_at(${now}) p) group by s.programme_id, s.district_id`

/** Rules about premises. */
export const premisesRules: readonly RuleQuery[] = [
  {
    id: 'step-back',
    checked: allPremises,
    found: `select ${subject}, jsonb_build_object('kind', p.kind, 'before', b.state, 'state', p.state) as details
      from premises_at(${now}) p cross join lateral (${before}) b
      where premises_rank(b.state) >= 4 and premises_rank(p.state) < premises_rank(b.state) and p.note is null`,
    sentence: (d) => `${kind(d)}: vorher „${state(d.before)}“, jetzt „${state(d.state)}“.`,
  },
  {
    id: 'duplicate-premises',
    checked: `${allPremises} where p.address_id is not null`,
    found: `select 'premises' as subject_kind, x.id as subject_id, x.district_id, x.programme_id,
        jsonb_build_object('kind', x.kind, 'first', x.first, 'name', x.name) as details
      from (select p.*, first_value(p.id) over w as first, row_number() over w as place from premises_at(${now}) p
        where p.address_id is not null
        window w as (partition by p.address_id, p.kind, coalesce(p.name, ''), coalesce(p.programme_id, ''), coalesce(p.operator, '') order by p.id)) x
      where x.place > 1`,
    sentence: (d) => `${kind(d)}${d.name ? ` „${d.name}“` : ''}: dieselbe Adresse wie ${d.first}.`,
  },
  {
    id: 'several-operators',
    checked: `${allPremises} where p.address_id is not null and p.operator is not null`,
    found: `select 'premises' as subject_kind, min(p.id) as subject_id, min(p.district_id) as district_id, min(p.programme_id) as programme_id,
        jsonb_build_object('kind', p.kind, 'operators', string_agg(distinct p.operator, ', ' order by p.operator)) as details
      from premises_at(${now}) p where p.address_id is not null and p.operator is not null
      group by p.address_id, p.kind having count(distinct p.operator) > 1`,
    sentence: (d) => `${kind(d)}: genannt von ${d.operators}.`,
  },
  {
    id: 'premises-elsewhere',
    checked: `select count(*) from ${placed}`,
    found: `select ${subject}, jsonb_build_object('kind', p.kind, 'district', (select d.name from districts d where d.id = p.district_id),
        'metres', round(st_distance(p.geom, b.geom))) as details
      from ${placed} and not st_dwithin(p.geom, b.geom, 200)`,
    sentence: (d) => `${kind(d)}: ${count(d.metres)} m außerhalb von ${d.district}.`,
  },
  {
    id: 'premises-incomplete',
    checked: allPremises,
    found: `select ${subject}, jsonb_build_object('kind', p.kind, 'address', p.address_id, 'programme', p.programme_id) as details
      from premises_at(${now}) p where p.programme_id is null or (p.address_id is null and p.geom is null)`,
    sentence: (d) =>
      `${kind(d)} ohne ${d.programme === null ? (d.address === null ? 'Programm und Adresse' : 'Programm') : 'Adresse'}.`,
  },
  {
    id: 'nothing-to-count',
    checked: `select count(*) from (${countable}) x`,
    found: `select 'section' as subject_kind, x.id as subject_id, x.district_id, x.programme_id,
        jsonb_build_object('district', (select d.name from districts d where d.id = x.district_id)) as details
      from (${countable}) x where not exists (
        select from premises_at(${now}) p where p.programme_id = x.programme_id and p.district_id = x.district_id)`,
    sentence: (d) => `${d.district}: kein Anschlussobjekt erfasst.`,
  },
  {
    id: 'connected-without-network',
    checked: `select count(*) from ${connected} and exists (select from ${network} n)`,
    found: `select ${subject}, jsonb_build_object('kind', p.kind) as details
      from ${connected} and exists (select from ${network} n)
        and not exists (select from ${network} n where st_dwithin(n.geom, p.geom, 150))`,
    sentence: (d) => `${kind(d)} angeschlossen, im Umkreis von 150 m ist nichts verlegt.`,
  },
]
