import * as z from 'zod/mini'
import { ClockQuery, Clocks, ResolvedClocks } from './clocks.ts'
import { coverageDatasets, coverageMethods, mobileSpots } from './coverage-codes.ts'
import { ImpreciseDate } from './dates.ts'
import { endpoint } from './endpoint.ts'
import { Reason, SourceInput } from './facts.ts'
import { mobileOperators, mobileTechnologies } from './mobile/codes.ts'
import { mobileReaders, mobileWriters } from './mobile.ts'

/** Editions of mobile coverage: what was imported, what it says per district, how it went on, and what drive tests say to it. */

const Id = z.strictObject({ id: z.coerce.number().check(z.int(), z.positive()) })
const Operator = z.nullable(mobileOperators.schema)
const Technology = z.nullable(mobileTechnologies.schema)
/** Largest file taken in, in GB. */
export const largestCoverageGb = 2

/** reading: file is being read · ready: somebody is to confirm · imported · refused: cannot be used · cancelled · failed. */
export const CoverageImportStatus = z.enum(['reading', 'ready', 'imported', 'refused', 'cancelled', 'failed'])

const Amount = z.object({ name: z.string(), count: z.int() })

/** What was found in a received file. */
export const CoverageFound = z.object({
  dataset: coverageDatasets.schema,
  /** Why it was taken for this dataset; what was mended. German. */
  reasons: z.array(z.string()),
  /** "GeoPackage", "CSV" … */
  format: z.string(),
  table: z.string(),
  /** Rows or features read. Of a file of a whole country only what lies around the city is read. */
  rows: z.int(),
  /** Rows that say something about the city. */
  used: z.int(),
  outside: z.int(),
  duplicates: z.int(),
  unusable: z.int(),
  /** Cells of the grid the file says something of, of all cells of the city. */
  cells: z.int(),
  cityCells: z.int(),
  columns: z.array(z.string()),
  /** west, south, east, north (WGS84) of what was used; null: nothing. */
  extent: z.nullable(z.tuple([z.number(), z.number(), z.number(), z.number()])),
  /** Operators and technologies it speaks of; null: the file does not say, somebody must. */
  parts: z.array(z.object({ operator: Operator, technology: Technology, cells: z.int() })),
  /** How many cells have how many operators; only of `operator_count`. */
  counts: z.array(z.object({ operators: z.int(), cells: z.int() })),
  /** Words for operators that are none of ours: kept apart, not counted. */
  foreign: z.array(Amount),
  /** First and last day of measurements. */
  firstDay: z.nullable(z.string()),
  lastDay: z.nullable(z.string()),
  warnings: z.array(z.string()),
  /** The first rows that cannot be used, with the reason; `kinds` counts all of them. */
  problems: z.array(z.object({ row: z.int(), text: z.string() })),
  kinds: z.array(Amount),
  /** Somebody must name the operator or the technology. */
  asksOperator: z.boolean(),
  asksTechnology: z.boolean(),
})
export type CoverageFound = z.infer<typeof CoverageFound>

export const CoverageImport = z.object({
  id: z.int(),
  fileName: z.string(),
  bytes: z.int(),
  receivedAt: z.string(),
  finishedAt: z.nullable(z.string()),
  actorName: z.string(),
  status: CoverageImportStatus,
  /** 0 to 1 while it is read; null: not known, or not being read. */
  progress: z.nullable(z.number()),
  /** German: why it cannot be used. */
  problem: z.nullable(z.string()),
  found: z.nullable(CoverageFound),
  editionId: z.nullable(z.int()),
  /** Editions made of the very same file. */
  sameAs: z.array(z.string()),
})
export type CoverageImport = z.infer<typeof CoverageImport>

export const CoverageEdition = z.object({
  id: z.int(),
  dataset: coverageDatasets.schema,
  method: coverageMethods.schema,
  title: z.string(),
  trueOn: ImpreciseDate,
  attribution: z.string(),
  methodNote: z.nullable(z.string()),
  /** Why it cannot be compared with the editions before. */
  methodBreak: z.nullable(z.string()),
  source: z.object({ citation: z.string(), url: z.nullable(z.string()) }),
  knownFrom: z.string(),
  changeId: z.int(),
  parts: z.array(z.object({ operator: Operator, technology: Technology })),
  cells: z.int(),
  withdrawn: z.nullable(z.object({ reason: z.string(), knownFrom: z.string() })),
})
export type CoverageEdition = z.infer<typeof CoverageEdition>

/** Editions at the clocks, the latest Stand first; withdrawn ones are not among them. */
export const listCoverageEditions = endpoint({
  method: 'get',
  path: '/api/coverage/editions',
  access: 'public',
  summary: 'Editions of mobile coverage at the clocks',
  query: ClockQuery,
  response: z.object({ clocks: ResolvedClocks, editions: z.array(CoverageEdition) }),
})

/** All editions, also withdrawn ones, and the last imports. */
export const getCoverageDesk = endpoint({
  method: 'get',
  path: '/api/coverage/desk',
  access: mobileReaders,
  summary: 'Editions and imports of mobile coverage, withdrawn ones included',
  response: z.object({ editions: z.array(CoverageEdition), imports: z.array(CoverageImport) }),
})

/**
 * Takes a file (body of the request, streamed to disk) and reads it in the background: ask `getCoverageImport` how far it is. The file
 * is deleted as soon as it has been read. `dataset`: what it is, when that cannot be recognised. 413 when too large, 422 when empty.
 */
export const receiveCoverage = endpoint({
  method: 'post',
  path: '/api/coverage/imports',
  access: mobileWriters,
  summary: 'Take in a file of mobile coverage (body: the file)',
  query: z.strictObject({
    name: z.string().check(z.minLength(1), z.maxLength(255, 'Der Name der Datei ist zu lang.')),
    dataset: z.optional(coverageDatasets.schema),
  }),
  response: CoverageImport,
})

export const getCoverageImport = endpoint({
  method: 'get',
  path: '/api/coverage/imports/:id',
  access: mobileReaders,
  summary: 'A received file of mobile coverage: how far it is and what was found',
  params: Id,
  response: CoverageImport,
})

/** Puts a received file aside; nothing of it remains. 409 when it has been imported. */
export const cancelCoverageImport = endpoint({
  method: 'post',
  path: '/api/coverage/imports/:id/cancel',
  access: mobileWriters,
  summary: 'Put a received file of mobile coverage aside',
  params: Id,
  response: CoverageImport,
})

export const CoverageWish = z.strictObject({
  dataset: coverageDatasets.schema,
  title: z
    .string('Bitte geben Sie der Ausgabe einen Namen.')
    .check(z.trim(), z.minLength(3, 'Bitte geben Sie der Ausgabe einen Namen.'), z.maxLength(200, 'Der Name ist zu lang.')),
  trueOn: ImpreciseDate,
  /** For files that do not name them. */
  operator: Operator,
  technology: Technology,
  source: SourceInput,
  attribution: z
    .string('Bitte nennen Sie den Urheber.')
    .check(z.trim(), z.minLength(2, 'Bitte nennen Sie den Urheber.'), z.maxLength(200, 'Die Angabe ist zu lang.')),
  methodNote: z.nullable(z.string().check(z.trim(), z.maxLength(2000, 'Der Hinweis ist zu lang.'))),
  methodBreak: z.nullable(z.string().check(z.trim(), z.maxLength(2000, 'Der Hinweis ist zu lang.'))),
  /** Of `operator_count`: cells the file does not speak of have no operator. Otherwise nothing is said of them. */
  missingIsNone: z.boolean(),
})
export type CoverageWish = z.infer<typeof CoverageWish>

/** Makes an edition of what was found, as one change, or nothing. 409 when there is nothing to import (any more), 422 names the field. */
export const importCoverage = endpoint({
  method: 'post',
  path: '/api/coverage/imports/:id/edition',
  access: mobileWriters,
  summary: 'Import a received file as an edition of mobile coverage',
  params: Id,
  body: CoverageWish,
  response: CoverageEdition,
})

/** Takes an edition back (the one before counts again), or puts it back in force. 409 when it is so already. */
export const withdrawCoverage = endpoint({
  method: 'post',
  path: '/api/coverage/editions/:id/withdrawal',
  access: mobileWriters,
  summary: 'Withdraw an edition of mobile coverage, or put it back in force',
  params: Id,
  body: z.strictObject({ isWithdrawn: z.boolean(), reason: Reason }),
  response: CoverageEdition,
})

/** A figure of an edition for the whole city: covered area, or area of a spot. */
const Trend = z.object({
  editionId: z.int(),
  operator: Operator,
  technology: Technology,
  spot: z.nullable(mobileSpots.schema),
  /** m² in EPSG:25832. */
  areaM2: z.number(),
  /** Share of the area of the city, %. */
  share: z.number(),
  /** Share of the city the edition speaks of, %. */
  spokenShare: z.number(),
})

const MeasuredTrend = z.object({
  editionId: z.int(),
  operator: mobileOperators.schema,
  technology: mobileTechnologies.schema,
  cells: z.int(),
  /** Cells whose median level reaches the threshold. */
  usable: z.int(),
})

/** The rule that made spots of numbers of operators, beside every figure. */
export const SpotRule = z.object({
  spot: mobileSpots.schema,
  label: z.string(),
  fewest: z.int(),
  most: z.int(),
  validFrom: z.nullable(ImpreciseDate),
  validUntil: z.nullable(ImpreciseDate),
  legalNote: z.nullable(z.string()),
})

/**
 * Figures for the whole city from edition to edition, each dataset for itself, the earliest first. Editions with a `methodBreak` cannot
 * be compared with those before. Spots of all editions by the rule of `asOf`.
 */
export const getCoverageTrend = endpoint({
  method: 'get',
  path: '/api/coverage/trend',
  access: 'public',
  summary: 'Mobile coverage from edition to edition, with breaks of method',
  query: ClockQuery,
  response: z.object({
    clocks: ResolvedClocks,
    cityM2: z.number(),
    usableFromDbm: z.number(),
    rules: z.array(SpotRule),
    editions: z.array(CoverageEdition),
    predicted: z.array(Trend),
    measured: z.array(MeasuredTrend),
  }),
})
export type CoverageTrend = z.infer<typeof getCoverageTrend.response>

/** Measured against predicted for one operator and technology. Neither is a test of the other: model and street differ. */
export const CoverageComparison = z.object({
  operator: mobileOperators.schema,
  technology: mobileTechnologies.schema,
  cellsMeasured: z.int(),
  /** Of these, predicted as covered; null: no prediction for this operator and technology. */
  predictedCovered: z.nullable(z.int()),
  /** Of those, median level at or above the threshold. */
  usable: z.nullable(z.int()),
  /** usable of predictedCovered, %. */
  share: z.nullable(z.number()),
  /** Not predicted as covered, but usable as measured. */
  unexpected: z.nullable(z.int()),
  predictedBy: z.nullable(z.object({ editionId: z.int(), title: z.string(), trueOn: ImpreciseDate })),
})
export type CoverageComparison = z.infer<typeof CoverageComparison>

export const WorstCell = z.object({
  cell: z.string(),
  operator: mobileOperators.schema,
  technology: mobileTechnologies.schema,
  medianRsrp: z.number(),
  samples: z.int(),
  lastDay: z.string(),
  districtId: z.nullable(z.string()),
  district: z.nullable(z.string()),
  /** lon, lat of the middle of the cell. */
  point: z.tuple([z.number(), z.number()]),
})

/** Cells predicted as covered and measured below the threshold, the weakest first (100 at most), and the sums per operator and technology. */
export const getCoverageComparison = endpoint({
  method: 'get',
  path: '/api/coverage/comparison',
  access: 'public',
  summary: 'Measured reception against predicted coverage, by operator and technology',
  query: z.strictObject({
    ...Clocks,
    /** Which prediction; by default that of the Bundesnetzagentur. */
    dataset: z.optional(z.enum(['authority_coverage', 'operator_coverage'])),
    /** Level from which on a cell counts as usable, dBm. */
    usableFromDbm: z.optional(
      z.coerce
        .number('Erwartet wird eine Zahl.')
        .check(z.minimum(-156, 'Mindestens −156 dBm.'), z.maximum(-31, 'Höchstens −31 dBm.')),
    ),
  }),
  response: z.object({
    clocks: ResolvedClocks,
    dataset: coverageDatasets.schema,
    usableFromDbm: z.number(),
    comparisons: z.array(CoverageComparison),
    worst: z.array(WorstCell),
  }),
})
