import * as z from 'zod/mini'
import { type Access, endpoint } from './endpoint.ts'

/** Addresses of the official register ("gebref") and street keys. What stands at an address is internal; this room knows nothing of it. */

const readers: Access = ['viewer', 'mobileCoordinator', 'gigabitCoordinator', 'admin']
const importers: Access = ['gigabitCoordinator', 'admin']

/** Licence of the register, which is public. */
export const registerLicence = {
  name: 'Datenlizenz Deutschland – Zero – Version 2.0',
  url: 'https://www.govdata.de/dl-de/zero-2-0',
  publisher: 'Geobasis NRW',
} as const

/** Largest file taken: the register of all of NRW, unpacked, is below 1 GB. */
export const largestRegisterGb = 4

export const ImportStatus = z.enum(['waiting', 'reading', 'applying', 'done', 'refused', 'cancelled', 'failed'])

/** A file of the register: on its way into the database, or what became of it. */
export const AddressImport = z.object({
  id: z.int(),
  /** register: gebref; streets: list of street keys. */
  kind: z.enum(['register', 'streets']),
  status: ImportStatus,
  fileName: z.string(),
  sha256: z.string(),
  bytes: z.int(),
  /** How much of the file has been read. */
  bytesRead: z.int(),
  lines: z.int(),
  /** Lines of the own municipality. */
  kept: z.int(),
  actorName: z.string(),
  receivedAt: z.string(),
  finishedAt: z.nullable(z.string()),
  /** Why nothing was changed. */
  problem: z.nullable(z.string()),
  /** Latest date in the file (ISO date): Stand of the register. */
  registerDate: z.nullable(z.string()),
  /** Counts: added, moved, renamed, vanished, unchanged, streets, streetsRenamed; of a list of streets: new, changed, unchanged, refused. */
  result: z.nullable(z.record(z.string(), z.number())),
  /** The first lines that could not be read. */
  remarks: z.array(z.object({ line: z.int(), text: z.string() })),
})
export type AddressImport = z.infer<typeof AddressImport>

/** How the register stands: counts, Stand, licence, the last ten files. */
export const getAddressRegister = endpoint({
  method: 'get',
  path: '/api/addresses/register',
  access: readers,
  summary: 'State of the address register and its last files',
  response: z.object({
    /** Amtlicher Gemeindeschlüssel. */
    municipality: z.string(),
    addresses: z.int(),
    streets: z.int(),
    /** Addresses and streets whose key names another district than the boundaries. */
    differences: z.int(),
    registerDate: z.nullable(z.string()),
    imports: z.array(AddressImport),
  }),
})

/**
 * Takes a file (gebref in either form, also zipped; or the list of street keys) as the body of the request, streamed to disk. It is
 * read in the background: ask `getAddressRegister` how far it is. 413 when larger than `largestRegisterGb`, 422 when empty.
 */
export const importAddresses = endpoint({
  method: 'post',
  path: '/api/addresses/imports',
  access: importers,
  summary: 'Import a file of the address register (body: the file)',
  query: z.strictObject({
    name: z.optional(z.string().check(z.maxLength(255))),
    /** "true": it is known that more than a tenth of the addresses is not in this file any more, or that it is older. */
    acceptVanishing: z.optional(z.enum(['true', 'false'])),
  }),
  response: AddressImport,
})

/** Stops an import; nothing of it remains. 409 when it has ended already. */
export const cancelAddressImport = endpoint({
  method: 'post',
  path: '/api/addresses/imports/:id/cancel',
  access: importers,
  summary: 'Cancel an import of the address register',
  params: z.strictObject({ id: z.coerce.number().check(z.int(), z.positive()) }),
  response: AddressImport,
})

export const AddressDifference = z.object({
  kind: z.enum(['address', 'street']),
  id: z.string(),
  label: z.string(),
  streetKey: z.string(),
  /** District the key names; null: none. */
  districtId: z.nullable(z.string()),
  districtName: z.nullable(z.string()),
  /** District by the boundaries in force; null: outside, or without a point. */
  polygonDistrictId: z.nullable(z.string()),
  polygonDistrictName: z.nullable(z.string()),
  /** From the boundary of the district the key names, in m. */
  distanceM: z.nullable(z.number()),
  /** lon, lat. */
  point: z.nullable(z.tuple([z.number(), z.number()])),
})
export type AddressDifference = z.infer<typeof AddressDifference>

/** Where key and boundaries disagree, farthest first; `next` is to be given as `after`. */
export const listAddressDifferences = endpoint({
  method: 'get',
  path: '/api/addresses/differences',
  access: readers,
  summary: 'Addresses and streets whose key names another district than the boundaries',
  query: z.strictObject({
    after: z.optional(z.string().check(z.maxLength(200))),
    limit: z.optional(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(1000))),
  }),
  response: z.object({ differences: z.array(AddressDifference), next: z.nullable(z.string()) }),
})

/** The same as a file for Excel. */
export const exportAddressDifferences = endpoint({
  method: 'get',
  path: '/api/addresses/differences.csv',
  access: readers,
  summary: 'Differences between street key and boundaries (CSV)',
  response: z.string(),
  produces: ['text/csv; charset=utf-8'],
})

const AddressQuestion = z.strictObject({
  street: z.string().check(z.maxLength(200)),
  houseNumber: z.optional(z.nullable(z.string().check(z.maxLength(50)))),
  suffix: z.optional(z.nullable(z.string().check(z.maxLength(50)))),
  districtId: z.optional(z.nullable(z.string().check(z.maxLength(100)))),
})

export const AddressCandidate = z.object({
  kind: z.enum(['address', 'street']),
  /** null: only the street was found. */
  addressId: z.nullable(z.string()),
  streetKey: z.string(),
  label: z.string(),
  districtId: z.nullable(z.string()),
  /** lon, lat. */
  point: z.nullable(z.tuple([z.number(), z.number()])),
  /** 0 to 1: 1 the very address; below 0.5 the street only, or one of several. */
  confidence: z.number(),
})

/** Candidates for addresses as a file or a person writes them, best first, up to five for each, in the order asked. */
export const matchAddresses = endpoint({
  method: 'post',
  path: '/api/addresses/match',
  access: readers,
  summary: 'Find official addresses for written ones',
  body: z.strictObject({ addresses: z.array(AddressQuestion).check(z.minLength(1), z.maxLength(1000)) }),
  response: z.object({ matches: z.array(z.object({ candidates: z.array(AddressCandidate) })) }),
})
