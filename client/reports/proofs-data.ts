import type { Endpoint } from '../../server/contract/endpoint.ts'
import {
  addEvidence,
  type EvidenceKind,
  getProofFolder,
  getProofPackage,
  type Proof,
  type ProofFolder,
} from '../../server/contract/proofs.ts'
import { ApiError, addressOf } from '../api.ts'
import { user } from '../facts/data.ts'
import { ask } from '../facts/staff.ts'
import { resource } from '../ui/resource.tsx'

export interface FolderQuestion {
  programmeId: string
  asOf?: string
  knownAt?: string
}

export const folder = resource(({ programmeId, ...query }: FolderQuestion) =>
  ask(getProofFolder, { params: { programmeId }, query }),
)

export function mayWrite(): boolean {
  return user.value?.roles.includes('gigabitCoordinator') ?? false
}

/** Address of the package at exactly the state shown: the same bytes each time. */
export function packageAddress({ programme, clocks, frozenAt }: ProofFolder, proof: Proof, year: number | null): string {
  const query = { asOf: clocks.asOf, knownAt: frozenAt, proof, year }
  return addressOf(getProofPackage.path, { programmeId: programme.id }, query)
}

export interface NewEvidence {
  kind: EvidenceKind
  proves: string
  dated: string
}

/** Puts a file into the folder; a session that has ended is asked for anew by the next question. Throws `ApiError`. */
export async function uploadEvidence(programmeId: string, file: File, evidence: NewEvidence): Promise<void> {
  const address = addressOf((addEvidence as Endpoint).path, { programmeId }, { name: file.name, ...evidence })
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'Content-Type': 'application/octet-stream' },
    body: file,
  }).catch(() => {
    throw new ApiError({ type: 'about:blank', title: 'Unreachable', status: 0 })
  })
  if (response.ok) return
  const problem = await response.json().catch(() => null)
  throw new ApiError(problem ?? { type: 'about:blank', title: response.statusText, status: response.status })
}
