import { type Case, type Remark, type Rule, warn } from './remark.ts'

/** Implausible: most of a text is gone, perhaps by a slip while editing. */
function* textNotLost({ content, before }: Case<'page'>): Iterable<Remark> {
  if (before && content.body.length < before.content.body.length / 2) {
    yield warn('text-shrunk', 'body', 'Mehr als die Hälfte des Textes fällt weg.')
  }
}

export const pageRules: readonly Rule<'page'>[] = [textNotLost]
