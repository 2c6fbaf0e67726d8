import * as z from 'zod/mini'
import { ClockQuery, ResolvedClocks } from './clocks.ts'
import { coverageDatasets, coverageMethods, mobileSpots } from './coverage-codes.ts'
import { reportedOperators } from './dead-zones.ts'
import { endpoint } from './endpoint.ts'
import { mobileOperators, mobileTechnologies, publicSiteStatuses } from './mobile/codes.ts'

/** An edition of coverage data that something shown comes from. */
export const CoverageEdition = z.object({
  /** What rows name it by. */
  key: z.string(),
  dataset: coverageDatasets.schema,
  method: coverageMethods.schema,
  title: z.string(),
  methodNote: z.nullable(z.string()),
  attribution: z.string(),
  source: z.string(),
  /** Reference date (Stand), imprecise. */
  trueOn: z.string(),
  knownFrom: z.string(),
})
export type CoverageEdition = z.infer<typeof CoverageEdition>

/** What an edition says of a district: covered area by operator and technology, or the area of spots. */
export const CoverageFigure = z.object({
  /** null: the whole city. */
  districtId: z.nullable(z.string()),
  edition: z.string(),
  dataset: coverageDatasets.schema,
  operator: z.nullable(mobileOperators.schema),
  technology: z.nullable(mobileTechnologies.schema),
  spot: z.nullable(mobileSpots.schema),
  areaM2: z.number(),
  /** Percent of the area. */
  share: z.number(),
})
export type CoverageFigure = z.infer<typeof CoverageFigure>

/** Measured cells of 100 m by district, operator and technology. */
export const MeasuredFigure = z.object({
  districtId: z.nullable(z.string()),
  operator: mobileOperators.schema,
  technology: mobileTechnologies.schema,
  cells: z.int(),
  good: z.int(),
  usable: z.int(),
  weak: z.int(),
  firstDay: z.string(),
  lastDay: z.string(),
})
export type MeasuredFigure = z.infer<typeof MeasuredFigure>

export const DeadZone = z.object({
  cell: z.string(),
  districtId: z.nullable(z.string()),
  reports: z.int(),
  operators: z.array(reportedOperators.schema),
  noService: z.int(),
  indoors: z.int(),
  outdoors: z.int(),
  inVehicles: z.int(),
  /** "2026-10" */
  latestMonth: z.string(),
})
export type DeadZone = z.infer<typeof DeadZone>

export const PublicSite = z.object({
  id: z.string(),
  name: z.string(),
  districtId: z.nullable(z.string()),
  operators: z.array(mobileOperators.schema),
  technologies: z.array(mobileTechnologies.schema),
  status: publicSiteStatuses.schema,
  since: z.nullable(z.string()),
  note: z.nullable(z.string()),
})

/** Everything the pages about mobile networks say in words; map and table show the same. Empty lists where nothing has been imported. */
export const getMobile = endpoint({
  method: 'get',
  path: '/api/portal/mobile',
  access: 'public',
  summary: 'Mobile coverage, dead zones and sites, by district',
  query: ClockQuery,
  response: z.object({
    clocks: ResolvedClocks,
    districts: z.array(z.object({ id: z.string(), name: z.string() })),
    editions: z.array(CoverageEdition),
    coverage: z.array(CoverageFigure),
    /** The dated rules in force that make a spot of a number of operators. */
    spotRules: z.array(
      z.object({
        spot: mobileSpots.schema,
        label: z.string(),
        fewest: z.int(),
        most: z.int(),
        validFrom: z.nullable(z.string()),
        note: z.nullable(z.string()),
      }),
    ),
    measured: z.array(MeasuredFigure),
    deadZones: z.array(DeadZone),
    sites: z.array(PublicSite),
  }),
})
export type Mobile = z.output<(typeof getMobile)['response']>
