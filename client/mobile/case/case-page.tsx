import { useEffect, useMemo, useRef } from 'preact/hooks'
import { today } from '../../../server/contract/dates.ts'
import type { RequestView } from '../../../server/contract/mobile.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Disclosure } from '../../ui/disclosure.tsx'
import { addressWith, go } from '../../workbench/place.ts'
import { Candidates } from '../candidate/candidate-table.tsx'
import { mayChange, oneRequest } from '../data.ts'
import { drawnOf } from '../drawn.ts'
import { AttachmentDrop, AttachmentList } from '../form/attachments.tsx'
import { Outcome } from '../form/command-parts.tsx'
import { RecordFacts } from '../form/record-facts.tsx'
import { RecordHistory } from '../form/record-history.tsx'
import { Withdrawal } from '../form/withdrawal.tsx'
import type { CaseSection } from '../sections.ts'
import { SiteMap } from '../site-map.tsx'
import { districtWords, sinceWords, statusWord, titleOf, waitingWords } from '../words.ts'
import { Beside } from './beside.tsx'
import { CaseWarnings } from './case-warnings.tsx'
import { Neighbours } from './neighbours.tsx'
import { Pauses } from './pauses.tsx'
import { Section } from './section.tsx'
import { Steps } from './steps.tsx'
import { useCommand } from './use-command.ts'

interface CasePageProps {
  request: RequestView
  /** What other rooms show here. */
  sections: readonly CaseSection[]
}

/** A case: where it stands, what it waits for, what has happened, and everything that belongs to it. */
export function CasePage({ request, sections }: CasePageProps) {
  return (
    <Beside head={<Head request={request} />} map={<CaseMap request={request} />}>
      <CaseWarnings request={request} />
      <Section id="schritte" title="Schritte">
        <Steps request={request} />
      </Section>
      <Section id="kandidaten" title="Kandidaten">
        <Candidates request={request} />
      </Section>
      {sections.map(({ id, title, component: Content }) => (
        <Section key={id} id={id} title={title}>
          <Content request={request} onChanged={() => void oneRequest.again()} />
        </Section>
      ))}
      <Disclosure summary="Fristen anhalten" open={request.content.pauses.length > 0}>
        <Pauses request={request} />
      </Disclosure>
      <Section id="angaben" title="Angaben">
        {mayChange() && (
          <p>
            <ButtonLink look="secondary" small icon="edit" href={addressWith({ bearbeiten: 'ja' })}>
              Angaben ändern
            </ButtonLink>
          </p>
        )}
        <RecordFacts kind="site_request" content={request.content} />
      </Section>
      <Section id="anlagen" title="Anlagen">
        <Files request={request} />
      </Section>
      <Section id="nachbarn" title="In der Nähe und mögliche Doppel">
        <Neighbours neighbours={request.neighbours} />
      </Section>
      <Disclosure summary="Verlauf">
        <RecordHistory kind="site_request" id={request.id} version={request.version} />
      </Disclosure>
      {mayChange() && (
        <Withdrawal
          kind="site_request"
          id={request.id}
          name={titleOf(request.content)}
          word="Anfrage"
          what="Nur wenn es die Anfrage nie gab, zum Beispiel doppelt erfasst. Zieht der Betreiber sie zurück, ist das ein Schritt: „Vom Betreiber zurückgezogen“."
          onDone={() => go(addressWith({ anfrage: null }))}
        />
      )}
    </Beside>
  )
}

function Head({ request }: { request: RequestView }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus({ preventScroll: true }), [request.id])
  const { content, status, statusSince, waiting, agreed } = request
  return (
    <header class="editor-header">
      <Button
        look="tertiary"
        icon="back"
        iconOnly
        onClick={() => go(addressWith({ anfrage: null, kandidat: null, bearbeiten: null }))}
      >
        Zur Liste
      </Button>
      <div class="site-head">
        <h1 ref={heading} tabIndex={-1}>
          {titleOf(content)}
        </h1>
        <p>
          <strong>{statusWord(status)}</strong> {sinceWords(statusSince, today())}
          {agreed && `, Standort: ${agreed}`}
          {request.districtIds.length > 0 && ` · ${districtWords(request)}`}
          {content.caseNumber && ` · ${content.caseNumber}`}
        </p>
        <p class="site-head__waiting">{waiting ? waitingWords(waiting, today()) : 'Wartet auf niemanden.'}</p>
      </div>
    </header>
  )
}

function CaseMap({ request }: { request: RequestView }) {
  const drawn = useMemo(() => drawnOf(request), [request])
  const open = (id: string) => id.startsWith('k:') && go(addressWith({ kandidat: id }))
  return <SiteMap label="Karte mit Suchkreis und Kandidaten. Dieselben stehen in den Listen." drawn={drawn} onOpen={open} />
}

function Files({ request }: { request: RequestView }) {
  const { attachmentIds } = request.content
  const command = useCommand('site_request', request, () => void oneRequest.again())
  const files = request.attachments.filter(({ id }) => attachmentIds.includes(id))
  const remove = (id: number) => void command.run({ attachmentIds: attachmentIds.filter((one) => one !== id) })
  return (
    <>
      {files.length === 0 && <p class="muted">Noch keine.</p>}
      <AttachmentList files={files} {...(mayChange() && { onRemove: remove })} />
      {mayChange() && (
        <AttachmentDrop label="Datei" onAdded={({ id }) => void command.run({ attachmentIds: [...attachmentIds, id] })} />
      )}
      <Outcome problem={command.problem} />
    </>
  )
}
