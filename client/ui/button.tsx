import type { ComponentChildren, JSX } from 'preact'
import { Icon, type IconName } from './icon.tsx'

const looks = {
  primary: 'kern-btn kern-btn--primary',
  secondary: 'kern-btn kern-btn--secondary',
  tertiary: 'kern-btn kern-btn--tertiary',
}

interface Content {
  look?: keyof typeof looks
  icon?: IconName
  /** The words are for screen readers only; the icon and the tooltip stand for them. */
  iconOnly?: boolean
  small?: boolean
  children: ComponentChildren
}

type ButtonProps = Content & Omit<JSX.IntrinsicElements['button'], keyof Content | 'ref'>
type LinkProps = Content & { href: string } & Omit<JSX.IntrinsicElements['a'], keyof Content | 'ref' | 'href' | 'role'>

function classOf({ look = 'secondary', small, iconOnly }: Content, more: unknown): string {
  return [looks[look], small && 'button-small', iconOnly && 'button-icon', typeof more === 'string' && more]
    .filter(Boolean)
    .join(' ')
}

function Inside({ icon, iconOnly, children }: Content) {
  return (
    <>
      {icon && <Icon name={icon} />}
      <span class={iconOnly ? 'kern-label kern-sr-only' : 'kern-label'}>{children}</span>
    </>
  )
}

/** A button that does something here. For going somewhere use `ButtonLink`. */
export function Button({ look, icon, iconOnly, small, children, class: more, ...rest }: ButtonProps) {
  const content = { look, icon, iconOnly, small, children } as Content
  return (
    <button
      type="button"
      title={iconOnly && typeof children === 'string' ? children : undefined}
      {...rest}
      class={classOf(content, more)}
    >
      <Inside {...content} />
    </button>
  )
}

/** A link that looks like a button. */
export function ButtonLink({ look, icon, iconOnly, small, children, class: more, ...rest }: LinkProps) {
  const content = { look, icon, iconOnly, small, children } as Content
  return (
    <a title={iconOnly && typeof children === 'string' ? children : undefined} {...rest} class={classOf(content, more)}>
      <Inside {...content} />
    </a>
  )
}
