import * as z from 'zod/mini'
import { Clocks } from './clocks.ts'
import { codes } from './codes.ts'
import { ImpreciseDate } from './dates.ts'
import { endpoint } from './endpoint.ts'
import { FactId, Line } from './facts/fact.ts'
import { Reason } from './facts.ts'

const readers = ['viewer', 'gigabitCoordinator', 'admin'] as const
const writers = ['gigabitCoordinator'] as const

/** Milestones of delivery: 1 area, 2 network plan after the award, 3 as built so far, 4 as built with the final proof. */
export const GisNbPhase = z.enum(['1', '2', '3', '4'])
export type GisNbPhase = z.infer<typeof GisNbPhase>

export const gisNbPhaseLabels: Readonly<Record<GisNbPhase, string>> = {
  1: 'Phase 1: Gebiet',
  2: 'Phase 2: Netzplan vor Baubeginn',
  3: 'Phase 3: Bestand des fertigen Teils',
  4: 'Phase 4: Bestand bei Abschluss',
}

/** CRS a package can be written in; the standard’s own is not confirmed. */
export const gisNbCrs = [25832, 4326, 4258] as const

/** `error`: the package would be sent back. `warning`: ask. `unknown`: the text of the standard known here does not say. */
export const gisNbSeverities = codes({
  error: { de: 'Fehler', en: 'Error' },
  warning: { de: 'Warnung', en: 'Warning' },
  unknown: { de: 'Regelwerk unklar', en: 'Standard unclear' },
})

/** Rules of the validator; the ids stay, so that findings can be spoken about with the funding agency. */
export const gisNbRules = {
  G01: { severity: 'error', title: 'Pflichtfeld leer' },
  G02: { severity: 'error', title: 'Wert vom falschen Typ' },
  G03: { severity: 'error', title: 'Code nicht in der Liste' },
  G04: { severity: 'unknown', title: 'Für den Wert ist kein Code bekannt' },
  G05: { severity: 'error', title: 'Text zu lang' },
  G06: { severity: 'error', title: 'Text zu „Sonstiges“ fehlt' },
  G07: { severity: 'error', title: 'Kennung doppelt' },
  G08: { severity: 'error', title: 'Verweis führt ins Leere' },
  G09: { severity: 'error', title: 'Geometrie leer oder ungültig' },
  G10: { severity: 'error', title: 'Falsche Geometrieart' },
  G11: { severity: 'error', title: 'Länge passt nicht zur Geometrie' },
  G12: { severity: 'warning', title: 'Linie kürzer als 0,5 m' },
  G13: { severity: 'warning', title: 'Objekt doppelt' },
  G14: { severity: 'warning', title: 'Layer ohne Objekte' },
  G15: { severity: 'error', title: 'Feldname länger als zehn Zeichen' },
  G16: { severity: 'warning', title: 'Abseits des Ausbaugebiets' },
  G17: { severity: 'warning', title: 'Noch nicht fertig gebaut' },
  G18: { severity: 'error', title: 'Layer oder Feld fehlt' },
} as const satisfies Record<string, { severity: keyof typeof gisNbSeverities.labels; title: string }>
export type GisNbRuleId = keyof typeof gisNbRules
const RuleId = z.enum(Object.keys(gisNbRules) as [GisNbRuleId, ...GisNbRuleId[]])

export const GisNbFinding = z.object({
  rule: RuleId,
  layer: z.string(),
  /** Object of ours; null: the whole layer, or an object of a file. */
  objectId: z.nullable(z.string()),
  /** `id` in the package; null: none. */
  number: z.nullable(z.int()),
  field: z.nullable(z.string()),
  text: z.string(),
})
export type GisNbFinding = z.infer<typeof GisNbFinding>

export const listGisNbVersions = endpoint({
  method: 'get',
  path: '/api/gisnb/versions',
  access: readers,
  summary: 'Versions of the GIS-NB known here, with what is not known about them',
  response: z.object({
    versions: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        published: z.string(),
        phases: z.array(GisNbPhase),
        uncertain: z.array(z.string()),
      }),
    ),
  }),
})

const Package = {
  programmeId: FactId,
  version: z.string().check(z.maxLength(10)),
  phase: GisNbPhase,
}

const LayerState = z.object({
  name: z.string(),
  title: z.string(),
  objects: z.int(),
  /** Share of the required values that are there, 0 to 1; null: no object, so nothing is complete. */
  complete: z.nullable(z.number()),
  errors: z.int(),
  /** Against the last submission; null: there was none. */
  difference: z.nullable(z.object({ added: z.int(), removed: z.int(), changed: z.int() })),
})

/** 404 for an unknown version or programme, 400 for a phase the version has no export for. */
export const checkGisNb = endpoint({
  method: 'get',
  path: '/api/gisnb/check',
  access: readers,
  summary: 'How complete and how right a GIS-NB package would be now',
  query: z.strictObject({ ...Package, ...Clocks }),
  response: z.object({
    layers: z.array(LayerState),
    complete: z.nullable(z.number()),
    /** How often each rule found something; of the findings the first 500 are listed. */
    rules: z.array(z.object({ id: RuleId, found: z.int() })),
    findings: z.array(GisNbFinding),
    lastSubmission: z.nullable(z.object({ id: z.int(), asOf: z.string(), madeAt: z.string() })),
  }),
})

const Files = {
  format: z.enum(['shp', 'gpkg']),
  crs: z.coerce.number().check(z.refine((value) => gisNbCrs.some((crs) => crs === value), 'Möglich sind 25832, 4326 und 4258.')),
}

/** ZIP: layers, MANIFEST.json (version, phase, clocks, counts, findings, what is not known, SHA-256 of each file), README.txt. */
export const downloadGisNb = endpoint({
  method: 'get',
  path: '/api/gisnb/package.zip',
  access: readers,
  summary: 'GIS-NB package',
  query: z.strictObject({ ...Package, ...Files, ...Clocks }),
  response: z.unknown(),
  produces: ['application/zip'],
})

export const GisNbSubmission = z.object({
  id: z.int(),
  programmeId: z.string(),
  version: z.string(),
  phase: GisNbPhase,
  format: z.string(),
  crs: z.int(),
  asOf: z.string(),
  knownAt: z.string(),
  /** SHA-256 of the package as submitted. */
  sha256: z.string(),
  errors: z.int(),
  madeAt: z.string(),
  madeBy: z.string(),
})
export type GisNbSubmission = z.infer<typeof GisNbSubmission>

export const listGisNbSubmissions = endpoint({
  method: 'get',
  path: '/api/gisnb/submissions',
  access: readers,
  summary: 'Packages that were submitted, newest first',
  response: z.object({ submissions: z.array(GisNbSubmission) }),
})

/** Records that the package of now was submitted, so that the next one can be compared with it. */
export const submitGisNb = endpoint({
  method: 'post',
  path: '/api/gisnb/submissions',
  access: writers,
  summary: 'Record a submission of the package of now',
  body: z.strictObject({ ...Package, ...Files, asOf: z.iso.date() }),
  response: GisNbSubmission,
})

/**
 * Takes a package (zipped shapefiles or GeoPackage) over: body is the file, up to 500 MB. `preview` true: nothing is written. Objects
 * with errors are refused and listed; of the others, what is new or changed is recorded in one change. 422 for a file that cannot be read.
 */
export const importGisNb = endpoint({
  method: 'post',
  path: '/api/gisnb/imports',
  access: writers,
  summary: 'Read a GIS-NB package: check it, and record its objects',
  query: z.strictObject({
    ...Package,
    name: Line,
    trueOn: ImpreciseDate,
    citation: Line,
    reason: Reason,
    preview: z.enum(['true', 'false']),
    /** Asked for when the file does not say. */
    crs: z.optional(z.coerce.number().check(z.int())),
  }),
  body: z.unknown(),
  response: z.object({
    /** Of the objects, how many are new, changed and known just so; the rest was refused. */
    layers: z.array(z.object({ name: z.string(), objects: z.int(), added: z.int(), changed: z.int(), unchanged: z.int() })),
    findings: z.array(GisNbFinding),
    /** null: a preview, or nothing new. */
    revision: z.nullable(z.int()),
  }),
})
