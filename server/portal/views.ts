import { byName, known, list, newest, provenance } from './sql.ts'

/**
 * The objects of the contract as SQL fragments: lists of fields for `json_build_object`, each with the alias it reads from.
 * Bindings: those of `clockBindings`.
 */

/** District of the alias `d`, its boundary of the alias `g` (may be missing: then a kilometre around the label). */
export const districtFields = `
  'id', d.id, 'name', d.name,
  'borough', (select b.name from boroughs b where b.id = d.borough_id),
  'labelPoint', lon_lat(d.label_point),
  'bbox', lon_lat_box(coalesce(g.geom, st_expand(d.label_point, 1000)))`

export const districtsFrom = 'districts d left join district_boundaries_at(:asOf, :knownAt) g on g.district_id = d.id'

/** Programmes with the number of their sections; `where` narrows them (alias `p`). */
export function programmes(where: string): string {
  return list(
    `'id', p.id, 'name', p.name, 'nameEn', p.name_en, 'kind', p.kind,
     'sections', (select count(*) from build_sections_at(:asOf, :knownAt) b where b.programme_id = p.id)`,
    `programmes_at(:asOf, :knownAt) p where ${where}`,
    `p.position, ${byName('p.name')}`,
  )
}

const sectionFields = `
  'id', x.id, 'name', x.name, 'programmeId', x.programme_id, 'districtId', x.district_id, 'wholeDistrict', x.whole_district,
  'buildPhase', x.build_phase, 'phase', x.phase, 'plannedStart', x.planned_start, 'plannedEnd', x.planned_end,
  'provenance', ${provenance('x')}`

/** Sections with their phase in the order of districts; `where` narrows them (alias `x`), `more` adds fields. */
export function sections(where: string, more = ''): string {
  return list(
    sectionFields + more,
    `sections_with_phase(:asOf, :knownAt) x join programmes_at(:asOf, :knownAt) q on q.id = x.programme_id where ${where}`,
    `q.position, q.id, ${byName('x.name')}, x.id`,
  )
}

const stageRevisions = list(
  `'plannedStart', r.planned_start, 'plannedEnd', r.planned_end, 'actualStart', r.actual_start, 'actualEnd', r.actual_end,
   'provenance', ${provenance('r')}`,
  `stages r where r.id = t.id and ${known('r')}`,
  newest('r'),
)

/** What a district page adds to a section: its note and its trades with everything once announced. */
export const sectionDetails = `, 'note', x.note, 'stages', ${list(
  `'id', t.id, 'trade', t.trade, 'plannedStart', t.planned_start, 'plannedEnd', t.planned_end,
   'actualStart', t.actual_start, 'actualEnd', t.actual_end, 'percent', t.percent, 'onHold', t.on_hold, 'cancelled', t.cancelled,
   'surfaceRestored', t.surface_restored, 'note', t.note, 'provenance', ${provenance('t')}, 'revisions', ${stageRevisions}`,
  'stages_at(:asOf, :knownAt) t where t.section_id = x.id',
  'array_position(cast(:trades as text[]), t.trade)',
)}`

/** All statements about the fact of the alias `f`, side by side. */
function statements(table: 'targets' | 'figures'): string {
  return list(
    `'value', r.value, 'approximate', r.approximate, 'provenance', ${provenance('r')}`,
    `${table} r where r.id = f.id and ${known('r')}`,
    newest('r'),
  )
}

/** Targets in force, those of the whole programme first; `where` narrows them (alias `f`). */
export function targets(where: string): string {
  return list(
    `'id', f.id, 'programmeId', f.programme_id, 'quantity', f.quantity, 'unit', unit_of(f.quantity), 'value', f.value,
     'approximate', f.approximate, 'districtIds', f.district_ids, 'note', f.note, 'noteEn', f.note_en,
     'provenance', ${provenance('f')}, 'statements', ${statements('targets')}`,
    `targets_at(:asOf, :knownAt) f where ${where}`,
    'array_position(cast(:quantities as text[]), f.quantity), f.district_ids nulls first, f.id',
  )
}

/** Figures in force; `where` narrows them (alias `f`). */
export function figures(where: string): string {
  return list(
    `'id', f.id, 'programmeId', f.programme_id, 'districtId', f.district_id, 'quantity', f.quantity, 'unit', unit_of(f.quantity),
     'state', f.state, 'fundingClass', f.funding_class, 'value', f.value, 'approximate', f.approximate, 'note', f.note,
     'noteEn', f.note_en, 'provenance', ${provenance('f')}, 'statements', ${statements('figures')}`,
    `figures_at(:asOf, :knownAt) f where ${where}`,
    'f.programme_id nulls last, array_position(cast(:quantities as text[]), f.quantity), f.id',
  )
}
