import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { Button } from '../../ui/button.tsx'

interface PanelHeaderProps {
  title: string
  onClose: () => void
  children?: ComponentChildren
}

/** Heading of the panel, which gets the focus, and the way back; Esc does the same and loses nothing. */
export function PanelHeader({ title, onClose, children }: PanelHeaderProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus({ preventScroll: true }), [])
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented && !document.querySelector('dialog[open]')) onClose()
    }
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  })
  return (
    <header class="editor-header">
      <Button look="tertiary" icon="back" iconOnly onClick={onClose} title="Zurück (Esc); Ihre Eingabe bleibt erhalten">
        Zurück
      </Button>
      <div>
        <h2 ref={heading} tabIndex={-1}>
          {title}
        </h2>
        {children}
      </div>
    </header>
  )
}
