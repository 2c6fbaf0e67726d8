import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { formatMoment } from '../../../server/contract/dates.ts'
import { opinions } from '../../../server/contract/mobile/codes.ts'
import { statementSources } from '../../../server/contract/participation-words.ts'
import { copyStatement, type StatementSheet } from '../../../server/contract/statements.ts'
import { Button } from '../../ui/button.tsx'
import { Disclosure } from '../../ui/disclosure.tsx'
import { explain } from '../../ui/notice.tsx'
import { toast } from '../../ui/toast.tsx'
import { saveFile } from './data.ts'
import { Files } from './statement-sheet.tsx'

type Statement = StatementSheet['statements'][number]

/** What was said and when, with a copy to keep and a way to correct it. */
export function Given({ sheet, isNew, onCorrect }: { sheet: StatementSheet; isNew: boolean; onCorrect: () => void }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useLayoutEffect(() => {
    if (isNew) heading.current?.focus()
  }, [])
  const [isBusy, setBusy] = useState(false)
  const [said, ...earlier] = sheet.statements
  if (!said) return null
  const { reviewId, isClosed } = sheet
  const save = async () => {
    setBusy(true)
    await saveFile(copyStatement.path, { reviewId }, `stellungnahme-${reviewId}.pdf`).catch((error) =>
      toast(explain(error), 'danger'),
    )
    setBusy(false)
  }
  return (
    <section class="statement-given" aria-labelledby="gesagt">
      <h2 id="gesagt" ref={heading} tabIndex={-1}>
        {said.source === 'silence' ? 'Bisher keine Äußerung' : 'Ihre Stellungnahme liegt vor'}
      </h2>
      <Said statement={said} reviewId={reviewId} />
      <p class="statement-actions">
        <Button icon="download" disabled={isBusy} onClick={() => void save()}>
          Kopie als PDF
        </Button>
        <Button icon="print" onClick={() => print()}>
          Drucken
        </Button>
        {!isClosed && (
          <Button icon="edit" onClick={onCorrect}>
            {said.source === 'silence' ? 'Jetzt Stellung nehmen' : 'Berichtigen'}
          </Button>
        )}
      </p>
      {earlier.length > 0 && (
        <Disclosure summary={earlier.length === 1 ? 'Eine frühere Fassung' : `${earlier.length} frühere Fassungen`}>
          {earlier.map((one) => (
            <Said key={one.at} statement={one} reviewId={reviewId} />
          ))}
        </Disclosure>
      )}
    </section>
  )
}

function Said({
  statement: { opinion, conditions, remark, at, isLate, givenBy, source, attachments },
  reviewId,
}: {
  statement: Statement
  reviewId: number
}) {
  return (
    <div class="statement-said">
      <p>
        <strong>{opinions.labels[opinion].de}</strong>
        {source === 'silence' && ', weil in der Frist keine Äußerung kam'}
      </p>
      {conditions && <p class="statement-question">{conditions}</p>}
      {remark && <p class="statement-question">{remark}</p>}
      {attachments.length > 0 && <Files reviewId={reviewId} files={attachments} />}
      <p class="statement-muted">
        {source === 'silence'
          ? `Festgestellt am ${formatMoment(at, 'de')}`
          : `Am ${formatMoment(at, 'de')} von ${givenBy}, ${statementSources.labels[source].de}`}
        {isLate && ', nach Ablauf der Frist'}
      </p>
    </div>
  )
}
