import { formatImpreciseDate } from '../../server/contract/dates.ts'
import type { SectionSummary } from '../../server/contract/portal.ts'
import { language, say } from '../ui/language.ts'
import { PhaseBadge } from '../ui/phase.tsx'
import { SourceDetails } from '../ui/source.tsx'
import { type District, districtProgrammes, type Programme } from './data.ts'
import { place } from './place.ts'
import { sectionAnswer } from './sentences.ts'
import { texts } from './texts.ts'
import { Trades } from './trades.tsx'
import { programmeAddress } from './view.ts'

const words = {
  here: { de: '{place} liegt in diesem Bauabschnitt.', en: '{place} is in this build section.' },
  course: { de: 'Ablauf', en: 'Course' },
  phase: { de: 'Bauphase', en: 'Build phase' },
  passive: { de: 'Passives Netz', en: 'Passive network' },
  active: { de: 'Aktives Netz', en: 'Active network' },
}

type DetailedSection = District['sections'][number]

/** A build section on the page of its district: the answer in words, the trades, and what was announced before. */
export function Section({ section, answer, isOnly }: { section: DetailedSection; answer: District; isOnly: boolean }) {
  const programme = answer.programmes.find((one) => one.id === section.programmeId)
  const name = programme && ((language.value === 'en' && programme.nameEn) || programme.name)
  const details = districtProgrammes.answer.value?.find((one) => one.programme.id === section.programmeId)
  const sentences = sectionAnswer(section, details?.milestones ?? [], answer.clocks.asOf, language.value)
  return (
    <section class="section" aria-label={isOnly ? undefined : section.name}>
      <p class="section__phase">
        <PhaseBadge phase={section.phase} />
      </p>
      {!isOnly && <h2>{section.wholeDistrict ? name : section.name}</h2>}
      {!section.wholeDistrict && place.value?.sectionIds.includes(section.id) && (
        <p class="section__here">{say(words.here).replace('{place}', place.value.name)}</p>
      )}
      <p class="answer">{sentences.join(' ')}</p>
      <p class="answer__source">
        {say(texts.asOf)} {formatImpreciseDate(section.provenance.trueOn, language.value)}.{' '}
        <SourceDetails of={section.provenance} />
      </p>
      <SectionProgramme section={section} name={name ?? section.programmeId} programme={details?.programme} />
      {section.note && <p>{section.note}</p>}
      {section.stages.length > 0 && (
        <>
          {isOnly ? <h2>{say(words.course)}</h2> : <h3>{say(words.course)}</h3>}
          <Trades stages={section.stages} asOf={answer.clocks.asOf} name={section.name} />
        </>
      )}
    </section>
  )
}

interface SectionProgrammeProps {
  section: SectionSummary
  name: string
  programme: Programme['programme'] | undefined
}

function SectionProgramme({ section, name, programme }: SectionProgrammeProps) {
  return (
    <p>
      {say(texts.programme)}: <a href={programmeAddress(section.programmeId)}>{name}</a>
      {section.buildPhase !== null && `, ${say(words.phase)} ${section.buildPhase}`}.
      {programme?.passiveOperator && ` ${say(words.passive)}: ${programme.passiveOperator}.`}
      {programme?.activeOperator && ` ${say(words.active)}: ${programme.activeOperator}.`}
    </p>
  )
}
