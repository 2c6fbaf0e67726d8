import type { Endpoint } from '../../server/contract/endpoint.ts'
import {
  addEvidence,
  type EvidenceKind,
  getProofFolder,
  getProofPackage,
  type Proof,
  type ProofFolder,
} from '../../server/contract/proofs.ts'
import { addressOf } from '../api.ts'
import { resource } from '../ui/resource.tsx'
import { user } from '../workbench/data.ts'
import { postFile } from '../workbench/post-file.ts'
import { ask } from '../workbench/staff.ts'

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

/** Puts a file into the folder. Throws `ApiError`. */
export async function uploadEvidence(programmeId: string, file: File, evidence: NewEvidence): Promise<void> {
  await postFile(addressOf((addEvidence as Endpoint).path, { programmeId }, { name: file.name, ...evidence }), file)
}
