import type { Text } from './text.ts'

interface PlaceholderMeaning extends Text {
  /** A block of its own (list, table) instead of a few words; not for the subject. */
  isBlock?: true
}

/** What may stand as `{{name}}` in a letter template, and what it becomes. */
export const placeholders = {
  caseNumber: { de: 'Aktenzeichen der Anfrage', en: 'Case number' },
  caseType: { de: 'Art der Anfrage, z. B. Neuer Maststandort', en: 'Case type' },
  operator: { de: 'Betreiber, von denen die Anfrage kommt', en: 'Operators' },
  operatorSiteCode: { de: 'Standortkennung des Betreibers', en: 'Site code of the operator' },
  towerCompany: { de: 'Funkturmgesellschaft', en: 'Tower company' },
  receivedOn: { de: 'Tag des Eingangs', en: 'Day of receipt' },
  candidateName: { de: 'Bezeichnung des Standorts, um den es geht', en: 'Name of the site' },
  candidateAddress: { de: 'Adresse oder Lage dieses Standorts', en: 'Address of the site' },
  decision: { de: 'Entscheidung zu diesem Standort', en: 'Decision on the site' },
  decisionReason: { de: 'Begründung der Entscheidung', en: 'Reason of the decision' },
  statements: { de: 'alle Stellungnahmen der Fachbereiche mit Auflagen', en: 'All statements with conditions', isBlock: true },
  deadlines: { de: 'die Fristen der Anfrage mit ihrem letzten Tag', en: 'The deadlines of the request', isBlock: true },
  today: { de: 'Datum des Schreibens', en: 'Date of the letter' },
  cityName: { de: 'Name der Stadt', en: 'Name of the city' },
  coordinatorName: { de: 'Name der Mobilfunkkoordination', en: 'Name of the coordinator' },
} as const satisfies Readonly<Record<string, PlaceholderMeaning>>

export type Placeholder = keyof typeof placeholders

export function isPlaceholder(name: string): name is Placeholder {
  return Object.hasOwn(placeholders, name)
}

export function isBlockPlaceholder(name: Placeholder): boolean {
  return (placeholders[name] as PlaceholderMeaning).isBlock === true
}

const pattern = /\{\{\s*([^{}]*?)\s*\}\}/g

/** The names between double braces, each once, known or not. */
export function placeholdersIn(template: string): string[] {
  return [...new Set([...template.matchAll(pattern)].map(([, name = '']) => name))]
}

/** Whether braces are left open, e.g. `{{operator}`: nothing would be filled in there. */
export function hasBrokenPlaceholder(template: string): boolean {
  return /\{\{|\}\}/.test(template.replace(pattern, ''))
}

/**
 * The template with every placeholder filled. Values that are a few words are taken literally: signs that mean something in Markdown
 * are escaped unless `isPlain` (a subject). Values that are blocks are Markdown already. Unknown names stay as they are.
 */
export function fillPlaceholders(
  template: string,
  values: Readonly<Record<Placeholder, string>>,
  { isPlain = false }: { isPlain?: boolean } = {},
): string {
  return template.replace(pattern, (whole, name: string) => {
    if (!isPlaceholder(name)) return whole
    return isPlain || isBlockPlaceholder(name) ? values[name] : escapeMarkdown(values[name])
  })
}

/** Text that says in Markdown just what it says. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]<>#|~]/g, '\\$&').replace(/\s*\n\s*/g, ' ')
}
