import { useLayoutEffect, useState } from 'preact/hooks'
import type { Attachment } from '../../../server/contract/mobile.ts'
import { newBasis } from '../../workbench/form/basis.ts'
import { dropInput, keepInput, keptInput } from '../../workbench/kept-input.ts'

type KeptFile = Pick<Attachment, 'id' | 'name' | 'bytes'>

/** Files added to a form before its record is saved; they survive a reload, as what is typed does. */
export function useKeptFiles(key: string): [files: readonly KeptFile[], set: (files: readonly KeptFile[]) => void] {
  const name = `${key}/anlagen`
  const [files, setFiles] = useState<readonly KeptFile[]>(() => readFiles(keptInput(name)?.typed.files))
  useLayoutEffect(() => {
    if (files.length === 0) dropInput(name)
    else keepInput(name, { typed: { files: files.map((file) => JSON.stringify(file)) }, basis: newBasis(), base: null })
  }, [name, files])
  return [files, setFiles]
}

function readFiles(kept: unknown): KeptFile[] {
  return Array.isArray(kept) ? kept.map((text) => JSON.parse(String(text)) as KeptFile) : []
}
