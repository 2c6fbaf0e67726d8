import { coverageMethods } from '../coverage-codes.ts'
import { mobileOperators, mobileTechnologies } from '../mobile/codes.ts'
import { provenance } from './common.ts'
import type { Property } from './layer.ts'

export const mobileOperator = {
  type: 'string',
  label: { de: 'Netzbetreiber', en: 'Operator' },
  description: { de: 'Betreiber des Mobilfunknetzes', en: 'Operator of the mobile network' },
  codes: mobileOperators.labels,
} as const satisfies Property

export const mobileTechnology = {
  type: 'string',
  label: { de: 'Technik', en: 'Technology' },
  description: {
    de: '5G: alle Varianten; 5G Standalone zusätzlich für sich',
    en: '5G: all variants; 5G standalone separately as well',
  },
  codes: mobileTechnologies.labels,
} as const satisfies Property

/** What every statement about coverage carries, so that methods are never mixed. */
export const coverageProvenance = {
  method: {
    type: 'string',
    label: { de: 'Art der Angabe', en: 'Method' },
    description: {
      de: 'Berechnet, gemessen oder gemeldet: nicht miteinander vergleichbar, nie vermischt',
      en: 'Predicted, measured or reported: not comparable, never mixed',
    },
    codes: coverageMethods.labels,
  },
  title: {
    type: 'string',
    label: { de: 'Ausgabe', en: 'Edition' },
    description: { de: 'Name der Ausgabe des Datensatzes', en: 'Name of the edition of the data set' },
  },
  methodNote: {
    type: 'string',
    label: { de: 'Hinweis zur Methode', en: 'Note on the method' },
    description: { de: 'Wie die Angaben entstanden sind', en: 'How the statements came about' },
  },
  attribution: {
    type: 'string',
    label: { de: 'Urheber', en: 'Attribution' },
    description: { de: 'Zu nennen, wenn die Angaben gezeigt werden', en: 'To be named where the statements are shown' },
  },
  ...provenance,
} as const satisfies Record<string, Property>

/** The dated rule that makes a spot of a number of operators. */
export const spotRule = {
  rule: {
    type: 'string',
    label: { de: 'Regel', en: 'Rule' },
    description: {
      de: 'Bezeichnung nach der Regel, die am Datum der Ansicht gilt',
      en: 'Name by the rule that holds on the day of the view',
    },
  },
  ruleValidFrom: {
    type: 'impreciseDate',
    label: { de: 'Regel gilt ab', en: 'Rule valid from' },
    description: { de: 'Leer: Beginn nicht bekannt', en: 'Empty: beginning not known' },
  },
  ruleValidUntil: {
    type: 'impreciseDate',
    label: { de: 'Regel gilt bis', en: 'Rule valid until' },
    description: { de: 'Leer: bis auf Weiteres', en: 'Empty: until further notice' },
  },
  ruleNote: {
    type: 'string',
    label: { de: 'Grundlage der Regel', en: 'Ground of the rule' },
    description: { de: 'Fundstelle der Definition', en: 'Where the definition is found' },
  },
} as const satisfies Record<string, Property>

/** Said of every prediction. */
export const modelNote = {
  de: 'Berechnet mit einem Modell, nicht gemessen: Versorgung im Freien in 1,5 m Höhe, Raster von 100 m (INSPIRE). In Gebäuden kann der Empfang schlechter sein.',
  en: 'Computed by a model, not measured: outdoor coverage at a height of 1.5 m, 100 m grid (INSPIRE). Reception in buildings may be worse.',
} as const
