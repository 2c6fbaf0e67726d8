import { programmeKinds } from '../../contract/codes.ts'
import { type Case, type Remark, type Rule, warn } from './remark.ts'

/** Implausible: two programmes of the same name; nobody could tell them apart in the switch. */
function* nameIsOwn({ id, content, world }: Case<'programme'>): Iterable<Remark> {
  const namesake = [...world.facts.programme].some(([other, { name }]) => other !== id && name === content.name)
  if (namesake) yield warn('duplicate-name', 'name', 'Ein anderes Programm heißt ebenso.')
}

/** Implausible: a programme becomes another kind of programme. */
function* kindStays({ content, before }: Case<'programme'>): Iterable<Remark> {
  if (!before || before.content.kind === content.kind) return
  yield warn('programme-kind-changed', 'kind', `Bisher war das ein anderes: ${programmeKinds.labels[before.content.kind].de}.`)
}

/** Implausible: mobile coordination has no build sections. */
function* mobileWithoutSections({ id, content, world }: Case<'programme'>): Iterable<Remark> {
  const hasSections = [...world.facts.section.values()].some(({ programmeId }) => programmeId === id)
  if (content.kind === 'mobile' && hasSections)
    yield warn('mobile-with-sections', 'kind', 'Ein Mobilfunkprogramm hat keine Bauabschnitte.')
}

export const programmeRules: readonly Rule<'programme'>[] = [nameIsOwn, kindStays, mobileWithoutSections]
