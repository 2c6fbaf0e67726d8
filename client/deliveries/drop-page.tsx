import type { ComponentChildren } from 'preact'
import { useId, useLayoutEffect, useState } from 'preact/hooks'

/** What is read, for the hint and the file dialog; the server judges by content, not by the ending. */
export const acceptedFiles = '.xlsx,.csv,.txt,.geojson,.json,.gpkg,.zip,.dxf,.kml,.kmz'

/** Files may be dropped anywhere while this is on the page. */
export function DropAnywhere({ onFiles }: { onFiles: (files: readonly File[]) => void }) {
  const [isOver, setOver] = useState(false)
  // At once with the page: a file may be dropped the moment it is there.
  useLayoutEffect(() => {
    let depth = 0
    const isFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false
    const move = (step: number) => (event: DragEvent) => {
      if (!isFiles(event)) return
      event.preventDefault()
      depth = Math.max(0, depth + step)
      setOver(depth > 0)
    }
    const drop = (event: DragEvent) => {
      if (!isFiles(event)) return
      event.preventDefault()
      depth = 0
      setOver(false)
      onFiles([...(event.dataTransfer?.files ?? [])])
    }
    const listeners = { dragenter: move(1), dragover: move(0), dragleave: move(-1), drop }
    for (const [name, listener] of Object.entries(listeners)) addEventListener(name, listener as EventListener)
    return () => {
      for (const [name, listener] of Object.entries(listeners)) removeEventListener(name, listener as EventListener)
    }
  }, [onFiles])
  if (!isOver) return null
  return (
    <div class="drop-anywhere" aria-hidden="true">
      <p>Hier loslassen: Die Datei wird als Lieferung angenommen.</p>
    </div>
  )
}

/** The place to drop files on, with the file dialog for keyboard and screen reader. */
export function ChooseFiles({ onFiles, children }: { onFiles: (files: readonly File[]) => void; children?: ComponentChildren }) {
  const id = useId()
  return (
    <div class="file-drop choose-files">
      <label class="kern-label" for={id}>
        Dateien hierher ziehen oder wählen
      </label>
      <p class="kern-hint" id={`${id}-hint`}>
        Excel (XLSX), CSV, GeoJSON, GeoPackage, Shapefile als Zip, DXF oder KML, so wie sie in der Mail standen. {children}
      </p>
      <input
        id={id}
        type="file"
        multiple
        accept={acceptedFiles}
        aria-describedby={`${id}-hint`}
        onChange={(event) => {
          const { currentTarget } = event
          onFiles([...(currentTarget.files ?? [])])
          // The same file again is a delivery again.
          currentTarget.value = ''
        }}
      />
    </div>
  )
}
