import { stringify } from 'csv-stringify/sync'
import type { Router } from 'express'
import * as contract from '../contract/addresses.ts'
import { demoNotice } from '../contract/text.ts'
import type { AppContext } from '../http/context.ts'
import { answered, handle } from '../http/handle.ts'
import { conflict, notFound } from '../http/problem.ts'
import { importDirectory } from './import.ts'
import type { AddressImports } from './jobs.ts'
import { endImport, findCandidates, findDifferences, findImport, findImports, findMunicipality, findRegister } from './queries.ts'
import { receiveFile } from './receive.ts'

const defaultLimit = 100
const shownImports = 10

/** The official address register: import, state, differences, matching. */
export function mountAddresses(router: Router, context: AppContext & { addressImports: AddressImports }): void {
  const { database, config, addressImports } = context

  const importOf = async (id: number) => {
    const found = await findImport(database, id)
    if (!found) throw notFound('Der Import')
    return found
  }

  handle(router, context, contract.getAddressRegister, async () => ({
    municipality: await findMunicipality(database),
    ...(await findRegister(database)),
    imports: await findImports(database, shownImports),
  }))

  handle(router, context, contract.importAddresses, async ({ query, user, request }) => {
    const id = await receiveFile(database, importDirectory(config.dataDir), request, {
      fileName: query.name?.trim() || 'Datei ohne Namen',
      acceptsVanishing: query.acceptVanishing === 'true',
      actor: user.id,
      actorName: user.name,
    })
    addressImports.start(id)
    return importOf(id)
  })

  handle(router, context, contract.cancelAddressImport, async ({ params, user }) => {
    await importOf(params.id)
    if (!(await endImport(database, params.id, 'cancelled', `Abgebrochen von ${user.name}. Es wurde nichts geändert.`)))
      throw conflict('Dieser Import ist schon beendet.')
    return importOf(params.id)
  })

  handle(router, context, contract.listAddressDifferences, async ({ query: { after, limit = defaultLimit } }) => {
    const found = await findDifferences(database, { after: after ?? null, limit: limit + 1 })
    const page = found.slice(0, limit)
    return {
      differences: page.map(({ key: _key, ...difference }) => difference),
      next: found.length > limit ? (page.at(-1)?.key ?? null) : null,
    }
  })

  handle(router, context, contract.exportAddressDifferences, async ({ response }) => {
    const notice = context.revisions.isDemo() ? demoNotice : null
    response
      .attachment('adressen-abweichungen.csv')
      .type('text/csv')
      .send(writeDifferences(await findDifferences(database, {}), notice))
    return answered
  })

  handle(router, context, contract.matchAddresses, async ({ body }) => {
    const found = Map.groupBy(await findCandidates(database, body.addresses), ({ line }) => line)
    return {
      matches: body.addresses.map((_, index) => ({
        candidates: (found.get(index + 1) ?? []).map(({ line: _line, ...candidate }) => candidate),
      })),
    }
  })
}

/** For Excel: BOM, semicolon, German decimals. */
function writeDifferences(differences: readonly contract.AddressDifference[], notice: string | null): string {
  const rows = differences.map((one) => ({
    Art: one.kind === 'address' ? 'Adresse' : 'Straße',
    Bezeichnung: one.label,
    Objekt: one.id,
    Straßenschlüssel: one.streetKey,
    'Stadtteil laut Schlüssel': one.districtName ?? 'keiner',
    'Stadtteil laut Grenzen': one.polygonDistrictName ?? (one.point ? 'außerhalb' : 'ohne Punkt'),
    'Abstand in m': one.distanceM === null ? '' : String(one.distanceM).replace('.', ','),
    Länge: one.point?.[0] ?? '',
    Breite: one.point?.[1] ?? '',
    ...(notice && { Hinweis: notice }),
  }))
  return stringify(rows, {
    header: true,
    columns: Object.keys(rows[0] ?? { Art: '', Bezeichnung: '' }),
    bom: true,
    delimiter: ';',
    record_delimiter: '\r\n',
    escape_formulas: true,
  })
}
