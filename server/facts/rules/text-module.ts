import { placeholdersIn } from '../../contract/letter-placeholders.ts'
import { type Case, type Remark, type Rule, warn } from './remark.ts'

type TextModuleCase = Case<'text_module'>

/** Implausible: two texts under the same heading for the same choice. */
function* titleIsOwn({ id, content, world }: TextModuleCase): Iterable<Remark> {
  const namesake = [...world.facts.text_module].some(
    ([other, { title, opinion }]) => other !== id && title === content.title && opinion === content.opinion,
  )
  if (namesake) yield warn('duplicate-title', 'title', 'Ein anderer Textbaustein heißt ebenso.')
}

/** Implausible: placeholders are filled in letters only. */
function* hasNoPlaceholders({ content: { text } }: TextModuleCase): Iterable<Remark> {
  if (placeholdersIn(text).length > 0)
    yield warn('placeholder-in-module', 'text', 'Platzhalter werden nur in Briefvorlagen ausgefüllt, hier bleiben sie stehen.')
}

export const textModuleRules: readonly Rule<'text_module'>[] = [titleIsOwn, hasNoPlaceholders]
