import { computed, signal } from '@preact/signals'
import type { Topic } from '../../server/contract/layers/layer.ts'
import { formatView, type Page, parseView, type View } from '../url.ts'

/** What is shown: always what the address says. */
export const view = signal<View>(parseView(location.href))

/** Changes the view and its address. `replace` for what is no step of its own in the history (moving the map, sliding). */
export function navigate(change: Partial<View>, { replace = false } = {}): void {
  const next = { ...view.peek(), ...change }
  const address = formatView(next)
  if (address !== formatView(view.peek())) history[replace ? 'replaceState' : 'pushState'](null, '', address)
  view.value = next
}

/** Another page at the same date, in the same language; the map moves by itself to what is selected. */
export function pageChange(page: Page): Partial<View> {
  return { page, camera: null, place: null }
}

/** Address of the present view with something changed: what a link leads to. */
export function addressTo(change: Partial<View>): string {
  return formatView({ ...view.value, ...change })
}

export function pageAddress(page: Page): string {
  return addressTo(pageChange(page))
}

export const homeAddress = computed(() => pageAddress({ kind: 'overview' }))

export function districtAddress(id: string): string {
  return pageAddress({ kind: 'district', id })
}

export function programmeAddress(id: string): string {
  return pageAddress({ kind: 'programme', id })
}

/** What the page is about; a link to the other topic keeps date and language. */
export const topic = computed((): Topic => (['mobile', 'dead_zone'].includes(view.value.page.kind) ? 'mobile' : 'fibre'))

/** The page of a district within the present topic. */
export function districtPage(id: string): Page {
  return topic.peek() === 'mobile' ? { kind: 'mobile', id } : { kind: 'district', id }
}

/** The district the page is about. */
export const selectedDistrict = computed(() => {
  const { page } = view.value
  return page.kind === 'district' || page.kind === 'mobile' ? page.id : null
})

export function topicAddress(about: Topic): string {
  return pageAddress(about === 'mobile' ? { kind: 'mobile', id: null } : { kind: 'overview' })
}

// Parts of the view as signals of their own: who reads one is not told of changes to the others.
export const page = computed(() => view.value.page)
const asOf = computed(() => view.value.asOf)
const knownAt = computed(() => view.value.knownAt)

/** The two clocks as the server is asked for them. */
export const clocks = computed(() => ({
  ...(asOf.value && { asOf: asOf.value }),
  ...(knownAt.value && { knownAt: knownAt.value }),
}))

/** Not today, or not all that is known today. */
export const isPast = computed(() => asOf.value !== null || knownAt.value !== null)

export const backToToday: Partial<View> = { asOf: null, knownAt: null }

/** Follows links within the portal without loading a page, and the browser's own back and forward. */
export function followAddress(): void {
  addEventListener('popstate', () => {
    view.value = parseView(location.href)
  })
  document.addEventListener('click', (event) => {
    const link = (event.target as Element | null)?.closest?.('a')
    if (!link || event.defaultPrevented || event.button !== 0 || hasModifier(event) || !isOwnPage(link)) return
    event.preventDefault()
    navigate(parseView(link.href))
  })
}

function hasModifier(event: MouseEvent): boolean {
  return event.ctrlKey || event.metaKey || event.shiftKey || event.altKey
}

function isOwnPage(link: HTMLAnchorElement): boolean {
  const isPlain = link.origin === location.origin && !link.hasAttribute('download') && !link.target && link.hash === ''
  return isPlain && parseView(link.href).page.kind !== 'missing'
}
