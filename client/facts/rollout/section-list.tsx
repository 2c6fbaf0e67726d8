import { useEffect, useRef } from 'preact/hooks'
import type * as z from 'zod/mini'
import { today } from '../../../server/contract/dates.ts'
import type { SectionSummary } from '../../../server/contract/portal.ts'
import { PhaseBadge } from '../../ui/phase.tsx'
import { currentFacts, drafts } from '../../workbench/data.ts'
import { addressWith } from '../../workbench/place.ts'
import { type Attention, attentionOf, compareAttention } from '../attention.ts'

type Section = z.infer<typeof SectionSummary>

interface Entry {
  section: Section
  attention: readonly Attention[]
}

const collator = new Intl.Collator('de')

/** Sections by urgency, then by name. Drafts about the section and about its trades count as its own. */
export function sectionsByAttention(sections: readonly Section[]): Entry[] {
  const stages = currentFacts('stage')
  const all = drafts.answer.value ?? []
  return sections
    .map((section) => ({
      section,
      attention: attentionOf(
        stages.filter(({ content }) => content.sectionId === section.id),
        all.filter(
          ({ kind, factId, content }) => (kind === 'section' && factId === section.id) || content.sectionId === section.id,
        ),
        today(),
      ),
    }))
    .sort((a, b) => compareAttention(a.attention, b.attention) || collator.compare(a.section.name, b.section.name))
}

/** The list on the left: what wants attention first. */
export function SectionList({ sections, selected }: { sections: readonly Section[]; selected: string | null }) {
  const entries = sectionsByAttention(sections)
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => list.current?.querySelector('[aria-current="true"]')?.scrollIntoView({ block: 'nearest' }), [selected])
  return (
    <ul class="section-list" ref={list}>
      {entries.map(({ section, attention }) => (
        <li key={section.id}>
          <a
            href={addressWith({ abschnitt: section.id, angabe: null })}
            aria-current={section.id === selected ? 'true' : undefined}
            class="section-link"
          >
            <span class="section-link__name">{section.name}</span>
            <PhaseBadge phase={section.phase} />
            {attention.map(({ kind, text }) => (
              <span key={text} class={`mark mark--${kind}`}>
                {text}
              </span>
            ))}
          </a>
        </li>
      ))}
    </ul>
  )
}
