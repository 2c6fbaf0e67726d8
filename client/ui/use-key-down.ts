import { useLayoutEffect } from 'preact/hooks'

/**
 * Listens for keys wherever the focus is, unless a dialog is open. What is listened with follows each rendering at once: what was typed
 * the moment before a shortcut must be in what the shortcut saves.
 */
export function useKeyDown(listen: (event: KeyboardEvent) => void): void {
  useLayoutEffect(() => {
    const whenFree = (event: KeyboardEvent) => {
      if (!document.querySelector('dialog[open]')) listen(event)
    }
    addEventListener('keydown', whenFree)
    return () => removeEventListener('keydown', whenFree)
  })
}

/** Ctrl+S, on a Mac ⌘S. */
export function isSaveShortcut({ key, ctrlKey, metaKey }: KeyboardEvent): boolean {
  return key === 's' && (ctrlKey || metaKey)
}
