import { hasBrokenPlaceholder, isBlockPlaceholder, isPlaceholder, placeholdersIn } from '../../contract/letter-placeholders.ts'
import { type Case, type Remark, type Rule, refuse, warn } from './remark.ts'

type TemplateCase = Case<'letter_template'>

/** Impossible: a placeholder nobody can fill; it would stand in the letter. */
function* placeholdersAreKnown({ content }: TemplateCase): Iterable<Remark> {
  for (const field of ['subject', 'body'] as const) {
    const unknown = placeholdersIn(content[field]).filter((name) => !isPlaceholder(name))
    if (unknown.length > 0)
      yield refuse(field, `Diese Platzhalter gibt es nicht: ${unknown.map((name) => `{{${name}}}`).join(', ')}.`)
    if (hasBrokenPlaceholder(content[field]))
      yield refuse(field, 'Ein Platzhalter ist nicht geschlossen. Erwartet wird zum Beispiel {{operator}}.')
  }
}

/** Impossible: a list in the subject. */
function* subjectIsOneLine({ content: { subject } }: TemplateCase): Iterable<Remark> {
  const blocks = placeholdersIn(subject).filter((name) => isPlaceholder(name) && isBlockPlaceholder(name))
  if (blocks.length > 0) yield refuse('subject', `Im Betreff hat {{${blocks[0]}}} keinen Platz: Daraus wird ein ganzer Absatz.`)
}

/** Implausible: a reply without what the departments said. */
function* saysStatements({ content: { body } }: TemplateCase): Iterable<Remark> {
  if (!placeholdersIn(body).includes('statements'))
    yield warn('letter-without-statements', 'body', 'Ohne {{statements}} enthält das Schreiben keine Stellungnahmen.')
}

/** Implausible: most of a text is gone, perhaps by a slip while editing. */
function* textNotLost({ content, before }: TemplateCase): Iterable<Remark> {
  if (before && content.body.length < before.content.body.length / 2)
    yield warn('text-shrunk', 'body', 'Mehr als die Hälfte des Textes fällt weg.')
}

export const letterTemplateRules: readonly Rule<'letter_template'>[] = [
  placeholdersAreKnown,
  subjectIsOneLine,
  saysStatements,
  textNotLost,
]
