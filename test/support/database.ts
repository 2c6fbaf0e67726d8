import { randomUUID } from 'node:crypto'
import type { ClientConfig } from 'pg'
import { afterAll, inject } from 'vitest'
import { type Connections, connect, withClient } from '../../server/database/connect.ts'

/** A test file's own database. */
export interface TestDatabase extends Connections {
  address: ClientConfig
}

/**
 * A copy of the migrated and filled database for the calling test file, removed after its tests. Call it at the top of
 * the file: `const { database } = await testDatabase()`.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const address = await copyDatabase('ausbauatlas')
  const connections = connect(address)
  afterAll(() => connections.close())
  return { ...connections, address }
}

/** An empty database with nothing but PostGIS, removed after the tests of the file. */
export async function emptyDatabase(): Promise<ClientConfig> {
  const address = await copyDatabase('template0')
  await asSuperuser('create extension postgis', address.database)
  return address
}

async function copyDatabase(template: string): Promise<ClientConfig> {
  const database = `test_${randomUUID().replaceAll('-', '')}`
  await asSuperuser(`create database ${database} template ${template} owner ausbauatlas`)
  afterAll(() => asSuperuser(`drop database if exists ${database} with (force)`))
  return { ...inject('template'), database }
}

function asSuperuser(statement: string, database = 'postgres'): Promise<unknown> {
  return withClient({ ...inject('superuser'), database }, (client) => client.query(statement))
}
