import { setTimeout as wait } from 'node:timers/promises'
import { expect } from 'vitest'
import type { CoverageEdition, CoverageFound, CoverageImport, CoverageWish } from '../../server/contract/coverage.ts'
import type { TestApp } from './app.ts'
import { body, read, staff } from './facts.ts'

/** Coverage as the coordinator takes it in, over HTTP. */
export async function coverageDesk(app: TestApp) {
  const coordinator = await staff(app, 'mobileCoordinator')

  const send = (name: string, bytes: Buffer | string, dataset?: string) => {
    const query = new URLSearchParams({ name, ...(dataset && { dataset }) })
    return fetch(new URL(`/api/coverage/imports?${query}`, app.url), {
      method: 'POST',
      body: typeof bytes === 'string' ? bytes : new Uint8Array(bytes),
      headers: {
        Origin: app.context.config.publicBaseUrl,
        'Content-Type': 'application/octet-stream',
        Cookie: [...coordinator.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      },
    })
  }

  const settled = async (id: number): Promise<CoverageImport> => {
    for (let turn = 0; turn < 1_200; turn += 1) {
      const found = await read<CoverageImport>(coordinator, `/api/coverage/imports/${id}`)
      if (found.status !== 'reading') return found
      await wait(25)
    }
    throw new Error('the file is still being read')
  }

  /** Sends a file and waits until it has been read. */
  const receive = async (name: string, bytes: Buffer | string, dataset?: string) =>
    settled((await body<CoverageImport>(await send(name, bytes, dataset))).id)

  /** What is found in a file that can be used. */
  const inspect = async (name: string, bytes: Buffer | string, dataset?: string) => {
    const received = await receive(name, bytes, dataset)
    expect(received.problem).toBeNull()
    return { id: received.id, found: received.found as CoverageFound }
  }

  /** Why a file cannot be used. */
  const refusal = async (name: string, bytes: Buffer | string, dataset?: string) => {
    const { status, problem, found } = await receive(name, bytes, dataset)
    expect([status, found]).toEqual(['refused', null])
    return problem as string
  }

  const confirming = (id: number, wish: CoverageWish) => coordinator.send('POST', `/api/coverage/imports/${id}/edition`, wish)

  /** Sends, waits, confirms. */
  const importFile = async (name: string, bytes: Buffer | string, wish: Partial<CoverageWish> = {}) => {
    const { id, found } = await inspect(name, bytes, wish.dataset)
    return body<CoverageEdition>(await confirming(id, { ...wishOf(found), ...wish }))
  }

  return { coordinator, send, settled, receive, inspect, refusal, confirming, importFile }
}

/** What somebody would say about a file. */
export function wishOf(found: Pick<CoverageFound, 'dataset'>, more: Partial<CoverageWish> = {}): CoverageWish {
  return {
    ...{ dataset: found.dataset, title: 'Mobilfunkmonitoring', trueOn: '2026-07-01', operator: null, technology: null },
    ...{ source: { citation: 'Bundesnetzagentur, Mobilfunkmonitoring 07/2026', url: null }, attribution: '© Bundesnetzagentur' },
    ...{ methodNote: null, methodBreak: null, missingIsNone: false },
    ...more,
  }
}

interface Area {
  properties: Record<string, unknown>
  /** west, south, east, north in EPSG:25832. */
  box: readonly [number, number, number, number]
}

/** Rectangles as GeoJSON in the CRS of the city. */
export function areas(list: readonly Area[], epsg = 25832): string {
  const features = list.map(({ properties, box: [west, south, east, north] }) => ({
    type: 'Feature',
    properties,
    geometry: {
      type: 'MultiPolygon',
      coordinates: [
        [
          [
            [west, south],
            [east, south],
            [east, north],
            [west, north],
            [west, south],
          ],
        ],
      ],
    },
  }))
  return JSON.stringify({
    type: 'FeatureCollection',
    crs: { type: 'name', properties: { name: `urn:ogc:def:crs:EPSG::${epsg}` } },
    features,
  })
}

/** The whole of Leverkusen and more. */
export const everywhere = [350_000, 5_640_000, 375_000, 5_670_000] as const

/** An edition of every dataset, so that every layer holds something. */
export async function fillCoverage(app: TestApp): Promise<void> {
  const { importFile } = await coverageDesk(app)
  const [west, south, , north] = everywhere
  const half = [west, south, 360_000, north] as const
  await importFile(
    'anzahl.geojson',
    areas([
      { properties: { mobilesBB_AnzahlMNB: 0, BL: 'NW' }, box: [359_000, 5_654_000, 360_000, 5_655_000] },
      { properties: { mobilesBB_AnzahlMNB: 3, BL: 'NW' }, box: [360_000, 5_654_000, 364_000, 5_655_000] },
    ]),
  )
  await importFile(
    'deficit.geojson',
    areas([{ properties: { Nr: 7, betroffene_Gemeinden: 'Leverkusen', gebietsflaeche_qkm: 1.5 }, box: half }]),
  )
  await importFile('telekom.geojson', areas([{ properties: { Betreiber: 'Telekom', Technik: 'LTE' }, box: half }]), {
    dataset: 'authority_coverage',
  })
  await importFile('fahrt.csv', driveTest(['2026-06-01T10:00:00;6.9893;51.0325;26201;LTE;-90;-9']), { title: 'Messfahrt' })
}

export const driveHeader = 'Zeit;Länge;Breite;PLMN;Technik;RSRP;RSRQ'

export function driveTest(rows: readonly string[], header = driveHeader): string {
  return `${[header, ...rows].join('\n')}\n`
}
