import type { ComponentChildren } from 'preact'
import { useId, useState } from 'preact/hooks'

interface FileDropProps {
  label: string
  accept: string
  onFile: (file: File) => void
  disabled?: boolean
  /** What the file must look like. */
  children: ComponentChildren
}

/** Drop a file or choose one; the file input itself stays, for keyboard and screen reader. */
export function FileDrop({ label, accept, onFile, disabled = false, children }: FileDropProps) {
  const id = useId()
  const [isOver, setOver] = useState(false)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is an extra, the input inside does the same.
    <div
      class={`file-drop${isOver ? ' file-drop--over' : ''}`}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        const [file] = event.dataTransfer?.files ?? []
        if (file && !disabled) onFile(file)
      }}
    >
      <label class="kern-label" for={id}>
        {label} hierher ziehen oder wählen
      </label>
      <p class="kern-hint" id={`${id}-hint`}>
        {children}
      </p>
      <input
        id={id}
        type="file"
        accept={accept}
        aria-describedby={`${id}-hint`}
        disabled={disabled}
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? []
          // Emptied, so that the same file can be chosen again once it is mended.
          currentTarget.value = ''
          if (file) onFile(file)
        }}
      />
    </div>
  )
}
