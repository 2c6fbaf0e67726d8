import type { Knex } from 'knex'
import type { Config } from '../config.ts'
import { createLink, withdrawLinks } from './invitations.ts'
import { countAdmins } from './queries.ts'
import { invitationHours } from './rules.ts'

/**
 * As long as no active account has the role admin, makes a new one-time link for the first one and prints it: to the terminal, not
 * into the log. Links of earlier starts become void.
 */
export async function printFirstAdminLink(parts: {
  config: Config
  database: Knex
  print: (text: string) => void
}): Promise<void> {
  const { config, database, print } = parts
  await withdrawLinks(database, { kind: 'first_admin' })
  if ((await countAdmins(database)) > 0) return
  const { link } = await createLink(database, config, { kind: 'first_admin', roles: ['admin'] })
  print(`
Es gibt noch kein Administrationskonto. Mit diesem Link legen Sie es an
(gilt einmal und ${invitationHours} Stunden; ein Neustart macht einen neuen):

  ${link}
`)
}
