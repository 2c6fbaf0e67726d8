import { useState } from 'preact/hooks'
import { formatImpreciseDate, formatMoment } from '../../server/contract/dates.ts'
import {
  type Evidence,
  evidenceKinds,
  getEvidenceFile,
  type ProofFolder,
  withdrawEvidence,
} from '../../server/contract/proofs.ts'
import { addressOf } from '../api.ts'
import { Button, ButtonLink } from '../ui/button.tsx'
import { toast } from '../ui/toast.tsx'
import { ask } from '../workbench/staff.ts'
import { WithdrawDialog } from '../workbench/withdraw-dialog.tsx'
import { folder, mayWrite } from './proofs-data.ts'
import { UploadForm } from './proofs-upload.tsx'

/** The folder of evidence: what each file proves, its date and hash; new ones and withdrawn ones. */
export function EvidenceFolder({ answer, isNow }: { answer: ProofFolder; isNow: boolean }) {
  const [withdrawn, setWithdrawn] = useState<Evidence | null>(null)
  const { evidence, programme } = answer
  const withdraw = async (reason: string) => {
    if (!withdrawn) return
    await ask(withdrawEvidence, { params: { id: withdrawn.id }, body: { reason } })
    toast('Die Datei ist zurückgezogen.')
    await folder.again()
  }
  return (
    <section>
      <h2>Mappe mit Belegen</h2>
      {evidence.length === 0 && <p class="empty">Die Mappe ist leer. Was gebraucht wird, steht oben unter „Was fehlt noch“.</p>}
      <ul class="findings" aria-label="Belege">
        {evidence.map((file) => (
          <EvidenceEntry key={file.id} file={file} onWithdraw={mayWrite() && isNow ? () => setWithdrawn(file) : null} />
        ))}
      </ul>
      {mayWrite() && isNow && <UploadForm programmeId={programme.id} />}
      <WithdrawDialog
        title={withdrawn && `${withdrawn.name} zurückziehen`}
        what="Die Datei gehört dann nicht mehr zum Nachweis. Sie bleibt gespeichert, mit Ihrem Namen und dem Grund."
        onWithdraw={withdraw}
        onClose={() => setWithdrawn(null)}
      />
    </section>
  )
}

function EvidenceEntry({ file, onWithdraw }: { file: Evidence; onWithdraw: (() => void) | null }) {
  const { name, kind, proves, dated, bytes, sha256, uploadedAt, uploadedBy, withdrawal } = file
  return (
    <li class={`finding${withdrawal ? ' finding--notice' : ''}`}>
      <p class="muted">
        {evidenceKinds.labels[kind].de}, {formatImpreciseDate(dated, 'de')}
      </p>
      <p class="finding__sentence">
        {name}: {proves}
      </p>
      <p class="muted proof-hash">
        {sizeText(bytes)}, SHA-256 {sha256}. Hinzugefügt {formatMoment(uploadedAt, 'de')} von {uploadedBy}.
      </p>
      {withdrawal && (
        <p>
          Zurückgezogen {formatMoment(withdrawal.at, 'de')} von {withdrawal.by}: {withdrawal.reason}
        </p>
      )}
      <div class="fact-row__actions">
        <ButtonLink look="secondary" small icon="download" download href={addressOf(getEvidenceFile.path, { id: file.id }, {})}>
          Herunterladen
        </ButtonLink>
        {onWithdraw && !withdrawal && (
          <Button look="tertiary" small icon="remove" onClick={onWithdraw}>
            Zurückziehen
          </Button>
        )}
      </div>
    </li>
  )
}

function sizeText(bytes: number): string {
  const [value, unit] = bytes < 2 ** 20 ? [bytes / 1024, 'KB'] : [bytes / 2 ** 20, 'MB']
  return `${value.toLocaleString('de-DE', { maximumFractionDigits: 1 })} ${unit}`
}
