import { quantities } from '../../server/contract/codes.ts'
import { formatDay, formatImpreciseDate } from '../../server/contract/dates.ts'
import { type Measure, measures, metricDefinitions, publicDefinition } from '../../server/contract/metrics.ts'
import { formatNumber } from '../../server/contract/numbers.ts'
import type { CountedView } from '../../server/contract/portal.ts'
import { language, say } from '../ui/language.ts'
import { dataAddress } from './actions.tsx'
import { dayInGermany } from './days.ts'
import { texts } from './texts.ts'

const words = {
  title: { de: 'Gezählte Anschlüsse', en: 'Counted connections' },
  withheld: { de: 'nicht genannt', en: 'withheld' },
  why: {
    de: 'Nicht genannt wird aus Datenschutzgründen, was weniger als 4 ist oder woraus sich eine solche Zahl errechnen ließe.',
    en: 'For data protection, numbers below 4, and those that would give such a number away, are withheld.',
  },
  meaning: { de: 'Was zählt als was?', en: 'What counts as what?' },
  potential: { de: 'alle möglichen Anschlüsse des Programms', en: 'all possible connections of the programme' },
  data: { de: 'Alle gezählten Zahlen', en: 'All counted figures' },
}

/** What the city itself has counted, beside what is reported: with definition, Stand and origin. Nothing before the first release. */
export function Counted({ counted }: { counted: readonly CountedView[] }) {
  const [first] = counted
  if (!first) return null
  const groups = [...Map.groupBy(counted, (one) => `${one.programmeId} ${one.quantity}`).values()]
  const severalProgrammes = new Set(counted.map((one) => one.programmeId)).size > 1
  return (
    <section class="section">
      <h2>{say(words.title)}</h2>
      <ul class="statements">
        {groups.map((group) => {
          const [one] = group as [CountedView]
          return (
            <li key={`${one.programmeId} ${one.quantity}`}>
              {say(quantities.labels[one.quantity])}
              {severalProgrammes && ` (${one.programme})`}:{' '}
              {group.map(({ measure, value }, index) => (
                <span key={measure}>
                  {index > 0 && ', '}
                  {say(measures.labels[measure])}{' '}
                  {value === null ? <em>{say(words.withheld)}</em> : <strong>{formatNumber(value, language.value)}</strong>}
                </span>
              ))}
            </li>
          )
        })}
      </ul>
      {counted.some(({ value }) => value === null) && <p class="muted">{say(words.why)}</p>}
      <details class="source">
        <summary>
          {say(texts.asOf)} {formatImpreciseDate(first.trueOn, language.value)}. {say(words.meaning)}
        </summary>
        <Meaning of={first} />
      </details>
    </section>
  )
}

function Meaning({ of }: { of: CountedView }) {
  const { text, source } = metricDefinitions[publicDefinition]
  const explained = { potential: words.potential, ...text }
  return (
    <span class="source__details">
      {(['potential', 'passed', 'connected'] as const satisfies readonly Measure[]).map((measure) => (
        <span key={measure}>
          {say(measures.labels[measure])}: {say(explained[measure])}.{' '}
        </span>
      ))}
      <span>{source}. </span>
      <span>
        {say(texts.source)}: {of.source}. {say(texts.knownSince)} {formatDay(dayInGermany(of.knownFrom), language.value)}.{' '}
        <a href={dataAddress('counted_figures', { f: 'html' })}>{say(words.data)}</a>
      </span>
    </span>
  )
}
