import { Icon } from '../ui/icon.tsx'
import { language, say } from '../ui/language.ts'
import { overview } from './data.ts'
import { lazy } from './lazy.tsx'
import { texts } from './texts.ts'
import { addressTo, navigate, page, topic, topicAddress, view } from './view.ts'

const words = {
  region: { de: 'Was gezeigt wird', en: 'What is shown' },
  topic: { de: 'Thema', en: 'Topic' },
}

const MobileSwitches = lazy(async () => (await import('./mobile/mobile-switches.tsx')).MobileSwitches)

/** Map or table, side by side and equal; what they are about, and which part of it both show. */
export function Toolbar() {
  return (
    <section class="toolbar" aria-label={say(words.region)}>
      <nav class="switch" aria-label={say(texts.display)}>
        {(['map', 'table'] as const).map((display) => (
          <a
            key={display}
            class="switch__item"
            href={addressTo({ display })}
            aria-current={view.value.display === display ? 'true' : undefined}
          >
            <Icon name={display} small />
            {say(texts[display])}
          </a>
        ))}
      </nav>
      <nav class="switch wide-only" aria-label={say(words.topic)}>
        {(['fibre', 'mobile'] as const).map((about) => (
          <a
            key={about}
            class="switch__item"
            href={topicAddress(about)}
            aria-current={topic.value === about ? 'true' : undefined}
          >
            {say(texts[about])}
          </a>
        ))}
      </nav>
      {topic.value === 'fibre' ? <ProgrammeSwitch /> : page.value.kind === 'mobile' && <MobileSwitches />}
    </section>
  )
}

function ProgrammeSwitch() {
  const programmes = (overview.answer.value?.programmes ?? []).filter((programme) => programme.sections > 0)
  const { programme } = view.value
  // A programme that is not known at the chosen date stays chosen: the view says so by being empty.
  const isMissing = programme !== null && !programmes.some((one) => one.id === programme)
  return (
    <label class="programme-switch">
      <span class="programme-switch__label">{say(texts.programme)}</span>
      <select
        class="programme-switch__select"
        value={programme ?? ''}
        onChange={(event) => navigate({ programme: event.currentTarget.value || null })}
      >
        <option value="">{say(texts.allProgrammes)}</option>
        {programmes.map((one) => (
          <option key={one.id} value={one.id}>
            {(language.value === 'en' && one.nameEn) || one.name}
          </option>
        ))}
        {isMissing && <option value={programme}>{programme}</option>}
      </select>
    </label>
  )
}
