import { useState } from 'preact/hooks'
import { fileFormats, mostFileBytes } from '../../../server/contract/files.ts'
import { type Attachment, addAttachment, getAttachment } from '../../../server/contract/mobile.ts'
import { formatNumber } from '../../../server/contract/numbers.ts'
import { addressOf } from '../../api.ts'
import { Button } from '../../ui/button.tsx'
import { FileDrop } from '../../ui/file-drop.tsx'
import { explain } from '../../ui/notice.tsx'
import { postFile } from '../../workbench/post-file.ts'

const megabyte = 2 ** 20

/** Takes a file, by drop or choice, and hands it on once it is kept. */
export function AttachmentDrop({ label, onAdded }: { label: string; onAdded: (file: Attachment) => void }) {
  const [share, setShare] = useState<number | null>(null)
  const [error, setError] = useState<string | null>(null)
  const send = async (file: File) => {
    setError(null)
    if (file.size > mostFileBytes) {
      setError(`„${file.name}“ ist größer als ${mostFileBytes / megabyte} MB.`)
      return
    }
    setShare(0)
    try {
      onAdded(
        (await postFile(addressOf(addAttachment.path, {}, { name: file.name }), file, { onProgress: setShare })) as Attachment,
      )
    } catch (reason) {
      setError(`„${file.name}“: ${explain(reason)}`)
    } finally {
      setShare(null)
    }
  }
  return (
    <>
      <FileDrop label={label} accept="" disabled={share !== null} onFile={(file) => void send(file)}>
        {fileFormats}, höchstens {mostFileBytes / megabyte} MB
      </FileDrop>
      {share !== null && <progress value={share} aria-label="Datei wird übertragen" />}
      {error && (
        <p class="kern-error" role="alert">
          {error}
        </p>
      )}
    </>
  )
}

/** Files beside a record, to be saved; `onRemove` takes one from the record, the file itself stays kept. */
export function AttachmentList({
  files,
  onRemove,
}: {
  files: readonly Pick<Attachment, 'id' | 'name' | 'bytes'>[]
  onRemove?: (id: number) => void
}) {
  return (
    <ul class="attachments" aria-label="Anlagen">
      {files.map(({ id, name, bytes }) => (
        <li key={id}>
          <a href={addressOf(getAttachment.path, { id }, {})} download>
            {name}
          </a>{' '}
          <span class="muted">{sizeWords(bytes)}</span>
          {onRemove && (
            <Button look="tertiary" small icon="remove" aria-label={`Anlage entfernen: ${name}`} onClick={() => onRemove(id)}>
              Entfernen
            </Button>
          )}
        </li>
      ))}
    </ul>
  )
}

function sizeWords(bytes: number): string {
  return bytes < megabyte ? `${formatNumber(Math.ceil(bytes / 1024), 'de')} kB` : `${formatNumber(bytes / megabyte, 'de', 1)} MB`
}
