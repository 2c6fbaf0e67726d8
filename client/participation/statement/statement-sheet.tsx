import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { formatDay, formatMoment } from '../../../server/contract/dates.ts'
import { silenceSentences } from '../../../server/contract/participation-words.ts'
import { forwardStatement, readStatementFile, type StatementSheet, takeUpStatement } from '../../../server/contract/statements.ts'
import { call } from '../../api.ts'
import { Button } from '../../ui/button.tsx'
import { explain, Notice } from '../../ui/notice.tsx'
import { toast } from '../../ui/toast.tsx'
import { CaseMap } from './case-map.tsx'
import { saveFile, show, token } from './data.ts'
import { Given } from './given.tsx'
import { candidateEntries, caseEntries, type Entry, nameOfCase } from './sheet-words.ts'
import { StatementForm } from './statement-form.tsx'

/** A request: the question, what is known of the case, and the answer. */
export function Sheet({ sheet }: { sheet: StatementSheet }) {
  const heading = useRef<HTMLHeadingElement>(null)
  const [isCorrecting, correct] = useState(false)
  const [isGiven, setGiven] = useState(false)
  const given = () => {
    correct(false)
    setGiven(true)
  }
  useLayoutEffect(() => heading.current?.focus(), [])
  const hasAnswered = sheet.statements.length > 0
  const isAnswering = !sheet.isClosed && (!hasAnswered || isCorrecting)
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        {nameOfCase(sheet)}
      </h1>
      <State sheet={sheet} />
      {hasAnswered && !isCorrecting && <Given sheet={sheet} isNew={isGiven} onCorrect={() => correct(true)} />}
      {sheet.case && (
        <div class="statement-columns">
          <div class="statement-case">
            <Question sheet={sheet} />
            <Case sheet={sheet} />
          </div>
          <div class="statement-answer">
            {isAnswering && <StatementForm sheet={sheet} onGiven={given} onCancel={hasAnswered ? () => correct(false) : null} />}
            {isAnswering && !hasAnswered && <Otherwise sheet={sheet} />}
          </div>
        </div>
      )}
    </>
  )
}

/** Until when, and what silence means; or that nothing is wanted any more. */
function State({ sheet }: { sheet: StatementSheet }) {
  const { status, isClosed, dueOn, dueWords, silence, statements, askedBy } = sheet
  if (status === 'withdrawn')
    return (
      <Notice kind="info" title="Die Anfrage ist zurückgezogen">
        <p>Sie brauchen nichts weiter zu tun.</p>
      </Notice>
    )
  if (isClosed)
    return (
      <Notice kind="info" title="Die Beteiligung ist abgeschlossen">
        <p>Für eine Berichtigung wenden Sie sich bitte an {askedBy}, Mobilfunkkoordination.</p>
      </Notice>
    )
  if (statements.length > 0) return null
  const isPast = dueWords.includes('vorbei')
  return (
    <Notice kind={isPast ? 'warning' : 'info'} title={isPast ? 'Die Frist ist vorbei' : `Bitte um Stellungnahme ${dueWords}`}>
      {isPast ? (
        <p>Die Frist lief {dueWords}. Ihre Stellungnahme wird noch angenommen und als verspätet gekennzeichnet.</p>
      ) : (
        <p>
          {dueOn === null ? 'Der Vorgang ist angehalten; Sie können trotzdem schon antworten.' : silenceSentences[silence].before}
        </p>
      )}
    </Notice>
  )
}

function Question({ sheet: { question, departmentCode, departmentName, askedOn, askedBy } }: { sheet: StatementSheet }) {
  return (
    <section aria-labelledby="frage">
      <h2 id="frage">Frage</h2>
      <p class="statement-question">{question}</p>
      <p class="statement-muted">
        An {departmentCode} {departmentName}, am {formatDay(askedOn, 'de')} von {askedBy}
      </p>
    </section>
  )
}

function Case({ sheet }: { sheet: StatementSheet }) {
  const { case: file, candidates, attachments } = sheet
  if (!file) return null
  return (
    <>
      <CaseMap sheet={sheet} />
      <section aria-labelledby="vorgang">
        <h2 id="vorgang">Der Vorgang</h2>
        <Entries entries={caseEntries(file)} />
      </section>
      <section aria-labelledby="kandidaten">
        <h2 id="kandidaten">{candidates.length === 1 ? 'Der Standort' : 'Standortkandidaten'}</h2>
        {candidates.length === 0 && <p>Es ist noch kein Standort benannt: Es geht um den Suchkreis.</p>}
        {candidates.map((candidate) => (
          <div key={candidate.name} class="statement-candidate">
            <h3>{candidate.name}</h3>
            <Entries entries={candidateEntries(candidate)} />
          </div>
        ))}
      </section>
      {attachments.length > 0 && (
        <section aria-labelledby="unterlagen">
          <h2 id="unterlagen">Unterlagen</h2>
          <Files reviewId={sheet.reviewId} files={attachments} />
        </section>
      )}
    </>
  )
}

function Entries({ entries }: { entries: readonly Entry[] }) {
  return (
    <dl class="statement-entries">
      {entries.map(([label, words]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{words}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Files to be saved. */
export function Files({ reviewId, files }: { reviewId: number; files: StatementSheet['attachments'] }) {
  const save = (id: number, name: string) =>
    saveFile(readStatementFile.path, { reviewId, id }, name).catch((error) => toast(explain(error), 'danger'))
  return (
    <ul class="statement-files">
      {files.map(({ id, name, bytes }) => (
        <li key={id}>
          <Button look="tertiary" icon="download" onClick={() => void save(id, name)}>
            {`${name} (${Math.max(1, Math.round(bytes / 1024)).toLocaleString('de-DE')} kB)`}
          </Button>
        </li>
      ))}
    </ul>
  )
}

/** Not now, or not I: says that it is being worked on, or gives it to the deputy. */
function Otherwise({ sheet: { reviewId, takenUpAt, deputyName } }: { sheet: StatementSheet }) {
  const [isBusy, setBusy] = useState(false)
  const heading = useRef<HTMLHeadingElement>(null)
  const act = async (endpoint: typeof takeUpStatement | typeof forwardStatement, done: string) => {
    if (isBusy) return
    setBusy(true)
    try {
      show(await call(endpoint, { body: { token, reviewId } }))
      toast(done)
      // The button that was pressed may be gone.
      heading.current?.focus()
    } catch (error) {
      toast(explain(error), 'danger')
    } finally {
      setBusy(false)
    }
  }
  return (
    <section class="statement-otherwise" aria-labelledby="noch-nicht">
      <h2 id="noch-nicht" ref={heading} tabIndex={-1}>
        Noch nicht so weit?
      </h2>
      {takenUpAt ? (
        <p>Sie haben am {formatMoment(takenUpAt, 'de')} mitgeteilt, dass Sie sich kümmern.</p>
      ) : (
        <p>
          <Button icon="check" onClick={() => void act(takeUpStatement, 'Danke. Die Koordination sieht, dass Sie sich kümmern.')}>
            Ich kümmere mich darum
          </Button>
        </p>
      )}
      {deputyName && (
        <p>
          <Button icon="forward" onClick={() => void act(forwardStatement, `Die Anfrage ist an ${deputyName} unterwegs.`)}>
            {`An die Vertretung geben (${deputyName})`}
          </Button>
        </p>
      )}
    </section>
  )
}
