import type { Knex } from 'knex'
import { defaultState, type FederalState, federalStateOf } from '../contract/federal-state.ts'

/** The Land of this installation's city, whose holidays count: named by the beginning of its municipality key. */
export async function findFederalState(database: Knex): Promise<FederalState> {
  const [municipality] = await database('municipality').pluck<string[]>('ags')
  return municipality === undefined ? defaultState : federalStateOf(municipality)
}
