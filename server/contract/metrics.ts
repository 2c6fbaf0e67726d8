import { codes } from './codes.ts'
import type { ConnectionState } from './objects/codes.ts'
import type { Text } from './text.ts'

/** Nested sets of connections: activated ⊂ connected ⊂ passed ⊂ potential. */
export const measures = codes({
  potential: { de: 'Potenzial', en: 'Potential' },
  passed: { de: 'versorgbar', en: 'passed' },
  connected: { de: 'angeschlossen', en: 'connected' },
  activated: { de: 'in Betrieb', en: 'activated' },
})
export type Measure = keyof typeof measures.labels

/** Who defines a term, from which of our states on it counts, in words, and where that is written. */
export interface MetricDefinition {
  name: string
  /** The first state that counts; all further ones count too. */
  from: Readonly<Record<Exclude<Measure, 'potential'>, ConnectionState>>
  text: Readonly<Record<Exclude<Measure, 'potential'>, Text>>
  source: string
}

const usedAndPaid: Text = { de: 'genutzt und bezahlt', en: 'used and paid for' }

/** The same terms mean different things: each number is counted by one of these and says so. The first is the one used in public. */
export const metricDefinitions = {
  bnetza: {
    name: 'Bundesnetzagentur',
    from: { passed: 'passed', connected: 'connected', activated: 'activated' },
    text: {
      passed: {
        de: 'Glasfaser führt in höchstens 20 m am Grundstück vorbei; angeschlossene zählen mit',
        en: 'Fibre passes the plot at no more than 20 m; connected ones are included',
      },
      connected: { de: 'Teil davon: angeschlossen, ob genutzt oder nicht', en: 'Of these: connected, in use or not' },
      activated: { de: 'Teil davon: in Betrieb', en: 'Of these: in use' },
    },
    source: 'Bundesnetzagentur, Gigabit-Grundbuch: Begriffe „Homes Passed“ und „Homes Connected“',
  },
  breko: {
    name: 'BREKO / ANGA',
    from: { passed: 'passed', connected: 'prepared', activated: 'activated' },
    text: {
      passed: { de: 'Glasfaser liegt vor dem Gebäude', en: 'Fibre in front of the building' },
      connected: { de: 'Glasfaser im Gebäude oder in der Wohnung', en: 'Fibre in the building or flat' },
      activated: usedAndPaid,
    },
    source: 'BREKO, Marktanalyse: „Homes Passed, Connected, Activated“',
  },
  telekom: {
    name: 'Deutsche Telekom',
    from: { passed: 'passed', connected: 'connected', activated: 'activated' },
    text: {
      passed: { de: 'Straßenabschnitt oder Grundstücksgrenze erschlossen', en: 'Street segment or plot boundary served' },
      connected: {
        de: 'Hausnetz bis zur Wohnung fertig (Hauseinführung allein: „Homes Prepared“)',
        en: 'In-house network up to the flat done (lead-in alone: “homes prepared”)',
      },
      activated: usedAndPaid,
    },
    source: 'Deutsche Telekom: „Homes Passed, Prepared, Connected“',
  },
  ftth_council: {
    name: 'FTTH Council Europe',
    from: { passed: 'passed', connected: 'connected', activated: 'activated' },
    text: {
      passed: {
        de: 'jede Wohnung zählt als eine, die angeschlossen werden könnte',
        en: 'each dwelling counts as one that could be connected',
      },
      connected: { de: 'angeschlossen', en: 'connected' },
      activated: {
        de: 'angeschlossen und mindestens ein Dienst unter Vertrag',
        en: 'connected, using at least one service under contract',
      },
    },
    source: 'FTTH Council Europe: Definition of Terms',
  },
} as const satisfies Record<string, MetricDefinition>

export type DefinitionId = keyof typeof metricDefinitions
export const definitionIds = Object.keys(metricDefinitions) as [DefinitionId, ...DefinitionId[]]
export const publicDefinition: DefinitionId = 'bnetza'

/** Shares of connections, never of addresses or buildings (domain: units are not mixed in a ratio). */
export const rates = codes({
  coverage: { de: 'Ausbauquote', en: 'Coverage' },
  connection: { de: 'Anschlussquote', en: 'Connection rate' },
  takeUp: { de: 'Nutzungsquote', en: 'Take-up' },
})

/** Formulas of the rates: part and whole. Take-up is internal, like what it is made of. */
export const rateOf: Readonly<Record<keyof typeof rates.labels, readonly [part: Measure, whole: Measure]>> = {
  coverage: ['passed', 'potential'],
  connection: ['connected', 'potential'],
  takeUp: ['activated', 'passed'],
}

/** A rate from 0 to 1; null: nothing to divide by. */
export function rate(name: keyof typeof rateOf, counts: Readonly<Record<Measure, number>>): number | null {
  const [part, whole] = rateOf[name]
  return counts[whole] > 0 ? counts[part] / counts[whole] : null
}
