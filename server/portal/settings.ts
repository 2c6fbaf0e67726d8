import type { Knex } from 'knex'
import type * as z from 'zod/mini'
import type { getSettings } from '../contract/portal.ts'
import { languages } from '../contract/text.ts'
import { findFederalState } from '../database/federal-state.ts'
import { timelineStart } from '../http/clocks.ts'
import type { AppContext } from '../http/context.ts'

/** Extent of the city: of its districts, or of their labels as long as no boundary is known. */
const extent = `
  select lon_lat_box(st_collect(coalesce(g.geom, st_expand(d.label_point, 1000)))) as bbox
  from districts d left join district_boundaries_at(:today, now()) g on g.district_id = d.id`

const world: Box = [-180, -85, 180, 85]

type Settings = z.infer<(typeof getSettings)['response']>
type Box = Settings['bbox']

async function findExtent(database: Knex, today: string): Promise<Box> {
  const { rows } = (await database.raw(extent, { today })) as { rows: { bbox: Box | [null] }[] }
  const bbox = rows[0]?.bbox
  return bbox && bbox[0] !== null ? (bbox as Box) : world
}

/** Body of `getSettings`. */
export async function loadSettings({ config, database, revisions }: AppContext, today: string): Promise<string> {
  const settings: Settings = {
    cityName: config.cityName,
    basemapStyleUrl: config.basemapStyleUrl ?? null,
    basemapAttribution: config.basemapAttribution ?? null,
    bbox: await findExtent(database, today),
    timelineStart,
    today,
    revision: revisions.current(),
    languages: [...languages],
    isDemo: revisions.isDemo(),
    federalState: await findFederalState(database),
  }
  return JSON.stringify(settings)
}
