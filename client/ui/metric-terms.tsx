import { type Measure, measures, metricDefinitions } from '../../server/contract/metrics.ts'
import { say } from './language.ts'

const words = {
  asks: { de: 'Was heißt', en: 'What is' },
  potential: { de: 'alle möglichen Anschlüsse des Programms', en: 'all possible connections of the programme' },
  unsaid: {
    de: 'Nach welcher Definition die Quelle zählt, sagt sie nicht.',
    en: 'The source does not say by which definition it counts.',
  },
}

/** What a level of connections means to whom: reported numbers seldom say by which definition they were counted. */
export function MetricTerms({ measure }: { measure: Measure }) {
  const asks = `${say(words.asks)} „${say(measures.labels[measure])}“?`
  if (measure === 'potential') return <span>{`${asks} ${say(words.potential)}.`}</span>
  return (
    <>
      <span>{asks}</span>
      {Object.values(metricDefinitions).map(({ name, text }) => (
        <span key={name}>{`${name}: ${say(text[measure])}.`}</span>
      ))}
      <span>{say(words.unsaid)}</span>
    </>
  )
}

/** The level that a reported number speaks of; null: it speaks of something else, as of metres laid. */
export function measureOf(state: string | null): Measure | null {
  return measures.keys.find((measure) => measure === state) ?? null
}
