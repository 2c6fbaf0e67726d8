import { computed, effect, signal, untracked } from '@preact/signals'
import type * as z from 'zod/mini'
import * as contract from '../../server/contract/portal.ts'
import { call } from '../api.ts'
import { language } from '../ui/language.ts'
import { resource } from '../ui/resource.tsx'
import { clocks, page } from './view.ts'

export type Overview = z.output<(typeof contract.getOverview)['response']>
export type District = z.output<(typeof contract.getDistrict)['response']>
export type Programme = z.output<(typeof contract.getProgramme)['response']>
export type Timeline = z.output<(typeof contract.getTimeline)['response']>
export type Settings = z.output<(typeof contract.getSettings)['response']>
type ClockQuery = { asOf?: string; knownAt?: string }
type Named = ClockQuery & { id: string }

export const settings = resource((_question: null, signal) => call(contract.getSettings, { signal }))
export const overview = resource((query: ClockQuery, signal) => call(contract.getOverview, { query, signal }))
/** Everything that happened and was published, as known today. */
export const wholeTimeline = resource((_question: null, signal) => call(contract.getTimeline, { signal }))
const timelineThen = resource((query: { knownAt: string }, signal) => call(contract.getTimeline, { query, signal }))

/** The timeline at the second clock; publications of later days are in the whole one only. */
export const timeline = computed(() => (clocks.value.knownAt ? timelineThen : wholeTimeline).answer.value)
export const district = resource(({ id, ...query }: Named, signal) =>
  call(contract.getDistrict, { params: { id }, query, signal }),
)
export const programme = resource(({ id, ...query }: Named, signal) =>
  call(contract.getProgramme, { params: { id }, query, signal }),
)
/** The programmes that build in the district shown: their next milestone belongs to the answer for it. */
export const districtProgrammes = resource((questions: readonly Named[], signal) =>
  Promise.all(questions.map(({ id, ...query }) => call(contract.getProgramme, { params: { id }, query, signal }))),
)
export const textPage = resource((question: { slug: string; language: 'de' | 'en' }, signal) =>
  call(contract.getPage, { params: { slug: question.slug }, query: { language: question.language }, signal }),
)

/** Revision of the content the server has told of last; everything shown is asked for again when it rises. */
export const revision = signal(0)

/** The last word on the date: as the server resolved it, or as asked for while it has not answered. */
export const today = computed(() => settings.answer.value?.today ?? new Date().toISOString().slice(0, 10))

/** Asks for what the view shows, and again when the view, a clock or the content changes. */
export function keepData(): void {
  settings.ask(null)
  effect(() => {
    revision.value
    overview.ask(clocks.value)
  })
  effect(() => {
    revision.value
    wholeTimeline.ask(null)
  })
  effect(() => {
    revision.value
    const { knownAt } = clocks.value
    if (knownAt) timelineThen.ask({ knownAt })
  })
  effect(() => {
    revision.value
    askForPage()
  })
  effect(askForProgrammes)
  // A page that lay open over night learns what day it is when somebody looks at it again.
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible') return
    settings.ask(null)
    overview.again()
  })
}

/** After the district has answered: which programmes build there. */
function askForProgrammes(): void {
  const sections = district.answer.value?.sections ?? []
  const query = untracked(() => clocks.value)
  districtProgrammes.ask([...new Set(sections.map((section) => section.programmeId))].map((id) => ({ id, ...query })))
}

function askForPage(): void {
  const shown = page.value
  const query = clocks.value
  if (shown.kind === 'district') askFor(district, shown.id, query, district.answer.peek()?.district.id)
  if (shown.kind === 'programme') askFor(programme, shown.id, query, programme.answer.peek()?.programme.id)
  if (shown.kind === 'text') {
    if (textPage.answer.peek()?.slug !== shown.slug) untracked(textPage.forget)
    textPage.ask({ slug: shown.slug, language: language.value })
  }
}

/** What was shown of another one must not stand under the new heading. */
function askFor(from: typeof district | typeof programme, id: string, query: ClockQuery, shown: string | undefined): void {
  if (shown !== id) untracked(from.forget)
  from.ask({ id, ...query })
}
