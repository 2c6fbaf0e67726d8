import { useEffect, useRef } from 'preact/hooks'
import type { Role } from '../../server/contract/endpoint.ts'

/** A page of the workbench as the menu lists it. */
export interface MenuEntry {
  path: string
  label: string
  /** Heading under which it stands with others; left out: it stands by itself. */
  group?: string
  /** Who sees it; left out: everybody who is signed in. */
  roles?: readonly Role[]
}

/** The pages of the workbench; those of a group unfold below its name, one group at a time. */
export function Menu({ entries, path }: { entries: readonly MenuEntry[]; path: string }) {
  const element = useRef<HTMLElement>(null)
  const fold = () => {
    for (const group of element.current?.querySelectorAll('details[open]') ?? []) group.removeAttribute('open')
  }
  useEffect(() => {
    const foldOutside = (event: MouseEvent) => {
      if (event.target instanceof Node && !element.current?.contains(event.target)) fold()
    }
    document.addEventListener('click', foldOutside)
    return () => document.removeEventListener('click', foldOutside)
  }, [])
  const foldByKey = (event: KeyboardEvent) => {
    const group = element.current?.querySelector<HTMLDetailsElement>('details[open]')
    if (event.key !== 'Escape' || !group) return
    event.stopPropagation()
    fold()
    group.querySelector('summary')?.focus()
  }
  const groups = [...Map.groupBy(entries, ({ group, label }) => group ?? label)]
  return (
    <nav ref={element} aria-label="Arbeitsplatz" onKeyDown={foldByKey}>
      <ul>
        {groups.map(([name, members]) => (
          <li key={name}>
            {members.length === 1 && members[0] ? (
              <MenuLink entry={members[0]} path={path} onFollow={fold} />
            ) : (
              <details name="menue" class="menu-group">
                <summary class="menu-group__name" data-current={members.some((entry) => entry.path === path) || undefined}>
                  {name}
                </summary>
                <ul class="menu-group__entries">
                  {members.map((entry) => (
                    <li key={entry.path}>
                      <MenuLink entry={entry} path={path} onFollow={fold} />
                    </li>
                  ))}
                </ul>
              </details>
            )}
          </li>
        ))}
      </ul>
    </nav>
  )
}

function MenuLink({ entry, path, onFollow }: { entry: MenuEntry; path: string; onFollow: () => void }) {
  return (
    <a href={entry.path} aria-current={path === entry.path ? 'page' : undefined} onClick={onFollow}>
      {entry.label}
    </a>
  )
}
