import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { opinions } from '../../../server/contract/mobile/codes.ts'
import type { StatementSheet, StatementSheets } from '../../../server/contract/statements.ts'
import { Button } from '../../ui/button.tsx'
import { Loaded } from '../../ui/resource.tsx'
import { Announcements } from '../../ui/toast.tsx'
import { changed, opened, token } from './data.ts'
import { nameOfCase } from './sheet-words.ts'
import { Sheet } from './statement-sheet.tsx'

/** `/stellungnahme#<token>`: somebody who was asked by mail reads the case and answers, without an account. */
export function StatementPage() {
  useEffect(() => void opened.ask(null), [])
  return (
    <>
      <header class="statement-header">
        <p>
          <strong>Stellungnahme</strong> zu einem Mobilfunkstandort
        </p>
        {opened.answer.value?.sheets && <p>{opened.answer.value.sheets.cityName}</p>}
      </header>
      <main class="statement-page">
        {token === '' ? (
          <LinkGone />
        ) : (
          <Loaded from={opened}>{({ sheets }) => (sheets ? <Sheets opened={sheets} /> : <LinkGone />)}</Loaded>
        )}
      </main>
      <Announcements />
    </>
  )
}

function LinkGone() {
  return (
    <section class="statement-gone">
      <h1>Dieser Link gilt nicht</h1>
      <p>Er ist unvollständig, abgelaufen oder zurückgezogen.</p>
      <ul>
        <li>
          Öffnen Sie den Link bitte unmittelbar aus der Mail: Beim Abschreiben oder Weiterleiten geht leicht ein Teil verloren.
        </li>
        <li>Haben Sie mehrere Mails zu demselben Standort, nehmen Sie die neueste.</li>
        <li>
          Ihre Stellungnahme ist trotzdem willkommen: Antworten Sie auf die Mail, oder bitten Sie die Mobilfunkkoordination um
          einen neuen Link.
        </li>
      </ul>
    </section>
  )
}

/** One request, or a choice among several. */
function Sheets({ opened: { sheets } }: { opened: StatementSheets }) {
  const now = sheets.map((sheet) => changed.value.get(sheet.reviewId) ?? sheet)
  const [chosen, choose] = useState<number | null>(sheets.length === 1 ? (sheets[0]?.reviewId ?? null) : null)
  const sheet = now.find(({ reviewId }) => reviewId === chosen)
  if (!sheet) return <Choice sheets={now} onChoose={choose} />
  return (
    <>
      {now.length > 1 && (
        <p>
          <Button look="tertiary" icon="back" onClick={() => choose(null)}>
            Alle {now.length} Anfragen
          </Button>
        </p>
      )}
      <Sheet key={sheet.reviewId} sheet={sheet} />
    </>
  )
}

function Choice({ sheets, onChoose }: { sheets: readonly StatementSheet[]; onChoose: (id: number) => void }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useLayoutEffect(() => heading.current?.focus(), [])
  const open = sheets.filter(isOpen).length
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        {open === 0 ? 'Zurzeit ist nichts offen' : open === 1 ? 'Eine offene Stellungnahme' : `${open} offene Stellungnahmen`}
      </h1>
      <ul class="statement-choice">
        {sheets.map((sheet) => (
          <li key={sheet.reviewId} class="statement-card">
            <h2>{nameOfCase(sheet)}</h2>
            <p>
              {sheet.departmentCode} {sheet.departmentName}: {isOpen(sheet) ? sheet.dueWords : stateOf(sheet)}
            </p>
            <p>
              <Button look={isOpen(sheet) ? 'primary' : 'secondary'} onClick={() => onChoose(sheet.reviewId)}>
                {isOpen(sheet) ? 'Stellung nehmen' : 'Ansehen'}
              </Button>
            </p>
          </li>
        ))}
      </ul>
    </>
  )
}

function isOpen({ isClosed, statements }: StatementSheet): boolean {
  return !isClosed && statements.length === 0
}

function stateOf({ status, statements }: StatementSheet): string {
  const [said] = statements
  if (status === 'withdrawn') return 'zurückgezogen'
  return said ? opinions.labels[said.opinion].de : 'abgeschlossen'
}
