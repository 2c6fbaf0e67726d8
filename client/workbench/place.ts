import { signal } from '@preact/signals'

/** Where in the workbench one is: path below /arbeitsplatz and query. */
export interface Place {
  path: string
  query: URLSearchParams
}

function read(): Place {
  return { path: location.pathname, query: new URLSearchParams(location.search) }
}

export const place = signal<Place>(read())

addEventListener('popstate', () => {
  place.value = read()
})

/** Goes to an address of the workbench without loading it anew. */
export function go(address: string, { replace = false } = {}): void {
  if (replace) history.replaceState(null, '', address)
  else history.pushState(null, '', address)
  place.value = read()
}

/** The present address with some parameters changed; null removes one. Slashes and colons stay readable. */
export function addressWith(changes: Readonly<Record<string, string | null>>, { path, query } = place.value): string {
  const next = new URLSearchParams(query)
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) next.delete(name)
    else next.set(name, value)
  }
  const search = next.toString().replaceAll('%3A', ':').replaceAll('%2F', '/')
  return search ? `${path}?${search}` : path
}

/** Follows plain clicks on links into the workbench without loading a page; all others stay the browser's. */
export function followLinks(event: MouseEvent): void {
  const link = event.target instanceof Element ? event.target.closest('a') : null
  if (!link || event.defaultPrevented || event.button !== 0 || link.target || link.hasAttribute('download')) return
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
  const { origin, pathname, search, hash } = new URL(link.href)
  if (origin !== location.origin || !/^\/arbeitsplatz(\/|$)/.test(pathname) || hash) return
  event.preventDefault()
  go(pathname + search)
}
