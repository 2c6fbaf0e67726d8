import type { MobileKindName } from '../../server/contract/mobile/index.ts'
import type { CandidateView, RequestView } from '../../server/contract/mobile.ts'
import { type Client, type RunningApp, signIn } from './sign-in.ts'

type Content = Record<string, unknown>

/** Longitude and latitude of Manfort's middle and 200 m beside it. */
export const manfort = [7.017, 51.033] as const
export const besideManfort = [7.0198, 51.0335] as const
export const point = ([longitude, latitude]: readonly [number, number]) => ({ type: 'Point', coordinates: [longitude, latitude] })

/** A case as an operator's letter brings it. */
export const letter: Content = {
  caseNumber: '02-17/2026',
  caseType: 'new_macro',
  operators: ['telekom'],
  operatorSiteCode: 'LEV-0815',
  receivedOn: '2026-10-12',
  receivedVia: 'letter',
  purpose: 'gap',
  technologies: ['4g', '5g'],
  minAntennaHeightM: 25,
  backhaul: 'fibre',
  radiusM: 400,
  geom: point(manfort),
}

export const mast: Content = {
  name: 'Mast am Friedhof',
  builtArea: 'inside',
  mastKind: 'free_standing',
  mastHeightM: 30,
  geom: point(besideManfort),
}

/** The mobile desk through HTTP, with a coordinator signed in. */
export interface MobileDesk {
  coordinator: Client
  /** Creates a record and returns its id and version; throws what the server says against it. */
  create(kind: MobileKindName, content: Content): Promise<{ id: string; version: number; revision: number }>
  change(kind: MobileKindName, id: string, set: Content): Promise<{ version: number; revision: number }>
  request(id: string): Promise<RequestView>
  /** One site released in each way: one in operation, one municipal. Returns the ids. */
  releaseSites(): Promise<{ requestId: string; candidateId: string; municipalSiteId: string }>
}

export async function mobileDesk(app: RunningApp): Promise<MobileDesk> {
  const coordinator = await signIn(app, 'mobileCoordinator')
  const read = async <Body>(response: Response): Promise<Body> => {
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
    return response.json() as Promise<Body>
  }
  const create: MobileDesk['create'] = async (kind, content) =>
    read(await coordinator.send('POST', `/api/mobile/records/${kind}`, { content }))
  const request: MobileDesk['request'] = async (id) =>
    (await read<{ request: RequestView }>(await coordinator.get(`/api/mobile/requests/${id}`))).request
  const versionOf = async (kind: MobileKindName, id: string): Promise<number> => {
    const { entries } = await read<{ entries: { version: number }[] }>(
      await coordinator.get(`/api/mobile/records/${kind}/${id}/history`),
    )
    return entries[0]?.version ?? 0
  }
  const change: MobileDesk['change'] = async (kind, id, set) => {
    const version = await versionOf(kind, id)
    return read(await coordinator.send('PATCH', `/api/mobile/records/${kind}/${id}`, { version, set }))
  }
  return {
    ...{ coordinator, create, change, request },
    releaseSites: async () => {
      const { id: requestId } = await create('site_request', letter)
      const released = { operatorConsentOn: '2026-10-25', releasedOn: '2026-10-26', publicName: 'Manfort, Friedhof' }
      const agreed = { decision: 'agreed', decidedOn: '2026-10-20' }
      const { id: candidateId } = await create('site_candidate', { ...mast, requestId, ...agreed, ...released })
      await change('site_request', requestId, { steps: { site_agreed: { on: '2026-10-20', note: null } } })
      const roof = { name: 'Dach der Schule', kind: 'roof', owner: 'city', releasedOn: '2026-10-01', geom: point(manfort) }
      const { id: municipalSiteId } = await create('municipal_site', roof)
      return { requestId, candidateId, municipalSiteId }
    },
  }
}

export function candidateOf(view: RequestView, id: string): CandidateView {
  const candidate = view.candidateList.find((one) => one.id === id)
  if (!candidate) throw new Error(`no candidate ${id}`)
  return candidate
}
