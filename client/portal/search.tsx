import { useSignal } from '@preact/signals'
import { useId, useRef } from 'preact/hooks'
import type * as z from 'zod/mini'
import { type SearchHit, searchPlaces } from '../../server/contract/portal.ts'
import { call } from '../api.ts'
import { Icon } from '../ui/icon.tsx'
import { language, say } from '../ui/language.ts'
import { explain } from '../ui/notice.tsx'
import type { View } from '../url.ts'
import { coveredHeight } from './sheet.tsx'
import { texts } from './texts.ts'
import { districtPage, navigate, pageChange } from './view.ts'

export type Hit = z.output<typeof SearchHit>

const words = {
  label: { de: 'Adresse, Stadtteil oder bekannten Ort suchen', en: 'Search for an address, a district or a well-known place' },
  placeholder: { de: 'Straße und Hausnummer, Stadtteil', en: 'Street and number, district' },
  hits: { de: 'Treffer', en: 'Results' },
  count: { de: (count: number) => `${count} Treffer`, en: (count: number) => `${count} results` },
  none: {
    de: (typed: string) => `Kein Treffer für „${typed}“. Bitte prüfen Sie die Schreibweise oder suchen Sie Ihren Stadtteil.`,
    en: (typed: string) => `Nothing found for “${typed}”. Please check the spelling or search for your district.`,
  },
  clear: { de: 'Eingabe löschen', en: 'Clear' },
  kinds: {
    district: { de: 'Stadtteil', en: 'District' },
    place: { de: 'Ort', en: 'Place' },
    programme: { de: 'Programm', en: 'Programme' },
    street: { de: 'Straße', en: 'Street' },
    address: { de: 'Adresse', en: 'Address' },
  },
}

const pauseMs = 180

function nameOf(hit: Hit): string {
  return (language.value === 'en' && hit.nameEn) || hit.name
}

/** Opens what was found: a district, a programme, or the district a place, street or address lies in, with the map on it. */
function open(hit: Hit): void {
  const { kind, id } = hit
  if (kind === 'programme') navigate(pageChange({ kind, id }))
  else navigate(kind === 'district' ? pageChange(districtPage(id)) : placeChange(hit))
}

/** How the address bar names them: `ort=rathaus`, `ort=strasse:02530`, `ort=adresse:denw…`. */
const placePrefixes = { place: '', street: 'strasse:', address: 'adresse:' }
const placeZooms = { place: 14.5, street: 15, address: 16 }

function placeChange(hit: Hit): Partial<View> {
  const kind = hit.kind as keyof typeof placePrefixes
  const page = hit.districtId ? districtPage(hit.districtId) : ({ kind: 'overview' } as const)
  const camera = hit.point && cameraOn(hit.point, placeZooms[kind])
  return { page, place: placePrefixes[kind] + hit.id, camera }
}

/** The place in the middle of what the sheet leaves free of the map; a tile has 512 pixels. */
function cameraOn([longitude, latitude]: readonly [number, number], zoom: number): View['camera'] {
  const degreesPerPixel = (360 * Math.cos((latitude * Math.PI) / 180)) / (512 * 2 ** zoom)
  return { longitude, latitude: latitude - (coveredHeight() / 2) * degreesPerPixel, zoom }
}

/** State of the field: what is typed, what was found, which hit is marked. */
function useSearch(accepts: (hit: Hit) => boolean, onChoose: (hit: Hit) => void) {
  const typed = useSignal('')
  const hits = useSignal<readonly Hit[] | null>(null)
  const message = useSignal('')
  const marked = useSignal(-1)
  const waiting = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const asking = useRef<AbortController | undefined>(undefined)

  function close(): void {
    clearTimeout(waiting.current)
    asking.current?.abort()
    hits.value = null
    message.value = ''
    marked.value = -1
  }

  async function ask(q: string): Promise<void> {
    asking.current?.abort()
    const mine = new AbortController()
    asking.current = mine
    try {
      const found = await call(searchPlaces, { query: { q }, signal: mine.signal })
      if (asking.current !== mine) return
      const fitting = found.hits.filter(accepts)
      hits.value = fitting
      marked.value = fitting.length > 0 ? 0 : -1
      message.value = fitting.length > 0 ? say(words.count)(fitting.length) : say(words.none)(q)
    } catch (error) {
      if (asking.current === mine && !mine.signal.aborted) {
        hits.value = []
        message.value = explain(error)
      }
    }
  }

  function type(text: string): void {
    typed.value = text
    close()
    if (text.trim()) waiting.current = setTimeout(() => ask(text.trim().slice(0, 100)), pauseMs)
  }

  function choose(hit: Hit | undefined): void {
    if (!hit) return
    typed.value = nameOf(hit)
    close()
    onChoose(hit)
  }
  return { typed, hits, message, marked, close, type, choose, ask }
}

const anything = () => true

/** The first thing on the page: leads to what was found. */
export function Search() {
  return (
    <search>
      <SearchField
        label={`${say(texts.question)} ${say(words.label)}`}
        placeholder={say(words.placeholder)}
        onChoose={open}
        isMain
      />
    </search>
  )
}

interface SearchFieldProps {
  label: string
  placeholder: string
  accepts?: (hit: Hit) => boolean
  onChoose: (hit: Hit) => void
  /** The field in the header: its place says what it is, and so its label is for screen readers only. */
  isMain?: boolean
}

/** A combobox: arrows mark a hit, Enter chooses it, Esc closes the list. */
export function SearchField({ label, placeholder, accepts = anything, onChoose, isMain = false }: SearchFieldProps) {
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const search = useSearch(accepts, onChoose)
  const { typed, hits, message, marked } = search
  const isOpen = hits.value !== null

  function onKeyDown(event: KeyboardEvent): void {
    const count = hits.value?.length ?? 0
    if (event.key === 'Escape' && isOpen) search.close()
    else if (event.key === 'ArrowDown' && count > 0) marked.value = (marked.value + 1) % count
    else if (event.key === 'ArrowUp' && count > 0) marked.value = (marked.value - 1 + count) % count
    else if (event.key === 'Enter' && isOpen) search.choose(hits.value?.[marked.value])
    else if (event.key === 'Enter' && typed.value.trim()) search.ask(typed.value.trim())
    else return
    event.preventDefault()
  }

  return (
    <>
      <label class={isMain ? 'kern-sr-only' : 'kern-label'} for={id}>
        {label}
      </label>
      <div class="search">
        <span class="search__icon">
          <Icon name="search" />
        </span>
        <input
          ref={input}
          id={id}
          class="search__input"
          data-search={isMain || undefined}
          type="text"
          role="combobox"
          placeholder={placeholder}
          autocomplete="off"
          spellcheck={false}
          enterKeyHint="search"
          maxLength={100}
          aria-expanded={isOpen && hits.value !== null && hits.value.length > 0}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={isOpen && marked.value >= 0 ? `${id}-${marked.value}` : undefined}
          value={typed.value}
          onInput={(event) => search.type(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          onBlur={search.close}
        />
        {typed.value !== '' && (
          <button
            type="button"
            class="search__clear"
            aria-label={say(words.clear)}
            onClick={() => {
              search.type('')
              input.current?.focus()
            }}
          >
            <Icon name="close" />
          </button>
        )}
        <Hits id={id} search={search} />
        <p class={isOpen && hits.value?.length === 0 ? 'search__none' : 'kern-sr-only'} role="status">
          {message}
        </p>
      </div>
    </>
  )
}

function Hits({ id, search }: { id: string; search: ReturnType<typeof useSearch> }) {
  const hits = search.hits.value ?? []
  return (
    <div id={`${id}-list`} class="search__hits" role="listbox" aria-label={say(words.hits)} hidden={hits.length === 0}>
      {hits.map((hit, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the combobox
        // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the combobox (aria-activedescendant)
        <div
          key={`${hit.kind} ${hit.id}`}
          id={`${id}-${index}`}
          class="search__hit"
          role="option"
          aria-selected={search.marked.value === index}
          onMouseDown={(event) => event.preventDefault()}
          onMouseEnter={() => {
            search.marked.value = index
          }}
          onClick={() => search.choose(hit)}
        >
          <span>{nameOf(hit)}</span>
          <span class="muted">
            {say(words.kinds[hit.kind])}
            {hit.districtName && ` · ${hit.districtName}`}
          </span>
        </div>
      ))}
    </div>
  )
}
