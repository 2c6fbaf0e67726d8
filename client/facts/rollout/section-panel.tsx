import { useEffect, useRef } from 'preact/hooks'
import type * as z from 'zod/mini'
import type { Trade } from '../../../server/contract/codes.ts'
import type { SectionSummary } from '../../../server/contract/portal.ts'
import { Button } from '../../ui/button.tsx'
import { PhaseBadge } from '../../ui/phase.tsx'
import { currentFacts, mayRecord, nameOf } from '../../workbench/data.ts'
import type { Typed } from '../../workbench/form/values.ts'
import { addressWith } from '../../workbench/place.ts'
import { FactRows, Marks } from '../fact-rows.tsx'
import type { Opened } from '../opened.ts'
import { TradeRows } from './trade-rows.tsx'

type Section = z.infer<typeof SectionSummary>

interface SectionPanelProps {
  section: Section
  onOpen: (opened: Opened, preset?: Typed) => void
}

/** The selected section: phase, trades, figures of its district, targets that name it. */
export function SectionPanel({ section, onOpen }: SectionPanelProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [section.id])
  const { districtId, programmeId } = section
  const figures = currentFacts('figure').filter(
    ({ content }) => content.districtId === districtId && (content.programmeId === null || content.programmeId === programmeId),
  )
  const targets = currentFacts('target').filter(
    ({ content }) =>
      content.programmeId === programmeId && Array.isArray(content.districtIds) && content.districtIds.includes(districtId),
  )
  const openTrade = (trade: Trade, preset?: Typed) => {
    const id = `${section.id}:${trade}`
    onOpen({ kind: 'stage', id }, preset)
  }
  return (
    <div class="section-panel">
      <p class="only-narrow">
        <a href={addressWith({ abschnitt: null, angabe: null })}>‹ Alle Bauabschnitte</a>
      </p>
      <header>
        <h2 ref={heading} tabIndex={-1}>
          {section.name}
        </h2>
        <p class="muted">
          {nameOf('programme', programmeId)}
          {!section.wholeDistrict && `, Stadtteil ${nameOf('district', districtId)}`}
          {section.buildPhase !== null && `, ${section.buildPhase}. Bauphase`}
        </p>
        <p>
          <PhaseBadge phase={section.phase} /> <a href={`/stadtteil/${districtId}`}>Öffentliche Seite</a>
        </p>
        <div class="fact-row__actions">
          <Marks kind="section" id={section.id} />
          <Button
            look="tertiary"
            small
            icon={mayRecord('section') ? 'edit' : 'show'}
            onClick={() => onOpen({ kind: 'section', id: section.id })}
          >
            {mayRecord('section') ? 'Name, Bauphase und Fläche bearbeiten' : 'Bauabschnitt ansehen'}
          </Button>
        </div>
      </header>
      <TradeRows sectionId={section.id} sectionName={section.name} onOpen={openTrade} />
      <FactRows
        heading="h3"
        kind="figure"
        title="Kennzahlen"
        facts={figures}
        fresh={{ programmeId, districtId }}
        addLabel="Kennzahl ergänzen"
        empty={
          <p>Noch keine Kennzahl für {nameOf('district', districtId)}. Gemeldete Anschlüsse und Längen werden hier ergänzt.</p>
        }
        onOpen={onOpen}
      />
      {targets.length > 0 && (
        <FactRows heading="h3" kind="target" title="Ziele, die den Stadtteil nennen" facts={targets} empty="" onOpen={onOpen} />
      )}
    </div>
  )
}
