import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { demoNotice } from '../../server/contract/text.ts'
import { Button } from '../ui/button.tsx'
import { Announcements } from '../ui/toast.tsx'
import { ownDrafts, settings, user } from './data.ts'
import { isLive } from './live.ts'
import { Menu, type MenuEntry } from './menu.tsx'
import { place } from './place.ts'
import { MergeDialog } from './publish/merge-dialog.tsx'
import { draftCount, openPublishing } from './publish/publication.ts'
import { PublishDialog } from './publish/publish-dialog.tsx'
import { UndoBar } from './publish/undo-bar.tsx'

interface ShellProps {
  menu: readonly MenuEntry[]
  onSignOut: () => void
  children: ComponentChildren
}

/** What stands around every page of the workbench: menu, publishing, undo, announcements. */
export function Shell({ menu, onSignOut, children }: ShellProps) {
  const [isOpen, setOpen] = useState(false)
  const { path } = place.value
  return (
    <div class="workbench">
      <a class="skip-link" href="#inhalt">
        Zum Inhalt
      </a>
      <header class="workbench__header">
        <a class="workbench__title" href="/arbeitsplatz">
          Ausbauatlas <span class="muted">Arbeitsplatz</span>
        </a>
        <PublishButton />
        <Button
          look="tertiary"
          icon="menu"
          class="only-narrow"
          aria-expanded={isOpen}
          aria-controls="menue"
          onClick={() => setOpen(!isOpen)}
        >
          Menü
        </Button>
        {/* biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: following one of its links closes it. */}
        <div
          id="menue"
          class={`workbench__menu${isOpen ? ' workbench__menu--open' : ''}`}
          onClick={(event) => event.target instanceof Element && event.target.closest('a, button') && setOpen(false)}
        >
          <Menu entries={menu} path={path} />
          <p class="workbench__user">
            <a href="/arbeitsplatz/konto" aria-current={path === '/arbeitsplatz/konto' ? 'page' : undefined}>
              {user.value?.name}
            </a>
            <a href="/">Öffentliche Karte</a>
            <Button look="tertiary" icon="signOut" small onClick={onSignOut}>
              Abmelden
            </Button>
          </p>
        </div>
      </header>
      {settings.answer.value?.isDemo && (
        <aside class="workbench__notice" aria-label="Hinweis" data-demo>
          {demoNotice}
        </aside>
      )}
      {!isLive.value && (
        <p class="workbench__notice" role="status">
          Keine Verbindung zum Server. Was Sie eingeben, bleibt erhalten.
        </p>
      )}
      <main id="inhalt" class="workbench__main" tabIndex={-1}>
        {children}
      </main>
      <UndoBar />
      <PublishDialog />
      <MergeDialog />
      <Announcements />
    </div>
  )
}

/** One button with the number of drafts on it. Readers have none. */
function PublishButton() {
  const isWriter = user.value?.roles.some((role) => ['gigabitCoordinator', 'mobileCoordinator', 'admin'].includes(role))
  if (!isWriter) return null
  const count = ownDrafts.value.length
  return (
    <Button
      class="workbench__publish"
      look={count > 0 ? 'primary' : 'secondary'}
      disabled={count === 0}
      onClick={() => openPublishing()}
    >
      {count > 0 ? `${draftCount(count)} veröffentlichen` : 'Keine Entwürfe'}
    </Button>
  )
}
