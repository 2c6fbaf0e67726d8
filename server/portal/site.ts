import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Router } from 'express'
import { revalidate } from '../http/bodies.ts'
import type { AppContext } from '../http/context.ts'
import { log } from '../http/log.ts'
import { readAssets, sendAsset } from './assets.ts'
import { mountPages, mountUnknownPages } from './site-pages.ts'
import { mountWellKnown } from './well-known.ts'

const builtClient = join(import.meta.dirname, '../../dist/client')

/** The website: its pages, the built client behind them, and what programs ask of every site. Mounted last: what nobody knows ends here. */
export function mountSite(router: Router, context: AppContext, directory = builtClient): void {
  mountWellKnown(router, context)
  if (!existsSync(join(directory, 'index.html'))) {
    log('warn', 'the client is not built: npm run build', { directory })
    return
  }
  const template = readFileSync(join(directory, 'index.html'), 'utf8')
  mountPages(router, context, template)
  mountWorkbench(router, readFileSync(join(directory, 'workbench.html'), 'utf8'))
  mountStatementPage(router, readFileSync(join(directory, 'statement.html'), 'utf8'))
  mountAssets(router, directory)
  mountUnknownPages(router, context, template)
}

/** One page for all of the workbench: where in it one is, its own code reads from the address. */
function mountWorkbench(router: Router, page: string): void {
  router.get(['/arbeitsplatz', '/arbeitsplatz/{*rest}'], (_request, response) => {
    response.set('Cache-Control', revalidate).type('html').send(page)
  })
}

/** The page behind the links in mails to departments: no search engine lists it, and no address of it goes anywhere. */
function mountStatementPage(router: Router, page: string): void {
  router.get('/stellungnahme', (_request, response) => {
    response.set({ 'Cache-Control': revalidate, 'Referrer-Policy': 'no-referrer', 'X-Robots-Tag': 'noindex, nofollow' })
    response.type('html').send(page)
  })
}

function mountAssets(router: Router, directory: string): void {
  const assets = readAssets(directory)
  router.use((request, response, next) => {
    const asset = assets.get(request.path === '/favicon.ico' ? '/favicon.svg' : request.path)
    if (!asset || !['GET', 'HEAD'].includes(request.method)) next()
    else sendAsset(request, response, asset)
  })
}
