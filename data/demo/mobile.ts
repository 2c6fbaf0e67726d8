import type { Knex } from 'knex'
import type { MobileKindName } from '../../server/contract/mobile/index.ts'
import { addDays } from '../../server/contract/working-days.ts'
import type { ObjectContent } from '../../server/database/objects.ts'
import type { Position } from './streets.ts'

/** A case that is invented: what differs from case to case. Days are counted back from the day the data are loaded. */
interface Plan {
  key: string
  district: string
  operator: string
  caseType: string
  /** Days ago. */
  received: number
  /** Steps by days ago. */
  steps: Readonly<Record<string, number>>
  radiusM: number
  candidates: readonly CandidatePlan[]
}

interface CandidatePlan {
  name: string
  /** Metres east and north of the district's middle. */
  offset: readonly [number, number]
  heightM: number
  decision: 'open' | 'preferred' | 'agreed' | 'rejected'
  isPublic?: boolean
}

const built = { answered: 380, site_agreed: 340, permit_applied: 330, permit_granted: 240, site_certificate_issued: 230 }

const plans: readonly Plan[] = [
  {
    ...{ key: 'demo-1', district: 'hitdorf', operator: 'telekom', caseType: 'new_macro', received: 400, radiusM: 350 },
    steps: {
      ...built,
      construction_started: 120,
      construction_finished: 60,
      power_ready: 55,
      commissioning_notified: 40,
      in_operation: 20,
    },
    candidates: [
      { name: 'Erfundener Mast am Deich', offset: [220, -240], heightM: 35, decision: 'agreed', isPublic: true },
      { name: 'Erfundenes Feld am Ortsrand', offset: [-260, 150], heightM: 35, decision: 'rejected' },
    ],
  },
  {
    ...{ key: 'demo-2', district: 'steinbuechel', operator: 'vodafone', caseType: 'new_macro', received: 190, radiusM: 450 },
    steps: { answered: 170, reply_sent: 140, site_agreed: 138, permit_applied: 110 },
    candidates: [{ name: 'Erfundenes Dach der Sporthalle', offset: [190, 330], heightM: 8, decision: 'agreed', isPublic: true }],
  },
  {
    ...{
      key: 'demo-3',
      district: 'bergisch-neukirchen',
      operator: 'telefonica',
      caseType: 'new_macro',
      received: 33,
      radiusM: 600,
    },
    steps: { answered: 12 },
    candidates: [
      { name: 'Erfundener Wasserturm', offset: [-150, 210], heightM: 12, decision: 'preferred' },
      { name: 'Erfundener Waldrand', offset: [310, -140], heightM: 45, decision: 'open' },
    ],
  },
  {
    ...{ key: 'demo-4', district: 'manfort', operator: 'telekom', caseType: 'new_macro', received: 5, radiusM: 300 },
    ...{ steps: {}, candidates: [] },
  },
  {
    ...{ key: 'demo-5', district: 'quettingen', operator: '1und1', caseType: 'sharing', received: 75, radiusM: 200 },
    steps: { answered: 60 },
    candidates: [{ name: 'Erfundener vorhandener Mast', offset: [40, 30], heightM: 30, decision: 'open' }],
  },
]

/** Cases, candidates and a municipal site, all invented, by kind. Geometry in EPSG:25832. */
export function inventMobile(middles: Middles, today: string): [MobileKindName, ObjectContent[]][] {
  const ago = (days: number) => addDays(today, -days)
  const at = (district: string, [east, north]: readonly [number, number] = [0, 0]) => {
    const [x, y] = middles.get(district) ?? [0, 0]
    return { type: 'Point', coordinates: [x + east, y + north] }
  }
  const requests = plans.map((plan, index) => ({
    ...{ key: plan.key, caseNumber: `BEISPIEL-${index + 1}`, caseType: plan.caseType, operators: [plan.operator] },
    ...{ operatorSiteCode: `ERFUNDEN-${index + 1}`, receivedOn: ago(plan.received), receivedVia: 'mail', purpose: 'gap' },
    ...{ technologies: ['4g', '5g'], bandsMhz: [800, 1800, 3600], minAntennaHeightM: 20, backhaul: 'fibre' },
    ...{
      attachmentIds: [],
      pauses: [],
      note: 'Erfundener Vorgang zum Ausprobieren',
      radiusM: plan.radiusM,
      geom: at(plan.district),
    },
    steps: Object.fromEntries(Object.entries(plan.steps).map(([step, days]) => [step, { on: ago(days), note: null }])),
  }))
  const candidates = plans.flatMap((plan) =>
    plan.candidates.map((candidate, index) => ({
      ...{
        key: `${plan.key}-${'abc'[index]}`,
        requestId: `q:${plan.key}`,
        name: candidate.name,
        ownerType: 'city',
        builtArea: 'inside',
      },
      ...{
        mastKind: candidate.heightM < 15 ? 'on_building' : 'free_standing',
        mastHeightM: candidate.heightM,
        attachmentIds: [],
      },
      ...decisionOf(candidate, ago(plan.steps.site_agreed ?? 10)),
      geom: at(plan.district, candidate.offset),
    })),
  )
  const roof = {
    ...{
      key: 'demo-dach',
      name: 'Erfundenes Dach eines Amtes',
      kind: 'roof',
      owner: 'city',
      heightM: 18,
      areaM2: 40,
      hasPower: true,
    },
    ...{
      statics: 'unknown',
      availability: 'offered',
      releasedOn: ago(30),
      publicNote: 'Beispieldaten (erfunden)',
      geom: at('wiesdorf'),
    },
  }
  return [
    ['site_request', requests],
    ['municipal_site', [roof]],
    ['site_candidate', candidates],
  ]
}

function decisionOf({ decision, isPublic, name }: CandidatePlan, decidedOn: string) {
  const isDecided = decision === 'agreed' || decision === 'rejected'
  return {
    decision,
    decidedOn: isDecided ? decidedOn : null,
    decisionReason: decision === 'rejected' ? 'Erfundener Grund: zu nah am Ufer' : null,
    ...(isPublic && { operatorConsentOn: decidedOn, releasedOn: decidedOn, publicName: name }),
  }
}

/** Middles of the districts in EPSG:25832 (m), by their ids. */
export type Middles = ReadonlyMap<string, Position>

export async function findMiddles(trx: Knex): Promise<Middles> {
  const { rows } = await trx.raw<{ rows: { id: string; x: number; y: number }[] }>(
    'select d.id, round(st_x(d.label_point)) as x, round(st_y(d.label_point)) as y from districts d',
  )
  return new Map(rows.map(({ id, x, y }) => [id, [x, y]]))
}
