import type { Request } from 'express'
import type { Knex } from 'knex'
import type pg from 'pg'
import type { Config } from '../config.ts'
import type { Role } from '../contract/endpoint.ts'
import type { Revisions } from '../database/revision.ts'
import type { Bodies } from './bodies.ts'

export interface SignedInUser {
  id: string
  name: string
  username: string
  roles: readonly Role[]
}

/** Who is asking: implemented by the accounts. */
export interface Sessions {
  findUser(request: Request): Promise<SignedInUser | null>
}

/** What every capability is given; made once in main.ts. */
export interface AppContext {
  config: Config
  database: Knex
  /** Second pool with custom plans, for tiles and boxes (the envelope is a constant there). */
  tiles: pg.Pool
  revisions: Revisions
  bodies: Bodies
  sessions: Sessions
}
