import { batch, computed, effect, signal } from '@preact/signals'
import type * as z from 'zod/mini'
import { today } from '../../../server/contract/dates.ts'
import { dayParts, oldestReportMonths, reportDeadZone } from '../../../server/contract/dead-zones.ts'
import { cellOf, cellSizeM, centreOf, type LonLat, neighbourOf } from '../../../server/contract/inspire-grid.ts'
import { addressOf, call } from '../../api.ts'

/** Values of the form; '' where nothing is chosen yet. */
export interface Report {
  operator: string
  technology: string
  surroundings: string
  seenOn: string
  dayPart: string
  remark: string
  website: string
}
export type ReportField = keyof Report | 'place'

/** How a place was come by: it decides what is said about it. */
export type Finding = { by: 'search'; name: string } | { by: 'device'; accuracyM: number } | { by: 'map' }

/** The square that will be kept. The exact place is forgotten the moment it is blurred. */
export const cell = signal<string | null>(null)
export const finding = signal<Finding | null>(null)
export const report = signal<Report>(emptyReport())
export const sent = signal<{ cell: string; district: string; isRepeated: boolean } | null>(null)

let openedAt = Date.now()

function emptyReport(): Report {
  const hour = new Date().getHours()
  const dayPart = dayParts.keys[Math.floor((hour * dayParts.keys.length) / 24)] ?? 'morning'
  return { operator: '', technology: '', surroundings: '', seenOn: today(), dayPart, remark: '', website: '' }
}

/** Begins a report; `operator` stays, since most people report of one network. */
export function startReport(): void {
  batch(() => {
    report.value = { ...emptyReport(), operator: report.peek().operator }
    cell.value = null
    finding.value = null
    sent.value = null
  })
  openedAt = Date.now()
}

export function choosePlace(place: LonLat, how: Finding): void {
  batch(() => {
    cell.value = cellOf(place)
    finding.value = how
  })
}

/** Moves the square by one cell: `east` and `north` are −1, 0 or 1. */
export function movePlace(east: number, north: number): void {
  if (cell.value) cell.value = neighbourOf(cell.value, east * cellSizeM, north * cellSizeM)
}

export const oldestDay = computed(() => {
  const day = new Date(`${today()}T12:00:00Z`)
  day.setUTCMonth(day.getUTCMonth() - oldestReportMonths)
  return day.toISOString().slice(0, 10)
})

/** Districts the square touches: null while that is not known, none outside the city. */
export const districts = signal<readonly string[] | null>(null)

effect(() => {
  const asked = cell.value
  districts.value = null
  if (asked) void findDistricts(asked)
})

async function findDistricts(asked: string): Promise<void> {
  const bbox = [...centreOf(asked), ...centreOf(asked)].map((degrees) => degrees.toFixed(5)).join()
  const query = { f: 'json', properties: 'name', bbox }
  const response = await fetch(addressOf('/ogc/collections/districts/items', undefined, query)).catch(() => null)
  if (!response?.ok || cell.peek() !== asked) return
  const { features } = (await response.json()) as { features: { properties: { name: string } }[] }
  districts.value = features.map(({ properties }) => properties.name)
}

/** Sends the middle of the square, never the place itself. Throws `ApiError`. */
export async function sendReport(place: string): Promise<void> {
  const { remark, ...values } = report.value
  const [longitude, latitude] = centreOf(place)
  // The server says what is missing or impossible, field by field.
  const body = {
    ...values,
    remark: remark.trim() || null,
    point: [longitude, latitude],
    filledInMs: Date.now() - openedAt,
  } as z.input<(typeof reportDeadZone)['body']>
  sent.value = await call(reportDeadZone, { body })
}
