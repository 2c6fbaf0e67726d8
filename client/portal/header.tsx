import { useEffect, useRef } from 'preact/hooks'
import { Button, ButtonLink } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { language, say } from '../ui/language.ts'
import { theme } from '../ui/theme.ts'
import { settings } from './data.ts'
import { Footer } from './footer.tsx'
import { Search } from './search.tsx'
import { texts } from './texts.ts'
import { addressTo, homeAddress, navigate, page, topic, topicAddress } from './view.ts'

export function SkipLinks() {
  const targets = [
    { href: '#panel', text: texts.skipToContent },
    { href: '#stage', text: texts.skipToMap },
    ...(page.value.kind === 'dead_zone' ? [] : [{ href: '#time', text: texts.skipToTime }]),
  ]
  return (
    <nav class="skip-links" aria-label={say(texts.skipToContent)}>
      {targets.map(({ href, text }) => (
        <a key={href} href={href} onClick={skip}>
          {say(text)}
        </a>
      ))}
    </nav>
  )
}

/** The address is the view: a skip link moves the focus and leaves it alone. */
function skip(event: MouseEvent): void {
  event.preventDefault()
  const target = document.querySelector<HTMLElement>((event.currentTarget as HTMLAnchorElement).hash)
  const first = target?.querySelector<HTMLElement>('h1, canvas, input') ?? target
  first?.focus()
}

export function Header() {
  return (
    <header class="header">
      <a class="brand" href={homeAddress.value}>
        <span class="brand__mark" aria-hidden="true" />
        <span class="brand__name">
          {say(texts.product)} {settings.answer.value?.cityName}
        </span>
      </a>
      <Search />
      <Menu />
    </header>
  )
}

/** Language, colours and the pages of the house: few, behind one button. */
function Menu() {
  const menu = useRef<HTMLDetailsElement>(null)
  useEffect(() => {
    const close = (event: Event) => {
      const isOutside = event instanceof KeyboardEvent ? event.key === 'Escape' : !menu.current?.contains(event.target as Node)
      if (!menu.current?.open || !isOutside) return
      menu.current.open = false
      if (event instanceof KeyboardEvent) menu.current.querySelector('summary')?.focus()
    }
    document.addEventListener('click', close)
    document.addEventListener('keydown', close)
    return () => {
      document.removeEventListener('click', close)
      document.removeEventListener('keydown', close)
    }
  }, [])
  const other = language.value === 'de' ? 'en' : 'de'
  const isDark = theme.value === 'dark'
  const otherTopic = topic.value === 'fibre' ? 'mobile' : 'fibre'
  return (
    <div class="header__end">
      <ButtonLink look="tertiary" small class="wide-only" href={addressTo({ language: other })} hreflang={other} lang={other}>
        {say(texts.toEnglish)}
      </ButtonLink>
      <details class="menu" ref={menu}>
        <summary class="menu__button">
          <Icon name="menu" />
          <span>{say(texts.menu)}</span>
        </summary>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: closes after a choice; the links and buttons inside carry it */}
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: the same */}
        <div
          class="menu__body"
          onClick={(event) => {
            if ((event.target as Element).closest('a, button') && menu.current) menu.current.open = false
          }}
        >
          <ButtonLink look="tertiary" icon="language" href={addressTo({ language: other })} hreflang={other} lang={other}>
            {say(texts.toEnglish)}
          </ButtonLink>
          <ButtonLink look="tertiary" icon="forward" href={topicAddress(otherTopic)}>
            {say(texts[otherTopic])}
          </ButtonLink>
          <Button
            look="tertiary"
            icon={isDark ? 'light' : 'dark'}
            onClick={() => navigate({ theme: isDark ? 'light' : 'dark' }, { replace: true })}
          >
            {say(isDark ? texts.lightColours : texts.darkColours)}
          </Button>
          <Footer />
        </div>
      </details>
    </div>
  )
}
