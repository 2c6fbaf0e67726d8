import { useEffect, useState } from 'preact/hooks'
import { formatImpreciseDate, formatMoment } from '../../../server/contract/dates.ts'
import type { FactKindName } from '../../../server/contract/facts/index.ts'
import { type Conflict, listStatements, type Statement, saveDraft } from '../../../server/contract/facts.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Failure } from '../../ui/notice.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { toast } from '../../ui/toast.tsx'
import { nameOf, refresh } from '../data.ts'
import { declarationOf } from '../form/values.ts'
import { type MergeField, merged, mergeFields } from '../merge.ts'
import { MergeFields } from '../merge-fields.tsx'
import { ask } from '../staff.ts'
import { factName, fieldWords } from '../words.ts'
import { merging } from './publication.ts'

/** Both versions of a fact, field by field; what is chosen becomes the draft, resting on the newest version. */
export function MergeDialog() {
  const conflict = merging.value
  if (!conflict) return null
  return <Merge key={`${conflict.draft.id}/${conflict.current?.version}`} conflict={conflict} />
}

function Merge({ conflict: { draft, current } }: { conflict: Conflict }) {
  const [fields, setFields] = useState<readonly MergeField[] | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [isBusy, setBusy] = useState(false)
  const close = () => {
    merging.value = null
  }
  useEffect(() => {
    commonStart(draft.kind, draft.factId, draft.base)
      .then((base) =>
        setFields(current ? mergeFields(namesOf(draft.kind), base?.content ?? null, draft.content, current.content) : []),
      )
      .catch(setError)
  }, [])
  const save = async () => {
    setBusy(true)
    try {
      const { trueOn, source, reason, retracted, kind, factId: id } = draft
      const content = current ? merged(current.content, fields ?? []) : draft.content
      const base = current?.version ?? null
      await ask(saveDraft, { params: { kind, id }, body: { content, trueOn, source, reason, retracted, base } })
      // The form behind the dialog must rest on the new version before it can be used again.
      await refresh()
      toast('Beide Fassungen sind in Ihrem Entwurf zusammengeführt.')
      close()
    } catch (reason) {
      setError(reason)
      setBusy(false)
    }
  }
  return (
    <Dialog
      open
      title={`Zusammenführen: ${factName(draft.kind, draft.content, nameOf)}`}
      onClose={close}
      footer={
        <>
          <Button look="secondary" onClick={close}>
            Später
          </Button>
          <Button look="primary" disabled={fields === null || isBusy} onClick={() => void save()}>
            Als Entwurf speichern
          </Button>
        </>
      }
    >
      {error !== null && <Failure error={error} />}
      <Versions draft={draft} current={current} />
      {fields === null && error === null && <Skeleton lines={[90, 90, 90]} />}
      {fields !== null && current && (
        <Fields kind={draft.kind} fields={fields} theirName={current.change.actorName} onChange={setFields} />
      )}
    </Dialog>
  )
}

function namesOf(kind: FactKindName): string[] {
  return Object.keys(declarationOf(kind).values.shape)
}

/** The version the draft started from, so that it shows who changed what. */
async function commonStart(kind: FactKindName, id: string, base: number | null): Promise<Statement | null> {
  if (base === null) return null
  const { statements } = await ask(listStatements, { params: { kind, id } })
  return statements.find((statement) => statement.version === base) ?? null
}

function Versions({ draft, current }: Conflict) {
  return (
    <dl class="versions">
      <div>
        <dt>Ihre Fassung</dt>
        <dd>
          Entwurf vom {formatMoment(draft.updatedAt, 'de')}, Stand {formatImpreciseDate(draft.trueOn, 'de')}. Grund:{' '}
          {draft.reason}. Quelle: {draft.source.citation}
        </dd>
      </div>
      <div>
        <dt>{current ? `Fassung von ${current.change.actorName}` : 'Inzwischen'}</dt>
        <dd>
          {current
            ? `Veröffentlicht am ${formatMoment(current.change.recordedAt, 'de')}, Stand ${formatImpreciseDate(current.trueOn, 'de')}. Grund: ${current.change.reason}. Quelle: ${current.source.citation}`
            : 'Die Angabe wurde zurückgezogen. Wenn Sie Ihre Fassung speichern, wird sie eine neue Angabe; sonst verwerfen Sie Ihren Entwurf.'}
        </dd>
      </div>
    </dl>
  )
}

interface FieldsProps {
  kind: FactKindName
  fields: readonly MergeField[]
  theirName: string
  onChange: (fields: readonly MergeField[]) => void
}

function Fields({ kind, ...merge }: FieldsProps) {
  if (merge.fields.length === 0) return <p>Beide Fassungen sagen dasselbe. Ihr Entwurf kann so gespeichert werden.</p>
  return (
    <MergeFields
      {...merge}
      labelOf={(name) => declarationOf(kind).fields[name]?.label.de ?? name}
      wordsOf={(name, value) => fieldWords(kind, name, { [name]: value }, nameOf)}
    />
  )
}
