import type { ObjectKindName } from '../../server/contract/objects/index.ts'
import { change } from '../../server/database/change.ts'
import { type ObjectContent, recordObjects } from '../../server/database/objects.ts'
import { findOrCreateSource } from '../../server/database/sources.ts'
import type { TestApp } from './app.ts'
import { factsApp } from './facts.ts'
import { signIn } from './sign-in.ts'

/** The whole product on a database of its own, or the one that is running, with words for what one does with objects. */
export async function objectsApp(running?: TestApp) {
  const app = await factsApp(running)
  const viewer = await signIn(app.app, 'viewer')
  const record = (kind: ObjectKindName, rows: readonly ObjectContent[], trueOn = '2022-03-28', citation = 'Lieferung der EVL') =>
    change(app.database, { actor: 'test', actorName: 'Test', reason: 'Lieferung' }, async (trx) =>
      recordObjects(trx, kind, rows, { trueOn, sourceId: await findOrCreateSource(trx, citation, null) }),
    )
  return { ...app, viewer, record }
}

export const basis = { trueOn: '2026-11-20', source: { citation: 'Mail der EVL', url: null }, reason: 'Abnahme' }

/** Premises of one household; `more` differs from the usual. */
export function household(key: string, more: object = {}): ObjectContent {
  return { key, districtId: 'opladen', kind: 'household', units: 1, state: 'eligible', steps: {}, ...more }
}

/** A trench through Wiesdorf, laid in December 2021. */
export function trench(key: string, coordinates: readonly (readonly number[])[], more: object = {}): ObjectContent {
  const dates = { plannedOn: '2021-03', startedOn: '2021-09', laidOn: '2021-12-01' }
  return { key, status: 'laid', ...dates, coLaying: false, geom: { type: 'LineString', coordinates }, ...more }
}
