import type * as z from 'zod/mini'
import { phases } from '../contract/codes.ts'
import type { Endpoint } from '../contract/endpoint.ts'
import type { getDistrict, getOverview, getPage, getProgramme } from '../contract/portal.ts'
import type { Mobile } from '../contract/portal-mobile.ts'
import { coverageSentence, deadZoneSentence, noteOf, spotSentence } from '../contract/portal-mobile-words.ts'
import type { Language } from '../contract/text.ts'
import { escapeHtml } from './markdown.ts'
import type { PageText } from './template.ts'
import { milestoneText, nameOf, sectionText, targetText, words } from './words.ts'

type Answer<E extends Endpoint> = z.infer<E['response']>

/** In which language a page speaks, and how it links to others of the portal. */
export interface Voice {
  language: Language
  city: string
  /** "Gezeigt wird …" when it is not today's knowledge of today; null otherwise. */
  past: string | null
  /** Address of a page of the portal in the same language. */
  link: (path: string) => string
}

const anchor = (address: string, text: string) => `<a href="${escapeHtml(address)}">${escapeHtml(text)}</a>`
const paragraph = (text: string) => `<p>${escapeHtml(text)}</p>`
const list = (heading: string, items: string[]) =>
  items.length > 0 ? `<h2>${escapeHtml(heading)}</h2>\n<ul>${items.map((item) => `<li>${item}</li>`).join('\n')}</ul>` : ''

const shorten = (text: string) => (text.length > 300 ? `${text.slice(0, 299)}…` : text)

/** The frame of every text: its title as heading, its parts, and where to read on without JavaScript. */
function compose(voice: Voice, title: string, description: string, parts: string[]): PageText {
  const { language, city, past } = voice
  const onwards = [
    anchor(voice.link('/'), words.home[language]),
    anchor('/ogc/collections/build_sections/items?f=html', words.table[language]),
    anchor('/ogc?f=html', words.data[language]),
  ]
  return {
    title: `${title} · ${words.atlas[language]} ${city}`,
    description: shorten(past ? `${past} ${description}` : description),
    body: [
      `<h1>${escapeHtml(title)}</h1>`,
      past ? paragraph(past) : '',
      ...parts,
      `<p>${words.map[language]} ${onwards.join(', ')}.</p>`,
    ]
      .filter(Boolean)
      .join('\n'),
  }
}

/** The start page and the table: every district with its phase. */
export function overviewText(answer: Answer<typeof getOverview>, voice: Voice): PageText {
  const { language } = voice
  const districts = answer.districts.map((district) => {
    const sections = answer.sections.filter((section) => section.districtId === district.id)
    const texts = sections.map(
      (section) => `${section.wholeDistrict ? '' : `${section.name}: `}${sectionText(section, answer.clocks.asOf, language)}`,
    )
    const said = texts.length > 0 ? texts.join('; ') : words.nothing[language]
    return `${anchor(voice.link(`/stadtteil/${district.id}`), district.name)}: ${escapeHtml(said)}`
  })
  const programmes = answer.programmes.map((programme) =>
    anchor(voice.link(`/programm/${programme.id}`), nameOf(programme, language)),
  )
  return compose(voice, words.overviewTitle[language], words.overview[language], [
    paragraph(words.overview[language]),
    list(words.districts[language], districts),
    list(words.programmes[language], programmes),
  ])
}

/** A district: what is built, announced and aimed at there. */
export function districtText(answer: Answer<typeof getDistrict>, voice: Voice): PageText {
  const { language } = voice
  const programmeOf = (id: string) =>
    nameOf(answer.programmes.find((programme) => programme.id === id) ?? { name: id, nameEn: null }, language)
  const sections = answer.sections.map(
    (section) => `${section.name} (${programmeOf(section.programmeId)}): ${sectionText(section, answer.clocks.asOf, language)}`,
  )
  const first = answer.sections[0]
  const neighbours = answer.neighbours.map(({ id, name }) => anchor(voice.link(`/stadtteil/${id}`), name))
  const { name } = answer.district
  const title = first ? `${name}: ${phases.labels[first.phase][language]}` : name
  return compose(voice, title, `${name}: ${first ? sectionText(first, answer.clocks.asOf, language) : words.nothing[language]}`, [
    ...(sections.length > 0 ? sections.map(paragraph) : [paragraph(words.nothing[language])]),
    list(
      words.targets[language],
      answer.targets.map((target) => escapeHtml(targetText(target, language))),
    ),
    list(words.neighbours[language], neighbours),
  ])
}

/** A programme: what it is, its targets, milestones and sections. */
export function programmeText(answer: Answer<typeof getProgramme>, voice: Voice): PageText {
  const { language } = voice
  const { programme } = answer
  const name = nameOf(programme, language)
  const summary = (language === 'en' && programme.summaryEn) || programme.summary || name
  const sections = answer.sections.map(
    (section) =>
      `${anchor(voice.link(`/stadtteil/${section.districtId}`), section.name)}: ${escapeHtml(sectionText(section, answer.clocks.asOf, language))}`,
  )
  return compose(voice, name, summary, [
    paragraph(summary),
    list(
      words.targets[language],
      answer.targets.map((target) => escapeHtml(targetText(target, language))),
    ),
    list(
      words.milestones[language],
      answer.milestones.map((milestone) => escapeHtml(milestoneText(milestone, language))),
    ),
    list(words.sections[language], sections),
  ])
}

/** A text page, whole. */
export function pageText(answer: Answer<typeof getPage>, voice: Voice): PageText {
  return compose(voice, answer.title, `${answer.title}, ${voice.city}`, [answer.html])
}

export function contactText(voice: Voice): PageText {
  const { language } = voice
  return compose(voice, words.contact[language], words.contactText[language], [paragraph(words.contactText[language])])
}

/** The mobile networks of the city, or of a district: what is said about coverage, and what was reported. */
export function mobileText(answer: Mobile, id: string | null, voice: Voice): PageText {
  const { language, city } = voice
  const name = answer.districts.find((district) => district.id === id)?.name ?? city
  const sentence = (of: { id: string | null; name: string }) => coverageSentence(answer, of, '4g', language)
  const here = sentence({ id, name })
  const districts = answer.districts.map(
    (district) =>
      `${anchor(voice.link(`/mobilfunk/stadtteil/${district.id}`), district.name)}: ${escapeHtml(deadZoneSentence(answer, district.id, language))}`,
  )
  return compose(voice, `${words.mobile[language]} in ${name}`, here, [
    paragraph(here),
    paragraph(noteOf(undefined, language)),
    paragraph(`${spotSentence(answer, id, language)} ${deadZoneSentence(answer, id, language)}`.trim()),
    `<p>${anchor(voice.link('/mobilfunk/funkloch'), words.deadZone[language])}</p>`,
    id === null ? list(words.districts[language], districts) : '',
  ])
}

export function deadZoneText(voice: Voice): PageText {
  const { language } = voice
  return compose(voice, words.deadZone[language], words.deadZoneText[language], [paragraph(words.deadZoneText[language])])
}

export function missingText(voice: Voice): PageText {
  return compose(voice, words.missing[voice.language], words.missing[voice.language], [])
}

export function awayText(voice: Voice): PageText {
  const { language } = voice
  return compose(voice, words.away[language], words.awayText[language], [paragraph(words.awayText[language])])
}
