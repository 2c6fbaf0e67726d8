import { isDeepStrictEqual } from 'node:util'
import type { Knex } from 'knex'
import type { z } from 'zod/mini'
import { type Phase, phases } from '../contract/codes.ts'
import type { SectionView, Warning } from '../contract/facts.ts'

type View = z.infer<typeof SectionView>

/** Sections as the public would see them on the day of this moment. */
export async function findSectionViews(database: Knex, knownAt: string): Promise<View[]> {
  const { rows } = (await database.raw(
    `select s.id, s.name, s.programme_id as "programmeId", s.district_id as "districtId", s.phase, s.planned_end as "plannedEnd"
     from sections_with_phase((cast(:knownAt as timestamptz) at time zone 'Europe/Berlin')::date, :knownAt) s order by s.id`,
    { knownAt },
  )) as { rows: View[] }
  return rows
}

export interface SectionChange {
  views: { before: View | null; after: View | null }
  warning: Warning | null
}

/** The sections that look different before and after. */
export function sectionChanges(before: readonly View[], after: readonly View[]): SectionChange[] {
  const ids = [...new Set([...before, ...after].map(({ id }) => id))]
  return ids.flatMap((id) => {
    const views = { before: before.find((view) => view.id === id) ?? null, after: after.find((view) => view.id === id) ?? null }
    return isDeepStrictEqual(views.before, views.after) ? [] : [{ views, warning: phaseFalls(views) }]
  })
}

/** Implausible: the displayed phase falls. On hold and cancelled are no steps, going there or coming back is no fall. */
function phaseFalls({ before, after }: SectionChange['views']): Warning | null {
  if (before === null || after === null) return null
  const steps = phases.keys.slice(0, phases.keys.indexOf('on_hold'))
  const [old, next] = [steps.indexOf(before.phase as Phase), steps.indexOf(after.phase as Phase)]
  if (old < 0 || next < 0 || next >= old) return null
  const [from, to] = [phases.labels[before.phase as Phase].de, phases.labels[after.phase as Phase].de]
  return { rule: 'phase-falls', field: null, text: `${after.name}: Der angezeigte Stand fällt von „${from}“ auf „${to}“ zurück.` }
}
