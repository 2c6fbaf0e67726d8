import type { Request, Response, Router } from 'express'
import * as z from 'zod/mini'
import type { Endpoint } from '../contract/endpoint.ts'
import * as contract from '../contract/portal.ts'
import { getMobile } from '../contract/portal-mobile.ts'
import { demoNotice } from '../contract/text.ts'
import { isDatabaseDown } from '../database/connect.ts'
import { sendBody } from '../http/bodies.ts'
import type { AppContext } from '../http/context.ts'
import { notFound, Problem } from '../http/problem.ts'
import { loadDistrict } from './district.ts'
import { loadMobile } from './mobile.ts'
import { loadOverview } from './overview.ts'
import {
  awayText,
  contactText,
  deadZoneText,
  districtText,
  missingText,
  mobileText,
  overviewText,
  pageText,
  programmeText,
  type Voice,
} from './page-texts.ts'
import { loadProgramme } from './programme.ts'
import { fillTemplate, type PageText } from './template.ts'
import { loadPage } from './text-pages.ts'
import { inLanguage, readView, type View } from './view.ts'
import { pastText } from './words.ts'

/** Makes the text of a page from the answer the client would ask for. */
type Teller = (params: Request['params'], view: View, voice: Voice) => Promise<PageText>

/** The pages of the portal by path, as client/portal knows them. */
function tellers({ database }: AppContext): Record<string, Teller> {
  return {
    '/': async (_params, { clocks }, voice) =>
      overviewText(read(contract.getOverview, await loadOverview(database, clocks)), voice),
    '/kontakt': async (_params, _view, voice) => contactText(voice),
    '/mobilfunk/funkloch': async (_params, _view, voice) => deadZoneText(voice),
    '/mobilfunk': async (_params, { clocks }, voice) =>
      mobileText(read(getMobile, await loadMobile(database, clocks)), null, voice),
    '/mobilfunk/stadtteil/:id': async (params, { clocks }, voice) => {
      const { id } = known(contract.getDistrict, params)
      const answer = read(getMobile, await loadMobile(database, clocks))
      if (!answer.districts.some((district) => district.id === id)) throw notFound('Der Stadtteil')
      return mobileText(answer, id, voice)
    },
    '/stadtteil/:id': async (params, { clocks }, voice) => {
      const { id } = known(contract.getDistrict, params)
      return districtText(read(contract.getDistrict, await loadDistrict(database, id, clocks)), voice)
    },
    '/programm/:id': async (params, { clocks }, voice) => {
      const { id } = known(contract.getProgramme, params)
      return programmeText(read(contract.getProgramme, await loadProgramme(database, id, clocks)), voice)
    },
    '/seite/:slug': async (params, { language }, voice) => {
      const { slug } = known(contract.getPage, params)
      return pageText(read(contract.getPage, await loadPage(database, slug, language)), voice)
    },
  }
}

/** The built page with title, preview and text of what is asked for. An unknown district or page is the same page with status 404. */
export function mountPages(router: Router, context: AppContext, template: string): void {
  for (const [path, tell] of Object.entries(tellers(context))) {
    router.get(path, (request, response) => sendPage(context, request, response, template, tell))
  }
}

const ofPrograms = /^\/(api|ogc|tiles|health|assets)(\/|$)/

/** For people: what nobody knows gets the page that says so. Programs get their problem. */
export function mountUnknownPages(router: Router, context: AppContext, template: string): void {
  router.get('/{*path}', (request, response, next) => {
    if (ofPrograms.test(request.path) || !request.accepts('html')) return next()
    return sendPage(context, request, response, template, async () => {
      throw notFound('Die Seite')
    })
  })
}

async function sendPage(
  context: AppContext,
  request: Request,
  response: Response,
  template: string,
  tell: Teller,
): Promise<void> {
  const view = readView(request)
  const { language, clocks } = view
  const voice: Voice = {
    language,
    city: context.config.cityName,
    past: pastText(clocks, language),
    link: (path) => inLanguage(path, language),
  }
  const fill = (text: PageText) =>
    fillTemplate(
      template,
      context.revisions.isDemo() ? marked(text) : text,
      language,
      addresses(context.config.publicBaseUrl, request.path, language),
    )
  try {
    await sendBody(context, request, response, {
      key: JSON.stringify(['page', request.path, language, clocks]),
      contentType: 'text/html; charset=utf-8',
      headers: { 'Content-Language': language },
      load: async () => fill(await tell(request.params, view, voice)),
    })
  } catch (error) {
    const failure = failureText(error, voice)
    if (!failure) throw error
    response.status(failure.status).set({ 'Cache-Control': 'no-store', ...failure.headers })
    response.type('html').send(fill(failure.text))
  }
}

/** What a page says when its answer cannot be had; undefined: nobody expected this error. */
function failureText(
  error: unknown,
  voice: Voice,
): { status: number; headers?: Record<string, string>; text: PageText } | undefined {
  if (error instanceof Problem && error.status === 404) return { status: 404, text: missingText(voice) }
  if (isDatabaseDown(error)) return { status: 503, headers: { 'Retry-After': '5' }, text: awayText(voice) }
  return undefined
}

function addresses(baseUrl: string, path: string, language: Voice['language']) {
  const of = (spoken: Voice['language']) => baseUrl + inLanguage(path.replace(/(?<=.)\/$/, ''), spoken)
  return { own: of(language), german: of('de'), english: of('en') }
}

/** Says in title, preview and text that example data are among the data. */
function marked({ title, description, body }: PageText): PageText {
  return {
    title: `${title} – ${demoNotice}`,
    description: `${demoNotice}. ${description}`,
    body: `<p>${demoNotice}</p>\n${body}`,
  }
}

/** The answer as the contract declares it. */
function read<E extends Endpoint>(_endpoint: E, body: string): z.infer<E['response']> {
  return JSON.parse(body)
}

/** Parameters the endpoint would accept; whatever else stands in the address is not a page. */
function known<Params extends z.core.$ZodType>(endpoint: { params: Params }, params: Request['params']): z.infer<Params> {
  const parsed = z.safeParse(endpoint.params, params)
  if (!parsed.success) throw notFound('Die Seite')
  return parsed.data
}
