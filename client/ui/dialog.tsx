import type { ComponentChildren } from 'preact'
import { useId, useLayoutEffect, useRef } from 'preact/hooks'
import { Button } from './button.tsx'
import { say } from './language.ts'
import { uiTexts } from './texts.ts'

interface DialogProps {
  open: boolean
  title: string
  /** Called by Esc, the close button or the backdrop; the owner decides whether `open` becomes false. */
  onClose: () => void
  children: ComponentChildren
  footer?: ComponentChildren
}

/** A modal dialog: the browser keeps the focus inside and gives it back afterwards. */
export function Dialog({ open, title, onClose, children, footer }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null)
  const heading = useId()
  // At once with each rendering: a key pressed the moment after is meant for the dialog that is there now.
  useLayoutEffect(() => {
    if (open && !element.current?.open) element.current?.showModal()
    if (!open && element.current?.open) element.current.close()
  }, [open])
  // One that goes away while it is open gives the focus back as well.
  useLayoutEffect(() => () => element.current?.close(), [])
  return (
    <dialog
      ref={element}
      class="kern-dialog"
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onClick={(event) => event.target === element.current && onClose()}
      onKeyDown={(event) => event.stopPropagation()}
    >
      {open && (
        <>
          <header class="kern-dialog__header">
            <h2 class="kern-title kern-title--large" id={heading}>
              {title}
            </h2>
            <Button look="tertiary" icon="close" iconOnly onClick={onClose}>
              {say(uiTexts.close)}
            </Button>
          </header>
          <section class="kern-dialog__body">{children}</section>
          {footer && <footer class="kern-dialog__footer">{footer}</footer>}
        </>
      )}
    </dialog>
  )
}
