import { useEffect, useRef } from 'preact/hooks'
import type { CandidateView, RequestView } from '../../../server/contract/mobile.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Disclosure } from '../../ui/disclosure.tsx'
import { nameOf } from '../../workbench/data.ts'
import { addressWith, go } from '../../workbench/place.ts'
import { Beside } from '../case/beside.tsx'
import { Section } from '../case/section.tsx'
import { mayChange } from '../data.ts'
import { drawnOf } from '../drawn.ts'
import { RecordFacts } from '../form/record-facts.tsx'
import { RecordHistory } from '../form/record-history.tsx'
import { Withdrawal } from '../form/withdrawal.tsx'
import { SiteMap } from '../site-map.tsx'
import { ductWords, titleOf } from '../words.ts'
import { BuildingLaw } from './building-law.tsx'
import { candidateGroups } from './candidate-form.tsx'
import { Decision } from './decision.tsx'
import { Release } from './release.tsx'
import { DecisionWord } from './words.tsx'

export interface CandidateProps {
  request: RequestView
  candidate: CandidateView
}

/** A place where the site could stand: what the law suggests, the decision, what becomes public, and what is known. */
export function CandidatePage({ request, candidate }: CandidateProps) {
  const { id, version, content } = candidate
  const drawn = drawnOf(request).map((one) => (one.id === id ? { ...one, isSelected: true } : one))
  return (
    <Beside
      head={<Head request={request} candidate={candidate} />}
      map={
        <SiteMap
          label="Karte mit Suchkreis und Kandidaten. Dieselben stehen in der Liste der Anfrage."
          drawn={drawn}
          onOpen={(other) => other.startsWith('k:') && go(addressWith({ kandidat: other }))}
        />
      }
    >
      <Section id="baurecht" title="Baurecht">
        <BuildingLaw key={version} candidate={candidate} />
      </Section>
      <Section id="entscheidung" title="Entscheidung">
        <Decision key={version} request={request} candidate={candidate} />
      </Section>
      <Section id="veroeffentlichung" title="Veröffentlichung">
        <Release key={version} request={request} candidate={candidate} />
      </Section>
      <Section id="angaben" title="Angaben">
        {mayChange() && (
          <p>
            <ButtonLink look="secondary" small icon="edit" href={addressWith({ bearbeiten: 'ja' })}>
              Angaben ändern
            </ButtonLink>
          </p>
        )}
        {candidateGroups.map((group) => (
          <RecordFacts key={group.title} kind="site_candidate" content={content} names={group.names} />
        ))}
      </Section>
      <Disclosure summary="Verlauf">
        <RecordHistory kind="site_candidate" id={id} version={version} />
      </Disclosure>
      {mayChange() && (
        <Withdrawal
          kind="site_candidate"
          id={id}
          name={content.name}
          word="Kandidat"
          what="Nur wenn er irrtümlich erfasst wurde. Wird er es nicht, ist das eine Entscheidung: „verworfen“, mit Begründung."
          onDone={() => go(addressWith({ kandidat: null }))}
        />
      )}
    </Beside>
  )
}

function Head({ request, candidate }: CandidateProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus({ preventScroll: true }), [candidate.id])
  const { content, districtId, isInSearchArea, nearestDuct } = candidate
  const facts = [
    districtId ? nameOf('district', districtId) : 'außerhalb der Stadtteile',
    isInSearchArea === false && 'außerhalb des Suchkreises',
    ductWords(nearestDuct),
  ]
  return (
    <header class="editor-header">
      <Button look="tertiary" icon="back" iconOnly onClick={() => go(addressWith({ kandidat: null }))}>
        Zur Anfrage
      </Button>
      <div class="site-head">
        <p class="muted">Kandidat der Anfrage {titleOf(request.content)}</p>
        <h1 ref={heading} tabIndex={-1}>
          {content.name}
        </h1>
        <p>
          <DecisionWord decision={content.decision} /> · {facts.filter(Boolean).join(' · ')}
        </p>
      </div>
    </header>
  )
}
