import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { page } from './view.ts'

/** The page whose heading has had the focus; the one first opened keeps the browser's own. */
let focused = page.peek()

/** The heading of what the panel shows. It takes the focus when another page is opened, so that everybody starts reading there. */
export function PageHeading({ children }: { children: ComponentChildren }) {
  const heading = useRef<HTMLHeadingElement>(null)
  const shown = page.value
  useEffect(() => {
    if (focused !== shown) heading.current?.focus()
    focused = shown
  }, [shown])
  return (
    <h1 ref={heading} tabIndex={-1} class="page-heading">
      {children}
    </h1>
  )
}
