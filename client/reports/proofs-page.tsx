import { useEffect } from 'preact/hooks'
import { formatMoment } from '../../server/contract/dates.ts'
import type { ProofFolder } from '../../server/contract/proofs.ts'
import { SelectField } from '../ui/field.tsx'
import { Loaded } from '../ui/resource.tsx'
import { ClockFields, readClocks } from '../workbench/clocks.tsx'
import { overview } from '../workbench/data.ts'
import { addressWith, go, place } from '../workbench/place.ts'
import { folder } from './proofs-data.ts'
import { DeadlineRules, Deadlines } from './proofs-deadlines.tsx'
import { EvidenceFolder } from './proofs-evidence.tsx'
import { Missing, Packages } from './proofs-packages.tsx'
import { MilestoneTable, MoneyTable, TargetTable } from './proofs-tables.tsx'

/** Interim and final proof of a programme: by when, what is there, what is missing, and one package of it all. */
export function ProofsPage() {
  const { query } = place.value
  const programmes = (overview.answer.value?.programmes ?? []).filter(({ kind }) => kind !== 'market_driven')
  const programmeId = query.get('programm') ?? programmes[0]?.id
  const { asOf, knownAt } = readClocks(query)
  const revision = overview.answer.value?.clocks.revision
  useEffect(() => {
    if (!programmeId) return
    if (folder.answer.peek()?.programme.id !== programmeId) folder.forget()
    void folder.ask({ programmeId, ...(asOf && { asOf }), ...(knownAt && { knownAt }) })
  }, [programmeId, asOf, knownAt, revision])
  return (
    <div class="page">
      <h1>Förderung</h1>
      <p>Zwischen- und Verwendungsnachweis: Fristen, Zahlen, Belege und das Paket für die Zuwendungsgeber.</p>
      <search class="field-row">
        <SelectField
          label="Programm"
          value={programmeId ?? ''}
          optional="silent"
          onChange={(event) => go(addressWith({ programm: event.currentTarget.value }))}
          options={programmes.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <ClockFields />
      </search>
      {overview.answer.value && programmes.length === 0 && <p class="empty">Noch kein gefördertes Programm.</p>}
      {programmeId && <Loaded from={folder}>{(answer) => <Folder answer={answer} isNow={!asOf && !knownAt} />}</Loaded>}
    </div>
  )
}

function Folder({ answer, isNow }: { answer: ProofFolder; isNow: boolean }) {
  return (
    <>
      <p class="muted">Alles auf dieser Seite ist bekannt seit spätestens {formatMoment(answer.frozenAt, 'de')}.</p>
      <Deadlines answer={answer} />
      <Missing answer={answer} />
      <Packages answer={answer} isNow={isNow} />
      <EvidenceFolder answer={answer} isNow={isNow} />
      <MilestoneTable milestones={answer.milestones} />
      <TargetTable targets={answer.targets} clocks={answer.clocks} />
      <MoneyTable money={answer.money} clocks={answer.clocks} />
      <DeadlineRules answer={answer} isNow={isNow} />
    </>
  )
}
